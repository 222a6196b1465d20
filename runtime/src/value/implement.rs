//! What is implemented in the same way for every emitted type: macros, so that the emitted code stays short.

/// What the runtime needs of an object, and `Debug`, which hides what is private or encrypted. After the type come its members,
/// each with its index, its name, its name on the wire where that is another, and its rules: the functions of [`Field`].
///
/// [`Field`]: crate::value::Field
#[doc(hidden)]
#[macro_export]
macro_rules! object_impls {
    (
        $ty:ident $(exactly_one $groups:expr)?;
        $($index:literal $field:ident $($wire:literal)? $($rule:ident $(($argument:expr))?)*),* $(,)?
    ) => {
        impl $crate::emitted::Value for $ty {
            fn empty() -> Self {
                Self { $($field: $crate::emitted::Value::empty(),)* }
            }
            fn view(&self) -> $crate::emitted::View<'_> {
                $crate::emitted::View::Object(self)
            }
            fn slot(&mut self) -> $crate::emitted::Slot<'_> {
                $crate::emitted::Slot::Object(self)
            }
        }
        impl $crate::emitted::Object for $ty {
            fn shape(&self) -> &'static $crate::emitted::Shape {
                static SHAPE: $crate::emitted::Shape = $crate::emitted::Shape::new(
                    ::core::stringify!($ty),
                    &[$($crate::emitted::Field::new($crate::wire_name!($field $($wire)?))$(.$rule($($argument)?))*),*],
                )$(.exactly_one($groups))?;
                &SHAPE
            }
            fn get(&self, index: usize) -> ::core::option::Option<&dyn $crate::emitted::Value> {
                match index {
                    $($index => ::core::option::Option::Some(&self.$field),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn get_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn $crate::emitted::Value> {
                match index {
                    $($index => ::core::option::Option::Some(&mut self.$field),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
        impl ::core::fmt::Debug for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::emitted::debug(self, f)
            }
        }
    };
}

/// The name of a member on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! wire_name {
    ($field:ident) => {
        ::core::stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
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
            self.$field = $crate::emitted::list(values);
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
                Item = (impl ::core::convert::Into<::std::string::String>, impl ::core::convert::Into<$item>),
            >,
        ) -> Self {
            self.$field = $crate::emitted::map(entries);
            self
        }
    };
    ($(#[$meta:meta])* $doc:literal, $field:ident: $ty:ty) => {
        #[doc = $doc]
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::core::option::Option::Some(value.into());
            self
        }
    };
}

