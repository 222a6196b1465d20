//! Objects: which members there must be, may be, must not be.

use super::{Checker, Problem, from_text, missing, pointer, wrong_type};
use crate::target::decode_pairs;
use serde_json::{Map, Value};
use wechatpay_codegen::model::{Field, ObjectSchema};

impl Checker<'_> {
    /// Checks an object that stands at `field`; gives it back with its sensitive texts decrypted.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn check_object(
        &self,
        object: &ObjectSchema,
        value: &Value,
        field: &str,
    ) -> Result<Value, Problem> {
        let Value::Object(members) = value else {
            return Err(wrong_type(field, value, "an object"));
        };
        check_exactly_one(object, members, field)?;
        let in_a_group = |name: &str| object.exactly_one.iter().flatten().any(|one| one == name);
        self.check_members(&object.fields, members, field, in_a_group)
            .map(Value::Object)
    }

    /// Checks members against fields. Whether a member that `excused` names must be there is for another rule to say.
    pub(crate) fn check_members(
        &self,
        fields: &[Field],
        members: &Map<String, Value>,
        place: &str,
        excused: impl Fn(&str) -> bool,
    ) -> Result<Map<String, Value>, Problem> {
        let known = |name: &String| fields.iter().any(|field| field.name == *name);
        if let Some((name, value)) = members.iter().find(|(name, _)| !known(name)) {
            let issue = "the description has no such field";
            return Err(Problem::at(&pointer(place, name), value, issue));
        }
        let mut plain = Map::new();
        for field in fields {
            let place = pointer(place, &field.name);
            match members.get(&field.name) {
                Some(value) => {
                    let value = self.check(&field.schema, value, &place)?;
                    plain.insert(field.name.clone(), value);
                }
                None if field.required && !excused(&field.name) => {
                    return Err(missing(place, "it is required, and missing"));
                }
                None => {}
            }
        }
        Ok(plain)
    }

    pub(super) fn check_url_encoded(
        &self,
        object: &ObjectSchema,
        value: &Value,
        field: &str,
    ) -> Result<Value, Problem> {
        let Value::String(text) = value else {
            return Err(wrong_type(field, value, "a text of name=value pairs"));
        };
        let pairs = decode_pairs(text)
            .map_err(|(pair, issue)| Problem::at(field, value, format!("at {pair}, {issue}")))?;
        let mut members = Map::new();
        for (name, text) in pairs {
            let schema = object.fields.iter().find(|field| field.name == name);
            let member = match schema {
                Some(field) => from_text(self.api, &field.schema, &text)?,
                None => Value::String(text),
            };
            members.insert(name, member);
        }
        self.check_object(object, &Value::Object(members), field)?;
        Ok(value.clone())
    }
}

fn check_exactly_one(
    object: &ObjectSchema,
    members: &Map<String, Value>,
    field: &str,
) -> Result<(), Problem> {
    for group in &object.exactly_one {
        let set = |name: &&String| members.get(*name).is_some_and(|value| !value.is_null());
        let count = group.iter().filter(set).count();
        if count != 1 {
            let issue = format!(
                "exactly one of {} must be set, and {count} are",
                group.join(", ")
            );
            return Err(missing(field.to_owned(), &issue));
        }
    }
    Ok(())
}
