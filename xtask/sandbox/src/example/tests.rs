use super::*;
use wechatpay_codegen::model::{EnumSchema, EnumValue, NumberSchema, Shape, TextSchema};

fn value(api: &Api, schema: &Schema) -> Value {
    let value = Examples::new(api, &[]).value(schema).expect("an example");
    let checked = Checker::new(api, Secrets::Plain).check(schema, &value, "");
    assert_eq!(checked.as_ref(), Ok(&value));
    value
}

fn text(pattern: Option<&str>, max: Option<u64>, example: Option<&str>) -> Schema {
    let rules = TextSchema {
        pattern: pattern.map(Into::into),
        max,
        ..TextSchema::default()
    };
    Schema {
        example: example.map(|text| Literal::Text(text.into())),
        ..Schema::new(SchemaKind::Text(rules))
    }
}

fn field(name: &str, schema: Schema) -> Field {
    Field {
        name: name.into(),
        rename: None,
        required: false,
        schema,
    }
}

fn object(fields: Vec<Field>) -> Schema {
    Schema::new(SchemaKind::Object(ObjectSchema {
        fields,
        ..ObjectSchema::default()
    }))
}

#[test]
fn the_described_example_is_taken_where_it_fits() {
    let api = Api::default();
    assert_eq!(
        value(&api, &text(None, None, Some("1234323JKHDFE"))),
        "1234323JKHDFE"
    );
    let made = value(&api, &text(None, Some(3), Some("too long")));
    assert_ne!(made, "too long");
}

#[test]
fn values_are_made_from_the_rules() {
    let api = Api::default();
    value(&api, &text(Some(r"\d{8}|\d{14}"), None, None));
    value(&api, &text(Some("[A-Z]{2,4}"), Some(2), None));
    let rules = NumberSchema {
        min: Some(-9),
        max: Some(-3),
        format: None,
    };
    value(&api, &Schema::new(SchemaKind::Integer(rules)));
    let known = EnumValue {
        value: Literal::Integer(7),
        name: None,
        label: None,
    };
    let rules = EnumSchema {
        values: vec![known],
        closed: true,
    };
    assert_eq!(value(&api, &Schema::new(SchemaKind::Enum(rules))), 7);
}

#[test]
fn an_outer_example_reaches_its_members() {
    let api = Api::default();
    let inner = object(vec![field("total", text(None, None, Some("1")))]);
    let list = Schema {
        example: Some(Literal::List(vec![
            Literal::Object(vec![("total".into(), Literal::Text("2".into()))]),
            Literal::Object(vec![]),
        ])),
        ..Schema::new(SchemaKind::List(ListSchema {
            items: Box::new(inner),
            min_items: None,
            max_items: None,
            key: None,
        }))
    };
    let made = value(&api, &list);
    assert_eq!(made, serde_json::json!([{"total": "2"}, {"total": "1"}]));
}

#[test]
fn one_member_of_a_group_is_set() {
    let api = Api::default();
    let fields = ["a", "b"].map(|name| field(name, text(None, None, None)));
    let schema = Schema::new(SchemaKind::Object(ObjectSchema {
        fields: fields.into(),
        exactly_one: vec![vec!["a".into(), "b".into()]],
        envelope: None,
    }));
    let given = Schema {
        example: Some(Literal::Object(vec![(
            "b".into(),
            Literal::Text("x".into()),
        )])),
        ..schema.clone()
    };
    assert!(value(&api, &schema).get("a").is_some());
    assert_eq!(value(&api, &given), serde_json::json!({"b": "x"}));
}

#[test]
fn a_shape_that_holds_itself_ends() {
    let id = ShapeId {
        product: "pay".into(),
        name: "Node".into(),
    };
    let reference = Schema::new(SchemaKind::Ref(id.clone()));
    let children = Schema::new(SchemaKind::List(ListSchema {
        items: Box::new(reference.clone()),
        min_items: None,
        max_items: None,
        key: None,
    }));
    let schema = object(vec![
        field("child", reference.clone()),
        field("children", children),
    ]);
    let mut api = Api::default();
    api.shapes.insert(id, Shape { schema });
    assert_eq!(value(&api, &reference), serde_json::json!({"children": []}));
}
