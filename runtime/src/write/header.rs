//! The header parameters of a request.

use super::query::plain_text;
use super::{Protect, Sealer, members};
use crate::value::{Field, Object, Place, View};

/// The members that travel in headers.
pub(crate) fn headers(object: &dyn Object) -> Vec<(&'static Field, View<'_>)> {
    members(object, Place::Header)
}

/// The text of a member that travels in a header.
///
/// # Errors
/// Where a field could not be encrypted.
pub(crate) fn header(view: View<'_>, sealer: &Sealer<'_>) -> Result<String, serde_json::Error> {
    plain_text(view, Protect::Encrypt(sealer))
}
