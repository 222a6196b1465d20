//! How the pages of a list are asked for, on one line.

use super::entries::MapWriter;
use super::yaml::Node;
use crate::model::{PagedBy, Paging};

pub(super) fn paging(paging: &Paging) -> Node {
    let mut map = MapWriter::default();
    let (key, field) = paging.by.key_and_field();
    map.put(key, Node::text(field));
    match &paging.by {
        PagedBy::Page { first, .. } if *first != 1 => map.number("first", Some(first)),
        PagedBy::Token { next, .. } => map.put("next", Node::text(next)),
        PagedBy::Offset(_) | PagedBy::Page { .. } => {}
    }
    map.text("limit", paging.limit.as_ref());
    map.put("items", Node::text(&paging.items));
    map.text("total", paging.total.as_ref());
    Node::Map(map.into_entries())
}
