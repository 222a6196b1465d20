use crate::lower::{chain, takes_request};
use crate::model::{Api, Method, Operation, PathItem};
use crate::naming;
use serde::Serialize;

/// An operation, and how it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedCall {
    /// The HTTP method: `POST`.
    pub method: String,
    /// The path as it is sent, variables in braces.
    pub path: String,
    /// The product, which is the Cargo feature.
    pub product: String,
    /// The Rust expression after the client, `"x"` for each variable: `v3().payscore()…sync().post`.
    pub chain: String,
    /// Whether the method takes an argument.
    pub request: bool,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}

/// All operations, by path and method.
pub fn list(api: &Api) -> Vec<ListedCall> {
    let items = api.paths.values().flat_map(|item| {
        let operations = item.operations.iter();
        operations.map(move |(method, operation)| call(api, item, *method, operation))
    });
    items.collect()
}

fn call(api: &Api, item: &PathItem, method: Method, operation: &Operation) -> ListedCall {
    let module = naming::module_path(item);
    let nodes = chain::expression(&module, &item.path, |_| "\"x\"".to_owned());
    ListedCall {
        method: method.as_str().to_owned(),
        path: item.path.as_str().to_owned(),
        product: item.product.clone(),
        chain: format!("{}.{}", nodes.trim_start_matches('.'), method.key()),
        request: takes_request(api, operation),
        deprecated: operation.deprecated.is_some(),
    }
}