/// A step that takes a required member: the step's type and what it holds, the documentation of the member, its name and type,
/// and the step that comes next; after the last one, the object itself.
#[doc(hidden)]
#[macro_export]
macro_rules! step {
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: list $item:ty $(, $next:ident)?) => {
        $crate::step_type!($step($object), $field);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(
                mut self,
                values: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$item>>,
            ) -> $crate::step_next!($object $(, $next)?) {
                self.0.$field = $crate::emitted::list(values);
                $($next)?(self.0)
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: map $item:ty $(, $next:ident)?) => {
        $crate::step_type!($step($object), $field);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(
                mut self,
                entries: impl ::core::iter::IntoIterator<
                    Item = (impl ::core::convert::Into<::std::string::String>, impl ::core::convert::Into<$item>),
                >,
            ) -> $crate::step_next!($object $(, $next)?) {
                self.0.$field = $crate::emitted::map(entries);
                $($next)?(self.0)
            }
        }
    };
    ($step:ident($object:ty), $(#[$meta:meta])* $doc:literal, $field:ident: $ty:ty $(, $next:ident)?) => {
        $crate::step_type!($step($object), $field);
        impl $step {
            #[doc = $doc]
            $(#[$meta])*
            #[inline]
            pub fn $field(
                mut self,
                value: impl ::core::convert::Into<$ty>,
            ) -> $crate::step_next!($object $(, $next)?) {
                self.0.$field = value.into();
                $($next)?(self.0)
            }
        }
    };
}

/// The type of a step.
#[doc(hidden)]
#[macro_export]
macro_rules! step_type {
    ($step:ident($object:ty), $field:ident) => {
        #[doc = ::core::concat!("Takes `", ::core::stringify!($field), "` on the way to the whole.")]
        #[must_use]
        pub struct $step(pub(super) $object);
    };
}

/// What a step leads to.
#[doc(hidden)]
#[macro_export]
macro_rules! step_next {
    ($object:ty) => {
        $object
    };
    ($object:ty, $next:ident) => {
        $next
    };
}

/// The accessor of a reply's member that the description calls required, in an `impl`: its name, how it is reached, its type.
#[doc(hidden)]
#[macro_export]
macro_rules! accessor {
    ($owner:literal, $wire:literal, $(#[$meta:meta])* $field:ident: $ty:ty) => {
        $crate::accessor!(@ $owner, $wire, [$(#[$meta])*] $field, $ty, );
    };
    ($owner:literal, $wire:literal, $(#[$meta:meta])* $field:ident.$how:ident(): $ty:ty) => {
        $crate::accessor!(@ $owner, $wire, [$(#[$meta])*] $field, $ty, .$how());
    };
    (@ $owner:literal, $wire:literal, [$($meta:tt)*] $field:ident, $ty:ty, $($how:tt)*) => {
        #[doc = ::core::concat!("`", $wire, "`, or an error that names it.")]
        $($meta)*
        pub fn $field(&self) -> ::core::result::Result<$ty, $crate::emitted::MissingField> {
            $crate::emitted::need(self.$field $($how)*, $owner, $wire)
        }
    };
}

/// For one of several objects: its alternatives, each with its type. `Unrecognized` keeps what is none of them.
#[doc(hidden)]
#[macro_export]
macro_rules! one_of_impls {
    ($ty:ident; $($index:literal $variant:ident $alternative:ty),* $(,)?) => {
        impl $crate::emitted::Value for $ty {
            fn empty() -> Self {
                Self::Unrecognized($crate::emitted::JsonValue::Null)
            }
            fn view(&self) -> $crate::emitted::View<'_> {
                match self {
                    $(Self::$variant(value) => $crate::emitted::Value::view(value),)*
                    Self::Unrecognized(value) => $crate::emitted::Value::view(value),
                }
            }
            fn slot(&mut self) -> $crate::emitted::Slot<'_> {
                $crate::emitted::Slot::OneOf(self)
            }
        }
        impl $crate::emitted::OneOf for $ty {
            fn count(&self) -> usize {
                [$($index),*].len()
            }
            fn choose(&mut self, index: usize) -> &mut dyn $crate::emitted::Value {
                *self = match index {
                    $($index => Self::$variant($crate::emitted::Value::empty()),)*
                    _ => Self::Unrecognized($crate::emitted::JsonValue::Null),
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
        impl $crate::emitted::Value for $ty {
            fn empty() -> Self {
                $empty
            }
            fn view(&self) -> $crate::emitted::View<'_> {
                $crate::emitted::View::Enum(self)
            }
            fn slot(&mut self) -> $crate::emitted::Slot<'_> {
                $crate::emitted::Slot::Enum(self)
            }
        }
        impl $crate::emitted::OpenEnum for $ty {
            fn text(&self) -> &str {
                self.as_str()
            }
            fn set(&mut self, text: &str) -> bool {
                self.take(text)
            }
            fn form(&self) -> $crate::emitted::Form {
                $crate::emitted::Form::$form
            }
        }
    };
}

/// For an enumeration with the variant `Unrecognized`: how it is written in JSON, and its values.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum_impls {
    ($ty:ident $form:ident; $($variant:ident $text:literal),* $(,)?) => {
        $crate::enum_value_impls!($ty, $form, Self::Unrecognized(::std::string::String::new()));
        impl $ty {
            /// The value as WeChat Pay writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unrecognized(text) => text,
                }
            }
            fn take(&mut self, text: &str) -> bool {
                *self = <Self as ::core::convert::From<&str>>::from(text);
                !::core::matches!(self, Self::Unrecognized(_))
            }
        }
        impl ::core::convert::From<&str> for $ty {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unrecognized(text.into()),
                }
            }
        }
        impl ::core::convert::From<::std::string::String> for $ty {
            fn from(text: ::std::string::String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)*
                    _ => Self::Unrecognized(text),
                }
            }
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
            type Err = $crate::emitted::UnknownValue;
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                match text {
                    $($text => ::core::result::Result::Ok(Self::$variant),)*
                    _ => ::core::result::Result::Err($crate::emitted::UnknownValue::new(::core::stringify!($ty), text)),
                }
            }
        }
        impl<'a> ::core::convert::TryFrom<&'a str> for $ty {
            type Error = $crate::emitted::UnknownValue;
            fn try_from(text: &'a str) -> ::core::result::Result<Self, Self::Error> {
                <Self as ::core::str::FromStr>::from_str(text)
            }
        }
        impl ::core::convert::TryFrom<::std::string::String> for $ty {
            type Error = $crate::emitted::UnknownValue;
            fn try_from(text: ::std::string::String) -> ::core::result::Result<Self, Self::Error> {
                <Self as ::core::str::FromStr>::from_str(text.as_str())
            }
        }
    };
}
