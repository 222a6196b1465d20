//! Described values as serde sees them. The one mapping for all of them: JSON that is sent, and what applications store.

use super::{Protect, items, json_of, pairs_of, travels, whole};
use crate::value::{Form, List, Map, Object, Place, View, WriteSealed};
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

/// One value.
pub(crate) struct Written<'a, 'c> {
    pub(crate) value: View<'a>,
    pub(crate) protect: Protect<'c>,
}

/// An object, or those of its members that travel in one place.
pub(crate) struct WrittenObject<'a, 'c> {
    pub(crate) object: &'a dyn Object,
    pub(crate) protect: Protect<'c>,
    pub(crate) place: Option<Place>,
}

impl Serialize for Written<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.value {
            View::Absent => to.serialize_unit(),
            View::Text(text) => to.serialize_str(text),
            View::Integer(number) => to.serialize_i64(number),
            View::Number(number) => match whole(number) {
                Some(whole) => to.serialize_i64(whole),
                None => to.serialize_f64(number),
            },
            View::Boolean(truth) => to.serialize_bool(truth),
            View::Enum(text, form) => write_member(text, form, to),
            View::Sensitive(text, write) => write_sealed(text, write, self.protect, to),
            View::Object(object) => WrittenObject {
                object,
                protect: self.protect,
                place: None,
            }
            .serialize(to),
            View::List(list) => write_list(list, self.protect, to),
            View::Map(map) => write_map(map, self.protect, to),
            View::JsonText(value) => {
                let text = json_of(value.shown(), self.protect).map_err(S::Error::custom)?;
                to.serialize_str(&text)
            }
            View::UrlEncoded(value) => {
                let text = pairs_of(value.shown(), self.protect).map_err(S::Error::custom)?;
                to.serialize_str(&text)
            }
            #[cfg(feature = "serde")]
            View::File(file) => super::file::write(file, to),
            // A file is a part of a form and stands in no document that travels.
            #[cfg(not(feature = "serde"))]
            View::File(_) => to.serialize_unit(),
            View::Json(value, write) => match self.protect {
                Protect::Encrypt(_) => (write.0)(value).map_err(S::Error::custom)?.serialize(to),
                #[cfg(feature = "serde")]
                Protect::LeaveOut => value.serialize(to),
            },
        }
    }
}

impl WrittenObject<'_, '_> {
    /// Writes the members into a document that may have others.
    pub(crate) fn write_members<M: SerializeMap>(&self, members: &mut M) -> Result<(), M::Error> {
        for (index, field) in self.object.shape().fields.iter().enumerate() {
            let Some(value) = self.object.get(index) else {
                continue;
            };
            let here = self.place.is_none_or(|place| place == field.place);
            if here && travels(field, &value) && is_shown(&value, self.protect) {
                let protect = self.protect;
                members.serialize_entry(field.name, &Written { value, protect })?;
            }
        }
        Ok(())
    }
}

impl Serialize for WrittenObject<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut members = to.serialize_map(None)?;
        self.write_members(&mut members)?;
        members.end()
    }
}

fn is_shown(value: &View<'_>, protect: Protect<'_>) -> bool {
    !(protect.leaves_out() && matches!(value, View::Sensitive(..)))
}

fn write_member<S: Serializer>(text: &str, form: Form, to: S) -> Result<S::Ok, S::Error> {
    match form {
        Form::Text => to.serialize_str(text),
        Form::Integer => match text.parse() {
            Ok(number) => to.serialize_i64(number),
            Err(_) => to.serialize_str(text),
        },
        Form::Boolean => match text.parse() {
            Ok(truth) => to.serialize_bool(truth),
            Err(_) => to.serialize_str(text),
        },
    }
}

fn write_sealed<S: Serializer>(
    text: &str,
    write: WriteSealed,
    protect: Protect<'_>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match protect {
        Protect::Encrypt(_) if text.is_empty() => to.serialize_str(text),
        Protect::Encrypt(sealer) => {
            let sealed = (write.seal)(sealer, text).map_err(S::Error::custom)?;
            to.serialize_str(&sealed)
        }
        #[cfg(feature = "serde")]
        Protect::LeaveOut => to.serialize_unit(),
    }
}

fn write_list<S: Serializer>(
    list: &dyn List,
    protect: Protect<'_>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut sequence = to.serialize_seq(None)?;
    for value in items(list).filter(|item| is_shown(item, protect)) {
        sequence.serialize_element(&Written { value, protect })?;
    }
    sequence.end()
}

fn write_map<S: Serializer>(map: &dyn Map, protect: Protect<'_>, to: S) -> Result<S::Ok, S::Error> {
    let mut entries = to.serialize_map(None)?;
    let mut written = Ok(());
    map.each(&mut |key, value| {
        if written.is_ok() && is_shown(&value, protect) {
            written = entries.serialize_entry(key, &Written { value, protect });
        }
    });
    written?;
    entries.end()
}
