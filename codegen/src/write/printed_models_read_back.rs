//! Any model, printed, reads back equal.

use super::files;
use crate::model::*;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

fn texts() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-zA-Z_]{1,8}",
        "[0-9a-fA-FxeETZ.:+-]{0,8}",
        "[\\u{4e00}-\\u{4e20}，、 #:?,{}\\[\\]'\"\\\\-]{0,8}",
        Just("yes".to_owned()),
        Just("null".to_owned()),
        any::<String>(),
    ]
    .boxed()
}

/// An official name: the reader asks for one.
fn titles() -> BoxedStrategy<String> {
    texts()
        .prop_filter("no title", |title| !title.trim().is_empty())
        .boxed()
}

/// A name on the wire: what begins with `$` or ends with `?` means something else in a map of fields.
fn wire_name() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[a-z][a-z0-9_]{0,8}(_\\$n)?",
        1 => texts().prop_filter("no name on the wire", |name| !name.is_empty() && !name.starts_with('$') && !name.ends_with('?')),
    ]
        .boxed()
}

fn upper_name() -> BoxedStrategy<String> {
    "[A-Z][A-Za-z0-9]{0,6}".boxed()
}

fn literal() -> BoxedStrategy<Literal> {
    let leaf = prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        any::<i64>().prop_map(Literal::Integer),
        finite().prop_map(Literal::Number),
        texts().prop_map(Literal::Text),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Literal::List),
            btree_map(texts(), inner, 0..3)
                .prop_map(|members| Literal::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

fn finite() -> BoxedStrategy<f64> {
    any::<f64>()
        .prop_filter("the reader refuses others", |number| number.is_finite())
        .boxed()
}

fn shape_id() -> BoxedStrategy<ShapeId> {
    (product(), upper_name())
        .prop_map(|(product, name)| ShapeId { product, name })
        .boxed()
}

fn product() -> BoxedStrategy<String> {
    prop_oneof![Just("pay".to_owned()), Just("pay-score".to_owned())].boxed()
}

fn text_rules() -> BoxedStrategy<TextSchema> {
    (
        option::of(0..99u64),
        option::of(0..99u64),
        option::of(texts()),
        option::of(texts()),
    )
        .prop_map(|(min, max, pattern, format)| TextSchema {
            min,
            max,
            pattern,
            format,
        })
        .boxed()
}

fn number_rules() -> BoxedStrategy<NumberSchema> {
    (
        option::of(any::<i64>()),
        option::of(any::<i64>()),
        option::of(texts()),
    )
        .prop_map(|(min, max, format)| NumberSchema { min, max, format })
        .boxed()
}

fn enum_schema() -> BoxedStrategy<EnumSchema> {
    let literals = prop_oneof![
        vec(texts().prop_map(Literal::Text), 0..4),
        vec(any::<i64>().prop_map(Literal::Integer), 1..4),
        vec(finite().prop_map(Literal::Number), 1..4),
        vec(any::<bool>().prop_map(Literal::Boolean), 1..3),
    ];
    (
        literals,
        vec((option::of(texts()), option::of(texts())), 4),
        any::<bool>(),
    )
        .prop_map(|(literals, words, closed)| {
            let values = literals
                .into_iter()
                .zip(words)
                .map(|(value, (name, label))| EnumValue { value, name, label });
            EnumSchema {
                values: values.collect(),
                closed,
            }
        })
        .boxed()
}

fn kind() -> BoxedStrategy<SchemaKind> {
    let leaf = prop_oneof![
        text_rules().prop_map(SchemaKind::Text),
        number_rules().prop_map(SchemaKind::Integer),
        number_rules().prop_map(SchemaKind::Number),
        Just(SchemaKind::Boolean),
        Just(SchemaKind::Any),
        enum_schema().prop_map(SchemaKind::Enum),
        shape_id().prop_map(SchemaKind::Ref),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let schema = || schema_of(inner.clone()).prop_map(Box::new);
        let object = || object_of(inner.clone());
        let alternative = (upper_name(), option::of(texts()), object()).prop_map(|(name, label, object)| Alternative { name, label, object });
        prop_oneof![
            2 => object().prop_map(SchemaKind::Object),
            3 => (schema(), option::of(0..9u32), option::of(0..9u32), option::of(texts())).prop_map(|(items, min_items, max_items, key)| {
                SchemaKind::List(ListSchema { items, min_items, max_items, key })
            }),
            1 => schema().prop_map(SchemaKind::Map),
            1 => schema().prop_map(SchemaKind::Json),
            1 => object().prop_map(SchemaKind::UrlEncoded),
            1 => vec(alternative, 1..3).prop_map(SchemaKind::OneOf),
        ]
    })
        .boxed()
}

fn schema_of(kind: BoxedStrategy<SchemaKind>) -> BoxedStrategy<Schema> {
    let words = (
        option::of(texts()),
        option::of(texts()),
        option::of(literal()),
        option::of(literal()),
        option::of(texts()),
    );
    let names = (option::of(upper_name()), option::of(texts()));
    (kind, words, names, any::<[bool; 5]>())
        .prop_map(|(kind, words, (type_name, unit), flags)| {
            let (label, doc, example, default, deprecated) = words;
            let named = matches!(
                kind,
                SchemaKind::Object(_)
                    | SchemaKind::Enum(_)
                    | SchemaKind::OneOf(_)
                    | SchemaKind::UrlEncoded(_)
            );
            let counted = matches!(kind, SchemaKind::Integer(_) | SchemaKind::Number(_));
            let [nullable, sensitive, private, unconfirmed, cdata] = flags;
            Schema {
                kind,
                type_name: type_name.filter(|_| named),
                label,
                doc,
                example,
                default,
                unit: unit.filter(|_| counted),
                nullable,
                sensitive,
                private,
                unconfirmed,
                deprecated,
                cdata,
            }
        })
        .boxed()
}

