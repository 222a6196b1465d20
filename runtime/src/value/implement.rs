//! What is implemented in the same way for every emitted type: macros, so that the emitted code stays short.
//!
//! Every emitted module has the door to the runtime in scope under the name `rt`, and so these macros use it: a path of two segments
//! instead of four, a million times over, is felt in the compiler's memory.

/// What an object needs: its description, its members, and what is the same for all objects. After the type come how its description
/// is read (see [`plain`] and [`patterned`]) and the text of it, then the members in the same order, sixteen at a time (see [`Members`]).
///
/// [`Members`]: crate::value::Members
/// [`plain`]: crate::value::plain
/// [`patterned`]: crate::value::patterned
#[doc(hidden)]
#[macro_export]
macro_rules! object_impls {
    ($ty:ident $name:literal $how:ident $text:literal; [$($field:ident)*]) => {
        impl rt::Generated for $ty {
            type Kind = rt::AnObject;
            const EMPTY: Self = Self { $($field: rt::Empty::EMPTY,)* };
            #[inline]
            fn tell(&self, wanted: rt::Wanted) -> rt::Told<'_> {
                rt::$how::<Self>($name, $text, ($(&self.$field,)*), wanted)
            }
            #[inline]
            fn member_mut(&mut self, index: usize) -> rt::MemberMut<'_> {
                rt::at_mut(($(&mut self.$field,)*), index)
            }
        }
        impl rt::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                rt::copied(self)
            }
        }
        impl rt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut rt::Formatter<'_>) -> rt::fmt::Result {
                rt::debug(self, f)
            }
        }
    };
    ($ty:ident $name:literal $how:ident $text:literal; $([$($field:ident)*])*) => {
        impl rt::Generated for $ty {
            type Kind = rt::AnObject;
            const EMPTY: Self = Self { $($($field: rt::Empty::EMPTY,)*)* };
            #[inline]
            fn tell(&self, wanted: rt::Wanted) -> rt::Told<'_> {
                rt::$how::<Self>($name, $text, ($(($(&self.$field,)*),)*), wanted)
            }
            #[inline]
            fn member_mut(&mut self, index: usize) -> rt::MemberMut<'_> {
                rt::at_mut(($(($(&mut self.$field,)*),)*), index)
            }
        }
        impl rt::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                rt::copied(self)
            }
        }
        impl rt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut rt::Formatter<'_>) -> rt::fmt::Result {
                rt::debug(self, f)
            }
        }
    };
}

/// Objects that are equal when all their members are: only for the feature `partial-eq`, since each such impl is felt in the
/// compiler's memory.
#[doc(hidden)]
#[macro_export]
macro_rules! equal_impls {
    ($($ty:ty),*) => {
        $(
            impl rt::PartialEq for $ty {
                fn eq(&self, other: &Self) -> bool {
                    rt::equal(self, other)
                }
            }
        )*
    };
}

/// An object without required members is made of nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! default_impl {
    ($ty:ident) => {
        impl rt::Default for $ty {
            fn default() -> Self {
                rt::Generated::EMPTY
            }
        }
    };
}

