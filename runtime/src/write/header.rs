//! The header parameters of a request.

use super::query::plain_text;
use super::{Protect, Sealer, members};
use crate::value::{Object, Place};

/// The members that travel in headers, with their texts.
///
/// # Errors
/// Where a field could not be encrypted.
pub(crate) fn headers(
    object: &dyn Object,
    sealer: &Sealer<'_>,
) -> Result<Vec<(&'static str, String)>, serde_json::Error> {
    let protect = Protect::Encrypt(sealer);
    members(object, Place::Header)
        .into_iter()
        .map(|(field, view)| Ok((field.name, plain_text(view, protect)?)))
        .collect()
}
