//! Whether a value is one that a schema describes.

use super::formats;
use super::patterns::anchored;
use super::survey::Survey;
use crate::model::{
    EnumSchema, ListSchema, Literal, NumberSchema, ObjectSchema, Schema, SchemaKind, TextSchema,
};

/// What is wrong with a part of a value.
pub(super) struct Misfit {
    /// The part: `goods[0].price`; empty for the value itself.
    pub(super) part: String,
    pub(super) message: String,
    /// Whether it is only doubtful: a member that nobody described.
    pub(super) doubtful: bool,
}

/// Compares values with their descriptions.
pub(super) struct Fitting<'s, 'a> {
    survey: &'s Survey<'a>,
    part: String,
    pub(super) misfits: Vec<Misfit>,
}

impl<'s, 'a> Fitting<'s, 'a> {
    pub(super) fn new(survey: &'s Survey<'a>) -> Self {
        Self {
            survey,
            part: String::new(),
            misfits: Vec::new(),
        }
    }

    /// Notes all in which a value differs from a schema.
    pub(super) fn value(&mut self, schema: &'a Schema, value: &Literal) {
        if *value == Literal::Null {
            if !schema.nullable {
                self.wrong("it is `null`, and the field is not `nullable`".to_owned());
            }
            return;
        }
        match (&schema.kind, value) {
            (SchemaKind::Text(rules), Literal::Text(text)) => self.text(rules, text),
            (SchemaKind::Integer(rules), Literal::Integer(number)) => {
                self.number(rules, *number as f64)
            }
            (SchemaKind::Number(rules), Literal::Integer(number)) => {
                self.number(rules, *number as f64)
            }
            (SchemaKind::Number(rules), Literal::Number(number)) => self.number(rules, *number),
            (SchemaKind::Boolean, Literal::Boolean(_)) | (SchemaKind::Any, _) => {}
            (SchemaKind::Enum(rules), value) => self.known_value(rules, value),
            (SchemaKind::Object(object), Literal::Object(members)) => self.object(object, members),
            (SchemaKind::List(list), Literal::List(items)) => self.list(list, items),
            (SchemaKind::Map(values), Literal::Object(members)) => {
                for (name, member) in members {
                    self.inside(&format!(".{name}"), |this| this.value(values, member));
                }
            }
            (SchemaKind::OneOf(alternatives), Literal::Object(members)) => {
                let fits = alternatives
                    .iter()
                    .any(|one| self.fits_object(&one.object, members));
                if !fits {
                    self.wrong("it is none of the alternatives".to_owned());
                }
            }
            (SchemaKind::Ref(id), value) => match self.survey.shape(id) {
                // A shape that is only another's name is reported elsewhere.
                Some(shape) if !matches!(shape.kind, SchemaKind::Ref(_)) => {
                    self.value(shape, value)
                }
                _ => {}
            },
            (SchemaKind::Json(inner), Literal::Text(text)) => self.json(inner, text),
            (SchemaKind::Json(inner), value @ (Literal::Object(_) | Literal::List(_))) => {
                self.value(inner, value)
            }
            (SchemaKind::UrlEncoded(_), Literal::Text(_)) => {}
            (SchemaKind::UrlEncoded(object), Literal::Object(members)) => {
                self.object(object, members)
            }
            (kind, value) => self.wrong(format!(
                "it is {}, and the field {}",
                kind_of(value),
                expected(kind)
            )),
        }
    }

    /// Notes all in which an object's members differ from its description.
    pub(super) fn object(&mut self, object: &'a ObjectSchema, members: &[(String, Literal)]) {
        for (name, member) in members {
            let part = format!(".{name}");
            match object
                .fields
                .iter()
                .find(|field| is_called(&field.name, name))
            {
                Some(field) => self.inside(&part, |this| this.value(&field.schema, member)),
                None => self.inside(&part, |this| {
                    this.note("no field is described".to_owned(), true);
                }),
            }
        }
    }

    fn fits_object(&self, object: &'a ObjectSchema, members: &[(String, Literal)]) -> bool {
        let mut trial = Fitting::new(self.survey);
        trial.object(object, members);
        let complete = object
            .fields
            .iter()
            .filter(|field| field.required)
            .all(|field| members.iter().any(|(name, _)| is_called(&field.name, name)));
        complete && trial.misfits.is_empty()
    }

