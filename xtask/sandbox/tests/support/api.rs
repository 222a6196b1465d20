//! A small API, built by hand.

use std::collections::BTreeMap;
use wechatpay_codegen::model::{
    Api, Body, EnumSchema, EnumValue, Field, Identity, ListSchema, Literal, Method, NumberSchema,
    ObjectSchema, Operation, PathItem, Response, Schema, SchemaKind, TextSchema, UrlPath, Wire,
};

/// All operations that the tests call.
pub fn api() -> Api {
    let items = [
        sync(),
        jsapi(),
        query_by_out_trade_no(),
        payafter_orders(),
        orders(),
        certificates(),
        notify_configs(),
        micropay(),
    ];
    Api {
        paths: items
            .into_iter()
            .map(|item| (item.path.as_str().to_owned(), item))
            .collect(),
        ..Api::default()
    }
}

fn sync() -> PathItem {
    let detail = vec![
        optional("seq", integer(None)),
        required("paid_time", text(Some(14))),
    ];
    let body = vec![
        required("service_id", text(Some(32))),
        required("sub_mchid", text(Some(32))),
        required("type", text(None)),
        required("detail", object(detail)),
    ];
    let operation = Operation {
        body: Some(fields(body)),
        responses: BTreeMap::from([(204, Response::Empty)]),
        ..Operation::default()
    };
    let mut item = path(
        "/v3/payscore/partner/serviceorder/{out_order_no}/sync",
        Method::Post,
        operation,
    );
    item.params = vec![required("out_order_no", text(Some(32)))];
    item
}

fn jsapi() -> PathItem {
    let amount = vec![
        required("total", integer(Some(1))),
        optional("currency", closed(&["CNY"])),
    ];
    let body = vec![
        required("appid", text(Some(32))),
        required("description", text(Some(5))),
        required("amount", object(amount)),
    ];
    let reply = vec![
        required("prepay_id", example("wx201410272009395522657a690389285100")),
        optional("appid", example("wxd678efh567hg6787")),
    ];
    path(
        "/v3/pay/transactions/jsapi",
        Method::Post,
        call(body, reply),
    )
}

fn query_by_out_trade_no() -> PathItem {
    let reply = vec![
        optional("mchid", example("1230000109")),
        optional("out_trade_no", example("1217752501201407033233368018")),
        optional("trade_state", example("SUCCESS")),
    ];
    let operation = Operation {
        query: vec![required("mchid", text(Some(32)))],
        responses: BTreeMap::from([(200, Response::Body(fields(reply)))]),
        ..Operation::default()
    };
    let mut item = path(
        "/v3/pay/transactions/out-trade-no/{out_trade_no}",
        Method::Get,
        operation,
    );
    item.params = vec![required("out_trade_no", text(Some(32)))];
    item
}

fn payafter_orders() -> PathItem {
    let secret = |schema: Schema| Schema {
        sensitive: true,
        ..schema
    };
    let body = vec![
        required("out_order_no", text(None)),
        optional("user_name", secret(text(Some(4)))),
    ];
    let reply = vec![
        optional("out_order_no", example("1234323JKHDFE1243252")),
        optional("user_name", secret(example("李四"))),
        optional("phone", secret(example("13800138000"))),
    ];
    path(
        "/v3/payscore/payafter-orders",
        Method::Post,
        call(body, reply),
    )
}

fn orders() -> PathItem {
    let states = Schema::new(SchemaKind::List(ListSchema {
        items: Box::new(closed(&["OPEN", "DONE"])),
        min_items: None,
        max_items: Some(2),
        key: None,
    }));
    let operation = Operation {
        query: vec![
            optional("state", states),
            optional("limit", integer(Some(1))),
        ],
        headers: vec![required("Idempotency-Key", text(Some(8)))],
        responses: BTreeMap::from([(
            202,
            Response::Body(fields(vec![optional("limit", integer(None))])),
        )]),
        ..Operation::default()
    };
    path("/v3/payscore/orders", Method::Delete, operation)
}

