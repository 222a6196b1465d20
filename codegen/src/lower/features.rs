//! The products that have operations: one Cargo feature each.

use super::items::Feature;
use crate::model::Api;
use std::collections::BTreeMap;

pub(super) fn features(api: &Api) -> BTreeMap<String, Feature> {
    let used = api.paths.values().map(|item| &item.product);
    let features = used.map(|product| {
        let known = api.products.get(product);
        let feature = Feature {
            title: known.map_or_else(String::new, |known| known.title.clone()),
            default: known.is_some_and(|known| known.default),
        };
        (product.clone(), feature)
    });
    features.collect()
}
