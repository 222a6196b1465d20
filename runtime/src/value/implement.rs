//! What is implemented in the same way for every emitted object, and in `setters.rs` and
//! `implement_enums.rs` for their members and for enumerations: macros, so that the emitted code stays short.
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
