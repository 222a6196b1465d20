use super::{Damages, damage};
use crate::conformance::witness::{Drift, Kind};
use serde_json::{Value, json};
use wechatpay_codegen::model::{
    Api, EnumSchema, EnumValue, Field, ListSchema, Literal, NumberSchema, ObjectSchema, Schema,
    SchemaKind, TextSchema,
};

fn field(name: &str, required: bool, kind: SchemaKind) -> Field {
    Field {
        name: name.into(),
        rename: None,
        required,
        schema: Schema::new(kind),
    }
}

fn object(fields: Vec<Field>) -> SchemaKind {
    SchemaKind::Object(ObjectSchema {
        fields,
        ..ObjectSchema::default()
    })
}

fn list(items: SchemaKind) -> SchemaKind {
    SchemaKind::List(ListSchema {
        items: Box::new(Schema::new(items)),
        min_items: None,
        max_items: None,
        key: None,
    })
}

fn one_of(value: Literal, closed: bool) -> SchemaKind {
    let value = EnumValue {
        value,
        name: None,
        label: None,
    };
    SchemaKind::Enum(EnumSchema {
        values: vec![value],
        closed,
    })
}

fn order() -> Schema {
    let text = || SchemaKind::Text(TextSchema::default());
    let number = || SchemaKind::Integer(NumberSchema::default());
    let mut nullable = field("nullable", true, text());
    nullable.schema.nullable = true;
    let held = Schema::new(object(vec![field("count", true, number())]));
    Schema::new(object(vec![
        field("id", true, text()),
        nullable,
        field("note", false, text()),
        field("state", true, one_of(Literal::Text("PAID".into()), false)),
        field("code", false, one_of(Literal::Integer(1), false)),
        field("closed", false, one_of(Literal::Text("A".into()), true)),
        field(
            "goods",
            true,
            list(object(vec![field("total", true, number())])),
        ),
        field("tags", true, list(text())),
        field("held", false, SchemaKind::Json(Box::new(held))),
        field("any", false, object(Vec::new())),
        field(
            "prices",
            false,
            SchemaKind::Map(Box::new(Schema::new(number()))),
        ),
    ]))
}

/// The encrypted texts of an answer are not those that are read: `id` stands for one.
fn sent() -> Value {
    let mut sent = read();
    sent["id"] = json!("c2VhbGVk");
    sent
}

fn read() -> Value {
    json!({
        "id": "1", "nullable": "n", "note": "x", "state": "PAID", "code": 1, "closed": "A",
        "goods": [{"total": 1}, {"total": 2}], "tags": ["t"], "held": "{\"count\":3}", "prices": {"a": 4}, "any": {"b": 1},
    })
}

fn damaged(kind: Kind) -> (Damages, Value, Value) {
    let (mut body, mut expected) = (sent(), read());
    let damages = damage(&Api::default(), kind, &order(), &mut body, &mut expected);
    (damages, body, expected)
}

fn drift(kind: &str, paths: &[&str]) -> Vec<Drift> {
    let drift = paths.iter().map(|path| Drift {
        path: (*path).into(),
        kind: kind.into(),
    });
    drift.collect()
}

#[test]
fn required_members_are_left_out_from_the_inside() {
    let (damages, body, expected) = damaged(Kind::LeftOut);
    let paths = [
        "goods[0].total",
        "goods[1].total",
        "held.count",
        "id",
        "nullable",
        "state",
        "tags",
    ];
    assert_eq!(damages.drift, drift("Missing", &paths));
    let left = json!({
        "note": "x", "code": 1, "closed": "A", "goods": [{}, {}], "held": "{}", "prices": {"a": 4}, "any": {"b": 1},
    });
    assert_eq!(body, left);
    assert_eq!(expected, left);
}

#[test]
fn null_differs_where_a_value_is_required() {
    let (damages, body, expected) = damaged(Kind::Null);
    let paths = [
        "goods[0].total",
        "goods[1].total",
        "held.count",
        "id",
        "state",
        "tags",
    ];
    assert_eq!(damages.drift, drift("Null", &paths));
    assert_eq!(damages.count, 12);
    assert_eq!(
        body,
        json!({
            "id": null, "nullable": null, "note": null, "state": null, "code": null, "closed": null,
            "goods": [{"total": null}, {"total": null}], "tags": null, "held": "{\"count\":null}", "prices": null, "any": null,
        })
    );
    assert_eq!(expected, json!({"goods": [{}, {}], "held": "{}"}));
}

#[test]
fn numbers_become_texts_and_are_read_as_numbers() {
    let (damages, body, expected) = damaged(Kind::DigitTexts);
    let paths = [
        "code",
        "goods[0].total",
        "goods[1].total",
        "held.count",
        "prices.a",
    ];
    assert_eq!(damages.drift, drift("Lenient", &paths));
    assert_eq!(body["goods"], json!([{"total": "1"}, {"total": "2"}]));
    assert_eq!(body["held"], json!("{\"count\":\"3\"}"));
    assert_eq!(
        (&body["code"], &body["prices"]),
        (&json!("1"), &json!({"a": "4"}))
    );
    assert_eq!(expected, read());
}

#[test]
fn unknown_values_are_kept_by_open_enumerations() {
    let (damages, body, expected) = damaged(Kind::UnknownValues);
    assert_eq!(
        damages.drift,
        drift("UnknownValue", &["closed", "code", "state"])
    );
    assert_eq!(body["state"], "CONFORMANCE_UNKNOWN");
    assert_eq!(body["code"], 987_654_321);
    assert_eq!(expected["state"], body["state"]);
    assert_eq!(expected["code"], body["code"]);
    assert_eq!(expected["closed"], Value::Null);
}

#[test]
fn every_object_gets_a_member_that_is_not_described() {
    let (damages, body, expected) = damaged(Kind::UnknownFields);
    let paths = [
        "conformance_unknown",
        "goods[0].conformance_unknown",
        "goods[1].conformance_unknown",
        "held.conformance_unknown",
    ];
    assert_eq!(damages.drift, drift("UnknownField", &paths));
    assert_eq!(
        body["goods"][0],
        json!({"total": 1, "conformance_unknown": true})
    );
    assert_eq!(
        (&body["prices"], &body["any"]),
        (&json!({"a": 4}), &json!({"b": 1}))
    );
    assert_eq!(expected, read());
}

#[test]
fn what_is_not_an_answer_is_left_as_it_is() {
    for kind in [Kind::Example, Kind::Required, Kind::Full] {
        let (damages, body, expected) = damaged(kind);
        assert_eq!(
            (damages, body, expected),
            (Damages::default(), sent(), read())
        );
    }
}
