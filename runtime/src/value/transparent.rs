//! Values in another dress: they are made of what they hold, and deref to it.

/// `From`, `Deref` and `DerefMut` for a struct of one member.
macro_rules! transparent {
    ($type:ident) => {
        impl<T> From<T> for $type<T> {
            fn from(value: T) -> Self {
                Self(value)
            }
        }

        impl<T> core::ops::Deref for $type<T> {
            type Target = T;
            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> core::ops::DerefMut for $type<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }
    };
}

pub(super) use transparent;
