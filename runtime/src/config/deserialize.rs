//! Settings from a file of the application's, in whatever format serde reads.
//!
//! By hand and not derived: a derived implementation stops at the first mistake, and its errors quote values, which are secrets
//! here. This one notes what is wrong, and the builder tells all of it.

use super::Config;
use super::settings::{self, BRAND_ID, MCHID, PLATFORM_CERTIFICATE};
use crate::excerpt::Excerpt;
use core::fmt;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

/// How much of an unknown name is shown.
const LONGEST_NAME: usize = 64;

/// A value, whatever its type.
enum Given {
    Text(Zeroizing<String>),
    Whole(String),
    List(Vec<Self>),
    Nothing,
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Config {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Table)
    }
}

struct Table;

impl<'de> Visitor<'de> for Table {
    type Value = Config;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of WeChat Pay's settings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Config, A::Error> {
        let mut config = Config::default();
        while let Some(name) = map.next_key::<String>()? {
            let setting = settings::all().find(|setting| *setting == name);
            let Some(setting) = setting else {
                map.next_value::<IgnoredAny>()?;
                let shown = Excerpt::of(&name, LONGEST_NAME);
                config.fault("config", format!("there is no setting `{shown}`"));
                continue;
            };
            let value: Given = map.next_value()?;
            config.put(setting, value);
        }
        Ok(config)
    }
}

impl Config {
    fn put(&mut self, setting: &'static str, value: Given) {
        let values = match (setting, value) {
            (_, Given::Nothing) => return,
            (_, Given::Text(text)) => vec![text],
            (MCHID | BRAND_ID, Given::Whole(number)) => vec![Zeroizing::new(number)],
            (setting, Given::List(list)) if is_list(setting) => {
                let texts = list.into_iter().map(Given::into_text);
                let Some(texts) = texts.collect() else {
                    return self.fault(setting, "expected a text, or a list of texts");
                };
                texts
            }
            (setting, other) => {
                let found = other.name();
                let text = format!("expected a text, found {found}; put it in quotation marks");
                return self.fault(setting, text);
            }
        };
        if self.values.insert(setting, values).is_some() {
            self.fault(setting, "given twice");
        }
    }
}

/// Whether a setting may be given more than once.
fn is_list(setting: &str) -> bool {
    setting == PLATFORM_CERTIFICATE.text || setting == PLATFORM_CERTIFICATE.file
}

impl Given {
    fn into_text(self) -> Option<Zeroizing<String>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Whole(_) => "a number",
            Self::List(_) => "a list",
            Self::Nothing => "nothing",
            Self::Other(name) => name,
        }
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Given, E> {
        Ok(Given::Text(Zeroizing::new(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Given, E> {
        Ok(Given::Text(Zeroizing::new(text)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Given, E> {
        Ok(Given::Whole(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Given, E> {
        Ok(Given::Whole(number.to_string()))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Given, E> {
        Ok(Given::Other("a number"))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Given, E> {
        Ok(Given::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Given, E> {
        Ok(Given::Other("a number"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Given, E> {
        Ok(Given::Other("true or false"))
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_none<E>(self) -> Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        deserializer.deserialize_any(Self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Given, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Given::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Given::Other("a table"))
    }
}
