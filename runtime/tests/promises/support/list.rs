//! A list in pages as the generator writes it, for operations that exist nowhere.

use super::keys::Keys;
use super::server::{Received, Server};
use serde_json::Value;
use std::io::Write;
use std::sync::OnceLock;
use wechatpay_runtime::{Client, emitted as rt};

/// A request for one page of a list.
pub(crate) struct ListRequest {
    pub(crate) offset: Option<i64>,
    pub(crate) limit: Option<i64>,
    pub(crate) page: Option<f64>,
    pub(crate) token: Option<String>,
    pub(crate) note: String,
}
rt::object_impls!(
    ListRequest "ListRequest" plain "offset @query\nlimit @query\npage\ntoken @query\nnote ! @query";
    [offset limit page token note]
);

/// One page.
pub(crate) struct ListReply {
    pub(crate) data: Vec<i64>,
    pub(crate) total_count: Option<i64>,
    pub(crate) next: Option<String>,
}
rt::object_impls!(ListReply "ListReply" plain "data !\ntotal_count\nnext"; [data total_count next]);
rt::paged!(ListReply, data: i64);

const OFFSET: rt::Paging = rt::Paging::offset("offset", "data").limit("limit");

pub(crate) static COUNTED: rt::Operation = list(OFFSET.total("total_count"));
pub(crate) static UNCOUNTED: rt::Operation = list(OFFSET);
pub(crate) static TOKEN: rt::Operation = list(rt::Paging::token("token", "next", "data"));
pub(crate) static NUMBERED: rt::Operation = list(
    rt::Paging::page("offset", 0, "data")
        .limit("limit")
        .total("total_count"),
);
pub(crate) static POSTED: rt::Operation =
    rt::Operation::new(rt::Method::Post, "/v3/list", rt::Host::DEFAULT)
        .body(rt::Body::Json)
        .paging(rt::Paging::page("page", 1, "data").total("total_count"));
pub(crate) static UNPAGED: rt::Operation =
    rt::Operation::new(rt::Method::Get, "/v3/list", rt::Host::DEFAULT);

const fn list(paging: rt::Paging) -> rt::Operation {
    rt::Operation::new(rt::Method::Get, "/v3/list", rt::Host::DEFAULT).paging(paging)
}

pub(crate) fn request() -> ListRequest {
    ListRequest {
        limit: Some(2),
        note: "x".to_owned(),
        ..rt::Value::empty()
    }
}

pub(crate) fn call<'a>(
    client: &'a Client,
    operation: &'static rt::Operation,
    request: &'a ListRequest,
) -> rt::Call<'a, ListReply> {
    rt::Call::new(client, operation, &[], Some(request))
}

pub(crate) fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(Keys::load)
}

/// A number in the query of a request.
pub(crate) fn asked(request: &Received, name: &str) -> Option<String> {
    let (_, query) = request.target.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(own, _)| *own == name)?;
    Some(value.to_owned())
}

pub(crate) fn number(request: &Received, name: &str) -> usize {
    asked(request, name).map_or(0, |text| text.parse().expect("a number"))
}

/// A server that answers each request with what a function says.
pub(crate) fn server(answer: impl Fn(&Received) -> Value + Send + Sync + 'static) -> Server {
    Server::start(move |request, stream| {
        let reply = keys().signed_reply(200, &answer(request).to_string());
        stream.write_all(&reply).is_ok()
    })
}
