//! Cases made from the description: each operation with the fields that it needs, with all of them, and with damaged answers.

use super::super::callable::name;
use super::super::damage::damage;
use super::super::witness::{Case, Kind, UploadedFile};
use super::reply;
use anyhow::{Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use wechatpay_codegen::lower::takes_request;
use wechatpay_codegen::model::{
    Api, Field, Method, ObjectSchema, Operation, PathItem, Schema, SchemaKind, Upload,
};
use wechatpay_sandbox::SandboxKeys;
use wechatpay_sandbox::check_request::WECHATPAY_SERIAL;
use wechatpay_sandbox::check_value::schema_of;
use wechatpay_sandbox::example::{Examples, Fields, SealedCertificate};

/// Makes requests for the operations of one API.
pub(super) struct Requests<'a> {
    api: &'a Api,
    certificates: Vec<SealedCertificate>,
}

impl<'a> Requests<'a> {
    pub(super) fn new(api: &'a Api, keys: &SandboxKeys) -> Result<Self> {
        Ok(Self {
            api,
            certificates: SealedCertificate::all(keys)?,
        })
    }

    /// Adds the cases of an operation.
    pub(super) fn add_cases(
        &self,
        item: &PathItem,
        method: Method,
        operation: &Operation,
        cases: &mut Vec<Case>,
    ) -> Result<()> {
        let operation_name = name(item, method);
        let variables = self.variables(item)?;
        let mut add = |kind, strict, request: &Option<Value>| {
            cases.push(Case {
                id: cases.len(),
                operation: operation_name.clone(),
                kind,
                strict,
                variables: variables.clone(),
                request: request.clone(),
            });
        };
        let required = self.request(operation, Fields::Required)?;
        add(Kind::Example, true, &None);
        add(Kind::Required, true, &required);
        add(Kind::Full, true, &self.request(operation, Fields::All)?);
        for kind in self.damaging(operation)? {
            add(kind, false, &required);
            add(kind, true, &required);
        }
        Ok(())
    }

    fn variables(&self, item: &PathItem) -> Result<Vec<String>> {
        let variables = item.path.variables().map(|name| {
            let Some(field) = item.params.iter().find(|field| field.name == name) else {
                bail!(
                    "{}: the variable `{name}` is not described",
                    item.path.as_str()
                );
            };
            Ok(match self.example(&field.schema, Fields::All)? {
                Value::String(text) => text,
                other => other.to_string(),
            })
        });
        variables.collect()
    }

    /// All that an operation sends, by name, wherever it travels; `None`: it sends nothing but its path.
    fn request(&self, operation: &Operation, fields: Fields) -> Result<Option<Value>> {
        let mut members = self.members(&sent_beside_the_body(operation), fields)?;
        members.extend(operation.upload.iter().map(file));
        if let Some(body) = &operation.body
            && let Value::Object(body) = self.example(&schema_of(body), fields)?
        {
            members.extend(body);
        }
        Ok(takes_request(self.api, operation).then_some(Value::Object(members)))
    }

    fn members(&self, fields: &[Field], which: Fields) -> Result<Map<String, Value>> {
        let object = ObjectSchema {
            fields: fields.to_vec(),
            ..ObjectSchema::default()
        };
        match self.example(&Schema::new(SchemaKind::Object(object)), which)? {
            Value::Object(members) => Ok(members),
            _ => Ok(Map::new()),
        }
    }

    /// The ways in which the operation's answer can be damaged.
    fn damaging(&self, operation: &Operation) -> Result<Vec<Kind>> {
        let Some(schema) = reply(operation) else {
            return Ok(Vec::new());
        };
        let example = self.example(&schema, Fields::default())?;
        let damages = |kind: &Kind| {
            let (mut body, mut expected) = (example.clone(), example.clone());
            damage(self.api, *kind, &schema, &mut body, &mut expected).count > 0
        };
        Ok(Kind::DEGRADED.into_iter().filter(damages).collect())
    }

    fn example(&self, schema: &Schema, fields: Fields) -> Result<Value> {
        let examples = Examples::new(self.api, &self.certificates).with(fields);
        match examples.value(schema) {
            Ok(value) => Ok(value),
            Err(reason) => bail!("there is no example of {schema:?}: {reason:?}"),
        }
    }
}

/// The fields of the query, the headers, the form and an upload's `meta`, without the header that the client writes by itself.
fn sent_beside_the_body(operation: &Operation) -> Vec<Field> {
    let headers = operation
        .headers
        .iter()
        .filter(|field| !field.name.eq_ignore_ascii_case(WECHATPAY_SERIAL));
    let meta = operation.upload.iter().flat_map(|upload| &upload.fields);
    let fields = operation.query.iter().chain(headers);
    fields.chain(&operation.form).chain(meta).cloned().collect()
}

/// The file of an upload, by the name of its part.
fn file(upload: &Upload) -> (String, Value) {
    let file = UploadedFile {
        file_name: "商户 licence.png".into(),
        content: STANDARD.encode(b"\x89PNG\r\n\x1a\n\0--"),
    };
    (upload.part.clone(), json!(file))
}
