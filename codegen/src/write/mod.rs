//! The model as YAML, in the form that a person would write by `docs/spec-format.md`: short forms where they say all,
//! keys in one order, defaults left out, quotes only where a reader would otherwise take a text for something else.

mod entries;
mod event;
mod literal;
mod operation;
mod paging;
#[cfg(test)]
mod printed_models_read_back;
mod scalar;
mod schema;
mod settings;
mod yaml;

use crate::model::{Api, Deviation, Event, HostFamily, PathItem, Product, Shape};
use crate::naming;
use schema::SchemaWriter;
use std::collections::BTreeMap;
use yaml::{Node, document};

/// The file of a path: all that can be called there.
pub fn path_file(item: &PathItem) -> String {
    document(&operation::path(item))
}

/// The file of a shared shape of a product, which is named when other products' shapes are referred to.
pub fn shape_file(product: &str, shape: &Shape) -> String {
    document(&Node::Block(SchemaWriter { product }.map(&shape.schema)))
}

/// The file of a notification of a product.
pub fn event_file(product: &str, event: &Event) -> String {
    document(&event::event(SchemaWriter { product }, event))
}

/// The file `products.yaml`.
pub fn products_file(products: &BTreeMap<String, Product>) -> String {
    document(&settings::products(products))
}

/// The file `hosts.yaml`.
pub fn hosts_file(hosts: &BTreeMap<String, HostFamily>) -> String {
    document(&settings::hosts(hosts))
}

/// The file `deviations.yaml`.
pub fn deviations_file(deviations: &[Deviation]) -> String {
    document(&settings::deviations(deviations))
}

/// All files of the description, by their places in `spec/`. What the API has none of gets no file.
pub fn files(api: &Api) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    if !api.products.is_empty() {
        files.insert("products.yaml".into(), products_file(&api.products));
    }
    if !api.hosts.is_empty() {
        files.insert("hosts.yaml".into(), hosts_file(&api.hosts));
    }
    if !api.deviations.is_empty() {
        files.insert("deviations.yaml".into(), deviations_file(&api.deviations));
    }
    for (id, shape) in &api.shapes {
        let place = format!("shapes/{}/{}.yaml", id.product, id.name);
        files.insert(place, shape_file(&id.product, shape));
    }
    for ((product, name), event) in &api.events {
        files.insert(
            format!("events/{product}/{name}.yaml"),
            event_file(product, event),
        );
    }
    for item in api.paths.values() {
        files.insert(naming::spec_file(item), path_file(item));
    }
    files
}
