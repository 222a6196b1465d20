//! The example of an operation: a request built from the description's example values, and the call.

mod value;

use super::chain;
use super::items::{Node, OperationItem, Root, SharedShapes, TypeItem, TypeRef};
use super::literal::rust_text;
use crate::model::UrlPath;
use crate::naming;
use std::collections::BTreeMap;
use value::{Home, Writer};

/// The name under which the generated crate is known to its users.
pub(super) const CRATE: &str = "wechatpay_openapi";

/// Adds an example to the documentation of every operation.
pub(super) fn add(
    nodes: &mut BTreeMap<Vec<String>, Node>,
    shapes: &BTreeMap<String, SharedShapes>,
) {
    let writer = Writer { shapes };
    for (module, node) in nodes {
        let chain = chain(module, node);
        let module: Vec<_> = module.iter().map(|name| naming::rust_name(name)).collect();
        for operation in &mut node.operations {
            let lines = lines(&writer, &module, &chain, operation);
            operation.docs.block(lines);
        }
    }
}

fn chain(module: &[String], node: &Node) -> String {
    let mut variables = node.variables.iter();
    chain::expression(module, &UrlPath::new(&node.path), |_| {
        let variable = variables.next();
        rust_text(
            variable
                .and_then(|variable| variable.example.as_deref())
                .unwrap_or("x"),
        )
    })
}

fn lines(
    writer: &Writer<'_>,
    module: &[String],
    chain: &str,
    operation: &OperationItem,
) -> Vec<String> {
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# async fn example(wxpay: {CRATE}::WechatPay) -> Result<(), {CRATE}::Error> {{"),
    ];
    let method = operation.method.key();
    let argument = match &operation.request {
        None => "",
        Some(root) => {
            let last = module.last().map_or("", String::as_str);
            lines.push(format!("use {CRATE}::{};", module.join("::")));
            let request = request(writer, last, root);
            lines.extend(
                format!("let request = {request};")
                    .lines()
                    .map(str::to_owned),
            );
            "&request"
        }
    };
    lines.push(format!(
        "let reply = wxpay{chain}.{method}({argument}).await?;"
    ));
    lines.extend(["# Ok(()) }".to_owned(), "```".to_owned()]);
    lines
}

fn request(writer: &Writer<'_>, module: &str, root: &Root) -> String {
    let path = format!("{module}::{}", root.name());
    match root {
        Root::Own(group) => {
            let nested = format!("{module}::{}", naming::rust_name(&group.module));
            let home = Home { group, nested };
            group.root.as_ref().map_or_else(String::new, |root| {
                writer.object(&path, root, &home, None, 0)
            })
        }
        Root::Alias {
            target: TypeItem::Named(TypeRef::Object(id, side)),
            ..
        } => {
            let shape = writer.shape(id, *side);
            let text = shape.and_then(|(root, home)| {
                Some(writer.object(&path, root.root.as_ref()?, &home, None, 0))
            });
            text.unwrap_or_else(|| format!("{path}::new()"))
        }
        Root::Alias { .. } => format!("{path}::default()"),
    }
}
