//! What a closed enumeration says to a text that is none of its values.

/// A text that is no value of a closed enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    type_name: &'static str,
    text: String,
}

impl UnknownValue {
    /// Names the enumeration and the text.
    pub fn new(type_name: &'static str, text: &str) -> Self {
        Self {
            type_name,
            text: text.to_owned(),
        }
    }
}

impl core::fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "`{}` is no value of `{}`", self.text, self.type_name)
    }
}

impl core::error::Error for UnknownValue {}
