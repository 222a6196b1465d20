use super::ShapeId;

/// A named member of an object, a query, a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name on the wire. In APIv2 `$n` stands for 0, 1, 2 …
    pub name: String,
    /// Another name in Rust, where the wire's would clash.
    pub rename: Option<String>,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds.
    pub schema: Schema,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Its type with the rules that go with it.
    pub kind: SchemaKind,
    /// The name of the Rust type, for an object or an enumeration described in place; derived from the field where absent.
    pub type_name: Option<String>,
    /// The official short (Chinese) name.
    pub label: Option<String>,
    /// A sentence or two in English.
    pub doc: Option<String>,
    /// An example value.
    pub example: Option<Literal>,
    /// What the server takes where it is left out.
    pub default: Option<Literal>,
    /// What a number counts: `fen`, `second` …
    pub unit: Option<String>,
    /// Whether `null` may stand for it.
    pub nullable: bool,
    /// Whether it is encrypted on the wire.
    pub sensitive: bool,
    /// Whether it tells about a person, so that `Debug` hides it.
    pub private: bool,
    /// Whether one witness alone knows it.
    pub unconfirmed: bool,
    /// Why it should not be used any more; the text may be empty.
    pub deprecated: Option<String>,
    /// APIv2: whether it is written as CDATA.
    pub cdata: bool,
}

impl Schema {
    /// A value of a kind, with nothing else said of it.
    pub fn new(kind: SchemaKind) -> Self {
        Self {
            kind,
            type_name: None,
            label: None,
            doc: None,
            example: None,
            default: None,
            unit: None,
            nullable: false,
            sensitive: false,
            private: false,
            unconfirmed: false,
            deprecated: None,
            cdata: false,
        }
    }
}

/// The types.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemaKind {
    /// A text.
    Text(TextSchema),
    /// A whole number.
    Integer(NumberSchema),
    /// A number with a fraction.
    Number(NumberSchema),
    /// True or false.
    Boolean,
    /// One of some values.
    Enum(EnumSchema),
    /// An object with members.
    Object(ObjectSchema),
    /// A list.
    List(ListSchema),
    /// A map from texts to values of one type.
    Map(Box<Schema>),
    /// One of several objects.
    OneOf(Vec<Alternative>),
    /// A shared shape.
    Ref(ShapeId),
    /// A text that holds JSON.
    Json(Box<Schema>),
    /// A text that holds `name=value` pairs, encoded as in a URL.
    UrlEncoded(ObjectSchema),
    /// JSON of no described shape.
    Any,
}

/// The rules of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSchema {
    /// The least number of characters.
    pub min: Option<u64>,
    /// The greatest number of characters.
    pub max: Option<u64>,
    /// What the whole of it must look like: a regular expression, anchored at both ends by whoever uses it.
    pub pattern: Option<String>,
    /// What the text stands for: `rfc3339`, `date`, `yyyyMMddHHmmss`, `base64`, `url`, `media_id` …
    pub format: Option<String>,
}

/// The rules of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberSchema {
    /// The least value.
    pub min: Option<i64>,
    /// The greatest value.
    pub max: Option<i64>,
    /// The width: `int32`, `uint64` …
    pub format: Option<String>,
}

/// The values of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumSchema {
    /// The known values. All literals are of one type.
    pub values: Vec<EnumValue>,
    /// Whether no other value can ever come.
    pub closed: bool,
}

/// A known value of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// As on the wire.
    pub value: Literal,
    /// The name of the variant, where the one derived from the value will not do.
    pub name: Option<String>,
    /// What it means.
    pub label: Option<String>,
}

/// An object's members and the rules between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectSchema {
    /// The members, in the order of the description.
    pub fields: Vec<Field>,
    /// Groups of members of which exactly one must be set.
    pub exactly_one: Vec<Vec<String>>,
    /// The algorithm, where the object is a sealed resource: `AEAD_AES_256_GCM`.
    pub envelope: Option<String>,
}

/// The rules of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListSchema {
    /// What its items are.
    pub items: Box<Schema>,
    /// The least number of items.
    pub min_items: Option<u32>,
    /// The greatest number of items.
    pub max_items: Option<u32>,
    /// The field of an item that tells it from the others.
    pub key: Option<String>,
}

/// One of several objects.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The name of the variant.
    pub name: String,
    /// The official short name.
    pub label: Option<String>,
    /// Its members.
    pub object: ObjectSchema,
}

/// A value written in the description.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Literal>),
    /// An object, in the order written.
    Object(Vec<(String, Literal)>),
}
