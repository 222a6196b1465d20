//! What is written is read back; whatever comes, nothing panics.

use super::Opener;
use super::{Fill, Filled, Reading, json};
use crate::example::{Goods, Kind, Level, OrderReply};
use crate::value::{JsonText, Sensitive, Value};
use crate::write;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde::de::DeserializeSeed;
use serde::de::value::{Error, MapDeserializer};

/// In the place of encryption: a text turned round, and back.
fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

fn read(document: &[u8]) -> Result<(OrderReply, Vec<crate::Drift>), serde_json::Error> {
    let mut reply = OrderReply::empty();
    let drift = json(
        document,
        reply.slot(),
        &Opener::By(&|text| Some(reversed(text))),
    )?;
    Ok((reply, drift))
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(|number| serde_json::json!(number)),
        any::<String>().prop_map(Into::into),
        Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let names = prop::sample::select(vec![
            "state", "total", "goods", "name", "next", "attach", "x",
        ]);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Into::into),
            vec((names, inner), 0..4).prop_map(|members| {
                let members = members
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value));
                serde_json::Value::Object(members.collect())
            }),
        ]
    })
}

fn any_goods() -> impl Strategy<Value = Goods> {
    (any::<String>(), any::<Option<i64>>()).prop_map(|(name, price)| Goods { name, price })
}

fn any_reply() -> impl Strategy<Value = OrderReply> {
    let kind = prop_oneof![Just(Kind::Paid), Just(Kind::Closed)];
    let level = prop_oneof![Just(Level::One), Just(Level::Two)];
    let plain = (
        kind,
        option::of(level),
        any::<i64>(),
        option::of(-1e300..1e300_f64),
    );
    let texts = (
        any::<Option<String>>(),
        any::<Option<String>>(),
        any::<Option<bool>>(),
    );
    let nested = (
        vec(any_goods(), 0..3),
        option::of(any_goods()),
        btree_map(any::<String>(), any::<i64>(), 0..3),
        option::of(any_json().prop_filter("null is absent", |json| !json.is_null())),
    );
    (plain, texts, nested).prop_map(|(plain, texts, nested)| OrderReply {
        state: Some(plain.0),
        level: plain.1,
        total: Some(plain.2),
        rate: plain.3,
        note: texts.0,
        payer_name: texts.1.map(Sensitive::new),
        paid: texts.2,
        goods: nested.0,
        attach: nested.1.map(JsonText),
        labels: nested.2,
        anything: nested.3,
        ..OrderReply::empty()
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(inner in any_reply(), mut outer in any_reply()) {
        outer.next = Some(Box::new(inner));
        let written = write::json(&outer, &write::Sealer::By(&reversed)).expect("JSON");
        let (back, drift) = read(&written).expect("JSON");
        prop_assert_eq!(drift, vec![]);
        prop_assert_eq!(back, outer);
    }

    #[test]
    fn any_json_is_read(document in any_json()) {
        prop_assert!(read(document.to_string().as_bytes()).is_ok());
    }

    #[test]
    fn any_bytes_are_read_or_refused(document in vec(any::<u8>(), 0..64)) {
        if read(&document).is_ok() && !document.trim_ascii().is_empty() {
            prop_assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&document).is_ok());
        }
    }
}

/// Some other crate of the application may build serde_json with `arbitrary_precision`: numbers then come wrapped.
#[test]
fn wrapped_numbers_are_numbers() {
    let filled = |digits: &str, slot: crate::value::Slot<'_>| {
        let mut reading = Reading::wire(&Opener::Nobody);
        let members = [("$serde_json::private::Number", digits.to_owned())];
        let document = MapDeserializer::<_, Error>::new(members.into_iter());
        let fill = Fill {
            slot,
            reading: &mut reading,
        };
        fill.deserialize(document).expect("read")
    };
    let (mut total, mut attach) = (0, String::new());
    assert_eq!(filled("-12", i64::slot(&mut total)), Filled::Put);
    assert_eq!(filled("0.5", String::slot(&mut attach)), Filled::Put);
    assert_eq!((total, attach.as_str()), (-12, "0.5"));
    assert_eq!(filled("x", i64::slot(&mut total)), Filled::Wrong);
}
