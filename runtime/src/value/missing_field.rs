//! What an accessor of a required field says when the server left the field out.

/// A field that the description calls required, and the reply does not have.
///
/// The reply itself is kept: the server may leave out what its documents promise, and that is no failure of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingField {
    type_name: &'static str,
    field: &'static str,
}

impl MissingField {
    /// Names the type and its field.
    pub const fn new(type_name: &'static str, field: &'static str) -> Self {
        Self { type_name, field }
    }

    /// The Rust type that has the field.
    pub const fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// The field's name on the wire.
    pub const fn field(&self) -> &'static str {
        self.field
    }
}

impl core::fmt::Display for MissingField {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "the reply has no usable `{}` in `{}`, though the description calls it required; `reply.drift()` says why",
            self.field, self.type_name
        )
    }
}

impl core::error::Error for MissingField {}