fn certificates() -> PathItem {
    let envelope = Schema::new(SchemaKind::Object(ObjectSchema {
        fields: ["algorithm", "nonce", "associated_data", "ciphertext"]
            .map(|name| optional(name, text(None)))
            .into(),
        envelope: Some("AEAD_AES_256_GCM".into()),
        ..ObjectSchema::default()
    }));
    let item = vec![
        optional(
            "serial_no",
            example("5157F09EFDC096DE15EBE81A47057A7232F1B8E1"),
        ),
        optional("effective_time", example("2018-06-08T10:34:56+08:00")),
        optional("expire_time", example("2018-12-08T10:34:56+08:00")),
        optional("encrypt_certificate", envelope),
    ];
    let data = Schema::new(SchemaKind::List(ListSchema {
        items: Box::new(object(item)),
        min_items: None,
        max_items: None,
        key: None,
    }));
    let operation = Operation {
        responses: BTreeMap::from([(200, Response::Body(fields(vec![required("data", data)])))]),
        ..Operation::default()
    };
    path("/v3/certificates", Method::Get, operation)
}

fn notify_configs() -> PathItem {
    let operation = call(
        vec![required("notify_url", text(None))],
        vec![optional("notify_url", example("https://example.com/"))],
    );
    let mut item = path(
        "/brand/marketing/product-coupon/notify-configs",
        Method::Post,
        operation,
    );
    item.identity = Identity::Brand;
    item
}

fn micropay() -> PathItem {
    let operation = call(vec![optional("mch_id", text(None))], Vec::new());
    let mut item = path("/pay/micropay", Method::Post, operation);
    item.wire = Wire::Xml;
    item
}

fn call(body: Vec<Field>, reply: Vec<Field>) -> Operation {
    Operation {
        body: Some(fields(body)),
        responses: BTreeMap::from([(200, Response::Body(fields(reply)))]),
        ..Operation::default()
    }
}

/// A path with one operation.
pub fn path(path: &str, method: Method, operation: Operation) -> PathItem {
    PathItem {
        path: UrlPath::new(path),
        product: "payscore".into(),
        host: None,
        identity: Identity::Merchant,
        wire: Wire::Json,
        names: BTreeMap::new(),
        same_route_as: None,
        params: Vec::new(),
        operations: BTreeMap::from([(method, operation)]),
    }
}

fn fields(fields: Vec<Field>) -> Body {
    Body::Object(ObjectSchema {
        fields,
        ..ObjectSchema::default()
    })
}

fn object(fields: Vec<Field>) -> Schema {
    Schema::new(SchemaKind::Object(ObjectSchema {
        fields,
        ..ObjectSchema::default()
    }))
}

/// A text with at most so many characters.
pub fn text(max: Option<u64>) -> Schema {
    Schema::new(SchemaKind::Text(TextSchema {
        max,
        ..TextSchema::default()
    }))
}

/// A list, of any length.
pub fn list(items: Schema) -> Schema {
    Schema::new(SchemaKind::List(ListSchema {
        items: Box::new(items),
        min_items: None,
        max_items: None,
        key: None,
    }))
}

fn example(text_example: &str) -> Schema {
    Schema {
        example: Some(Literal::Text(text_example.into())),
        ..text(None)
    }
}

fn integer(min: Option<i64>) -> Schema {
    Schema::new(SchemaKind::Integer(NumberSchema {
        min,
        ..NumberSchema::default()
    }))
}

fn closed(values: &[&str]) -> Schema {
    let value = |text: &&str| EnumValue {
        value: Literal::Text((*text).into()),
        name: None,
        label: None,
    };
    Schema::new(SchemaKind::Enum(EnumSchema {
        values: values.iter().map(value).collect(),
        closed: true,
    }))
}

fn required(name: &str, schema: Schema) -> Field {
    Field {
        required: true,
        ..optional(name, schema)
    }
}

/// An optional field.
pub fn optional(name: &str, schema: Schema) -> Field {
    Field {
        name: name.into(),
        rename: None,
        required: false,
        schema,
    }
}
