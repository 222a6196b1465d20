//! The files that stand alone: products, hosts, deviations.

use super::entries::MapWriter;
use super::yaml::Node;
use crate::model::{Deviation, HostFamily, Product};
use std::collections::BTreeMap;

/// The document of the products.
pub(super) fn products(products: &BTreeMap<String, Product>) -> Node {
    by_name(products, |product| {
        let mut map = MapWriter::default();
        map.put("title", Node::text(&product.title));
        map.text("summary", product.summary.as_ref());
        map.flag("default", product.default);
        map
    })
}

/// The document of the host families.
pub(super) fn hosts(hosts: &BTreeMap<String, HostFamily>) -> Node {
    by_name(hosts, |host| {
        let mut map = MapWriter::default();
        map.put("base", Node::text(&host.base));
        map.texts("backups", &host.backups);
        map
    })
}

/// The document of the departures from the facts.
pub(super) fn deviations(deviations: &[Deviation]) -> Node {
    Node::List(deviations.iter().map(deviation).collect())
}

fn deviation(one: &Deviation) -> Node {
    let mut map = MapWriter::default();
    map.put("operation", Node::text(&one.operation));
    match one.places.as_slice() {
        [place] => map.put("place", Node::text(place)),
        places => map.texts("place", places),
    }
    map.put("fact", Node::text(&one.fact));
    map.put("ours", Node::text(&one.ours));
    map.put("why", Node::text(&one.why));
    Node::Block(map.into_entries())
}

fn by_name<T>(values: &BTreeMap<String, T>, write: impl Fn(&T) -> MapWriter) -> Node {
    let entries = values
        .iter()
        .map(|(name, value)| (name.as_str().into(), Node::Map(write(value).into_entries())));
    Node::Block(entries.collect())
}
