use super::*;
use crate::SandboxKeys;
use serde_json::json;
use wechatpay_codegen::model::{
    EnumValue, Field, NumberSchema, ObjectSchema, Shape, ShapeId, TextSchema,
};

fn issue(schema: &Schema, value: Value) -> Option<(String, String)> {
    let api = Api::default();
    match Checker::new(&api, Secrets::Plain).check(schema, &value, "") {
        Ok(_) => None,
        Err(Problem::Violation(violation)) => Some((violation.field, violation.issue)),
        Err(Problem::Description(text)) => panic!("{text}"),
    }
}

fn accepts(schema: &Schema, value: Value) {
    assert_eq!(issue(schema, value), None);
}

fn refuses(schema: &Schema, value: Value, field: &str, part: &str) {
    let (place, text) = issue(schema, value).expect("a violation");
    assert_eq!(place, field);
    assert!(text.contains(part), "{text}");
}

fn text(min: Option<u64>, max: Option<u64>, pattern: Option<&str>) -> Schema {
    Schema::new(SchemaKind::Text(TextSchema {
        min,
        max,
        pattern: pattern.map(Into::into),
        format: None,
    }))
}

fn integer(min: Option<i64>, max: Option<i64>, format: Option<&str>) -> Schema {
    Schema::new(SchemaKind::Integer(NumberSchema {
        min,
        max,
        format: format.map(Into::into),
    }))
}

fn field(name: &str, required: bool, schema: Schema) -> Field {
    Field {
        name: name.into(),
        rename: None,
        required,
        schema,
    }
}

fn object(fields: Vec<Field>, exactly_one: &[&[&str]]) -> ObjectSchema {
    let group = |group: &&[&str]| group.iter().map(ToString::to_string).collect();
    ObjectSchema {
        fields,
        exactly_one: exactly_one.iter().map(group).collect(),
        envelope: None,
    }
}

fn one_of_two(closed: bool) -> Schema {
    let value = |text: &str| EnumValue {
        value: Literal::Text(text.into()),
        name: None,
        label: None,
    };
    Schema::new(SchemaKind::Enum(EnumSchema {
        values: vec![value("CNY"), value("HKD")],
        closed,
    }))
}

#[test]
fn lengths_count_characters() {
    let schema = text(Some(2), Some(3), None);
    accepts(&schema, json!("同步订"));
    refuses(&schema, json!("同"), "", "at least 2");
    refuses(&schema, json!("同步订单"), "", "at most 3");
    refuses(&schema, json!(12), "", "must be a text, and is a number");
    refuses(&schema, Value::Null, "", "is null");
}

#[test]
fn patterns_cover_the_whole_text() {
    let schema = text(None, None, Some(r"\d{2}|\d{4}"));
    accepts(&schema, json!("12"));
    accepts(&schema, json!("1234"));
    for bad in ["123", "a12", "12b", "12\n", ""] {
        refuses(&schema, json!(bad), "", "pattern");
    }
}

#[test]
fn a_pattern_that_does_not_compile_is_the_descriptions_fault() {
    let api = Api::default();
    let schema = text(None, None, Some("("));
    let checked = Checker::new(&api, Secrets::Plain).check(&schema, &json!("a"), "");
    assert!(matches!(checked, Err(Problem::Description(_))));
}

#[test]
fn integers_are_whole_and_within_bounds_and_width() {
    let schema = integer(Some(1), Some(10), None);
    accepts(&schema, json!(1));
    accepts(&schema, json!(10));
    refuses(&schema, json!(0), "", "at least 1");
    refuses(&schema, json!(11), "", "at most 10");
    refuses(&schema, json!(1.5), "", "whole number");
    refuses(&schema, json!("1"), "", "whole number, and is a text");
    refuses(
        &integer(None, None, Some("int32")),
        json!(2_147_483_648_u64),
        "",
        "2147483647",
    );
    accepts(&integer(None, None, Some("uint64")), json!(u64::MAX));
    refuses(
        &integer(None, None, Some("uint64")),
        json!(-1),
        "",
        "from 0",
    );
}

#[test]
fn closed_enumerations_take_no_other_value() {
    accepts(&one_of_two(true), json!("HKD"));
    refuses(&one_of_two(true), json!("USD"), "", "one of CNY, HKD");
    accepts(&one_of_two(false), json!("USD"));
    refuses(&one_of_two(false), json!(1), "", "a text");
}

#[test]
fn objects_name_what_is_missing_and_what_is_unknown() {
    let amount = object(vec![field("total", true, integer(None, None, None))], &[]);
    let amount = Schema::new(SchemaKind::Object(amount));
    let schema = Schema::new(SchemaKind::Object(object(
        vec![
            field("amount", true, amount),
            field("attach", false, text(None, None, None)),
        ],
        &[],
    )));
    accepts(&schema, json!({"amount": {"total": 1}}));
    refuses(&schema, json!({"amount": {}}), "/amount/total", "required");
    refuses(
        &schema,
        json!({"amount": {"total": 1, "a/b": 1}}),
        "/amount/a~1b",
        "no such field",
    );
    refuses(
        &schema,
        json!({"amount": {"total": 1}, "attach": null}),
        "/attach",
        "null",
    );
    refuses(&schema, json!([]), "", "an object, and is a list");
}

