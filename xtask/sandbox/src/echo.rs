//! What an answer repeats of its request, so that it is plausible.

use crate::check_value::{Checker, is_listed, resolve};
use serde_json::Value;
use wechatpay_codegen::model::{Api, ListSchema, ObjectSchema, Schema, SchemaKind};

/// Puts the request's values into an answer, wherever the answer has a member of the same name at the same place, and the value is as
/// the answer's schema says. A list of objects gets as many items as the request's.
pub fn echo(
    api: &Api,
    checker: &Checker<'_>,
    schema: &Schema,
    answer: Value,
    request: &Value,
) -> Value {
    let echo = Echo { api, checker };
    echo.value(schema, answer, request)
}

struct Echo<'a> {
    api: &'a Api,
    checker: &'a Checker<'a>,
}

impl Echo<'_> {
    fn value(&self, schema: &Schema, answer: Value, request: &Value) -> Value {
        let Ok(resolved) = resolve(self.api, schema) else {
            return answer;
        };
        match &resolved.kind {
            SchemaKind::Object(object) if object.envelope.is_some() => answer,
            SchemaKind::Object(object) => self.object(object, answer, request),
            SchemaKind::List(list) if self.has_objects(list) => self.list(list, answer, request),
            SchemaKind::Enum(rules) if !is_listed(rules, request) => answer,
            _ if self.checker.check(schema, request, "").is_ok() => request.clone(),
            _ => answer,
        }
    }

    fn object(&self, object: &ObjectSchema, mut answer: Value, request: &Value) -> Value {
        for field in &object.fields {
            let given = request.get(&field.name);
            let own = answer.get_mut(&field.name);
            if let (Some(own), Some(given)) = (own, given) {
                *own = self.value(&field.schema, own.take(), given);
            }
        }
        answer
    }

    fn list(&self, list: &ListSchema, answer: Value, request: &Value) -> Value {
        let first = answer.get(0).cloned();
        match (first, request) {
            (Some(first), Value::Array(given)) if !given.is_empty() => given
                .iter()
                .map(|item| self.value(&list.items, first.clone(), item))
                .collect(),
            _ => answer,
        }
    }

    fn has_objects(&self, list: &ListSchema) -> bool {
        let items = resolve(self.api, &list.items).map(|schema| &schema.kind);
        matches!(items, Ok(SchemaKind::Object(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check_value::Secrets;
    use serde_json::json;
    use wechatpay_codegen::model::{
        EnumSchema, EnumValue, Field, Literal, NumberSchema, TextSchema,
    };

    fn field(name: &str, kind: SchemaKind) -> Field {
        Field {
            name: name.into(),
            rename: None,
            required: false,
            schema: Schema::new(kind),
        }
    }

    fn object(fields: Vec<Field>) -> SchemaKind {
        SchemaKind::Object(ObjectSchema {
            fields,
            ..ObjectSchema::default()
        })
    }

    #[test]
    fn names_and_types_must_agree() {
        let text = || SchemaKind::Text(TextSchema::default());
        let total = || field("total", SchemaKind::Integer(NumberSchema::default()));
        let details = SchemaKind::List(ListSchema {
            items: Box::new(Schema::new(object(vec![total(), field("id", text())]))),
            min_items: None,
            max_items: None,
            key: None,
        });
        let schema = Schema::new(object(vec![
            field("appid", text()),
            field("state", text()),
            field("amount", object(vec![total(), field("currency", text())])),
            field("details", details),
        ]));
        let answer = json!({
            "appid": "a", "state": "DONE", "amount": {"total": 1, "currency": "CNY"}, "details": [{"total": 1, "id": "x"}],
        });
        let request = json!({
            "appid": "b", "state": 5, "amount": {"total": 9}, "other": 1, "details": [{"total": 2}, {"total": "3"}],
        });
        let api = Api::default();
        let checker = Checker::new(&api, Secrets::Plain);
        assert_eq!(
            echo(&api, &checker, &schema, answer, &request),
            json!({
                "appid": "b", "state": "DONE", "amount": {"total": 9, "currency": "CNY"},
                "details": [{"total": 2, "id": "x"}, {"total": 1, "id": "x"}],
            })
        );
    }

    #[test]
    fn an_enumeration_takes_no_value_that_it_does_not_list() {
        let known = EnumValue {
            value: Literal::Text("CARD".into()),
            name: None,
            label: None,
        };
        let rules = EnumSchema {
            values: vec![known],
            closed: false,
        };
        let schema = Schema::new(object(vec![field("type", SchemaKind::Enum(rules))]));
        let api = Api::default();
        let checker = Checker::new(&api, Secrets::Plain);
        let given = |text: &str| {
            let (answer, request) = (json!({"type": "other"}), json!({ "type": text }));
            echo(&api, &checker, &schema, answer, &request)
        };
        assert_eq!(given("CARD"), json!({"type": "CARD"}));
        assert_eq!(given("card of the request"), json!({"type": "other"}));
    }
}
