//! Typed values as JSON again, with all that is in them: encrypted members too, which serde's mapping leaves out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Number, Value as Json, json};
use wechatpay_openapi::emitted::{Form, List, Object, Slot, Value, View};

/// A reply's body; `None` where there is none.
pub fn document(body: &dyn Value) -> Option<Json> {
    written(body.view())
}

/// The bytes of a body that is a file, in base64.
pub fn file(body: &mut dyn Value) -> Option<String> {
    match body.slot() {
        Slot::Bytes(content) => Some(STANDARD.encode(content)),
        _ => None,
    }
}

/// `None`: the value is absent.
fn written(view: View<'_>) -> Option<Json> {
    Some(match view {
        View::Absent => return None,
        View::Text(text) | View::Sensitive(text, _) => text.into(),
        View::Integer(number) => number.into(),
        View::Number(number) => Number::from_f64(number).map_or(Json::Null, Json::Number),
        View::Boolean(truth) => truth.into(),
        View::Enum(text, form) => enumerated(text, form),
        View::Object(value) => object(value),
        View::List(list) => items(list),
        View::Map(map) => {
            let mut members = Map::new();
            map.each(&mut |key, value| {
                members.insert(key.to_owned(), written(value).unwrap_or(Json::Null));
            });
            Json::Object(members)
        }
        View::UrlEncoded(value) => return written(value.shown()),
        View::File(file) => {
            json!({ "file_name": file.name(), "content": STANDARD.encode(file.content().map(|bytes| &bytes[..]).unwrap_or_default()) })
        }
        View::JsonText(value) => written(value.shown()).unwrap_or(Json::Null).to_string().into(),
        View::Json(value, _) => value.clone(),
    })
}

fn object(object: &dyn Object) -> Json {
    let mut members = Map::new();
    for (index, field) in object.shape().fields.iter().enumerate() {
        if let Some(value) = object.get(index).and_then(written) {
            members.insert(field.name.to_owned(), value);
        }
    }
    Json::Object(members)
}

fn items(list: &dyn List) -> Json {
    let items = (0..list.len()).filter_map(|index| list.get(index));
    items
        .map(|item| written(item).unwrap_or(Json::Null))
        .collect()
}

fn enumerated(text: &str, form: Form) -> Json {
    let other = match form {
        Form::Text => None,
        Form::Integer => text.parse().ok().map(|number: i64| number.into()),
        Form::Boolean => text.parse().ok().map(Json::Bool),
    };
    other.unwrap_or_else(|| text.into())
}
