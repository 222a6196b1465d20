//! A value that travels as JSON inside a text.

use super::{Slot, Value, View};
use core::ops::{Deref, DerefMut};

/// A value that WeChat Pay wants as a text which holds JSON: `"{\"name\":\"…\"}"`. It derefs to the value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JsonText<T>(pub T);

impl<T> From<T> for JsonText<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for JsonText<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for JsonText<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Value> Value for JsonText<T> {
    fn empty() -> Self {
        Self(T::empty())
    }
    fn view(&self) -> View<'_> {
        View::JsonText(&self.0)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::JsonText(&mut self.0)
    }
}
