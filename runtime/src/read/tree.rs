//! JSON of no described shape, with its numbers to the last bit.
//!
//! serde_json reads a long fraction to the last bit only where its feature `float_roundtrip` is on, and then every program carries
//! what that takes. The standard library reads each number exactly, so that numbers are taken here as texts.

use core::fmt;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

/// How deep a document may be: as deep as serde_json takes one.
const DEEPEST: usize = 127;

/// Reads a document.
///
/// # Errors
/// Where the text is no JSON, or too deep.
#[inline]
pub(crate) fn read(value: &mut Value, text: &str) -> Result<(), serde_json::Error> {
    *value = tree(text, DEEPEST)?;
    Ok(())
}

/// A value that may be so deep.
#[inline]
fn tree(text: &str, deep: usize) -> Result<Value, serde_json::Error> {
    let mut document = serde_json::Deserializer::from_slice(text.as_bytes());
    match text.as_bytes().first() {
        Some(b'{' | b'[') => {
            let deep = deep.checked_sub(1);
            let deep = deep.ok_or_else(|| serde_json::Error::custom("too deep"))?;
            document.deserialize_any(Branch { deep })
        }
        Some(b'-' | b'0'..=b'9') => number(text),
        _ => Value::deserialize(&mut document),
    }
}

#[inline]
fn number(text: &str) -> Result<Value, serde_json::Error> {
    let near: Number = text.parse()?;
    let exact = text.parse().ok().filter(|_| near.is_f64());
    match exact.and_then(Number::from_f64) {
        Some(exact) if near.as_f64() != exact.as_f64() => Ok(exact.into()),
        _ => Ok(near.into()),
    }
}

/// An object or a list whose values may be so deep.
struct Branch {
    deep: usize,
}

/// A value of one.
struct Leaf {
    deep: usize,
}

impl<'de> DeserializeSeed<'de> for Leaf {
    type Value = Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, document: D) -> Result<Value, D::Error> {
        let text = <&RawValue>::deserialize(document)?.get();
        tree(text, self.deep).map_err(D::Error::custom)
    }
}

impl<'de> Visitor<'de> for Branch {
    type Value = Value;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Leaf { deep: self.deep })? {
            list.push(item);
        }
        Ok(list.into())
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            members.insert(name, entries.next_value_seed(Leaf { deep: self.deep })?);
        }
        Ok(members.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, serde_json::Error> {
        let mut value = Value::Null;
        super::read(&mut value, text).map(|()| value)
    }

    #[test]
    fn numbers_keep_their_last_bit() {
        let text = r#"{"a":[0.30000000000000004,5e-324,18446744073709551615,-0.0,1],"b":{"c":1.7976931348623157e308}}"#;
        let value = read(text).expect("JSON");
        assert_eq!(value["a"][0].as_f64(), Some(0.30000000000000004));
        assert_eq!(value["a"][1].as_f64(), Some(5e-324));
        assert_eq!(value["a"][2].as_u64(), Some(u64::MAX));
        assert!(value["a"][3].as_f64().expect("a number").is_sign_negative());
        assert_eq!(value["a"][4].as_i64(), Some(1));
        assert_eq!(value["b"]["c"].as_f64(), Some(f64::MAX));
        assert!(read("1e999").is_err());
    }

    #[test]
    fn a_document_may_be_as_deep_as_serde_json_takes_one() {
        for (depth, fits) in [(DEEPEST, true), (DEEPEST + 1, false), (100_000, false)] {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            assert_eq!(read(&text).is_ok(), fits, "{depth}");
            assert_eq!(
                serde_json::from_str::<Value>(&text).is_ok(),
                fits,
                "{depth}"
            );
        }
    }
}
