//! A value that travels as `name=value` pairs inside a text.

use super::transparent::transparent;
use super::{ReadPairs, Slot, Value, View};

/// An object that WeChat Pay wants as a text of pairs, encoded as in a URL: `"mobile=138…&posttime=1"`. It derefs to the object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UrlEncoded<T>(pub T);

transparent!(UrlEncoded);

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
