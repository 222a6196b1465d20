//! The names of nested types.

use crate::naming;
use std::collections::BTreeSet;

/// The name of the type of a field: of the field itself, or of the items of the list that it holds.
pub fn nested_type_name(field: &str, item: bool) -> String {
    let name = if item {
        naming::type_name(&singular(field))
    } else {
        naming::type_name(field)
    };
    match name.as_str() {
        "Self" => "Self_".to_owned(),
        _ => name,
    }
}

/// A field's name for one of its items: `post_payments` → `post_payment`, `goods_list` → `goods`.
pub fn singular(field: &str) -> String {
    let field = field.strip_suffix("_list").unwrap_or(field);
    let (stem, word) = match field.rsplit_once('_') {
        Some((stem, word)) => (format!("{stem}_"), word),
        None => (String::new(), field),
    };
    format!("{stem}{}", singular_word(word))
}

fn singular_word(word: &str) -> String {
    const SAME: [&str; 6] = ["goods", "series", "news", "means", "sms", "gps"];
    if SAME.contains(&word) || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let hissing = ["sses", "xes", "ches", "shes"];
    if hissing.iter().any(|end| word.ends_with(end)) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// The names of the types of one group.
#[derive(Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
    taken: BTreeSet<String>,
}

impl Names {
    /// Begins with the root's name, and the names that the description gives to types of the group.
    pub(super) fn new(root: &str, given: impl IntoIterator<Item = String>) -> Self {
        Self {
            given: given.into_iter().collect(),
            // A module of that name is the door to the runtime.
            taken: BTreeSet::from([root.to_owned(), "Rt".to_owned()]),
        }
    }

    /// Takes a name that the description gives; `false` if it is taken.
    pub(super) fn take_given(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes the short name if it is free, else the one with the parent's before it; `None` if that is taken too.
    pub(super) fn take(&mut self, short: &str, parent: &str) -> Option<String> {
        let long = format!("{parent}{short}");
        let name = [short.to_owned(), long]
            .into_iter()
            .find(|name| !self.given.contains(name) && !self.taken.contains(name))?;
        self.taken.insert(name.clone());
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_singular() {
        let cases = [
            ("goods_detail", "goods_detail"),
            ("post_payments", "post_payment"),
            ("policies", "policy"),
            ("boxes", "box"),
            ("goods", "goods"),
            ("user_list", "user"),
            ("address", "address"),
            ("order_status", "order_status"),
        ];
        for (field, one) in cases {
            assert_eq!(singular(field), one);
        }
    }

    #[test]
    fn a_taken_name_gets_the_parent_before_it() {
        let mut names = Names::new("PostRequest", ["Payer".to_owned()]);
        assert_eq!(
            names.take("Detail", "PostRequest").as_deref(),
            Some("Detail")
        );
        assert_eq!(names.take("Detail", "Fee").as_deref(), Some("FeeDetail"));
        assert_eq!(names.take("Detail", "Fee"), None);
        assert_eq!(names.take("Payer", "Fee").as_deref(), Some("FeePayer"));
        assert!(names.take_given("Payer"));
        assert!(!names.take_given("Payer"));
    }
}
