//! Which writes may be sent again, proposed for a person to review.

use crate::model::{Body, Field, Method, Operation, PathItem, Repeatable, Segment};

/// By what a write may be sent again, with the reason.
///
/// The rule: only where WeChat Pay itself makes the second of two equal sends harmless by a number that the merchant chose.
/// - *Creation*: the body requires the merchant's own number of the thing created (`out_order_no`, `out_trade_no` …), and the path ends
///   in the name of what is created, or in a word that says so. A second send with the same number and body finds it there.
/// - *Ending*: the path holds the number of what is ended and its last segment is `cancel`, `close`, `complete`, `stop`, `sync` or
///   `terminate`: the state that results is the same.
///
/// Never: messages (each send is another message), `pay` and its like (each collects), `modify` (an amount may have changed in between),
/// whatever has no number of the merchant's. All others stay as they are: not repeatable.
pub(super) fn proposal(
    item: &PathItem,
    method: Method,
    operation: &Operation,
) -> Option<(Repeatable, &'static str)> {
    if !matches!(method, Method::Post | Method::Put | Method::Patch) {
        return None;
    }
    let last = last_word(item);
    if COLLECTS.contains(&last) || NEVER.iter().any(|word| last.contains(word)) {
        return None;
    }
    if ENDINGS.contains(&last) {
        let number = item.path.variables().rfind(|name| names_one_thing(name))?;
        return Some((
            Repeatable::By(number.to_owned()),
            "ends what the merchant's number names: the same state results",
        ));
    }
    if method != Method::Post || item.path.variables().any(names_one_thing) {
        return None;
    }
    let number = own_number(operation)?;
    Some((
        Repeatable::By(number),
        "creates under the merchant's own number: the same number finds what was created",
    ))
}

/// Words in the last segment of a path that mean: once more is not the same.
const NEVER: &[&str] = &["message", "modify", "notify", "send", "upload"];

/// Last segments of calls that collect money at once.
const COLLECTS: &[&str] = &[
    "pay",
    "micropay",
    "facepay",
    "payapply",
    "pappayapply",
    "transactions",
];

/// Last segments of calls that end something.
const ENDINGS: &[&str] = &["cancel", "close", "complete", "stop", "sync", "terminate"];

/// The names of numbers that a merchant chooses for what it creates, most specific first.
const MERCHANTS_NUMBERS: &[&str] = &[
    "out_refund_no",
    "out_return_no",
    "out_bill_no",
    "out_batch_no",
    "out_order_no",
    "out_trade_no",
    "out_request_no",
    "out_apply_no",
    "out_subsidy_no",
    "merchant_plan_no",
    "merchant_sign_plan_no",
    "combine_out_trade_no",
];

/// Whether a name is that of a number that stands for one thing for ever.
fn names_one_thing(name: &str) -> bool {
    MERCHANTS_NUMBERS.contains(&name)
        || matches!(
            name,
            "authorization_code" | "out_contract_code" | "contract_id"
        )
}

fn last_word(item: &PathItem) -> &str {
    match item.path.segments().next_back() {
        Some(Segment::Fixed(text)) => text,
        _ => "",
    }
}

/// The merchant's number that the body requires.
fn own_number(operation: &Operation) -> Option<String> {
    let Some(Body::Object(body)) = &operation.body else {
        return None;
    };
    let required = |name: &str| {
        body.fields
            .iter()
            .any(|field: &Field| field.required && field.name == name)
    };
    MERCHANTS_NUMBERS
        .iter()
        .find(|name| required(name))
        .map(|name| (*name).to_owned())
}
