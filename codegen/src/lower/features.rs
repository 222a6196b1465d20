//! The products that have operations: one Cargo feature each.

use super::items::Feature;
use crate::model::Api;
use std::collections::BTreeMap;

pub(super) fn features(api: &Api) -> BTreeMap<String, Feature> {
    let mut features: BTreeMap<String, Feature> = BTreeMap::new();
    for item in api.paths.values() {
        let feature = features.entry(item.product.clone()).or_insert_with(|| {
            let known = api.products.get(&item.product);
            Feature {
                title: known.map_or_else(String::new, |known| known.title.clone()),
                summary: known
                    .and_then(|known| known.summary.clone())
                    .unwrap_or_default(),
                default: known.is_some_and(|known| known.default),
                operations: 0,
            }
        });
        feature.operations += item.operations.len();
    }
    features
}
