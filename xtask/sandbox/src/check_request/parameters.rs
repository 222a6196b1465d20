//! Named texts: the query, and the parts of a form.

use super::RequestCheck;
use crate::check_value::{from_text, resolve};
use crate::refusal::{Detail, Refusal};
use crate::target::decode_pairs;
use serde_json::{Map, Value};
use wechatpay_codegen::model::{Field, SchemaKind};

impl RequestCheck<'_> {
    pub(super) fn query(&self, query: Option<&str>) -> Result<Map<String, Value>, Refusal> {
        let pairs = decode_pairs(query.unwrap_or_default())
            .map_err(|(pair, issue)| Refusal::parameter(Detail::new("query", pair, issue)))?;
        self.parameters("query", &self.route.operation.query, pairs)
    }

    /// Reads named texts as their fields say.
    pub(super) fn parameters(
        &self,
        location: &'static str,
        fields: &[Field],
        pairs: Vec<(String, String)>,
    ) -> Result<Map<String, Value>, Refusal> {
        let mut members = Map::new();
        for (name, text) in pairs {
            self.add_parameter(location, fields, &mut members, name, &text)?;
        }
        self.checker
            .check_members(fields, &members, "", |_| false)
            .map_err(|problem| self.refuse(location, problem))
    }

    /// A list repeats its name; anything else must not.
    fn add_parameter(
        &self,
        location: &'static str,
        fields: &[Field],
        members: &mut Map<String, Value>,
        name: String,
        text: &str,
    ) -> Result<(), Refusal> {
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            members.insert(name, text.into());
            return Ok(());
        };
        let refuse = |problem| self.refuse(location, problem);
        let schema = resolve(self.api, &field.schema).map_err(refuse)?;
        if let SchemaKind::List(list) = &schema.kind {
            let item = from_text(self.api, &list.items, text).map_err(refuse)?;
            let items = members
                .entry(name)
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(items) = items {
                items.push(item);
            }
            return Ok(());
        }
        let value = from_text(self.api, schema, text).map_err(refuse)?;
        if members.insert(name, value).is_some() {
            let detail = Detail::new(location, &field.name, "it is there twice");
            return Err(Refusal::parameter(detail.with_value(text)));
        }
        Ok(())
    }
}
