//! A value that travels as JSON inside a text.

use super::transparent::transparent;
use super::{Slot, Value, View};

/// A value that WeChat Pay wants as a text which holds JSON: `"{\"name\":\"…\"}"`. It derefs to the value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JsonText<T>(pub T);

transparent!(JsonText);

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
