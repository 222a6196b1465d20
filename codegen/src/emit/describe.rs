//! The description of an object as one text, which the runtime reads when it is first needed (the module `described`, there, has the notation).

use crate::lower::items::{FieldItem, ObjectItem, Place};

pub(super) fn object(object: &ObjectItem) -> String {
    let fields = object.fields.iter().map(field);
    let groups = object.exactly_one.iter();
    let groups = groups.map(|group| format!("|{}", group.join(" ")));
    fields.chain(groups).collect::<Vec<_>>().join("\n")
}

fn field(field: &FieldItem) -> String {
    let rules = &field.rules;
    let bound = |sign: &str, bound: Option<i64>| bound.map(|bound| format!(" {sign}{bound}"));
    let count = |sign: &str, count: Option<u32>| count.map(|count| format!(" {sign}{count}"));
    let place = match field.place {
        Place::Body => None,
        Place::Query => Some(" @query"),
        Place::Header => Some(" @header"),
        Place::Form => Some(" @form"),
    };
    let marks = [
        field.required.then_some(" !"),
        rules.nullable.then_some(" ?"),
        rules.private.then_some(" *"),
        place,
    ];
    let bounds = [
        bound(">=", rules.min),
        bound("<=", rules.max),
        count("#>=", rules.min_items),
        count("#<=", rules.max_items),
        rules.pattern.as_ref().map(|pattern| format!(" ~{pattern}")),
    ];
    let marks = marks.into_iter().flatten().map(str::to_owned);
    let rules: String = marks.chain(bounds.into_iter().flatten()).collect();
    format!("{}{rules}", field.wire)
}
