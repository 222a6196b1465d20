//! A file of `shapes/`: the value of a field, written as a map.

use super::Reader;
use super::node::Node;
use crate::model::Shape;

impl Reader<'_> {
    /// A shared shape; its members are at `.name`.
    pub(crate) fn shape(&mut self, root: &Node) -> Shape {
        Shape {
            schema: self.schema(root, "", false),
        }
    }
}