    fn text(&mut self, rules: &TextSchema, text: &str) {
        let length = text.chars().count() as u64;
        if let Some(max) = rules.max.filter(|max| length > *max) {
            self.wrong(format!(
                "it has {length} characters, and at most {max} are allowed"
            ));
        }
        if let Some(min) = rules.min.filter(|min| length < *min) {
            self.wrong(format!(
                "it has {length} characters, and at least {min} are needed"
            ));
        }
        if let Some(pattern) = &rules.pattern
            && anchored(pattern).is_ok_and(|regex| !regex.is_match(text))
        {
            self.wrong(format!("it does not match the pattern `{pattern}`"));
        }
        if let Some(violation) = rules
            .format
            .as_deref()
            .and_then(|format| formats::violation(format, text))
        {
            self.wrong(violation.to_owned());
        }
    }

    fn number(&mut self, rules: &NumberSchema, number: f64) {
        if let Some(max) = rules.max.filter(|max| number > *max as f64) {
            self.wrong(format!("it is {number}, and at most {max} is allowed"));
        }
        if let Some(min) = rules.min.filter(|min| number < *min as f64) {
            self.wrong(format!("it is {number}, and at least {min} is needed"));
        }
    }

    fn known_value(&mut self, rules: &EnumSchema, value: &Literal) {
        if !rules.values.iter().any(|known| known.value == *value) {
            self.wrong("it is none of the values of `enum`".to_owned());
        }
    }

    fn list(&mut self, list: &'a ListSchema, items: &[Literal]) {
        let count = items.len();
        if let Some(max) = list.max_items.filter(|max| count > *max as usize) {
            self.wrong(format!(
                "it has {count} items, and at most {max} are allowed"
            ));
        }
        if let Some(min) = list.min_items.filter(|min| count < *min as usize) {
            self.wrong(format!(
                "it has {count} items, and at least {min} are needed"
            ));
        }
        for (index, item) in items.iter().enumerate() {
            self.inside(&format!("[{index}]"), |this| this.value(&list.items, item));
        }
    }

    fn json(&mut self, inner: &'a Schema, text: &str) {
        match serde_json::from_str::<serde_json::Value>(text) {
            Ok(value) => self.value(inner, &literal(&value)),
            Err(_) => self.wrong("it is a text that holds no JSON".to_owned()),
        }
    }

    fn inside(&mut self, part: &str, look: impl FnOnce(&mut Self)) {
        let length = self.part.len();
        self.part.push_str(part);
        look(self);
        self.part.truncate(length);
    }

    fn wrong(&mut self, message: String) {
        self.note(message, false);
    }

    fn note(&mut self, message: String, doubtful: bool) {
        self.misfits.push(Misfit {
            part: self.part.trim_start_matches('.').to_owned(),
            message,
            doubtful,
        });
    }
}

/// Whether a member is the described field; `$n` and `$m` stand for numbers.
fn is_called(field: &str, member: &str) -> bool {
    if !field.contains('$') {
        return field == member;
    }
    let parts: Vec<&str> = field
        .split("$n")
        .flat_map(|part| part.split("$m"))
        .collect();
    let pattern: Vec<String> = parts.iter().map(|part| regex_lite::escape(part)).collect();
    regex_lite::Regex::new(&format!("^{}$", pattern.join("[0-9]+")))
        .is_ok_and(|regex| regex.is_match(member))
}

fn literal(value: &serde_json::Value) -> Literal {
    match value {
        serde_json::Value::Null => Literal::Null,
        serde_json::Value::Bool(value) => Literal::Boolean(*value),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => Literal::Integer(whole),
            None => Literal::Number(number.as_f64().unwrap_or(f64::MAX)),
        },
        serde_json::Value::String(text) => Literal::Text(text.clone()),
        serde_json::Value::Array(items) => Literal::List(items.iter().map(literal).collect()),
        serde_json::Value::Object(members) => Literal::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), literal(value)))
                .collect(),
        ),
    }
}

fn kind_of(value: &Literal) -> &'static str {
    match value {
        Literal::Null => "`null`",
        Literal::Boolean(_) => "`true` or `false`",
        Literal::Integer(_) => "a whole number",
        Literal::Number(_) => "a number",
        Literal::Text(_) => "a text",
        Literal::List(_) => "a list",
        Literal::Object(_) => "a map",
    }
}

fn expected(kind: &SchemaKind) -> &'static str {
    match kind {
        SchemaKind::Text(_) => "holds a text",
        SchemaKind::Integer(_) => "holds a whole number",
        SchemaKind::Number(_) => "holds a number",
        SchemaKind::Boolean => "is `true` or `false`",
        SchemaKind::Enum(_) => "is one of some values",
        SchemaKind::Object(_) | SchemaKind::OneOf(_) | SchemaKind::Ref(_) => "is an object",
        SchemaKind::List(_) => "is a list",
        SchemaKind::Map(_) => "is a map",
        SchemaKind::Json(_) => "holds JSON in a text",
        SchemaKind::UrlEncoded(_) => "holds URL-encoded values in a text",
        SchemaKind::Any => "holds anything",
    }
}
