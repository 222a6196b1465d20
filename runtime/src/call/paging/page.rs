//! A request for another page than it says: all of it but one member.

use crate::value::{Object, Shape, Value, View};

/// A request with one member in another's place.
pub(super) struct Page<'a> {
    pub(super) request: &'a dyn Object,
    /// The index of the member, and what stands there; `None` for the page that the request asks for.
    pub(super) replaced: Option<(usize, Box<dyn Value>)>,
}

impl Object for Page<'_> {
    #[inline]
    fn shape(&self) -> &'static Shape {
        self.request.shape()
    }

    #[inline]
    fn get(&self, index: usize) -> Option<View<'_>> {
        match &self.replaced {
            Some((at, value)) if *at == index => Some(value.view()),
            _ => self.request.get(index),
        }
    }
}
