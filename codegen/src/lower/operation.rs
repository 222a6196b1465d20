//! One operation with its types.

use super::Context;
use super::docs;
use super::error::Problems;
use super::fields;
use super::group::{self, Plan};
use super::items::{Carried, Docs, Example, Node, OperationItem, Root, Rules, Side, TypeItem};
use super::parts::{self, Payload};
use super::refuse;
use crate::model::{Api, Literal, Method, Operation, PathItem, SchemaKind, ShapeId};
use crate::naming;

/// The operations of a path, in the order of the methods.
pub(super) fn operations<'a>(
    context: Context<'a>,
    item: &'a PathItem,
    node: &Node,
    problems: &mut Problems,
) -> Vec<OperationItem> {
    let operations = item.operations.iter();
    operations
        .map(|(method, operation)| lower(context, item, *method, operation, node, problems))
        .collect()
}

fn lower<'a>(
    context: Context<'a>,
    item: &'a PathItem,
    method: Method,
    operation: &'a Operation,
    node: &Node,
    problems: &mut Problems,
) -> OperationItem {
    let mut root = |payload, side| root(context, item, method, node, payload, side, problems);
    let request = parts::request(context.api, operation);
    let carried = carried(operation, &request);
    let request = root(request, Side::Request);
    let mut reply = root(parts::reply(operation), Side::Reply);
    if let (Some(Root::Own(group)), Some(paging)) = (&mut reply, &operation.paging) {
        group.paged = Some(paging.items.clone());
    }
    OperationItem {
        method,
        path: item.path.as_str().to_owned(),
        variables: variables(item, problems),
        product: item.product.clone(),
        host: host(context.api, item, problems),
        identity: item.identity,
        carried,
        wire: item.wire,
        link: operation.link,
        no_nonce: operation.no_nonce,
        client_certificate: operation.client_certificate,
        reply_is_file: parts::reply(operation) == Payload::File,
        statuses: statuses(operation),
        reply_unsigned: operation.response_unsigned,
        repeatable: operation.repeatable.clone(),
        number: operation.number.clone(),
        paging: operation.paging.clone(),
        docs: docs::operation(item, method, operation),
        shown: Literal::Object(operation.example.clone()),
        example: Example::default(),
        deprecated: operation.deprecated.clone(),
        request,
        reply,
    }
}

fn carried(operation: &Operation, request: &Payload<'_>) -> Carried {
    if let Some(upload) = &operation.upload {
        return Carried::Upload {
            file_name: upload.file_name.clone(),
            digest: upload.digest.clone(),
            meta: upload.meta,
        };
    }
    let document = match request {
        Payload::None | Payload::File => false,
        Payload::Shape(_) | Payload::Value(_) => true,
        Payload::Object { fields, .. } => fields
            .iter()
            .any(|(place, _)| *place == super::items::Place::Body),
    };
    match document {
        true => Carried::Document,
        false => Carried::Nothing,
    }
}

fn statuses(operation: &Operation) -> Vec<u16> {
    parts::success(operation)
        .map(|(status, _)| status)
        .collect()
}

fn host(api: &Api, item: &PathItem, problems: &mut Problems) -> String {
    let host = item.host.as_deref().unwrap_or("default");
    if !api.hosts.contains_key(host) {
        problems.add(
            item.path.as_str(),
            format!("there is no host family `{host}`: describe it in hosts.yaml"),
        );
    }
    host.to_owned()
}

fn variables(item: &PathItem, problems: &mut Problems) -> Vec<(String, Rules)> {
    let mut rules = Vec::new();
    for name in item.path.variables() {
        match item.params.iter().find(|field| field.name == name) {
            Some(field) => rules.push((name.to_owned(), fields::rules(&field.schema))),
            None => {
                problems.add(
                    item.path.as_str(),
                    format!("the variable `{name}` is not described: add it under `params`"),
                );
                rules.push((name.to_owned(), Rules::default()));
            }
        }
    }
    rules
}

/// The name of the type that an operation takes or brings: `PostRequest`.
pub(super) fn root_name(method: Method, side: Side) -> String {
    naming::type_name(&format!("{}_{}", method.key(), side.module()))
}

/// The module of a root's nested types: `PostRequest` → `post_request`.
pub(super) fn root_module(name: &str) -> String {
    fields::module_name(name)
}

fn root<'a>(
    context: Context<'a>,
    item: &PathItem,
    method: Method,
    node: &Node,
    payload: Payload<'a>,
    side: Side,
    problems: &mut Problems,
) -> Option<Root> {
    let name = root_name(method, side);
    let method_link = format!("[`{}::{}`]", node.type_name, method.key());
    let docs = Docs::line(match side {
        Side::Request => format!("What {method_link} sends."),
        Side::Reply => format!("What {method_link} brings."),
    });
    let place = refuse::place(method, item);
    let plan = Plan {
        context,
        place: place.clone(),
        module: root_module(&name),
        root: name.clone(),
        side,
        shape: None,
    };
    match payload {
        Payload::None => None,
        Payload::File => Some(Root::Alias {
            name,
            docs,
            target: TypeItem::FileContent,
            group: None,
        }),
        Payload::Shape(id) => {
            check_shape(context.api, id, &place, problems);
            let target = TypeItem::Named(context.shared(id, side));
            Some(Root::Alias {
                name,
                docs,
                target,
                group: None,
            })
        }
        Payload::Value(schema) => {
            let (target, group) = group::value(plan, schema, problems);
            let group = (group.types() > 0).then_some(group);
            Some(Root::Alias {
                name,
                docs,
                target,
                group,
            })
        }
        Payload::Object {
            fields, file: None, ..
        } if fields.is_empty() => Some(Root::Alias {
            name,
            docs,
            target: TypeItem::Json,
            group: None,
        }),
        Payload::Object {
            fields,
            exactly_one,
            file,
        } => Some(Root::Own(group::object(
            plan,
            docs,
            group::Members { fields, file },
            exactly_one,
            problems,
        ))),
    }
}

fn check_shape(api: &Api, id: &ShapeId, place: &str, problems: &mut Problems) {
    let kind = api.shapes.get(id).map(|shape| &shape.schema.kind);
    if !matches!(kind, Some(SchemaKind::Object(_))) {
        problems.add(
            place,
            format!("a body must be an object, which the shape {id} is not"),
        );
    }
}
