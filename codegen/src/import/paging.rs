//! Which operations bring a list in pages, proposed for a person to review.

use crate::model::{Body, Field, Operation, PagedBy, Paging, Response, SchemaKind};

/// How the pages of an operation's list are asked for, with the reason.
///
/// - A request with `page_token`, whose reply has `next_page_token`, is paged by it.
/// - One with `page_index` is paged by number, from 1.
/// - One with `offset` is paged by it: by number, from 0, where its label calls it a page's number (`页码`), else by items.
///
/// The list is `data`, or the only one. The items are counted by `total_count` or `total_num`, unless its label calls it the number of
/// transfers of a batch: that counts also those which the request leaves out.
pub(super) fn proposal(operation: &Operation) -> Option<(Paging, &'static str)> {
    let reply = match operation.responses.get(&200)? {
        Response::Body(Body::Object(object)) => &object.fields,
        _ => return None,
    };
    let mut request: Vec<&Field> = operation.query.iter().collect();
    if let Some(Body::Object(body)) = &operation.body {
        request.extend(&body.fields);
    }
    let asked = |name: &str| request.iter().copied().find(|field| field.name == name);
    let brought = |name: &str| reply.iter().find(|field| field.name == name);
    let name = |field: &Field| field.name.clone();
    let (by, why) =
        if let (Some(token), Some(next)) = (asked("page_token"), brought("next_page_token")) {
            let (field, next) = (name(token), name(next));
            (
                PagedBy::Token { field, next },
                "each page brings the next one's token",
            )
        } else if let Some(index) = asked("page_index") {
            let field = name(index);
            (
                PagedBy::Page { field, first: 1 },
                "the request has a page's number",
            )
        } else {
            let offset = asked("offset")?;
            let field = name(offset);
            match label(offset).contains("页码") {
                true => (
                    PagedBy::Page { field, first: 0 },
                    "the request has an offset that its label calls a page's number",
                ),
                false => (PagedBy::Offset(field), "the request has an offset"),
            }
        };
    let total = ["total_count", "total_num"].into_iter().find_map(brought);
    let total = total.filter(|field| is_number(field) && !label(field).contains("转账"));
    let paging = Paging {
        by,
        limit: ["limit", "page_size"].into_iter().find_map(asked).map(name),
        items: list(reply)?.name.clone(),
        total: total.map(name),
    };
    Some((paging, why))
}

fn label(field: &Field) -> &str {
    field.schema.label.as_deref().unwrap_or_default()
}

fn is_number(field: &Field) -> bool {
    matches!(
        field.schema.kind,
        SchemaKind::Integer(_) | SchemaKind::Number(_)
    )
}

/// The list that is paged: `data`, or the only one.
fn list(fields: &[Field]) -> Option<&Field> {
    let lists = || {
        fields
            .iter()
            .filter(|field| matches!(field.schema.kind, SchemaKind::List(_)))
    };
    lists()
        .find(|field| field.name == "data")
        .or_else(|| match lists().collect::<Vec<_>>()[..] {
            [one] => Some(one),
            _ => None,
        })
}
