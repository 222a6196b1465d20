//! A number for what is in a value, to know it again.

use super::View;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A number that is the same for equal values, and hardly ever for others. Within one process, and for no secret's protection.
#[inline]
pub(crate) fn digest(view: View<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    add(view, &mut hasher);
    hasher.finish()
}

#[inline]
fn add(view: View<'_>, hasher: &mut DefaultHasher) {
    core::mem::discriminant(&view).hash(hasher);
    match view {
        View::Absent | View::File(_) => {}
        View::Text(text) | View::Sensitive(text, _) => text.hash(hasher),
        View::Integer(number) => number.hash(hasher),
        View::Number(number) => number.to_bits().hash(hasher),
        View::Boolean(truth) => truth.hash(hasher),
        View::Enum(text, _) => text.hash(hasher),
        View::Object(object) => {
            for index in 0..object.shape().fields.len() {
                if let Some(member) = object.get(index) {
                    add(member, hasher);
                }
            }
        }
        View::List(list) => {
            list.len().hash(hasher);
            for item in (0..list.len()).filter_map(|index| list.get(index)) {
                add(item, hasher);
            }
        }
        View::Map(map) => map.each(&mut |key, value| {
            key.hash(hasher);
            add(value, hasher);
        }),
        View::JsonText(value) | View::UrlEncoded(value) => add(value.shown(), hasher),
        View::Json(value, _) => value.to_string().hash(hasher),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    #[test]
    fn equal_values_have_equal_numbers_and_others_have_others() {
        let of = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            digest(texts.view())
        };
        assert_eq!(of(&["a", "bc"]), of(&["a", "bc"]));
        for other in [&["ab", "c"][..], &["bc", "a"], &["a"], &[]] {
            assert_ne!(of(&["a", "bc"]), of(other));
        }
        assert_ne!(digest(1_i64.view()), digest(1.0_f64.view()));
    }
}
