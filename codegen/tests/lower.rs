//! What cannot be emitted is told, all of it at once, with its place.

use std::collections::BTreeMap;
use wechatpay_codegen::lower;
use wechatpay_codegen::model::{
    Api, Body, Field, HostFamily, Identity, ListSchema, Method, ObjectSchema, Operation, PathItem,
    Response, Schema, SchemaKind, TextSchema, UrlPath, Wire,
};

fn text() -> Schema {
    Schema::new(SchemaKind::Text(TextSchema::default()))
}

fn field(name: &str, schema: Schema) -> Field {
    Field {
        name: name.to_owned(),
        rename: None,
        required: true,
        schema,
    }
}

fn object(fields: Vec<Field>) -> ObjectSchema {
    ObjectSchema {
        fields,
        ..ObjectSchema::default()
    }
}

fn nested(fields: Vec<Field>) -> Schema {
    Schema::new(SchemaKind::Object(object(fields)))
}

fn list(items: Schema) -> Schema {
    let items = Box::new(items);
    Schema::new(SchemaKind::List(ListSchema {
        items,
        min_items: None,
        max_items: None,
        key: None,
    }))
}

fn api(path: &str, wire: Wire, operation: Operation) -> Api {
    let item = PathItem {
        path: UrlPath::new(path),
        product: "pay".to_owned(),
        host: None,
        identity: Identity::Merchant,
        wire,
        names: BTreeMap::new(),
        same_route_as: None,
        params: Vec::new(),
        operations: BTreeMap::from([(Method::Post, operation)]),
    };
    Api {
        hosts: BTreeMap::from([("default".to_owned(), HostFamily::default())]),
        paths: BTreeMap::from([(path.to_owned(), item)]),
        ..Api::default()
    }
}

fn with_body(fields: Vec<Field>) -> Operation {
    Operation {
        body: Some(Body::Object(object(fields))),
        ..Operation::default()
    }
}

fn errors(api: &Api) -> Vec<String> {
    match lower(api) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.errors.iter().map(ToString::to_string).collect(),
    }
}

fn type_names(api: &Api) -> Vec<String> {
    let items = lower(api).unwrap_or_else(|errors| panic!("{errors}"));
    let operations = items.nodes.values().flat_map(|node| &node.operations);
    let roots = operations.filter_map(|operation| operation.request.as_ref());
    let groups = roots.filter_map(|root| match root {
        lower::items::Root::Own(group) => Some(group),
        lower::items::Root::Alias { .. } => None,
    });
    groups
        .flat_map(|group| group.objects.iter().map(|object| object.name.clone()))
        .collect()
}

#[test]
fn what_cannot_be_emitted_is_refused_at_its_place() {
    let body = |name: &str| Response::Body(Body::Object(object(vec![field(name, text())])));
    let operation = Operation {
        responses: BTreeMap::from([(200, body("a")), (202, body("b"))]),
        ..Operation::default()
    };
    assert_eq!(
        errors(&api("/v3/x", Wire::Json, operation)),
        ["POST /v3/x: a reply with another body for each status cannot be emitted yet"]
    );
    let sealed = Schema {
        sensitive: true,
        ..nested(vec![field("b", text())])
    };
    assert_eq!(
        errors(&api(
            "/v3/x",
            Wire::Json,
            with_body(vec![field("a", sealed)])
        )),
        ["POST /v3/x: body.a: an encrypted value that is no text cannot be emitted yet"]
    );
}

#[test]
fn a_variable_that_is_not_described_is_told() {
    let found = errors(&api("/v3/x/{id}", Wire::Json, Operation::default()));
    assert_eq!(
        found,
        ["/v3/x/{id}: the variable `id` is not described: add it under `params`"]
    );
}

#[test]
fn nested_types_are_named_after_their_fields() {
    let detail = || nested(vec![field("id", text())]);
    let body = vec![
        field("goods_details", list(detail())),
        field("fee", nested(vec![field("payer", detail())])),
    ];
    let api = api("/v3/x", Wire::Json, with_body(body));
    assert_eq!(type_names(&api), ["GoodsDetail", "Fee", "Payer"]);
}

#[test]
fn two_fields_that_name_one_type_are_told_not_renamed() {
    let detail = || nested(vec![field("id", text())]);
    let body = vec![
        field("goods_details", list(detail())),
        field("fee", nested(vec![field("goods_detail", detail())])),
    ];
    assert_eq!(
        errors(&api("/v3/x", Wire::Json, with_body(body))),
        [
            "POST /v3/x: fee.goods_detail: another type here is called `GoodsDetail`: give this one another `name`"
        ]
    );
}

#[test]
fn a_name_that_the_description_gives_twice_is_told() {
    let mut detail = nested(vec![field("id", text())]);
    detail.type_name = Some("Detail".to_owned());
    let body = vec![field("a", detail.clone()), field("b", detail)];
    assert_eq!(
        errors(&api("/v3/x", Wire::Json, with_body(body))),
        ["POST /v3/x: b: another type here is called `Detail`: give this one another `name`"]
    );
}

#[test]
fn fields_that_meet_in_rust_are_told() {
    let body = vec![
        field("someName", text()),
        field("some_name", text()),
        field("new", text()),
    ];
    let found = errors(&api("/v3/x", Wire::Json, with_body(body)));
    assert!(
        found
            .iter()
            .any(|error| error.contains("some_name") && error.contains("`as`")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|error| error.contains("new") && error.contains("`as`")),
        "{found:?}"
    );
}
