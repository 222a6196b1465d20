//! Which writes may be sent again, proposed for a person to review.

use crate::model::{Body, Field, Method, Operation, PathItem, Repeatable, Segment};

/// By what a write may be sent again, with the reason.
///
/// The rule: only where the second of two equal sends is harmless by a number that the merchant chose.
/// - *Ending*: the path holds the number of what is ended and its last segment is `cancel`, `close`, `complete`, `reverse`, `stop`, `sync`
///   or `terminate`: the state that results is the same.
/// - *Creation*: the body requires the merchant's own number of the thing created (`out_order_no`, `out_trade_no` …), and the path names
///   nothing: with a variable the call acts on something that is there, and the number in the body is that of something else as a rule.
///
/// Never: messages and reports (each is another one), charges (each is another attempt), changes (an amount may have changed in
/// between). `out_request_no` numbers a request, not what it creates, so a person decides. All others stay as they are: not repeatable.
pub(super) fn proposal(
    item: &PathItem,
    method: Method,
    operation: &Operation,
) -> Option<(Repeatable, &'static str)> {
    if !matches!(method, Method::Post | Method::Put | Method::Patch) {
        return None;
    }
    let words: Vec<&str> = item.path.segments().filter_map(fixed_word).collect();
    let last = last_word(item);
    if ENDINGS.contains(&last) {
        let number = item.path.variables().rfind(|name| names_one_thing(name))?;
        return Some((
            Repeatable::By(number.to_owned()),
            "ends what the merchant's number names: the same state results",
        ));
    }
    if method != Method::Post
        || item.path.variables().next().is_some()
        || charges(&words)
        || NEVER.iter().any(|word| last.contains(word))
    {
        return None;
    }
    let number = own_number(operation)?;
    Some((
        Repeatable::By(number),
        "creates under the merchant's own number: the same number finds what was created",
    ))
}

/// Words in the last segment of a path that mean: once more is not the same.
const NEVER: &[&str] = &[
    "change", "consume", "declare", "exposure", "lock", "message", "modify", "notify", "report",
    "send", "sync", "upload", "verify",
];

/// Last segments of calls that charge a payer who is not asked.
const CHARGES: &[&str] = &[
    "codepay",
    "deduct-orders",
    "facepay",
    "highway",
    "micropay",
    "pappayapply",
    "parking",
    "pay",
    "payapply",
    "transactions",
];

/// Last segments of calls that end something.
const ENDINGS: &[&str] = &[
    "cancel",
    "close",
    "complete",
    "reverse",
    "stop",
    "sync",
    "terminate",
];

/// The names of numbers that a merchant chooses for what it creates, most specific first.
const MERCHANTS_NUMBERS: &[&str] = &[
    "out_refund_no",
    "out_return_no",
    "out_bill_no",
    "out_batch_no",
    "out_order_no",
    "out_trade_no",
    "out_apply_no",
    "merchant_plan_no",
    "merchant_sign_plan_no",
    "combine_out_trade_no",
];

/// Whether a call charges a payer who is not asked: `…/micropay`, `…/transactions/apply`.
fn charges(words: &[&str]) -> bool {
    match words {
        [.., last] if CHARGES.contains(last) => true,
        [.., "transactions", "apply"] => true,
        _ => false,
    }
}

/// Whether a name is that of a number that stands for one thing for ever.
fn names_one_thing(name: &str) -> bool {
    MERCHANTS_NUMBERS.contains(&name)
        || matches!(
            name,
            "authorization_code"
                | "contract_id"
                | "out_authorization_no"
                | "out_contract_code"
                | "out_recharge_no"
                | "out_reservation_no"
        )
}

fn fixed_word(segment: Segment<'_>) -> Option<&str> {
    match segment {
        Segment::Fixed(text) => Some(text),
        _ => None,
    }
}

fn last_word(item: &PathItem) -> &str {
    item.path
        .segments()
        .next_back()
        .and_then(fixed_word)
        .unwrap_or_default()
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
