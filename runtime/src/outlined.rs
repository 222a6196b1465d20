//! Values behind a pointer, of which only the place that makes them knows how they are dropped.
//!
//! The compiler writes what drops a large type anew into every part of a program that holds one, and into every way out of a function that
//! does. Behind these it is there once.

use core::ops::{Deref, DerefMut};
use std::sync::{Arc, Weak};

/// A value in a box.
pub(crate) struct Outlined<T>(Box<dyn Holds<T>>);

/// A value that several hold.
pub(crate) struct Shared<T>(Arc<dyn Holds<T>>);

/// A shared value that does not keep it.
pub(crate) struct SharedWeakly<T>(Weak<dyn Holds<T>>);

trait Holds<T>: Send + Sync {
    fn get(&self) -> &T;
    fn get_mut(&mut self) -> &mut T;
}

impl<T: Send + Sync> Holds<T> for T {
    fn get(&self) -> &T {
        self
    }
    fn get_mut(&mut self) -> &mut T {
        self
    }
}

impl<T: Send + Sync + 'static> Outlined<T> {
    /// To be called from one place for each type, or its dropping is there several times after all.
    pub(crate) fn new(value: T) -> Self {
        Self(Box::new(value))
    }
}

impl<T: Send + Sync + 'static> Shared<T> {
    /// To be called from one place for each type.
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(value))
    }

    pub(crate) fn downgrade(&self) -> SharedWeakly<T> {
        SharedWeakly(Arc::downgrade(&self.0))
    }
}

impl<T> SharedWeakly<T> {
    pub(crate) fn upgrade(&self) -> Option<Shared<T>> {
        self.0.upgrade().map(Shared)
    }
}

impl<T> Deref for Outlined<T> {
    type Target = T;
    fn deref(&self) -> &T {
        (*self.0).get()
    }
}

impl<T> DerefMut for Outlined<T> {
    fn deref_mut(&mut self) -> &mut T {
        (*self.0).get_mut()
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        (*self.0).get()
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_changed_and_dropped_as_if_it_were_not() {
        let counted = Arc::new(());
        let mut outlined = Outlined::new((1, Arc::clone(&counted)));
        outlined.deref_mut().0 += 1;
        assert_eq!(outlined.deref().0, 2);
        drop(outlined);
        let shared = Shared::new(Arc::clone(&counted));
        let weak = shared.downgrade();
        let other = shared.clone();
        drop(shared);
        assert!(weak.upgrade().is_some());
        drop(other);
        assert!(weak.upgrade().is_none());
        assert_eq!(Arc::strong_count(&counted), 1);
    }
}
