//! Texts: lengths in characters, and patterns.

use super::{Problem, wrong_type};
use regex_lite::Regex;
use serde_json::Value;
use wechatpay_codegen::model::TextSchema;

pub(super) fn check(rules: &TextSchema, value: &Value, field: &str) -> Result<Value, Problem> {
    let Value::String(text) = value else {
        return Err(wrong_type(field, value, "a text"));
    };
    let refuse = |issue: String| Err(Problem::at(field, value, issue));
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    if let Some(min) = rules.min.filter(|min| length < *min) {
        return refuse(format!(
            "it has {length} characters; at least {min} are needed"
        ));
    }
    if let Some(max) = rules.max.filter(|max| length > *max) {
        return refuse(format!(
            "it has {length} characters; at most {max} are allowed"
        ));
    }
    if let Some(pattern) = &rules.pattern
        && !matches(pattern, text)?
    {
        return refuse(format!("it does not match the pattern {pattern}"));
    }
    Ok(value.clone())
}

/// Whether the whole of a text matches a pattern.
fn matches(pattern: &str, text: &str) -> Result<bool, Problem> {
    Regex::new(&format!(r"\A(?:{pattern})\z"))
        .map(|regex| regex.is_match(text))
        .map_err(|error| {
            Problem::Description(format!("the pattern {pattern} does not compile: {error}"))
        })
}