/// What holds references alone is copied.
#[doc(hidden)]
#[macro_export]
macro_rules! copy_impls {
    ($ty:ident) => {
        impl rt::Copy for $ty<'_> {}
        impl rt::Clone for $ty<'_> {
            fn clone(&self) -> Self {
                *self
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
        pub fn $field(mut self, values: impl rt::IntoIterator<Item = impl rt::Into<$item>>) -> Self {
            rt::put_list(&mut self.$field, values);
            self
        }
    };
    ($(#[$meta:meta])* $doc:literal, $field:ident: map $item:ty) => {
        #[doc = $doc]
        $(#[$meta])*
        pub fn $field(
            mut self,
            entries: impl rt::IntoIterator<
                Item = (impl rt::Into<rt::String>, impl rt::Into<$item>),
            >,
        ) -> Self {
            rt::put_map(&mut self.$field, entries);
            self
        }
    };
    ($(#[$meta:meta])* $doc:literal, $field:ident: plain $ty:ty) => {
        #[doc = $doc]
        $(#[$meta])*
        pub fn $field(mut self, value: $ty) -> Self {
            self.$field = rt::Some(value);
            self
        }
    };
    ($(#[$meta:meta])* $doc:literal, $field:ident: $ty:ty) => {
        #[doc = $doc]
        $(#[$meta])*
        pub fn $field(mut self, value: impl rt::Into<$ty>) -> Self {
            rt::put_some(&mut self.$field, value);
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
        pub struct $step {
            pub(super) whole: $object,
        }
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            pub fn $field(
                mut self,
                values: impl rt::IntoIterator<Item = impl rt::Into<$item>>,
            ) -> $next {
                rt::put_list(&mut self.whole.$field, values);
                $next { whole: self.whole }
            }
        }
    };
    ($step:ident($object:ty) -> $next:ident, $(#[$meta:meta])* $doc:literal, $field:ident: map $item:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step {
            pub(super) whole: $object,
        }
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            pub fn $field(
                mut self,
                entries: impl rt::IntoIterator<
                    Item = (impl rt::Into<rt::String>, impl rt::Into<$item>),
                >,
            ) -> $next {
                rt::put_map(&mut self.whole.$field, entries);
                $next { whole: self.whole }
            }
        }
    };
    ($step:ident($object:ty) -> $next:ident, $(#[$meta:meta])* $doc:literal, $field:ident: plain $ty:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step {
            pub(super) whole: $object,
        }
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            pub fn $field(mut self, value: $ty) -> $next {
                self.whole.$field = value;
                $next { whole: self.whole }
            }
        }
    };
    ($step:ident($object:ty) -> $next:ident, $(#[$meta:meta])* $doc:literal, $field:ident: $ty:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step {
            pub(super) whole: $object,
        }
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            pub fn $field(mut self, value: impl rt::Into<$ty>) -> $next {
                rt::put(&mut self.whole.$field, value);
                $next { whole: self.whole }
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: list $item:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step {
            pub(super) whole: $object,
        }
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            pub fn $field(
                mut self,
                values: impl rt::IntoIterator<Item = impl rt::Into<$item>>,
            ) -> $object {
                rt::put_list(&mut self.whole.$field, values);
                self.whole
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: map $item:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step {
            pub(super) whole: $object,
        }
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            pub fn $field(
                mut self,
                entries: impl rt::IntoIterator<
                    Item = (impl rt::Into<rt::String>, impl rt::Into<$item>),
                >,
            ) -> $object {
                rt::put_map(&mut self.whole.$field, entries);
                self.whole
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: plain $ty:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step {
            pub(super) whole: $object,
        }
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            pub fn $field(mut self, value: $ty) -> $object {
                self.whole.$field = value;
                self.whole
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: $ty:ty) => {
        /// A step on the way to the whole.
        #[must_use]
        pub struct $step {
            pub(super) whole: $object,
        }
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            pub fn $field(mut self, value: impl rt::Into<$ty>) -> $object {
                rt::put(&mut self.whole.$field, value);
                self.whole
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
            $($step)::+ { whole: rt::Generated::EMPTY }
        }
    };
    () => {
        /// With nothing set.
        #[inline]
        pub fn new() -> Self {
            rt::Generated::EMPTY
        }
    };
}

/// The accessors of a reply's members that the description calls required: the type and its name, then of each member its name, its
/// name on the wire, how it is shown, its type.
#[doc(hidden)]
#[macro_export]
macro_rules! accessors {
    ($owner:ident $name:literal; $($(#[$meta:meta])* $field:ident $wire:literal $how:ident $ty:ty;)*) => {
        impl $owner {
            $(
                /// The member of this name, or an error that names it where the reply has none.
                $(#[$meta])*
                pub fn $field(&self) -> rt::Result<$ty, rt::MissingField> {
                    rt::$how(&self.$field, $name, $wire)
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
        impl rt::Generated for $ty {
            type Kind = rt::AChoice;
            const EMPTY: Self = Self::Unrecognized(rt::JsonValue::Null);
        }
        impl rt::OneOf for $ty {
            fn count(&self) -> usize {
                [$($index),*].len()
            }
            fn chosen(&self) -> &dyn rt::Value {
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Unrecognized(value) => value,
                }
            }
            fn choose(&mut self, index: usize) -> &mut dyn rt::Value {
                *self = match index {
                    $($index => Self::$variant(rt::Value::empty()),)*
                    _ => rt::Generated::EMPTY,
                };
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }
        $(
            impl rt::From<$alternative> for $ty {
                fn from(value: $alternative) -> Self {
                    Self::$variant(value)
                }
            }
        )*
    };
}

/// For an enumeration with the variant `Unrecognized`: how it is written in JSON where that is not as a text, and its values.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum_impls {
    ($ty:ident $($form:ident)?; $($variant:ident $text:literal)*) => {
        impl $ty {
            /// The value as WeChat Pay writes it.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unrecognized(text) => text,
                }
            }
        }
        impl rt::Generated for $ty {
            type Kind = rt::AnEnum;
            const EMPTY: Self = Self::Unrecognized(rt::String::new());
            #[inline]
            fn text(&self) -> &str {
                self.as_str()
            }
            $(const FORM: rt::Form = rt::Form::$form;)?
        }
        impl<T: rt::AsRef<str>> rt::From<T> for $ty {
            fn from(text: T) -> Self {
                rt::find([$(Self::$variant),*], text, Self::Unrecognized)
            }
        }
        impl rt::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                rt::From::from(self.as_str())
            }
        }
        impl rt::Eq for $ty {}
        impl rt::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                rt::same_text(self, other)
            }
        }
        impl rt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut rt::Formatter<'_>) -> rt::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl rt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut rt::Formatter<'_>) -> rt::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// For an enumeration without that variant: how it is written in JSON, the value that stands for an empty one, and its values.
#[doc(hidden)]
#[macro_export]
macro_rules! closed_enum_impls {
    ($ty:ident $form:ident $empty:ident; $($variant:ident $text:literal)*) => {
        impl $ty {
            /// The value as WeChat Pay writes it.
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
        impl rt::Generated for $ty {
            type Kind = rt::AClosedEnum;
            const EMPTY: Self = Self::$empty;
            const FORM: rt::Form = rt::Form::$form;
            #[inline]
            fn text(&self) -> &str {
                self.as_str()
            }
        }
        impl rt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut rt::Formatter<'_>) -> rt::fmt::Result {
                f.write_str(self.as_str())
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
