use super::{Field, Identity, Method, Operation, Wire};
use std::collections::BTreeMap;

/// A URL path and all that can be called there: one file of the description.
#[derive(Clone, Debug, PartialEq)]
pub struct PathItem {
    /// The path.
    pub path: UrlPath,
    /// The product that it belongs to.
    pub product: String,
    /// The host family, when it is not the default one.
    pub host: Option<String>,
    /// Who signs.
    pub identity: Identity,
    /// How requests and replies are written.
    pub wire: Wire,
    /// Names for segments whose own would clash with a sibling's, by the segment as it stands in the path.
    pub names: BTreeMap<String, String>,
    /// Another path that the server cannot tell from this one, on purpose.
    pub same_route_as: Option<String>,
    /// The variables, in the order of the path.
    pub params: Vec<Field>,
    /// The operations.
    pub operations: BTreeMap<Method, Operation>,
}

/// A path as it is sent, variables in braces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath {
    text: String,
}

/// A part of a path between two slashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Segment<'a> {
    /// Always the same text.
    Fixed(&'a str),
    /// A variable, without its braces.
    Variable(&'a str),
}

impl UrlPath {
    /// Takes a path; whether it is a good one is for the checks to say.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// The path as written in the description.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The segments; a slash at the end makes none.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Segment<'_>> {
        self.text
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| {
                match part
                    .strip_prefix('{')
                    .and_then(|rest| rest.strip_suffix('}'))
                {
                    Some(name) => Segment::Variable(name),
                    None => Segment::Fixed(part),
                }
            })
    }

    /// The names of the variables, in their order.
    pub fn variables(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.segments().filter_map(|segment| match segment {
            Segment::Variable(name) => Some(name),
            Segment::Fixed(_) => None,
        })
    }
}
