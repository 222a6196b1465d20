//! Requests made from the description alone.

use super::upload::{Part, Upload};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use wechatpay_codegen::model::{
    Api, Field, Method, ObjectSchema, Operation, PathItem, Repeatable, Schema, SchemaKind, Segment,
};
use wechatpay_sandbox::SandboxKeys;
use wechatpay_sandbox::check_request::IDEMPOTENCY_KEY;
use wechatpay_sandbox::check_value::schema_of;
use wechatpay_sandbox::digest::digest;
use wechatpay_sandbox::encrypt_value::encrypt_sensitive;
use wechatpay_sandbox::example::{Examples, Fields};

/// A request that is not signed yet.
#[derive(PartialEq)]
pub struct ExampleRequest {
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// What its signature covers.
    pub signed: Vec<u8>,
}

/// Makes requests of one API.
#[derive(Clone, Copy)]
pub struct RequestMaker<'a> {
    pub api: &'a Api,
    pub keys: &'a SandboxKeys,
    pub fields: Fields,
}

impl RequestMaker<'_> {
    /// A request for an operation.
    pub fn make(&self, item: &PathItem, operation: &Operation) -> ExampleRequest {
        let query = self.members(&operation.query);
        let pairs = query.iter().flat_map(|(name, value)| match value {
            Value::Array(items) => items.iter().map(|item| pair(name, item)).collect(),
            value => vec![pair(name, value)],
        });
        let query = pairs.collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        let key = self.keys.platform_public_key();
        let mut headers = vec![
            ("Accept".to_owned(), "application/json".to_owned()),
            ("User-Agent".to_owned(), "sandbox-test".to_owned()),
            ("Wechatpay-Serial".to_owned(), key.id().to_owned()),
        ];
        if operation.repeatable == Some(Repeatable::Key) {
            headers.push((IDEMPOTENCY_KEY.to_owned(), "12345".to_owned()));
        }
        let own = self.members(&operation.headers);
        headers.extend(own.iter().map(|(name, value)| (name.clone(), text(value))));
        let (media_type, body, signed) = self.body(operation);
        headers.extend(media_type.map(|value| ("Content-Type".to_owned(), value)));
        ExampleRequest {
            target: format!("{}{mark}{query}", self.path(item)),
            headers,
            body,
            signed,
        }
    }

    fn path(&self, item: &PathItem) -> String {
        let variables = self.members(&item.params);
        let segments = item.path.segments().map(|segment| match segment {
            Segment::Fixed(text) => text.to_owned(),
            Segment::Variable(name) => encode(&text(&variables[name])),
        });
        let slash = if item.path.as_str().ends_with('/') {
            "/"
        } else {
            ""
        };
        format!("/{}{slash}", segments.collect::<Vec<_>>().join("/"))
    }

    fn body(&self, operation: &Operation) -> (Option<String>, Vec<u8>, Vec<u8>) {
        if let Some(body) = &operation.body {
            let json = self.value(&schema_of(body)).to_string().into_bytes();
            return (Some("application/json".into()), json.clone(), json);
        }
        let Some(upload) = &operation.upload else {
            return (None, Vec::new(), Vec::new());
        };
        let content = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut meta = self.members(&upload.fields);
        meta.extend(
            upload
                .file_name
                .iter()
                .map(|name| (name.clone(), "a.png".into())),
        );
        let digest = digest(&upload.digest.algorithm, &content);
        meta.insert(upload.digest.field.clone(), digest.into());
        let mut made = Upload {
            meta: Value::Object(meta),
            parts: vec![
                Part::meta(),
                Part {
                    name: upload.part.clone(),
                    file_name: Some("a.png"),
                    media_type: Some("image/png"),
                    content,
                },
            ],
        };
        for (name, value) in self.members(&operation.form) {
            made.add(&name, &text(&value));
        }
        let (media_type, body, signed) = made.written();
        (Some(media_type), body, signed)
    }

    fn members(&self, fields: &[Field]) -> Map<String, Value> {
        let object = ObjectSchema {
            fields: fields.to_vec(),
            ..ObjectSchema::default()
        };
        match self.value(&Schema::new(SchemaKind::Object(object))) {
            Value::Object(members) => members,
            other => panic!("{other} is no object"),
        }
    }

    fn value(&self, schema: &Schema) -> Value {
        let examples = Examples::new(self.api, &[]).with(self.fields);
        let plain = examples.value(schema).expect("an example");
        let key = self.keys.platform_public_key().public_key();
        encrypt_sensitive(self.api, key, schema, plain).expect("ciphertexts")
    }
}

/// All operations, with their paths.
pub fn operations(api: &Api) -> impl Iterator<Item = (&PathItem, Method, &Operation)> {
    let items = api.paths.values();
    items.flat_map(|item| {
        let operations = item.operations.iter();
        operations.map(move |(method, operation)| (item, *method, operation))
    })
}

fn pair(name: &str, value: &Value) -> String {
    format!("{}={}", encode(name), encode(&text(value)))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
