//! How members are set: the setters of optional ones, and the steps that take the required ones one after the other.

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
