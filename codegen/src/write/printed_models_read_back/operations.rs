//! Any path with its operations.

use super::schemas::*;
use super::words::*;
use crate::model::*;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

pub(super) fn body() -> BoxedStrategy<Body> {
    prop_oneof![
        object_of(kind()).prop_map(Body::Object),
        shape_id().prop_map(Body::Ref)
    ]
    .boxed()
}

pub(super) fn response() -> BoxedStrategy<Response> {
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

pub(super) fn upload() -> BoxedStrategy<Upload> {
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

pub(super) fn operation() -> BoxedStrategy<Operation> {
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
    let example = btree_map(texts(), literal(), 0..3);
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
        ((repeatable, option::of("[a-z_]{1,8}")), paging, example),
        parts,
        vec(texts(), 0..2),
        any::<[bool; 4]>(),
    )
        .prop_map(
            |(words, ((repeatable, number), paging, example), parts, produces, flags)| {
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
                    number,
                    paging,
                    example: example.into_iter().collect(),
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
            },
        )
        .boxed()
}

pub(super) fn wire() -> BoxedStrategy<Wire> {
    prop_oneof![Just(Wire::Json), Just(Wire::Xml), Just(Wire::XmlThenJson)].boxed()
}

pub(super) fn path_item() -> BoxedStrategy<PathItem> {
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
