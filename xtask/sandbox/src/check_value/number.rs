//! Numbers: whole or not, their bounds, their width.

use super::{Problem, wrong_type};
use serde_json::Value;
use std::ops::RangeInclusive;
use wechatpay_codegen::model::NumberSchema;

pub(super) fn check_integer(
    rules: &NumberSchema,
    value: &Value,
    field: &str,
) -> Result<Value, Problem> {
    let number = value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from))
        .ok_or_else(|| wrong_type(field, value, "a whole number"))?;
    if let Some(min) = rules.min.filter(|min| number < i128::from(*min)) {
        return Err(Problem::at(
            field,
            value,
            format!("it must be at least {min}"),
        ));
    }
    if let Some(max) = rules.max.filter(|max| number > i128::from(*max)) {
        return Err(Problem::at(
            field,
            value,
            format!("it must be at most {max}"),
        ));
    }
    let width = rules.format.as_deref().and_then(range_of);
    if let Some(range) = width.filter(|range| !range.contains(&number)) {
        let issue = format!("it must be from {} to {}", range.start(), range.end());
        return Err(Problem::at(field, value, issue));
    }
    Ok(value.clone())
}

pub(super) fn check_number(
    rules: &NumberSchema,
    value: &Value,
    field: &str,
) -> Result<Value, Problem> {
    let number = value
        .as_f64()
        .ok_or_else(|| wrong_type(field, value, "a number"))?;
    if let Some(min) = rules.min.filter(|min| number < as_f64(*min)) {
        return Err(Problem::at(
            field,
            value,
            format!("it must be at least {min}"),
        ));
    }
    if let Some(max) = rules.max.filter(|max| number > as_f64(*max)) {
        return Err(Problem::at(
            field,
            value,
            format!("it must be at most {max}"),
        ));
    }
    Ok(value.clone())
}

fn range_of(format: &str) -> Option<RangeInclusive<i128>> {
    match format {
        "int32" => Some(i32::MIN.into()..=i32::MAX.into()),
        "uint32" => Some(u32::MIN.into()..=u32::MAX.into()),
        "int64" => Some(i64::MIN.into()..=i64::MAX.into()),
        "uint64" => Some(u64::MIN.into()..=u64::MAX.into()),
        _ => None,
    }
}

/// Bounds are far below 2^53, where every whole number has its own `f64`.
#[allow(clippy::cast_precision_loss)]
fn as_f64(bound: i64) -> f64 {
    bound as f64
}
