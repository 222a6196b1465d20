//! From names on the wire to files, modules, types, fields and variants.

use crate::model::{PathItem, Segment, UrlPath};
use heck::{ToSnakeCase, ToUpperCamelCase};

/// The module of a segment, which is its file in `spec/` too: `direct-complete` → `direct_complete`, `{out_order_no}` → `_out_order_no_`.
pub fn segment_module(segment: Segment<'_>) -> String {
    match segment {
        Segment::Fixed(text) => snake_case(text),
        Segment::Variable(name) => format!("_{}_", snake_case(name)),
    }
}

/// The segments of the module that a path leads to, from the root: `["v3", "payscore", …]`. Names that the description gives to
/// segments replace their own.
pub fn module_path(item: &PathItem) -> Vec<String> {
    let own = item
        .path
        .segments()
        .map(|segment| match given_name(item, segment) {
            Some(name) => name.to_owned(),
            None => segment_module(segment),
        });
    root_of(&item.path)
        .map(str::to_owned)
        .into_iter()
        .chain(own)
        .collect()
}

/// As heck has it; most names are in snake case already, which is told faster than made.
fn snake_case(text: &str) -> String {
    match is_snake_case(text) {
        true => text.to_owned(),
        false => text.to_snake_case(),
    }
}

fn upper_camel_case(text: &str) -> String {
    if !is_snake_case(text) {
        return text.to_upper_camel_case();
    }
    let mut name = String::with_capacity(text.len());
    for word in text.split('_') {
        let (first, rest) = word.split_at(1);
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}

/// Whether a text is words of lower-case letters and digits, joined by single `_`.
fn is_snake_case(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    text.bytes().all(plain) && text.split('_').all(|word| !word.is_empty())
}

/// A name without the signs for indices.
fn without_indices(text: &str) -> std::borrow::Cow<'_, str> {
    match text.contains('$') {
        true => text.replace("$n", "").replace("$m", "").into(),
        false => text.into(),
    }
}

/// The file of a path in `spec/`: `v3/payscore/…/sync.yaml`.
pub fn spec_file(item: &PathItem) -> String {
    format!("{}.yaml", module_path(item).join("/"))
}

/// The root that is put before the path's own segments: APIv2's paths hang under `v2`.
fn root_of(path: &UrlPath) -> Option<&'static str> {
    let apiv3 = ["/v3/", "/hk/v3/", "/global/v3/", "/brand/"];
    (!apiv3.iter().any(|prefix| path.as_str().starts_with(prefix))).then_some("v2")
}

fn given_name<'a>(item: &'a PathItem, segment: Segment<'_>) -> Option<&'a str> {
    let key = match segment {
        Segment::Fixed(text) => text.to_owned(),
        Segment::Variable(name) => format!("{{{name}}}"),
    };
    item.names.get(&key).map(String::as_str)
}

/// A type's name: `out_order_no` → `OutOrderNo`, `_out_order_no_` → `OutOrderNo`.
pub fn type_name(text: &str) -> String {
    let name = upper_camel_case(&without_indices(text));
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("V{name}"),
        _ => name,
    }
}

/// The name of the type of a field's value, or of the items of the list or map that it holds: `detail` → `Detail`, the items of `user_list` → `User`.
pub fn nested_type_name(field: &str, item: bool) -> String {
    let name = if item {
        type_name(&singular(field))
    } else {
        type_name(field)
    };
    match name.as_str() {
        "Self" => "Self_".to_owned(),
        _ => name,
    }
}

/// A field's name for one of its items: `post_payments` → `post_payment`, `goods_list` → `goods`.
pub fn singular(field: &str) -> String {
    const SAME: [&str; 6] = ["goods", "series", "news", "means", "sms", "gps"];
    let field = field.strip_suffix("_list").unwrap_or(field);
    let word = field.rsplit('_').next().unwrap_or(field);
    if SAME.contains(&word) || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return field.to_owned();
    }
    if let Some(stem) = field.strip_suffix("ies").filter(|_| word.len() > 4) {
        return format!("{stem}y");
    }
    let hissing = ["sses", "xes", "ches", "shes"];
    let end = if hissing.iter().any(|end| word.ends_with(end)) {
        "es"
    } else {
        "s"
    };
    field.strip_suffix(end).unwrap_or(field).to_owned()
}

