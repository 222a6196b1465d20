//! What is implemented in the same way for every emitted type: macros, so that the emitted code stays short.
//!
//! Every emitted module has the door to the runtime in scope under the name `rt`, and so these macros use it: a path of two segments
//! instead of four, a million times over, is felt in the compiler's memory.

/// What an object needs: its description, its members, and what is the same for all objects. After the type come how its description
/// is made (see [`Described`]) and the text of it, then the members in the same order.
///
/// [`Described`]: crate::value::Described
#[doc(hidden)]
#[macro_export]
macro_rules! object_impls {
    ($ty:ident $how:ident $text:literal; $($field:ident)*) => {
        impl rt::Value for $ty {
            fn empty() -> Self {
                Self { $($field: rt::Value::empty(),)* }
            }
            fn view(&self) -> rt::View<'_> {
                rt::View::Object(self)
            }
            fn slot(&mut self) -> rt::Slot<'_> {
                rt::Slot::Object(self)
            }
        }
        impl rt::Object for $ty {
            fn shape(&self) -> &'static rt::Shape {
                static DESCRIBED: rt::Described =
                    rt::Described::$how(::core::stringify!($ty), $text);
                DESCRIBED.shape()
            }
            fn get(&self, index: usize) -> rt::Option<&dyn rt::Value> {
                let members: &[&dyn rt::Value] = &[$(&self.$field),*];
                members.get(index).copied()
            }
            fn get_mut(&mut self, index: usize) -> rt::Option<&mut dyn rt::Value> {
                rt::pick([$(&mut self.$field),*], index)
            }
        }
        impl ::core::clone::Clone for $ty {
            fn clone(&self) -> Self {
                let mut new = rt::Value::empty();
                rt::copy(self, &mut new);
                new
            }
        }
        impl ::core::cmp::PartialEq for $ty {
            fn eq(&self, other: &Self) -> bool {
                rt::equal(self, other)
            }
        }
        impl ::core::fmt::Debug for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                rt::debug(self, f)
            }
        }
    };
}

/// An object without required members is made of nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! default_impl {
    ($ty:ident) => {
        impl ::core::default::Default for $ty {
            fn default() -> Self {
                rt::Value::empty()
            }
        }
    };
}

