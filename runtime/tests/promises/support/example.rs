//! Types as the generator writes them, for an operation that exists nowhere.

use std::collections::BTreeMap;
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::emitted::Field;

/// The shape, the value and the object of a struct: what the generator writes out.
macro_rules! object {
    (
        $(#[$attribute:meta])*
        $name:ident $(exactly_one $group:expr)? => { $($member:ident: $type:ty = $field:expr,)* }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $member: $type,)*
        }

        impl rt::Generated for $name {
            type Kind = rt::AnObject;
            const EMPTY: Self = Self { $($member: rt::Empty::EMPTY,)* };
            fn tell(&self, wanted: rt::Wanted) -> rt::Told<'_> {
                static SHAPE: rt::Shape =
                    rt::Shape::new(stringify!($name), &[$($field,)*])$(.exactly_one($group))?;
                let members: &[&dyn rt::Value] = &[$(&self.$member,)*];
                match wanted {
                    rt::Wanted::Shape => rt::Told::Shape(&SHAPE),
                    rt::Wanted::Member(index) => {
                        rt::Told::Member(members.get(index).map(|member| member.view()))
                    }
                }
            }
            fn member_mut(&mut self, index: usize) -> rt::MemberMut<'_> {
                let mut left = index;
                $(
                    if left == 0 {
                        return Some(&mut self.$member);
                    }
                    left = left.wrapping_sub(1);
                )*
                let _ = left;
                None
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                rt::debug(self, f)
            }
        }
    };
}

object! {
    Goods => {
        name: String = Field::new("name").required().min(1).max(3),
        price: Option<i64> = Field::new("price").min(1).max(100),
    }
}

object! {
    OrderRequest exactly_one &[&["by_card", "by_wallet"]] => {
        kind: Kind = Field::new("kind").required(),
        payer_name: Option<rt::Sensitive<String>> = Field::new("payer_name"),
        openid: Option<String> = Field::new("openid").private(),
        goods: Vec<Goods> = Field::new("goods").max_items(2),
        tags: Vec<String> = Field::new("tags").required().max(4),
        rate: Option<f64> = Field::new("rate").max(1),
        code: Option<String> = Field::new("code").pattern("[A-Z]{2}[0-9]+"),
        by_card: Option<bool> = Field::new("by_card"),
        by_wallet: Option<bool> = Field::new("by_wallet"),
        attach: Option<rt::JsonText<Goods>> = Field::new("attach"),
        labels: BTreeMap<String, i64> = Field::new("labels"),
        anything: Option<serde_json::Value> = Field::new("anything"),
        next: Option<Box<OrderRequest>> = Field::new("next"),
        since: Option<rt::CompactDateTime> = Field::new("since"),
        mchid: Option<String> = Field::new("mchid").place(rt::Place::Query),
        states: Vec<String> = Field::new("states").place(rt::Place::Query),
        holder: Option<rt::Sensitive<String>> = Field::new("holder").place(rt::Place::Query),
        device: Option<String> = Field::new("X-Device").place(rt::Place::Header),
    }
}

object! {
    OrderReply => {
        state: Option<Kind> = Field::new("state").required(),
        level: Option<Level> = Field::new("level"),
        total: Option<i64> = Field::new("total").required(),
        rate: Option<f64> = Field::new("rate"),
        note: Option<String> = Field::new("note"),
        paid: Option<bool> = Field::new("paid"),
        payer_name: Option<rt::Sensitive<String>> = Field::new("payer_name"),
        goods: Vec<Goods> = Field::new("goods"),
        attach: Option<rt::JsonText<Goods>> = Field::new("attach"),
        labels: BTreeMap<String, i64> = Field::new("labels"),
        anything: Option<serde_json::Value> = Field::new("anything"),
        next: Option<Box<OrderReply>> = Field::new("next"),
        openid: Option<String> = Field::new("openid").private(),
    }
}

object! {
    /// Where a bill can be downloaded.
    BillReply => {
        download_url: Option<String> = Field::new("download_url").required(),
        hash_type: Option<String> = Field::new("hash_type"),
        hash_value: Option<String> = Field::new("hash_value"),
        encrypt_key: Option<rt::Sensitive<String>> = Field::new("encrypt_key"),
        nonce: Option<String> = Field::new("nonce"),
    }
}

object! {
    UploadRequest => {
        file: rt::File = Field::new("file").required().place(rt::Place::Form),
    }
}

/// An open enumeration.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Paid,
    Closed,
    Unrecognized(String),
}

