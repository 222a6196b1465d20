//! Where the description departs from the facts on purpose: `spec/deviations.yaml`, applied to the facts.

use super::node::{Line, Node, Stands, Type};
use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A departure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deviation {
    pub(super) operation: String,
    #[serde(default)]
    place: Places,
    fact: String,
    ours: String,
    why: String,
}

/// Where: in the operation itself, at one place, or at several.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(untagged)]
enum Places {
    #[default]
    Operation,
    One(String),
    Several(Vec<String>),
}

impl Places {
    fn names(&self) -> &[String] {
        match self {
            Self::Operation => &[],
            Self::One(name) if name.is_empty() => &[],
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// Reads the file.
///
/// # Errors
/// It is no list of departures.
pub(super) fn read(text: &str) -> Result<Vec<Deviation>> {
    serde_yaml::from_str(text).context("spec/deviations.yaml can't be read")
}

impl Deviation {
    /// The departure as it is listed.
    pub(super) fn told(&self) -> String {
        let places = self.place.names().join(", ");
        format!("{places}: {} ({})", self.ours, self.why)
    }

    /// Makes an operation's line say what the description says.
    ///
    /// # Errors
    /// Why that cannot be done here.
    pub(super) fn apply(&self, line: &mut Line) -> Result<(), String> {
        let ours = self.ours.split_once(": ").unwrap_or((&self.ours, ""));
        match self.place.names() {
            [] => of_operation(line, ours),
            places => places
                .iter()
                .try_for_each(|place| self.apply_at(place, line, ours)),
        }
    }

    fn apply_at(&self, place: &str, line: &mut Line, ours: (&str, &str)) -> Result<(), String> {
        let (parent, name) = place.rsplit_once('.').unwrap_or(("", place));
        if ours.0 == "absent" {
            return remove(line, parent, name);
        }
        let node = found(line, place).ok_or_else(|| format!("the facts have no {place}"))?;
        if let Some((attribute, _)) = self.fact.split_once(": ") {
            withdraw(node, attribute);
        }
        of_node(node, ours)
    }
}

fn of_operation(line: &mut Line, ours: (&str, &str)) -> Result<(), String> {
    match ours {
        ("response_unsigned", value) => {
            line.response_unsigned = value == "true";
            Ok(())
        }
        // Nothing here depends on them.
        ("title" | "deprecated", _) => Ok(()),
        (other, _) => Err(format!("`{other}` of an operation is not applied here")),
    }
}

/// Takes back what the facts say, since ours may be another attribute: a least length that is the greatest in truth.
fn withdraw(node: &mut Node, attribute: &str) {
    match attribute {
        "min" => (node.min_length, node.minimum) = (None, None),
        "max" => (node.max_length, node.maximum) = (None, None),
        "min_items" => node.min_items = None,
        "max_items" => node.max_items = None,
        "pattern" => node.pattern = None,
        "format" => node.format = None,
        "enum" => node.values = None,
        _ => {}
    }
}

fn of_node(node: &mut Node, ours: (&str, &str)) -> Result<(), String> {
    let number = || {
        ours.1
            .parse::<i64>()
            .map_err(|_| format!("`{}` is no whole number", ours.1))
    };
    let text = node.kind == Some(Type::String);
    match ours {
        ("required", _) => (node.required, node.unconfirmed) = (true, false),
        ("optional", _) => node.required = false,
        ("sensitive", value) => node.sensitive = value == "true",
        ("nullable", value) => node.nullable = value == "true",
        ("pattern", value) => node.pattern = Some(value.trim_matches('"').to_owned()),
        ("min", _) if text => node.min_length = Some(number()?.unsigned_abs()),
        ("max", _) if text => node.max_length = Some(number()?.unsigned_abs()),
        ("min", _) => node.minimum = Some(number()?),
        ("max", _) => node.maximum = Some(number()?),
        ("min_items", _) => node.min_items = Some(number()?.unsigned_abs()),
        ("max_items", _) => node.max_items = Some(number()?.unsigned_abs()),
        ("enum", values) => {
            let values: Vec<Value> =
                serde_yaml::from_str(values).map_err(|error| error.to_string())?;
            node.values = Some(values);
        }
        ("type", name) => {
            let kind = serde_json::from_value(name.into());
            node.kind = Some(kind.map_err(|_| format!("the type {name} is not applied here"))?);
        }
        ("label" | "example" | "default" | "unit", _) => {}
        (other, _) => return Err(format!("`{other}` is not applied here")),
    }
    Ok(())
}

/// The node at a place: `body.detail.seq`, `query.limit`, `200.data[]`.
fn found<'l>(line: &'l mut Line, place: &str) -> Option<&'l mut Node> {
    let mut steps = place.split('.');
    let root = steps.next()?;
    let mut node = match stands(root) {
        Some(stands) => {
            let name = steps.next()?;
            let mut params = line.params.iter_mut();
            params
                .find(|param| param.stands == Some(stands) && param.name.as_deref() == Some(name))?
        }
        None if root == "body" => line.body.as_mut()?,
        None => line.responses.get_mut(&root.parse().ok()?)?,
    };
    for step in steps {
        let name = step.trim_end_matches("[]");
        node = members(node)?.get_mut(name)?;
        if step.ends_with("[]") {
            node = node.items.as_mut()?;
        }
    }
    Some(node)
}

fn remove(line: &mut Line, parent: &str, name: &str) -> Result<(), String> {
    let missing = || format!("the facts have no {name} in {parent}");
    if let Some(stands) = stands(parent) {
        let before = line.params.len();
        line.params
            .retain(|param| param.stands != Some(stands) || param.name.as_deref() != Some(name));
        return if line.params.len() < before {
            Ok(())
        } else {
            Err(missing())
        };
    }
    let node = found(line, parent).ok_or_else(missing)?;
    let removed = members(node).and_then(|fields| fields.remove(name));
    removed.map(drop).ok_or_else(missing)
}

fn stands(root: &str) -> Option<Stands> {
    match root {
        "params" => Some(Stands::Path),
        "query" => Some(Stands::Query),
        "headers" => Some(Stands::Header),
        "form" => Some(Stands::FormData),
        _ => None,
    }
}

/// The members of the object that lists and JSON texts lead to.
fn members(node: &mut Node) -> Option<&mut BTreeMap<String, Node>> {
    let Node {
        fields,
        items,
        json,
        ..
    } = node;
    match (items, json) {
        (Some(inner), _) | (_, Some(inner)) => members(inner),
        (None, None) => fields.as_mut(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn applied(place: &str, ours: &str) -> Result<Line, String> {
        let line = json!({
            "method": "POST", "path": "/v3/a", "title": "x",
            "params": [{"name": "limit", "in": "query", "type": "integer", "maximum": 50}],
            "body": {"type": "object", "fields": {
                "goods": {"type": "array", "items": {"type": "object", "fields": {"id": {"type": "string", "required": true}}}},
                "held": {"type": "string", "json": {"type": "object", "fields": {"a": {"type": "integer"}}}},
            }},
            "responses": {"200": {"type": "object", "fields": {"state": {"type": "string"}}}},
        });
        let mut line: Line = serde_json::from_value(line).expect("a line");
        let text = format!(
            "[{{ operation: POST /v3/a, place: {place:?}, fact: 'max: 50', ours: {ours:?}, why: y }}]"
        );
        let deviations = read(&text).expect("departures");
        deviations[0].apply(&mut line).map(|()| line)
    }

    #[test]
    fn departures_reach_every_place() {
        let body = |line: Line| line.body.expect("a body").fields.expect("fields");
        let goods = |line: Line| {
            body(line)["goods"]
                .items
                .clone()
                .expect("items")
                .fields
                .expect("fields")
        };
        assert!(!goods(applied("body.goods.id", "optional").expect("applied"))["id"].required);
        assert!(goods(applied("body.goods.id", "absent").expect("applied")).is_empty());
        let held = body(applied("body.held.a", "required").expect("applied"));
        assert!(
            held["held"]
                .json
                .as_ref()
                .expect("JSON")
                .fields
                .as_ref()
                .expect("fields")["a"]
                .required
        );
        let limit = applied("query.limit", "max: 100")
            .expect("applied")
            .params
            .remove(0);
        assert_eq!(limit.maximum, Some(100));
        let limit = applied("query.limit", "min: 50")
            .expect("applied")
            .params
            .remove(0);
        assert_eq!((limit.minimum, limit.maximum), (Some(50), None));
        assert!(
            applied("query.limit", "absent")
                .expect("applied")
                .params
                .is_empty()
        );
        let reply = applied("200.state", "enum: [A, B]")
            .expect("applied")
            .responses
            .remove(&200)
            .expect("a reply");
        assert_eq!(
            reply.fields.expect("fields")["state"].values,
            Some(vec!["A".into(), "B".into()])
        );
        assert!(
            applied("", "response_unsigned: true")
                .expect("applied")
                .response_unsigned
        );
    }

    #[test]
    fn what_cannot_be_applied_is_an_error() {
        for (place, ours) in [
            ("body.nothing", "optional"),
            ("body.nothing", "absent"),
            ("", "host: hong-kong"),
            ("body.goods", "type: Goods[]"),
            ("query.offset", "present"),
        ] {
            assert!(applied(place, ours).is_err(), "{place} {ours}");
        }
    }
}