#[test]
fn exactly_one_of_a_group_is_set() {
    let fields = ["a", "b", "c"].map(|name| field(name, true, text(None, None, None)));
    let schema = Schema::new(SchemaKind::Object(object(fields.into(), &[&["a", "b"]])));
    accepts(&schema, json!({"a": "1", "c": "1"}));
    accepts(&schema, json!({"b": "1", "c": "1"}));
    refuses(
        &schema,
        json!({"c": "1"}),
        "",
        "exactly one of a, b must be set, and 0 are",
    );
    refuses(&schema, json!({"a": "1", "b": "1", "c": "1"}), "", "2 are");
    refuses(&schema, json!({"a": "1"}), "/c", "required");
}

#[test]
fn lists_maps_and_documents_in_texts_are_checked_inside() {
    let list = Schema::new(SchemaKind::List(ListSchema {
        items: Box::new(integer(None, Some(9), None)),
        min_items: Some(1),
        max_items: Some(2),
        key: None,
    }));
    accepts(&list, json!([1, 2]));
    refuses(&list, json!([]), "", "at least 1");
    refuses(&list, json!([1, 2, 3]), "", "at most 2");
    refuses(&list, json!([1, 10]), "/1", "at most 9");
    let map = Schema::new(SchemaKind::Map(Box::new(list.clone())));
    accepts(&map, json!({"x": [1]}));
    refuses(&map, json!({"x": [1, 10]}), "/x/1", "at most 9");
    let document = Schema::new(SchemaKind::Json(Box::new(list)));
    accepts(&document, json!("[1]"));
    refuses(&document, json!("[10]"), "/0", "at most 9");
    refuses(&document, json!("{"), "", "must hold JSON");
    let pairs = object(vec![field("a", true, integer(None, None, None))], &[]);
    let pairs = Schema::new(SchemaKind::UrlEncoded(pairs));
    accepts(&pairs, json!("a=1"));
    refuses(&pairs, json!("a=x"), "/a", "whole number");
    refuses(&pairs, json!("b=1"), "/b", "no such field");
}

#[test]
fn one_of_several_objects_must_fit() {
    let alternative = |name: &str| Alternative {
        name: name.into(),
        label: None,
        object: object(vec![field(name, true, text(None, None, None))], &[]),
    };
    let schema = Schema::new(SchemaKind::OneOf(vec![
        alternative("card"),
        alternative("phone"),
    ]));
    accepts(&schema, json!({"phone": "1"}));
    refuses(&schema, json!({"mail": "1"}), "", "no card, since at /mail");
}

#[test]
fn shapes_are_followed() {
    let id = |name: &str| ShapeId {
        product: "pay".into(),
        name: name.into(),
    };
    let mut api = Api::default();
    let shape = |schema| Shape { schema };
    api.shapes
        .insert(id("Short"), shape(text(None, Some(1), None)));
    api.shapes.insert(
        id("Round"),
        shape(Schema::new(SchemaKind::Ref(id("Round")))),
    );
    let check = |name: &str| {
        let schema = Schema::new(SchemaKind::Ref(id(name)));
        Checker::new(&api, Secrets::Plain).check(&schema, &json!("ab"), "/x")
    };
    assert!(matches!(check("Short"), Err(Problem::Violation(_))));
    assert!(matches!(check("Round"), Err(Problem::Description(_))));
    assert!(matches!(check("None"), Err(Problem::Description(_))));
}

#[test]
fn sensitive_texts_are_decrypted_and_checked_as_plain_text() {
    let keys = SandboxKeys::shared().expect("keys");
    let platform = keys.platform_public_key();
    let schema = Schema {
        sensitive: true,
        ..text(None, Some(2), None)
    };
    let api = Api::default();
    let check =
        |secrets, value: &str| Checker::new(&api, secrets).check(&schema, &json!(value), "/name");
    let encrypt = |text| seal::encrypt_field(platform.public_key(), text).expect("ciphertext");
    let right = Secrets::EncryptedFor(platform.private_key());
    assert_eq!(check(right, &encrypt("张三")), Ok(json!("张三")));
    assert_eq!(check(right, ""), Ok(json!("")));
    let long = encrypt("诸葛亮");
    let Err(Problem::Violation(violation)) = check(right, &long) else {
        panic!("three characters pass")
    };
    assert_eq!(violation.value, Some(json!(long)));
    assert!(check(right, "张三").is_err());
    let wrong = Secrets::EncryptedFor(keys.merchant().private_key());
    assert!(check(wrong, &encrypt("张三")).is_err());
    assert!(check(Secrets::ForNobodyNamed, &encrypt("张三")).is_err());
}
