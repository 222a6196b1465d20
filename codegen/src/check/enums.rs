//! Enumerations: their values, and the names of the variants that become of them.

use super::Problems;
use super::identifiers::is_type_name;
use super::survey::{Survey, Value};
use crate::diagnostic::Diagnostic;
use crate::model::{EnumSchema, EnumValue, Literal, SchemaKind};
use crate::naming;
use std::collections::HashMap;
use std::mem::discriminant;

/// The variant that keeps a value which nobody knows yet.
const CATCH_ALL: &str = "Unrecognized";

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for value in &survey.values {
        if let SchemaKind::Enum(rules) = &value.schema.kind {
            one(survey, value, rules, problems);
        }
    }
}

fn one(survey: &Survey<'_>, value: &Value<'_>, rules: &EnumSchema, problems: &mut Problems) {
    let place =
        |suffix: String| survey.place(value.at.file, &format!("{}#enum{suffix}", value.pointer));
    if rules.values.is_empty() {
        problems.push(
            Diagnostic::error(
                "enum-without-values",
                place(String::new()),
                "an enumeration without values",
            )
            .help("list the known values; a text of which none is known is `string`"),
        );
    }
    let mut variants: HashMap<String, usize> = HashMap::new();
    for (index, known) in rules.values.iter().enumerate() {
        let span = place(format!(".{index}"));
        if let Some(first) = rules
            .values
            .iter()
            .position(|other| other.value == known.value)
            && first < index
        {
            problems.push(
                Diagnostic::error(
                    "enum-duplicate",
                    span,
                    format!("the value `{}` stands here twice", shown(&known.value)),
                )
                .also(place(format!(".{first}")), "the first time")
                .help("remove one of the two"),
            );
            continue;
        }
        if rules
            .values
            .first()
            .is_some_and(|first| different(&first.value, &known.value))
        {
            problems.push(
                Diagnostic::error(
                    "enum-type",
                    span,
                    "the values of an enumeration are of one type",
                )
                .also(place(".0".to_owned()), "the first one is of another")
                .help("values in quotes are texts, those without are what YAML takes them for"),
            );
            continue;
        }
        match variant(known) {
            Ok(name) => {
                if name == CATCH_ALL && !rules.closed {
                    problems.push(
                        Diagnostic::error(
                            "enum-variant",
                            span,
                            format!(
                                "`{CATCH_ALL}` is the variant for values that nobody knows yet"
                            ),
                        )
                        .help(format!(
                            "give the value another name: `{{ value: {}, name: … }}`",
                            shown(&known.value)
                        )),
                    );
                }
                if let Some(first) = variants.insert(name.clone(), index) {
                    problems.push(
                        Diagnostic::error(
                            "enum-variant",
                            span,
                            format!(
                                "the value `{}` would be the variant `{name}`, which is taken",
                                shown(&known.value)
                            ),
                        )
                        .also(
                            place(format!(".{first}")),
                            format!("this value is `{name}` too"),
                        )
                        .help(format!(
                            "give one of them a name: `{{ value: {}, name: … }}`",
                            shown(&known.value)
                        )),
                    );
                }
            }
            Err(problem) => problems.push(problem.at(span)),
        }
    }
}

/// Whole numbers and fractions may stand together.
fn different(a: &Literal, b: &Literal) -> bool {
    let number = |literal: &Literal| matches!(literal, Literal::Integer(_) | Literal::Number(_));
    discriminant(a) != discriminant(b) && !(number(a) && number(b))
}

/// Why a value makes no variant.
struct NoVariant {
    message: String,
    help: String,
}

impl NoVariant {
    fn at(self, span: crate::diagnostic::Span) -> Diagnostic {
        Diagnostic::error("enum-variant", span, self.message).help(self.help)
    }
}

fn variant(known: &EnumValue) -> Result<String, NoVariant> {
    if let Some(name) = &known.name {
        return if is_type_name(name) {
            Ok(name.clone())
        } else {
            Err(NoVariant {
                message: format!("`{name}` cannot be a variant's name"),
                help: "a variant is written in upper camel case: `LongTerm`".to_owned(),
            })
        };
    }
    let text = shown(&known.value);
    let plain = text.trim_matches('"');
    naming::variant_name(plain)
        .filter(|name| is_type_name(name))
        .ok_or_else(|| NoVariant {
            message: format!("no variant's name can be made of `{text}`"),
            help: format!(
                "give it a name in English: `{{ value: {text}, name: LongTerm, label: … }}`"
            ),
        })
}

fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) if text.is_empty() => "\"\"".to_owned(),
        Literal::Text(text) => text.clone(),
        Literal::Integer(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Null | Literal::List(_) | Literal::Object(_) => String::new(),
    }
}
