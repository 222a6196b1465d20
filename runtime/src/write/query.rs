//! The query of a request.

use super::{Protect, Sealer, items, json_of, members, number_text, pairs_of};
use crate::excerpt::told;
use crate::percent;
use crate::value::{Object, Place, View};

/// Writes the members of the query: `mchid=…&sub_mchid=…`, empty where there are none. A list repeats its name, an object
/// stands as JSON.
///
/// # Errors
/// Where a field could not be encrypted.
pub(crate) fn query(object: &dyn Object, sealer: &Sealer<'_>) -> Result<String, serde_json::Error> {
    let protect = Protect::Encrypt(sealer);
    let mut query = String::new();
    for (field, view) in members(object, Place::Query) {
        match view {
            View::List(list) => {
                for item in items(list) {
                    pair(&mut query, field.name, &plain_text(item, protect)?);
                }
            }
            value => pair(&mut query, field.name, &plain_text(value, protect)?),
        }
    }
    Ok(query)
}

pub(super) fn pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    percent::encode_into(query, name);
    query.push('=');
    percent::encode_into(query, value);
}

/// A value as a text without quotes, as a query or a header takes it.
///
/// # Errors
/// Where a field could not be encrypted.
pub(super) fn plain_text(
    view: View<'_>,
    protect: Protect<'_>,
) -> Result<String, serde_json::Error> {
    match view {
        View::Absent => Ok(String::new()),
        View::Text(text) => Ok(text.to_owned()),
        View::Integer(number) => Ok(number.to_string()),
        View::Number(number) => Ok(number_text(number)),
        View::Boolean(truth) => Ok(told(&truth)),
        View::Enum(text, _) => Ok(text.to_owned()),
        View::Sensitive("", _) => Ok(String::new()),
        View::Sensitive(text, write) => match protect {
            Protect::Encrypt(sealer) => {
                (write.seal)(sealer, text).map_err(serde::ser::Error::custom)
            }
            #[cfg(feature = "serde")]
            Protect::LeaveOut => Ok(String::new()),
        },
        View::JsonText(value) => json_of(value.shown(), protect),
        View::UrlEncoded(value) => pairs_of(value.shown(), protect),
        // A file is a part of a form and stands nowhere else.
        View::File(_) => Ok(String::new()),
        view @ (View::Object(_) | View::List(_) | View::Map(_) | View::Json(..)) => {
            json_of(view, protect)
        }
    }
}
