//! What is implemented in the same way for every emitted enumeration, and for one of several objects.

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