impl rt::OpenEnum for Kind {
    fn text(&self) -> &str {
        match self {
            Self::Paid => "PAID",
            Self::Closed => "CLOSED",
            Self::Unrecognized(text) => text,
        }
    }
    fn set(&mut self, text: &str) -> bool {
        *self = match text {
            "PAID" => Self::Paid,
            "CLOSED" => Self::Closed,
            other => Self::Unrecognized(other.to_owned()),
        };
        !matches!(self, Self::Unrecognized(_))
    }
}

impl rt::Empty for Kind {
    const EMPTY: Self = Self::Unrecognized(String::new());
}

impl rt::Value for Kind {
    fn empty() -> Self {
        rt::Empty::EMPTY
    }
    fn view(&self) -> rt::View<'_> {
        rt::View::Enum(rt::OpenEnum::text(self), rt::OpenEnum::form(self))
    }
    fn slot(&mut self) -> rt::Slot<'_> {
        rt::Slot::Enum(self)
    }
}

/// A closed enumeration of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Level {
    One,
    Two,
}

impl rt::OpenEnum for Level {
    fn text(&self) -> &str {
        match self {
            Self::One => "1",
            Self::Two => "2",
        }
    }
    fn set(&mut self, text: &str) -> bool {
        match text {
            "1" => *self = Self::One,
            "2" => *self = Self::Two,
            _ => return false,
        }
        true
    }
    fn form(&self) -> rt::Form {
        rt::Form::Integer
    }
}

impl rt::Value for Level {
    fn empty() -> Self {
        Self::One
    }
    fn view(&self) -> rt::View<'_> {
        rt::View::Enum(rt::OpenEnum::text(self), rt::OpenEnum::form(self))
    }
    fn slot(&mut self) -> rt::Slot<'_> {
        rt::Slot::Enum(self)
    }
}

pub(crate) static ORDER: rt::Operation = rt::Operation::new(
    rt::Method::Post,
    "/v3/example/{out_order_no}/order",
    rt::Host::DEFAULT,
)
.variables(&[Field::new("out_order_no").required().max(32)])
.body(rt::Body::Json)
.statuses(&[200, 204])
.repeatable(rt::Repeatable::By("out_order_no"));

/// A write that nothing makes repeatable.
pub(crate) static ONCE: rt::Operation = rt::Operation::new(
    rt::Method::Post,
    "/v3/example/{out_order_no}/once",
    rt::Host::DEFAULT,
)
.variables(&[Field::new("out_order_no").required().max(32)])
.body(rt::Body::Json)
.statuses(&[200, 204])
.number("out_order_no");

pub(crate) static QUERY: rt::Operation = rt::Operation::new(
    rt::Method::Get,
    "/v3/example/{out_order_no}",
    rt::Host::DEFAULT,
)
.variables(&[Field::new("out_order_no").required()]);

/// A request with all that is required.
pub(crate) fn order() -> OrderRequest {
    OrderRequest {
        kind: Kind::Paid,
        tags: vec!["a".to_owned()],
        by_card: Some(true),
        ..rt::Value::empty()
    }
}

/// A call of the write.
pub(crate) fn post<'a>(
    client: &'a rt::Client,
    request: &'a OrderRequest,
) -> rt::Call<'a, OrderReply> {
    rt::Call::new(client, &ORDER, &["T1"], Some(request))
}

/// A call of the write that nothing makes repeatable.
pub(crate) fn post_once<'a>(
    client: &'a rt::Client,
    request: &'a OrderRequest,
) -> rt::Call<'a, OrderReply> {
    rt::Call::new(client, &ONCE, &["T1"], Some(request))
}

/// A call of the read.
pub(crate) fn get(client: &rt::Client) -> rt::Call<'_, OrderReply> {
    rt::Call::new(client, &QUERY, &["T1"], None)
}

/// An upload that may be repeated.
pub(crate) static UPLOAD: rt::Operation =
    rt::Operation::new(rt::Method::Post, "/v3/example/upload", rt::Host::DEFAULT)
        .body(rt::Body::Upload(
            rt::Upload::new("sha256", rt::DigestAlgorithm::Sha256).file_name("filename"),
        ))
        .repeatable(rt::Repeatable::Key);

/// A file, answered without a signature.
pub(crate) static FILE: rt::Operation =
    rt::Operation::new(rt::Method::Get, "/v3/example/file", rt::Host::DEFAULT)
        .reply(rt::ReplyBody::File)
        .reply_unsigned();

/// A call of the upload.
pub(crate) fn upload<'a>(
    client: &'a rt::Client,
    request: &'a UploadRequest,
) -> rt::Call<'a, OrderReply> {
    rt::Call::new(client, &UPLOAD, &[], Some(request))
}

/// A call of the file.
pub(crate) fn file(client: &rt::Client) -> rt::Call<'_, rt::FileContent> {
    rt::Call::new(client, &FILE, &[], None)
}
