//! Values that come as text: path variables, query parameters, headers.

use super::{Problem, resolve};
use serde_json::Value;
use wechatpay_codegen::model::{Api, Literal, Schema, SchemaKind};

/// Reads a text as what its schema says. A text that is no such thing stays a text, so that the check names it.
///
/// # Errors
///
/// The schema refers to a shape that is not there.
pub fn from_text(api: &Api, schema: &Schema, text: &str) -> Result<Value, Problem> {
    let numeric = match &resolve(api, schema)?.kind {
        SchemaKind::Integer(_) | SchemaKind::Number(_) | SchemaKind::Boolean => true,
        SchemaKind::Enum(rules) => {
            let text = |literal: &Literal| matches!(literal, Literal::Text(_));
            !rules.values.iter().any(|known| text(&known.value))
        }
        _ => false,
    };
    let parsed = serde_json::from_str::<Value>(text).ok();
    let parsed = parsed.filter(|value| numeric && (value.is_number() || value.is_boolean()));
    Ok(parsed.unwrap_or_else(|| Value::String(text.to_owned())))
}