/// The setter of an optional member, in an `impl`: its documentation, its name, its type without the `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! setter {
    ($(#[$meta:meta])* $doc:literal, $field:ident: list $item:ty) => {
        #[doc = $doc]
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, values: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$item>>) -> Self {
            self.$field = rt::list(values);
            self
        }
    };
    ($(#[$meta:meta])* $doc:literal, $field:ident: map $item:ty) => {
        #[doc = $doc]
        $(#[$meta])*
        #[inline]
        pub fn $field(
            mut self,
            entries: impl ::core::iter::IntoIterator<
                Item = (impl ::core::convert::Into<rt::String>, impl ::core::convert::Into<$item>),
            >,
        ) -> Self {
            self.$field = rt::map(entries);
            self
        }
    };
    ($(#[$meta:meta])* $doc:literal, $field:ident: $ty:ty) => {
        #[doc = $doc]
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = rt::Some(value.into());
            self
        }
    };
}

/// A step that takes a required member: the step's type and what it holds, the step that comes next (after the last one there is
/// the object itself), the documentation of the member, its name and type. Written out arm by arm, since a macro within a macro costs
/// the compiler more than all the rest of a step.
#[doc(hidden)]
#[macro_export]
macro_rules! step {
    ($step:ident($object:ty) -> $next:ident, $(#[$meta:meta])* $doc:literal, $field:ident: list $item:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step(pub(super) $object);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(
                mut self,
                values: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$item>>,
            ) -> $next {
                self.0.$field = rt::list(values);
                $next(self.0)
            }
        }
    };
    ($step:ident($object:ty) -> $next:ident, $(#[$meta:meta])* $doc:literal, $field:ident: map $item:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step(pub(super) $object);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(
                mut self,
                entries: impl ::core::iter::IntoIterator<
                    Item = (impl ::core::convert::Into<rt::String>, impl ::core::convert::Into<$item>),
                >,
            ) -> $next {
                self.0.$field = rt::map(entries);
                $next(self.0)
            }
        }
    };
    ($step:ident($object:ty) -> $next:ident, $(#[$meta:meta])* $doc:literal, $field:ident: $ty:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step(pub(super) $object);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(mut self, value: impl ::core::convert::Into<$ty>) -> $next {
                self.0.$field = value.into();
                $next(self.0)
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: list $item:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step(pub(super) $object);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(
                mut self,
                values: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$item>>,
            ) -> $object {
                self.0.$field = rt::list(values);
                self.0
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: map $item:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step(pub(super) $object);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(
                mut self,
                entries: impl ::core::iter::IntoIterator<
                    Item = (impl ::core::convert::Into<rt::String>, impl ::core::convert::Into<$item>),
                >,
            ) -> $object {
                self.0.$field = rt::map(entries);
                self.0
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: $ty:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step(pub(super) $object);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(mut self, value: impl ::core::convert::Into<$ty>) -> $object {
                self.0.$field = value.into();
                self.0
            }
        }
    };
}

/// The function that begins a request, in an `impl`: with the first step, or where there is none with the whole.
#[doc(hidden)]
#[macro_export]
macro_rules! begin {
    ($($step:ident)::+) => {
        /// Begins with the first required field; the last one ends the steps.
        #[inline]
        pub fn new() -> $($step)::+ {
            $($step)::+(rt::Value::empty())
        }
    };
    () => {
        /// With nothing set.
        #[inline]
        pub fn new() -> Self {
            rt::Value::empty()
        }
    };
}

/// The accessors of a reply's members that the description calls required: the type, then of each member its name, its name on the
/// wire, how it is reached, its type.
#[doc(hidden)]
#[macro_export]
macro_rules! accessors {
    ($owner:ident; $($(#[$meta:meta])* $field:ident $wire:literal $(.$how:ident())?: $ty:ty;)*) => {
        impl $owner {
            $(
                /// The member of this name, or an error that names it where the reply has none.
                $(#[$meta])*
                pub fn $field(&self) -> rt::Result<$ty, rt::MissingField> {
                    rt::need(self.$field $(.$how())?, ::core::stringify!($owner), $wire)
                }
            )*
        }
    };
}

/// For one of several objects: its alternatives, each with its type. `Unrecognized` keeps what is none of them.
#[doc(hidden)]
#[macro_export]
macro_rules! one_of_impls {
    ($ty:ident; $($index:literal $variant:ident $alternative:ty),* $(,)?) => {
        impl rt::Value for $ty {
            fn empty() -> Self {
                Self::Unrecognized(rt::JsonValue::Null)
            }
            fn view(&self) -> rt::View<'_> {
                match self {
                    $(Self::$variant(value) => rt::Value::view(value),)*
                    Self::Unrecognized(value) => rt::Value::view(value),
                }
            }
            fn slot(&mut self) -> rt::Slot<'_> {
                rt::Slot::OneOf(self)
            }
        }
        impl rt::OneOf for $ty {
            fn count(&self) -> usize {
                [$($index),*].len()
            }
            fn choose(&mut self, index: usize) -> &mut dyn rt::Value {
                *self = match index {
                    $($index => Self::$variant(rt::Value::empty()),)*
                    _ => Self::Unrecognized(rt::JsonValue::Null),
                };
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }
        $(
            impl ::core::convert::From<$alternative> for $ty {
                fn from(value: $alternative) -> Self {
                    Self::$variant(value)
                }
            }
        )*
    };
}

/// What open and closed enumerations have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! enum_value_impls {
    ($ty:ident, $form:ident, $empty:expr) => {
        impl ::core::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl rt::Value for $ty {
            fn empty() -> Self {
                $empty
            }
            fn view(&self) -> rt::View<'_> {
                rt::View::Enum(self)
            }
            fn slot(&mut self) -> rt::Slot<'_> {
                rt::Slot::Enum(self)
            }
        }
        impl rt::OpenEnum for $ty {
            fn text(&self) -> &str {
                self.as_str()
            }
            fn set(&mut self, text: &str) -> bool {
                self.take(text)
            }
            fn form(&self) -> rt::Form {
                rt::Form::$form
            }
        }
    };
}

