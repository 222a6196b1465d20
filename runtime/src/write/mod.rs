//! From described values to what travels: JSON, a query, headers.

#[cfg(feature = "serde")]
mod file;
mod form;
mod header;
mod mapping;
mod multipart;
mod query;
mod sent_file;

use crate::credentials::{PlatformKey, PublicKey};
use crate::excerpt::told;
use crate::value::{Field, Map, Object, Place, View};

pub(crate) use form::{Machinery, WriteForm};
pub(crate) use header::{header, headers};
pub(crate) use mapping::{Written, WrittenObject};
pub(crate) use multipart::{Blame, Enclosed};
pub(crate) use query::query;
use sent_file::{Measured, SentFile, in_time};

/// Who seals texts that must not travel in clear. It says so and no more: the function that seals is named by the values, so that a
/// program which has none of them does not carry it.
pub(crate) enum Sealer<'c> {
    /// There is no key.
    Nobody,
    /// The platform's key.
    Key(&'c PublicKey),
    /// What a test has at hand.
    #[cfg(test)]
    By(&'c dyn Fn(&str) -> String),
}

impl<'c> Sealer<'c> {
    /// By the platform's key, where there is one.
    pub(crate) fn of(key: Option<&'c PlatformKey>) -> Self {
        key.map_or(Self::Nobody, |key| Self::Key(&key.key))
    }

    /// Seals a text.
    pub(crate) fn seal(&self, text: &str) -> Result<String, Unsealed> {
        match self {
            Self::Nobody => Err(Unsealed),
            Self::Key(key) => key.encrypt(text).map_err(|_| Unsealed),
            #[cfg(test)]
            Self::By(seal) => Ok(seal(text)),
        }
    }
}

/// A text that could not be sealed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsealed;

impl core::fmt::Display for Unsealed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a field could not be encrypted with the platform's key")
    }
}

impl core::error::Error for Unsealed {}

/// What becomes of encrypted fields.
#[derive(Clone, Copy)]
pub(crate) enum Protect<'c> {
    /// They are encrypted: on the way to WeChat Pay.
    Encrypt(&'c Sealer<'c>),
    /// They are left out: on the way to the application's own store.
    #[cfg(feature = "serde")]
    LeaveOut,
}

impl Protect<'_> {
    fn leaves_out(self) -> bool {
        match self {
            Self::Encrypt(_) => false,
            #[cfg(feature = "serde")]
            Self::LeaveOut => true,
        }
    }
}

/// Writes the members of the body as JSON.
///
/// # Errors
/// Where a field could not be encrypted.
pub(crate) fn json(object: &dyn Object, sealer: &Sealer<'_>) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&WrittenObject {
        object,
        protect: Protect::Encrypt(sealer),
        place: Some(Place::Body),
    })
}

/// The members of an object that travel in a place other than the body, with what they hold. Absent ones do not travel.
#[inline(never)]
fn members(object: &dyn Object, place: Place) -> Vec<(&'static Field, View<'_>)> {
    let mut members = Vec::new();
    for (index, field) in object.shape().fields.iter().enumerate() {
        if let Some(view) = object.get(index)
            && field.place == place
            && !matches!(view, View::Absent)
            && travels(field, &view)
        {
            members.push((field, view));
        }
    }
    members
}

/// Whether a member is written: absent ones are not, unless `null` is what is required; empty optional lists are not.
fn travels(field: &Field, view: &View<'_>) -> bool {
    match view {
        View::Absent => field.required && field.nullable,
        View::List(list) => field.required || !list.is_empty(),
        View::Map(map) => field.required || !is_empty(*map),
        _ => true,
    }
}

/// Whether a map has no entry.
pub(crate) fn is_empty(map: &dyn Map) -> bool {
    let mut empty = true;
    map.each(&mut |_, _| empty = false);
    empty
}

/// The JSON of one value, as a text.
fn json_of(value: View<'_>, protect: Protect<'_>) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Written { value, protect })
}

/// The members of an object as `name=value` pairs, encoded as in a URL.
fn pairs_of(value: View<'_>, protect: Protect<'_>) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    if let View::Object(object) = value {
        for (field, view) in members(object, Place::Body) {
            query::pair(&mut text, field.name, &query::plain_text(view, protect)?);
        }
    }
    Ok(text)
}

/// A number as WeChat Pay expects it: whole ones without a fraction.
fn number_text(number: f64) -> String {
    match whole(number) {
        Some(whole) => whole.to_string(),
        None => told(&number),
    }
}

/// The whole number that a float holds exactly.
fn whole(number: f64) -> Option<i64> {
    let exact = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    exact.then_some(number as i64)
}

/// The view of a list's item.
fn items<'a>(list: &'a dyn crate::value::List) -> impl Iterator<Item = View<'a>> {
    (0..list.len()).filter_map(|index| list.get(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction() {
        assert_eq!(number_text(100.0), "100");
        assert_eq!(number_text(-0.25), "-0.25");
    }
}
