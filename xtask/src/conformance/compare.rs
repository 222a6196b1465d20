//! What differs between a document as it was sent and as the other side read it.

use serde_json::{Map, Number, Value};

/// Every place where something was lost, added or changed on the way.
///
/// Numbers are compared by their values, JSON in texts by what it says. `null`, an empty list and an empty object are the same as
/// nothing: typed values do not tell them apart.
pub(crate) fn differences(sent: &Value, read: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", sent, read, &mut found);
    found
}

/// The path of a member.
pub(crate) fn member(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        _ => format!("{path}.{name}"),
    }
}

fn compare(path: &str, sent: &Value, read: &Value, found: &mut Vec<String>) {
    match (sent, read) {
        (Value::Object(sent), Value::Object(read)) => objects(path, sent, read, found),
        (Value::Array(sent), Value::Array(read)) if sent.len() == read.len() => {
            for (index, (sent, read)) in sent.iter().zip(read).enumerate() {
                compare(&format!("{path}[{index}]"), sent, read, found);
            }
        }
        (Value::Number(one), Value::Number(other)) if same(one, other) => {}
        (Value::String(one), Value::String(other)) => texts(path, one, other, found),
        (one, other) if one == other || is_nothing(one) && is_nothing(other) => {}
        _ => found.push(format!("{}: sent {sent}, read {read}", place(path))),
    }
}

fn objects(
    path: &str,
    sent: &Map<String, Value>,
    read: &Map<String, Value>,
    found: &mut Vec<String>,
) {
    for (name, value) in sent {
        let path = member(path, name);
        match read.get(name) {
            Some(read) => compare(&path, value, read, found),
            None if is_nothing(value) => {}
            None => found.push(format!("{path}: sent {value}, lost")),
        }
    }
    for (name, value) in read {
        if !sent.contains_key(name) && !is_nothing(value) {
            found.push(format!("{}: never sent, read {value}", member(path, name)));
        }
    }
}

fn texts(path: &str, one: &str, other: &str, found: &mut Vec<String>) {
    if one == other {
        return;
    }
    match (document(one), document(other)) {
        (Some(one), Some(other)) => compare(path, &one, &other, found),
        _ => found.push(format!("{}: sent {one:?}, read {other:?}", place(path))),
    }
}

/// The list or object that a text holds.
pub(crate) fn document(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_object() || value.is_array()).then_some(value)
}

fn same(one: &Number, other: &Number) -> bool {
    match (one.as_i64(), other.as_i64()) {
        (Some(one), Some(other)) => one == other,
        _ => one.as_f64() == other.as_f64(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn place(path: &str) -> &str {
    match path {
        "" => "the document",
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::differences;
    use serde_json::json;

    #[test]
    fn equal_documents_may_be_written_in_several_ways() {
        for (sent, read) in [
            (json!({"a": 1, "b": [1.0]}), json!({"b": [1], "a": 1.0})),
            (json!({"a": null, "b": [], "c": {}}), json!({})),
            (json!({}), json!({"a": null, "b": []})),
            (
                json!({"a": r#"{"b": 1, "c": [2]}"#}),
                json!({"a": r#"{"c":[2],"b":1.0}"#}),
            ),
            (json!({"a": i64::MAX}), json!({"a": i64::MAX})),
        ] {
            assert_eq!(differences(&sent, &read), [""; 0], "{sent} {read}");
        }
    }

    #[test]
    fn each_difference_is_named_by_its_place() {
        let sent = json!({
            "lost": 1, "changed": "a", "list": [1, {"inner": true}], "text": "{\"x\":1}", "type": 1, "exact": i64::MAX,
        });
        let read = json!({
            "changed": "b", "list": [1, {"inner": false}], "text": "{\"x\":2}", "type": "1", "added": 2, "exact": i64::MAX - 1,
        });
        assert_eq!(
            differences(&sent, &read),
            [
                "lost: sent 1, lost",
                "changed: sent \"a\", read \"b\"",
                "list[1].inner: sent true, read false",
                "text.x: sent 1, read 2",
                "type: sent 1, read \"1\"",
                "exact: sent 9223372036854775807, read 9223372036854775806",
                "added: never sent, read 2",
            ]
        );
        assert_eq!(
            differences(&json!([1, 2]), &json!([1])),
            ["the document: sent [1,2], read [1]"]
        );
    }
}
