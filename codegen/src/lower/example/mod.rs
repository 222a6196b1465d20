//! The example of an operation: a request built from the description's example values, and the call.

mod value;

use super::chain;
use super::items::{Example, Node, OperationItem, Root, SharedShapes, TypeItem};
use super::literal::rust_text;
use crate::model::{Literal, UrlPath};
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
            let example = example(&writer, &module, &chain, operation);
            operation.docs.block(lines(&example));
            operation.example = example;
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

fn example(
    writer: &Writer<'_>,
    module: &[String],
    chain: &str,
    operation: &OperationItem,
) -> Example {
    let method = operation.method.key();
    let method = format!("wxpay{chain}.{method}");
    let Some(root) = &operation.request else {
        return Example {
            method,
            ..Example::default()
        };
    };
    let last = module.last().map_or("", String::as_str);
    Example {
        import: Some(format!("{CRATE}::{}", module.join("::"))),
        request: Some(request(writer, last, root, &operation.shown)),
        method,
    }
}

/// The example as a block of documentation.
fn lines(example: &Example) -> Vec<String> {
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# async fn example(wxpay: {CRATE}::WechatPay) -> Result<(), {CRATE}::Error> {{"),
    ];
    lines.extend(example.import.iter().map(|path| format!("use {path};")));
    if let Some(request) = &example.request {
        let statement = format!("let request = {request};");
        lines.extend(statement.lines().map(str::to_owned));
    }
    let argument = example.request.as_ref().map_or("", |_| "&request");
    lines.push(format!(
        "let reply = {}({argument}).await?;",
        example.method
    ));
    lines.extend(["# Ok(()) }".to_owned(), "```".to_owned()]);
    lines
}

fn request(writer: &Writer<'_>, module: &str, root: &Root, values: &Literal) -> String {
    let values = Some(values);
    let path = format!("{module}::{}", root.name());
    match root {
        Root::Own(group) => {
            let nested = format!("{module}::{}", naming::rust_name(&group.module));
            let home = Home { group, nested };
            group.root.as_ref().map_or_else(String::new, |root| {
                writer.object(&path, root, &home, values, 0)
            })
        }
        Root::Alias {
            target: TypeItem::Named(name),
            ..
        } => {
            let shape = writer.shape(name);
            let text = shape.and_then(|shared| {
                let root = shared.home.group.root.as_ref()?;
                Some(writer.object(&path, root, &shared.home, values, 0))
            });
            text.unwrap_or_else(|| format!("{path}::new()"))
        }
        Root::Alias { .. } => format!("{path}::default()"),
    }
}