/// For an enumeration with the variant `Unrecognized`: how it is written in JSON where that is not as a text, and its values, each
/// with its index.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum_impls {
    ($ty:ident $($form:ident)?; $($index:literal $variant:ident $text:literal)*) => {
        impl $ty {
            /// The value as WeChat Pay writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unrecognized(text) => text,
                }
            }
        }
        impl ::core::convert::From<&str> for $ty {
            fn from(text: &str) -> Self {
                match rt::position(&[$($text),*], text) {
                    $($index => Self::$variant,)*
                    _ => Self::Unrecognized(text.into()),
                }
            }
        }
        impl ::core::convert::From<rt::String> for $ty {
            fn from(text: rt::String) -> Self {
                Self::from(text.as_str())
            }
        }
        impl ::core::clone::Clone for $ty {
            fn clone(&self) -> Self {
                Self::from(self.as_str())
            }
        }
        impl ::core::cmp::PartialEq for $ty {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }
        impl ::core::cmp::Eq for $ty {}
        impl ::core::fmt::Debug for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl ::core::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl rt::Value for $ty {
            fn empty() -> Self {
                Self::Unrecognized(rt::String::new())
            }
            fn view(&self) -> rt::View<'_> {
                rt::View::Enum(self)
            }
            fn slot(&mut self) -> rt::Slot<'_> {
                rt::Slot::Enum(self)
            }
        }
        impl rt::OpenEnum for $ty {
            fn text(&self) -> &str {
                self.as_str()
            }
            fn set(&mut self, text: &str) -> bool {
                *self = Self::from(text);
                !::core::matches!(self, Self::Unrecognized(_))
            }
            $(
                fn form(&self) -> rt::Form {
                    rt::Form::$form
                }
            )?
        }
    };
}

/// For an enumeration without that variant: how it is written in JSON, the value that stands for an empty one, and its values.
#[doc(hidden)]
#[macro_export]
macro_rules! closed_enum_impls {
    ($ty:ident $form:ident $empty:ident; $($variant:ident $text:literal),* $(,)?) => {
        $crate::enum_value_impls!($ty, $form, Self::$empty);
        impl $ty {
            /// The value as WeChat Pay writes it.
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
            fn take(&mut self, text: &str) -> bool {
                match <Self as ::core::str::FromStr>::from_str(text) {
                    ::core::result::Result::Ok(value) => {
                        *self = value;
                        true
                    }
                    ::core::result::Result::Err(_) => false,
                }
            }
        }
        impl ::core::str::FromStr for $ty {
            type Err = rt::UnknownValue;
            fn from_str(text: &str) -> rt::Result<Self, Self::Err> {
                match text {
                    $($text => ::core::result::Result::Ok(Self::$variant),)*
                    _ => ::core::result::Result::Err(rt::UnknownValue::new(::core::stringify!($ty), text)),
                }
            }
        }
        impl<'a> ::core::convert::TryFrom<&'a str> for $ty {
            type Error = rt::UnknownValue;
            fn try_from(text: &'a str) -> rt::Result<Self, Self::Error> {
                <Self as ::core::str::FromStr>::from_str(text)
            }
        }
        impl ::core::convert::TryFrom<rt::String> for $ty {
            type Error = rt::UnknownValue;
            fn try_from(text: rt::String) -> rt::Result<Self, Self::Error> {
                <Self as ::core::str::FromStr>::from_str(text.as_str())
            }
        }
    };
}
