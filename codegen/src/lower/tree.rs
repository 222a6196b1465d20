//! The chain: a node for every segment of every path.

use super::Context;
use super::chain;
use super::docs;
use super::error::Problems;
use super::items::{Child, Node, PathVariable, Root, Shorthand};
use super::literal;
use super::operation;
use crate::model::{Field, Method, PathItem, Schema, SchemaKind, Segment};
use crate::naming;
use std::collections::BTreeMap;

type Nodes = BTreeMap<Vec<String>, Node>;

/// Names that mean something else in every emitted module.
const RESERVED_MODULES: [&str; 6] = ["rt", "self", "super", "crate", "Self", "_"];
/// Names of arguments and members of the emitted code.
const RESERVED_VARIABLES: [&str; 5] = ["client", "request", "wxpay", "variables", "self_"];

/// All nodes, with their children and operations.
pub(super) fn nodes(context: Context<'_>, problems: &mut Problems) -> Nodes {
    let mut nodes = Nodes::new();
    for item in context.api.paths.values() {
        add_path(&mut nodes, item, problems);
    }
    for item in context.api.paths.values() {
        let module = naming::module_path(item);
        if let Some(node) = nodes.get_mut(&module) {
            node.source = format!("spec/{}", naming::spec_file(item));
            node.operations
                .extend(operation::operations(context, item, node, problems));
        }
    }
    link(&mut nodes);
    for (module, node) in &mut nodes {
        node.docs = docs::module(context.api, node);
        check(module, node, problems);
    }
    nodes
}

/// One step of a path: its module, its text in the URL, its variable.
struct Step<'a> {
    module: String,
    text: String,
    variable: Option<&'a str>,
}

/// The steps from the root; APIv2's first is a module that no path has.
fn steps(item: &PathItem) -> Vec<Step<'_>> {
    let modules = naming::module_path(item);
    let segments: Vec<_> = chain::segments(&modules, &item.path).collect();
    modules
        .into_iter()
        .zip(segments)
        .map(|(module, segment)| match segment {
            None => Step {
                module,
                text: String::new(),
                variable: None,
            },
            Some(Segment::Fixed(text)) => Step {
                module,
                text: format!("/{text}"),
                variable: None,
            },
            Some(Segment::Variable(name)) => Step {
                module,
                text: format!("/{{{name}}}"),
                variable: Some(name),
            },
        })
        .collect()
}

fn add_path(nodes: &mut Nodes, item: &PathItem, problems: &mut Problems) {
    let mut module = Vec::new();
    let mut path = String::new();
    let mut variables: Vec<PathVariable> = Vec::new();
    for step in steps(item) {
        path.push_str(&step.text);
        module.push(step.module.clone());
        if let Some(name) = step.variable {
            let variable = path_variable(item, name);
            if variables.iter().any(|other| other.name == variable.name) {
                problems.add(
                    item.path.as_str(),
                    format!("two variables are called `{name}`: give one of them another name"),
                );
            }
            variables.push(variable);
        }
        let node = nodes.entry(module.clone()).or_insert_with(|| Node {
            source: format!("spec/{}", module.join("/")),
            type_name: node_type(&step.module),
            docs: Default::default(),
            path: path.clone(),
            variables: variables.clone(),
            products: Default::default(),
            children: Vec::new(),
            operations: Vec::new(),
        });
        if node.path != path {
            let message = format!(
                "`{path}` and `{}` would be one module: give one of the segments another name under `names`",
                node.path
            );
            problems.add(item.path.as_str(), message);
        }
        node.products.insert(item.product.clone());
    }
}

fn path_variable(item: &PathItem, name: &str) -> PathVariable {
    let field: Option<&Field> = item.params.iter().find(|field| field.name == name);
    PathVariable {
        name: naming::field_name(name),
        docs: docs::path_variable(name, field),
        example: field.and_then(|field| example(&field.schema)),
    }
}

/// The described example, else a value that keeps the rules for lengths and sizes.
fn example(schema: &Schema) -> Option<String> {
    let described = schema.example.as_ref().and_then(literal::inline);
    described.or_else(|| match &schema.kind {
        SchemaKind::Integer(rules) => Some(rules.min.unwrap_or(1).max(1).to_string()),
        SchemaKind::Text(rules) => Some("x".repeat(usize::try_from(rules.min?).ok()?.max(1))),
        SchemaKind::Enum(rules) => literal::inline(&rules.values.first()?.value),
        _ => None,
    })
}

