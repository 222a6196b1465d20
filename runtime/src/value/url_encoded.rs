//! A value that travels as `name=value` pairs inside a text.

use super::{ReadPairs, Slot, Value, View};
use core::ops::{Deref, DerefMut};

/// An object that WeChat Pay wants as a text of pairs, encoded as in a URL: `"mobile=138…&posttime=1"`. It derefs to the object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UrlEncoded<T>(pub T);

impl<T> From<T> for UrlEncoded<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for UrlEncoded<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for UrlEncoded<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Value> Value for UrlEncoded<T> {
    fn empty() -> Self {
        Self(T::empty())
    }
    fn view(&self) -> View<'_> {
        View::UrlEncoded(&self.0)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::UrlEncoded(&mut self.0, ReadPairs::new())
    }
}