/// Mostly bare schemas, since those have the short forms.
fn schema() -> BoxedStrategy<Schema> {
    prop_oneof![schema_of(kind()), kind().prop_map(Schema::new)].boxed()
}

fn fields_of(kind: BoxedStrategy<SchemaKind>) -> BoxedStrategy<Vec<Field>> {
    let schema = prop_oneof![schema_of(kind.clone()), kind.prop_map(Schema::new)];
    btree_map(
        wire_name(),
        (any::<bool>(), option::of(texts()), schema),
        0..4,
    )
    .prop_map(|fields| {
        let fields = fields
            .into_iter()
            .map(|(name, (required, rename, schema))| Field {
                name,
                rename,
                required,
                schema,
            });
        fields.collect()
    })
    .boxed()
}

fn object_of(kind: BoxedStrategy<SchemaKind>) -> BoxedStrategy<ObjectSchema> {
    let groups = vec(vec(wire_name(), 0..3), 0..2);
    (fields_of(kind), groups, option::of(texts()))
        .prop_map(|(fields, exactly_one, envelope)| ObjectSchema {
            fields,
            exactly_one,
            envelope,
        })
        .boxed()
}

fn body() -> BoxedStrategy<Body> {
    prop_oneof![
        object_of(kind()).prop_map(Body::Object),
        shape_id().prop_map(Body::Ref)
    ]
    .boxed()
}

fn response() -> BoxedStrategy<Response> {
    let is_reference = |schema: &Schema| {
        matches!(schema.kind, SchemaKind::Ref(_)) && *schema == Schema::new(schema.kind.clone())
    };
    prop_oneof![
        Just(Response::Empty),
        Just(Response::File),
        body().prop_map(Response::Body),
        schema()
            .prop_filter("a bare reference is a body", move |schema| !is_reference(
                schema
            ))
            .prop_map(|schema| Response::Value(Box::new(schema))),
    ]
    .boxed()
}

fn upload() -> BoxedStrategy<Upload> {
    let name = || "[a-z]{1,6}".prop_filter("stands for nothing", |name| name != "none");
    (
        name(),
        option::of(name()),
        name(),
        name(),
        any::<bool>(),
        fields_of(kind()),
    )
        .prop_map(|(part, file_name, field, algorithm, meta, fields)| Upload {
            part,
            file_name,
            digest: UploadDigest { field, algorithm },
            meta,
            fields,
        })
        .boxed()
}

fn operation() -> BoxedStrategy<Operation> {
    let words = (
        titles(),
        option::of(texts()),
        vec(texts(), 0..3),
        vec(texts(), 0..3),
        option::of(texts()),
        option::of(texts()),
    );
    let repeatable = option::of(prop_oneof![
        Just(Repeatable::Key),
        "[a-z_]{1,8}"
            .prop_filter("the word for the header", |name| name != "key")
            .prop_map(Repeatable::By),
    ]);
    let field = || "[a-z_]{1,8}";
    let by = prop_oneof![
        field().prop_map(PagedBy::Offset),
        (field(), -1..3i64).prop_map(|(field, first)| PagedBy::Page { field, first }),
        (field(), field()).prop_map(|(field, next)| PagedBy::Token { field, next }),
    ];
    let paging = (by, option::of(field()), field(), option::of(field()));
    let paging = option::of(paging.prop_map(|(by, limit, items, total)| Paging {
        by,
        limit,
        items,
        total,
    }));
    let fields = || fields_of(kind());
    let parts = (
        fields(),
        fields(),
        fields(),
        option::of(upload()),
        option::of(body()),
        btree_map(200..300u16, response(), 0..3),
    );
    (
        words,
        (repeatable, paging),
        parts,
        vec(texts(), 0..2),
        any::<[bool; 4]>(),
    )
        .prop_map(|(words, (repeatable, paging), parts, produces, flags)| {
            let (title, summary, roles, docs, updated, deprecated) = words;
            let (query, headers, form, upload, body, responses) = parts;
            let [response_unsigned, no_nonce, client_certificate, link] = flags;
            Operation {
                title,
                summary,
                roles,
                docs,
                updated,
                deprecated,
                repeatable,
                paging,
                query,
                headers,
                form,
                upload,
                body,
                responses,
                produces,
                response_unsigned,
                no_nonce,
                client_certificate,
                link,
            }
        })
        .boxed()
}

fn wire() -> BoxedStrategy<Wire> {
    prop_oneof![Just(Wire::Json), Just(Wire::Xml), Just(Wire::XmlThenJson)].boxed()
}

fn path_item() -> BoxedStrategy<PathItem> {
    let methods = prop_oneof![Just(Method::Get), Just(Method::Post), Just(Method::Delete)];
    let about = (
        product(),
        option::of(texts()),
        any::<bool>(),
        wire(),
        btree_map(texts(), texts(), 0..2),
        option::of(texts()),
    );
    (
        "(/[a-z]{1,4}|/\\{[a-z]{1,4}\\}){1,3}/?",
        about,
        fields_of(kind()),
        btree_map(methods, operation(), 0..3),
    )
        .prop_map(|(path, about, params, operations)| {
            let (product, host, brand, wire, names, same_route_as) = about;
            PathItem {
                path: UrlPath::new(format!("/v3{path}")),
                product,
                host,
                identity: if brand {
                    Identity::Brand
                } else {
                    Identity::Merchant
                },
                wire,
                names,
                same_route_as,
                params,
                operations,
            }
        })
        .boxed()
}

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
    let deviation = (texts(), texts(), texts(), texts(), texts()).prop_map(
        |(operation, place, fact, ours, why)| Deviation {
            operation,
            place,
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
