//! How a typed value shows itself to the runtime, and how the runtime fills one.
//!
//! Generated types describe their members once, through these object-safe traits. Everything that is the same for all of
//! them (JSON, queries, checks, drift, redaction) is written once against [`View`] and [`Slot`], and is not generic.

mod assign;
mod builtin;
mod copy;
mod date;
pub(crate) mod debug;
mod described;
mod digest;
mod empty;
mod equal;
mod file;
mod generated;
mod implement;
mod implement_enums;
#[cfg(test)]
mod implement_tests;
mod json_text;
mod late;
mod members;
mod missing_field;
#[cfg(feature = "files")]
mod path_source;
mod sensitive;
mod setters;
mod shape;
mod source;
#[cfg(feature = "serde")]
mod stored;
mod transparent;
mod unknown_value;
mod url_encoded;

pub use assign::{
    find, need, need_box, need_ref, need_text, put, put_list, put_map, put_some, same_text,
};
pub use copy::{copied, copy};
#[cfg(feature = "files")]
pub(crate) use date::{BEIJING, parse_day};
pub use date::{CompactDateTime, Date, DateError, DateTime};
pub use debug::debug;
pub use described::{patterned, plain};
pub(crate) use digest::digest;
pub use empty::Empty;
pub use equal::equal;
pub use file::{File, FileContent};
pub use generated::{
    AChoice, AClosedEnum, AnEnum, AnObject, Generated, Kind, Member, MemberMut, Told, Wanted,
};
pub use json_text::JsonText;
pub use late::{
    ReadFile, ReadJson, ReadNumber, ReadOneOf, ReadPairs, ReadSealed, WriteJson, WriteSealed,
};
pub use members::{Members, MembersMut, at_mut};
pub use missing_field::MissingField;
pub use sensitive::Sensitive;
pub use shape::{Field, Pattern, Place, Shape};
pub use source::{Opened, Opening, Source};
#[cfg(feature = "serde")]
pub use stored::{deserialize, serialize};
pub use unknown_value::UnknownValue;
pub use url_encoded::UrlEncoded;

/// A value that can be read and filled without knowing its type.
pub trait Value: Send + Sync {
    /// The value as it is before anything was put into it.
    fn empty() -> Self
    where
        Self: Sized;

    /// What is in the value.
    fn view(&self) -> View<'_>;

    /// Where to put what was received. An optional value becomes present by this call; [`Value::clear`] undoes it.
    fn slot(&mut self) -> Slot<'_>;

    /// Makes an optional value absent, a list or a map empty; leaves any other value as it is.
    fn clear(&mut self) {}
}

/// What is in a value.
pub enum View<'a> {
    /// Nothing: an optional value that was not set.
    Absent,
    /// A text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A member of an enumeration.
    Enum(&'a str, Form),
    /// A text that is encrypted before it is sent, and shown to nobody.
    Sensitive(&'a str, WriteSealed),
    /// An object with described members.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn List),
    /// A map from texts to values of one type.
    Map(&'a dyn Map),
    /// A value that travels as JSON inside a text.
    JsonText(&'a dyn Shown),
    /// An object that travels as `name=value` pairs inside a text.
    UrlEncoded(&'a dyn Shown),
    /// A file.
    File(&'a File),
    /// JSON of no described shape.
    Json(&'a serde_json::Value, WriteJson),
}

/// Where to put what was received.
pub enum Slot<'a> {
    /// Nowhere: there is no body.
    Nothing,
    /// A text.
    Text(&'a mut String),
    /// A whole number.
    Integer(&'a mut i64),
    /// A number.
    Number(&'a mut f64, ReadNumber),
    /// True or false.
    Boolean(&'a mut bool),
    /// A member of an enumeration.
    Enum(&'a mut dyn OpenEnum),
    /// A text that arrives encrypted.
    Sensitive(&'a mut String, ReadSealed),
    /// An object with described members.
    Object(&'a mut dyn ObjectMut),
    /// A list.
    List(&'a mut dyn ListMut),
    /// A map from texts to values of one type.
    Map(&'a mut dyn MapMut),
    /// A value that travels as JSON inside a text.
    JsonText(&'a mut dyn Value),
    /// An object that travels as `name=value` pairs inside a text.
    UrlEncoded(&'a mut dyn Value, ReadPairs),
    /// One of several objects.
    OneOf(&'a mut dyn OneOf),
    /// A file to upload.
    File(&'a mut File, ReadFile),
    /// The bytes of a body that is no document.
    Bytes(&'a mut bytes::Bytes),
    /// JSON of no described shape.
    Json(&'a mut serde_json::Value, ReadJson),
}

/// An object with described members.
pub trait Object: Send + Sync {
    /// The description of the members; the position of a field in it is its index.
    fn shape(&self) -> &'static Shape;
    /// What is in the member at an index, `None` past the last.
    fn get(&self, index: usize) -> Option<View<'_>>;
}

/// An object that is filled. It is a trait of its own, as those for lists and maps are, so that a program which only shows a type, as it does a
/// request, carries nothing of how it is filled.
pub trait ObjectMut: Object {
    /// The member at an index, to be filled; `None` past the last.
    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Value>;
}

/// What can be shown.
pub trait Shown: Send + Sync {
    /// What is in it.
    fn shown(&self) -> View<'_>;
}

impl<T: Value> Shown for T {
    fn shown(&self) -> View<'_> {
        self.view()
    }
}

/// A list of values of one type.
pub trait List: Send + Sync {
    /// How many items there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// What is in the item at an index, `None` past the last.
    fn get(&self, index: usize) -> Option<View<'_>>;
}

/// A list that is filled.
pub trait ListMut: Send + Sync {
    /// Adds an empty item at the end, to be filled.
    fn push(&mut self) -> &mut dyn Value;
    /// Takes the last item away again.
    fn pop(&mut self);
}

/// A map from texts to values of one type.
pub trait Map: Send + Sync {
    /// Shows each entry, in the order of the keys.
    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a str, View<'a>));
}

/// A map that is filled.
pub trait MapMut: Send + Sync {
    /// The value of a key, made empty if there was none, to be filled.
    fn entry(&mut self, key: &str) -> &mut dyn Value;
    /// Takes an entry away again.
    fn remove(&mut self, key: &str);
}

/// A member of an enumeration whose list of known values may not be complete.
pub trait OpenEnum: Send + Sync {
    /// The value as WeChat Pay writes it.
    fn text(&self) -> &str;
    /// Takes a value as WeChat Pay writes it, and tells whether it is a known one. A closed enumeration keeps its old
    /// value when it does not know the new one.
    fn set(&mut self, text: &str) -> bool;
    /// How the value is written in JSON.
    fn form(&self) -> Form {
        Form::Text
    }
}

/// One of several objects, told apart by what they hold.
pub trait OneOf: Send + Sync {
    /// How many alternatives there are.
    fn count(&self) -> usize;
    /// What is held.
    fn chosen(&self) -> &dyn Value;
    /// Becomes an alternative, empty, to be filled; past the last, the one that keeps JSON of no described shape.
    fn choose(&mut self, index: usize) -> &mut dyn Value;
    /// How it is read.
    fn reading(&self) -> ReadOneOf {
        ReadOneOf::new()
    }
}

/// How a member of an enumeration is written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a text.
    Text,
    /// As a whole number, without quotes.
    Integer,
    /// As `true` or `false`.
    Boolean,
}
