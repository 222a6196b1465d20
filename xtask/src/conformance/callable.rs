//! Which operations are called, and why others are not.

use std::collections::BTreeMap;
use wechatpay_codegen::model::{Api, Method, Operation, PathItem, Wire};

/// Why an operation cannot be called by the generated crate yet; `None`: it can.
pub(super) fn why_not(item: &PathItem, operation: &Operation) -> Option<&'static str> {
    if operation.link {
        Some("a link that a browser opens")
    } else if item.wire != Wire::Json {
        Some("APIv2, typed but not callable yet")
    } else {
        None
    }
}

/// The operation as it is called everywhere: `POST /v3/…`.
pub(super) fn name(item: &PathItem, method: Method) -> String {
    format!("{} {}", method.as_str(), item.path.as_str())
}

/// An operation, and the path that it belongs to.
pub(super) type Described<'a> = (&'a PathItem, &'a Operation);

/// The operations of some products by their names; of all, where none is named.
pub(super) fn operations<'a>(api: &'a Api, products: &[String]) -> BTreeMap<String, Described<'a>> {
    let wanted = |item: &&PathItem| products.is_empty() || products.contains(&item.product);
    let items = api.paths.values().filter(wanted);
    let operations = items.flat_map(|item| {
        let operations = item.operations.iter();
        operations.map(move |(method, operation)| (name(item, *method), (item, operation)))
    });
    operations.collect()
}

/// The operation of a name.
pub(super) fn operation<'a>(api: &'a Api, name: &str) -> Option<&'a Operation> {
    let (method, path) = name.split_once(' ')?;
    let operations = &api.paths.get(path)?.operations;
    let method = Method::ALL.into_iter().find(|one| one.as_str() == method)?;
    operations.get(&method)
}
