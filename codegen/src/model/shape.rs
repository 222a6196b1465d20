use super::Schema;
use std::fmt;

/// A shared shape's name: the product it lives in, and its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId {
    /// The product.
    pub product: String,
    /// The name, in upper camel case.
    pub name: String,
}

/// An object or an enumeration that several places share.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What it is: an object, an enumeration or one of several objects.
    pub schema: Schema,
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.product, self.name)
    }
}
