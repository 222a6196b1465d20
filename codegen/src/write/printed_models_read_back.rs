//! Any model, printed, reads back equal.

mod operations;
mod schemas;
mod words;

use super::files;
use crate::model::*;
use operations::*;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use schemas::*;
use words::*;

fn event() -> BoxedStrategy<Event> {
    let words = (
        vec(texts(), 0..3),
        titles(),
        option::of(texts()),
        vec(texts(), 0..2),
        vec(texts(), 0..2),
    );
    let variant = (
        option::of(texts()),
        option::of(texts()),
        body(),
        option::of(literal()),
    )
        .prop_map(|(name, label, body, example)| EventVariant {
            name,
            label,
            body,
            example,
        });
    let parts = (
        option::of(literal()),
        fields_of(kind()),
        option::of(texts()),
        vec(variant, 0..3),
        option::of(object_of(kind())),
    );
    (words, wire(), parts)
        .prop_map(|(words, wire, parts)| {
            let (event_types, title, summary, docs, original_types) = words;
            let (envelope_example, envelope, sealed, variants, answer) = parts;
            Event {
                event_types,
                title,
                summary,
                docs,
                wire,
                original_types,
                envelope_example,
                envelope,
                sealed,
                variants,
                answer,
            }
        })
        .boxed()
}

fn settings() -> BoxedStrategy<Api> {
    let product =
        (titles(), option::of(texts()), any::<bool>()).prop_map(|(title, summary, default)| {
            Product {
                title,
                summary,
                default,
            }
        });
    let host =
        (texts(), vec(texts(), 0..3)).prop_map(|(base, backups)| HostFamily { base, backups });
    let deviation = (texts(), vec(texts(), 0..3), texts(), texts(), texts()).prop_map(
        |(operation, places, fact, ours, why)| Deviation {
            operation,
            places,
            fact,
            ours,
            why,
        },
    );
    (
        btree_map(texts(), product, 0..3),
        btree_map(texts(), host, 0..3),
        vec(deviation, 0..3),
    )
        .prop_map(|(products, hosts, deviations)| Api {
            products,
            hosts,
            deviations,
            ..Api::default()
        })
        .boxed()
}

/// What the reader makes of the files of a model. Whether the model is a sensible one is not asked: that is for the checks.
fn read_back(api: &Api) -> Result<Api, TestCaseError> {
    let printed = files(api);
    let mut problems = Vec::new();
    let read = crate::read::read(printed.clone(), Vec::new(), &mut problems).into_api();
    prop_assert!(problems.is_empty(), "{:?} in {:#?}", problems, printed);
    Ok(read)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn paths_read_back(item in path_item()) {
        let api = Api { paths: [(item.path.as_str().to_owned(), item)].into(), ..Api::default() };
        prop_assert_eq!(read_back(&api)?, api);
    }

    #[test]
    fn shapes_read_back(id in shape_id(), schema in schema()) {
        let api = Api { shapes: [(id, Shape { schema })].into(), ..Api::default() };
        prop_assert_eq!(read_back(&api)?, api);
    }

    #[test]
    fn events_read_back(product in product(), name in "[a-z_]{1,8}", event in event()) {
        let api = Api { events: [((product, name), event)].into(), ..Api::default() };
        prop_assert_eq!(read_back(&api)?, api);
    }

    #[test]
    fn settings_read_back(api in settings()) {
        prop_assert_eq!(read_back(&api)?, api);
    }
}
