//! Encrypted texts of a document: found by the facts, changed by whoever has a key.

use super::kind::Kind;
use super::node::Node;
use serde_json::Value;

/// What is done to each encrypted text.
pub(super) type Change<'c> = dyn FnMut(&str) -> Result<String, String> + 'c;

/// The document with its encrypted texts changed. Empty ones are not encrypted, and stay.
///
/// # Errors
/// That of the change, with the place.
pub(super) fn changed(
    node: &Node,
    value: &Value,
    change: &mut Change<'_>,
) -> Result<Value, String> {
    match (node.stands_for(), value) {
        (_, Value::String(text)) if node.sensitive && !text.is_empty() => Ok(change(text)?.into()),
        (Kind::Object(fields), Value::Object(members)) => {
            let members = members.iter().map(|(name, value)| {
                let value = match fields.get(name) {
                    Some(node) => {
                        changed(node, value, change).map_err(|why| format!("{name}: {why}"))?
                    }
                    None => value.clone(),
                };
                Ok((name.clone(), value))
            });
            members.collect::<Result<_, String>>().map(Value::Object)
        }
        (Kind::List(Some(item)), Value::Array(items)) => {
            let items = items.iter().map(|value| changed(item, value, change));
            items.collect::<Result<_, _>>().map(Value::Array)
        }
        (Kind::JsonText(Some(inner)), Value::String(text)) => match serde_json::from_str(text) {
            Ok(held) => Ok(changed(inner, &held, change)?.to_string().into()),
            Err(_) => Ok(value.clone()),
        },
        _ => Ok(value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn encrypted_texts_alone_are_changed_wherever_they_stand() {
        let secret = json!({"type": "string", "sensitive": true});
        let node: Node = serde_json::from_value(json!({"type": "object", "fields": {
            "name": secret,
            "plain": {"type": "string"},
            "empty": secret,
            "phones": {"type": "array", "items": secret},
            "more": {"type": "string", "json": {"type": "object", "fields": {"name": secret}}},
        }}))
        .expect("a node");
        let value = json!({
            "name": "a", "plain": "b", "empty": "", "phones": ["c", "d"], "more": "{\"name\":\"e\"}", "new": "f",
        });
        let mut upper = |text: &str| Ok(text.to_uppercase());
        assert_eq!(
            changed(&node, &value, &mut upper),
            Ok(json!({
                "name": "A", "plain": "b", "empty": "", "phones": ["C", "D"], "more": "{\"name\":\"E\"}", "new": "f",
            }))
        );
        let mut refuse = |_: &str| Err("no key".to_owned());
        assert_eq!(
            changed(&node, &value, &mut refuse),
            Err("name: no key".to_owned())
        );
    }
}