fn node_type(module: &str) -> String {
    naming::type_name(module)
}

/// Tells every node of its children.
fn link(nodes: &mut Nodes) {
    let mut children: BTreeMap<Vec<String>, Vec<Child>> = BTreeMap::new();
    for (module, node) in nodes.iter() {
        if let Some((last, parent)) = module.split_last() {
            children
                .entry(parent.to_vec())
                .or_default()
                .push(child(last, node));
        }
    }
    for (module, children) in children {
        if let Some(parent) = nodes.get_mut(&module) {
            parent.children = children;
        }
    }
}

/// What is told of a node to the one above it.
pub(crate) fn child(module: &str, node: &Node) -> Child {
    let own = node
        .path
        .rsplit_once('/')
        .is_some_and(|(_, text)| text.starts_with('{'));
    Child {
        module: module.to_owned(),
        type_name: node.type_name.clone(),
        path: node.path.clone(),
        variable: node.variables.last().filter(|_| own).cloned(),
        products: node.products.clone(),
        shorthand: shorthand(node),
    }
}

fn shorthand(node: &Node) -> Option<Shorthand> {
    let post = node
        .operations
        .iter()
        .find(|operation| operation.method == Method::Post)?;
    Some(Shorthand {
        docs: docs::shorthand(post),
        product: post.product.clone(),
        takes_request: post.request.is_some(),
        has_reply: post.reply.is_some(),
        deprecated: post.deprecated.clone(),
    })
}

fn check(module: &[String], node: &Node, problems: &mut Problems) {
    let name = module.last().map_or("", String::as_str);
    if RESERVED_MODULES.contains(&name) {
        problems.add(
            &node.path,
            format!(
                "no module can be called `{name}`: give the segment another name under `names`"
            ),
        );
    }
    for variable in &node.variables {
        if RESERVED_VARIABLES.contains(&variable.name.as_str()) {
            problems.add(
                &node.path,
                format!(
                    "no variable can be called `{}` in Rust: rename it in `path` and `params`",
                    variable.name
                ),
            );
        }
    }
    let methods = node
        .operations
        .iter()
        .map(|operation| operation.method.key().to_owned());
    let roots = || {
        node.operations
            .iter()
            .flat_map(|operation| [&operation.request, &operation.reply])
            .flatten()
    };
    let modules = roots().map(|root| super::operation::root_module(root.name()));
    let taken: Vec<String> = methods.chain(modules).collect();
    for child in node
        .children
        .iter()
        .filter(|child| taken.contains(&child.module))
    {
        problems.add(&child.path, format!("`{}` is taken by an operation of `{}`: give the segment another name under `names`", child.module, node.path));
    }
    let mut types = roots()
        .map(Root::name)
        .chain((!node.operations.is_empty()).then_some("Variables"));
    if types.any(|name| name == node.type_name) {
        problems.add(&node.path, format!("the type `{}` is taken by an operation: give the segment another name under `names`", node.type_name));
    }
}

#[cfg(test)]
mod tests {
    use super::example;
    use crate::model::{Literal, NumberSchema, Schema, SchemaKind, TextSchema};

    #[test]
    fn a_variable_without_an_example_has_a_value_that_keeps_the_rules() {
        let text = |min| {
            SchemaKind::Text(TextSchema {
                min,
                ..TextSchema::default()
            })
        };
        let number = |min| {
            SchemaKind::Integer(NumberSchema {
                min,
                ..NumberSchema::default()
            })
        };
        for (kind, expected) in [
            (text(Some(3)), Some("xxx")),
            (text(None), None),
            (number(None), Some("1")),
            (number(Some(10)), Some("10")),
        ] {
            assert_eq!(example(&Schema::new(kind)).as_deref(), expected);
        }
        let mut described = Schema::new(number(None));
        described.example = Some(Literal::Integer(7));
        assert_eq!(example(&described).as_deref(), Some("7"));
    }
}
