//! APIv2's numbered fields: `coupon_id_$n` and `coupon_fee_$n` are the members of one item, `coupons`.
//!
//! Fields of one object that share an index stand together. Where there is one alone, the list holds its values. The list is called
//! after the words that the names of all its fields have in common (`refund_id_$n`, `refund_fee_$n`, `out_refund_no_$n`:
//! `refunds`); without such a word it is `items`. Fields with a second index (`coupon_id_$n_$m`) stand in a list within the item.

use crate::model::Field;
use crate::naming;

/// The indices, outermost first.
const MARKS: [&str; 2] = ["$n", "$m"];

/// Fields that share an index.
pub(crate) struct Numbered<'a> {
    /// The list's name in Rust: `coupons`.
    pub(crate) name: String,
    /// The name of the item's type, where it has one: `Coupon`.
    pub(crate) type_name: String,
    /// The list's name in shapes: `coupon_$n`; of a single field, the field's own.
    pub(crate) wire: String,
    /// The fields.
    pub(crate) fields: Vec<&'a Field>,
}

/// Whether a field is numbered, once this many indices around it are known.
pub(crate) fn is_numbered(field: &Field, level: usize) -> bool {
    MARKS
        .get(level)
        .is_some_and(|mark| field.name.contains(mark))
}

/// The fields that share an index, if there are any.
pub(crate) fn group<'a>(
    fields: impl Iterator<Item = &'a Field>,
    level: usize,
) -> Option<Numbered<'a>> {
    let fields: Vec<_> = fields.filter(|field| is_numbered(field, level)).collect();
    let mark = MARKS.get(level)?;
    let numbered = match fields.as_slice() {
        [] => return None,
        [one] if !is_numbered(one, level + 1) => Numbered {
            name: one
                .rename
                .clone()
                .unwrap_or_else(|| naming::plural(&naming::field_name(&one.name))),
            type_name: String::new(),
            wire: one.name.clone(),
            fields,
        },
        several => {
            let stem = common(several, level);
            Numbered {
                name: naming::plural(&stem),
                type_name: naming::type_name(&stem),
                wire: format!("{stem}_{mark}"),
                fields,
            }
        }
    };
    Some(numbered)
}

/// The words that the names have in common. Those with a further index count only where there are no others.
fn common(fields: &[&Field], level: usize) -> String {
    let outer = fields.iter().filter(|field| !is_numbered(field, level + 1));
    let mut names: Vec<Vec<&str>> = outer.map(|field| words(&field.name)).collect();
    if names.is_empty() {
        names = fields.iter().map(|field| words(&field.name)).collect();
    }
    let shared = |word: &&&str| names.iter().all(|name| name.contains(word));
    let first = names.first().map_or(&[][..], Vec::as_slice);
    let found: Vec<&str> = first.iter().filter(shared).copied().collect();
    match found.as_slice() {
        [] => "item".to_owned(),
        words => words.join("_"),
    }
}

fn words(name: &str) -> Vec<&str> {
    let words = name.split('_');
    words.filter(|word| !word.starts_with('$')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Schema, SchemaKind, TextSchema};

    fn field(name: &str) -> Field {
        Field {
            name: name.to_owned(),
            rename: None,
            required: false,
            schema: Schema::new(SchemaKind::Text(TextSchema::default())),
        }
    }

    fn named(names: &[&str], level: usize) -> Option<(String, String, usize)> {
        let fields: Vec<_> = names.iter().map(|name| field(name)).collect();
        let numbered = group(fields.iter(), level)?;
        Some((numbered.name, numbered.type_name, numbered.fields.len()))
    }

    #[test]
    fn a_list_is_called_by_what_its_fields_have_in_common() {
        let of = |names: &[&str], level| named(names, level).expect("a group");
        let coupons = ["coupon_fee", "coupon_type_$n", "coupon_id_$n"];
        assert_eq!(of(&coupons, 0), ("coupons".into(), "Coupon".into(), 2));
        let refunds = [
            "refund_id_$n",
            "out_refund_no_$n",
            "coupon_type_$n_$m",
            "coupon_id_$n_$m",
        ];
        assert_eq!(of(&refunds, 0), ("refunds".into(), "Refund".into(), 4));
        assert_eq!(of(&refunds, 1), ("coupons".into(), "Coupon".into(), 2));
        let strangers = ["customs_$n", "state_$n"];
        assert_eq!(of(&strangers, 0), ("items".into(), "Item".into(), 2));
        let alone = ["refund_fee_$n"];
        assert_eq!(of(&alone, 0), ("refund_fees".into(), String::new(), 1));
        assert_eq!(named(&["coupon_fee"], 0), None);
    }
}
