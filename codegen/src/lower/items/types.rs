use super::Docs;
use crate::model::{Literal, ShapeId};

/// Where a type is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// It is sent.
    Request,
    /// It is received.
    Reply,
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Request, Self::Reply];

    /// The module of shared shapes of this side.
    pub const fn module(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Reply => "reply",
        }
    }
}

/// The types of one request, reply or shared shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The module of the nested types and the steps: `post_request`.
    pub module: String,
    /// The type that the group is about; none for an enumeration, or where the root is no object.
    pub root: Option<ObjectItem>,
    /// The member of the root, by name on the wire, that is the list of which it is one page.
    pub paged: Option<String>,
    /// The nested objects, in the order of the description.
    pub objects: Vec<ObjectItem>,
    /// The enumerations.
    pub enums: Vec<EnumItem>,
    /// The choices between objects.
    pub choices: Vec<ChoiceItem>,
}

impl Group {
    /// How many types it has.
    pub fn types(&self) -> usize {
        usize::from(self.root.is_some())
            + self.objects.len()
            + self.enums.len()
            + self.choices.len()
    }
}

/// An object: a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectItem {
    /// Its name.
    pub name: String,
    /// Where it is used.
    pub side: Side,
    /// What it is.
    pub docs: Docs,
    /// Its members.
    pub fields: Vec<FieldItem>,
    /// Groups of members, by name on the wire, of which exactly one must be set.
    pub exactly_one: Vec<Vec<String>>,
}

impl ObjectItem {
    /// The fields that are set in steps: the required ones of a request.
    pub fn steps(&self) -> Vec<&FieldItem> {
        let steps = self.fields.iter().filter(|field| field.required);
        match self.side {
            Side::Request => steps.collect(),
            Side::Reply => Vec::new(),
        }
    }

    /// The fields that are set at will: the optional ones of a request.
    pub fn setters(&self) -> impl Iterator<Item = &FieldItem> {
        let request = self.side == Side::Request;
        self.fields
            .iter()
            .filter(move |field| request && !field.required)
    }

    /// Whether it can be made of nothing.
    pub fn has_default(&self) -> bool {
        self.steps().is_empty()
    }
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldItem {
    /// Its name on the wire.
    pub wire: String,
    /// Its name in Rust.
    pub name: String,
    /// Where it travels.
    pub place: Place,
    /// Whether the description calls it required.
    pub required: bool,
    /// What it holds.
    pub ty: TypeItem,
    /// What is checked before it is sent.
    pub rules: Rules,
    /// One line.
    pub docs: Docs,
    /// An example value.
    pub example: Option<Literal>,
    /// Why it should not be used; the text may be empty.
    pub deprecated: Option<String>,
}

/// Where a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the body.
    Body,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a part of its own of a form.
    Form,
}

/// What is checked of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Whether `null` may stand for it.
    pub nullable: bool,
    /// Whether `Debug` hides it.
    pub private: bool,
    /// The least number or length.
    pub min: Option<i64>,
    /// The greatest number or length.
    pub max: Option<i64>,
    /// The least number of items.
    pub min_items: Option<u32>,
    /// The greatest number of items.
    pub max_items: Option<u32>,
    /// What the whole text must look like.
    pub pattern: Option<String>,
}

/// What a value is in Rust, without the `Option` of what may be absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeItem {
    /// A `String`.
    Text,
    /// A text of a form that the runtime knows.
    Known(Known),
    /// An `i64`.
    Integer,
    /// An `f64`.
    Number,
    /// A `bool`.
    Boolean,
    /// A text that travels encrypted.
    Sensitive,
    /// A struct or an enumeration.
    Named(TypeRef),
    /// The same behind a `Box`: a part of itself.
    Boxed(TypeRef),
    /// A list.
    List(Box<TypeItem>),
    /// A map from texts.
    Map(Box<TypeItem>),
    /// A value that travels as JSON in a text.
    JsonText(Box<TypeItem>),
    /// An object that travels as `name=value` pairs in a text.
    UrlEncoded(Box<TypeItem>),
    /// A file to upload.
    File,
    /// The bytes of a file that is downloaded.
    FileContent,
    /// JSON of no described shape.
    Json,
}

impl TypeItem {
    /// Whether it can be empty by itself, so that no `Option` goes around it.
    pub fn is_collection(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_))
    }
}

/// The texts that have a type of their own in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// `2018-06-08T10:34:56+08:00`
    DateTime,
    /// `2018-06-08`
    Date,
    /// `20180608103456`
    CompactDateTime,
}

/// A struct or an enumeration by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeRef {
    /// One of the same group.
    Nested(String),
    /// A shared object that is another one on the other side.
    Object(ShapeId, Side),
    /// A shared enumeration, or an object that is the same on both sides.
    Both(ShapeId),
}

/// One of several objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceItem {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// The alternatives, each a nested object of the same group that has the variant's name.
    pub alternatives: Vec<(String, Docs)>,
}

/// An enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumItem {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// The known values.
    pub variants: Vec<Variant>,
    /// Whether no other value can come.
    pub closed: bool,
    /// How it is written in JSON.
    pub form: Form,
}

/// How a member of an enumeration is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a text.
    Text,
    /// As a whole number.
    Integer,
    /// As `true` or `false`.
    Boolean,
}

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// As on the wire.
    pub value: String,
    /// What it means.
    pub docs: Docs,
}