/// A list's name, by that of one of its items: `coupon` → `coupons`, `city` → `cities`.
pub fn plural(name: &str) -> String {
    if singular(name) != name {
        return name.to_owned();
    }
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| name.ends_with(end)) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// A field's name, without `r#`: `coupon_id_$n` → `coupon_id`, `self` → `self_`.
pub fn field_name(wire: &str) -> String {
    let name = snake_case(&without_indices(wire));
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("v{name}"),
        _ => unrawable(name),
    }
}

/// An enumeration variant's name: `USER_ACCEPTED` → `UserAccepted`, `1.0` → `V1_0`. `None` where the value has no
/// ASCII letter or digit to make one of.
pub fn variant_name(value: &str) -> Option<String> {
    if value.is_empty() || !value.is_ascii() {
        return None;
    }
    let numeric = value.starts_with('-') || value.chars().all(|c| c.is_ascii_digit() || c == '.');
    let name = if numeric {
        let digits = value.replace('.', "_");
        match digits.strip_prefix('-') {
            Some(rest) => format!("Minus{}", rest.to_upper_camel_case()),
            None => format!("V{digits}"),
        }
    } else {
        value.to_upper_camel_case()
    };
    let name = match name.chars().next()? {
        first if first.is_ascii_digit() => format!("V{name}"),
        _ => name,
    };
    (name != "Self").then_some(name)
}

/// Whether a name must be written `r#name`.
pub fn is_raw(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_err() && !cannot_be_raw(name)
}

/// A name as Rust source: `return` → `r#return`.
pub fn rust_name(name: &str) -> String {
    if is_raw(name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// An identifier for emission.
pub fn ident(name: &str) -> proc_macro2::Ident {
    let span = proc_macro2::Span::call_site();
    if is_raw(name) {
        proc_macro2::Ident::new_raw(name, span)
    } else {
        proc_macro2::Ident::new(name, span)
    }
}

fn cannot_be_raw(name: &str) -> bool {
    matches!(name, "self" | "Self" | "super" | "crate" | "_" | "")
}

fn unrawable(name: String) -> String {
    if cannot_be_raw(&name) {
        format!("{name}_")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_fast_is_as_heck_makes_it() {
        for text in [
            "out_trade_no",
            "h5_url",
            "v3",
            "a1_b2c",
            "3d",
            "apply4sub",
            "a",
            "x_1",
            "_a",
            "a__b",
            "a_",
            "outNo",
            "HK",
            "direct-complete",
            "",
        ] {
            assert_eq!(snake_case(text), text.to_snake_case(), "{text}");
            assert_eq!(upper_camel_case(text), text.to_upper_camel_case(), "{text}");
        }
    }

    #[test]
    fn segments_become_modules() {
        let module =
            |text| segment_module(UrlPath::new(text).segments().next().expect("a segment"));
        assert_eq!(module("direct-complete"), "direct_complete");
        assert_eq!(module("{out_order_no}"), "_out_order_no_");
        assert_eq!(module("addInstitutionsub"), "add_institutionsub");
    }

    #[test]
    fn items_are_singular() {
        let cases = [
            ("goods_detail", "goods_detail"),
            ("post_payments", "post_payment"),
            ("policies", "policy"),
            ("ties", "tie"),
            ("boxes", "box"),
            ("goods_list", "goods"),
            ("user_list", "user"),
            ("order_status", "order_status"),
        ];
        for (field, one) in cases {
            assert_eq!(singular(field), one);
        }
        assert_eq!(nested_type_name("policies", true), "Policy");
        assert_eq!(nested_type_name("policies", false), "Policies");
    }

    #[test]
    fn names_are_valid_rust() {
        assert_eq!(rust_name("return"), "r#return");
        assert_eq!(field_name("self"), "self_");
        assert_eq!(field_name("coupon_id_$n"), "coupon_id");
        assert_eq!(type_name("_out_order_no_"), "OutOrderNo");
        assert_eq!(variant_name("1.0").as_deref(), Some("V1_0"));
        assert_eq!(variant_name("-1").as_deref(), Some("Minus1"));
        assert_eq!(variant_name("12H").as_deref(), Some("V12h"));
        assert_eq!(variant_name("Order_Paid").as_deref(), Some("OrderPaid"));
        assert_eq!(variant_name("长期"), None);
        assert_eq!(variant_name(""), None);
    }
}
