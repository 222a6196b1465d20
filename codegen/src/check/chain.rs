//! The chain of calls: every segment of a path has its own module and accessor, and nothing else takes its name.

use super::Problems;
use super::identifiers::is_value_name;
use super::survey::Survey;
use crate::diagnostic::{Diagnostic, FileId, Span};
use crate::model::{Method, PathItem, Segment};
use crate::naming;
use std::collections::BTreeMap;

/// A node of the chain: what hangs under it, and what can be called there.
#[derive(Default)]
struct Node {
    /// By module: the segment as it is sent, and a file that has it.
    children: BTreeMap<String, (String, FileId)>,
    methods: BTreeMap<Method, FileId>,
    variables: usize,
}

type Tree = BTreeMap<Vec<String>, Node>;

/// A name that every emitted module has already: the door to the runtime.
const DOOR: &str = "rt";

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    let mut tree = Tree::new();
    for document in &survey.spec.paths {
        grow(
            survey,
            &mut tree,
            document.file,
            &document.content,
            problems,
        );
    }
    for (way, node) in &tree {
        for (module, (segment, file)) in &node.children {
            taken(survey, node, module, segment, *file, problems);
        }
        own_types(survey, way, node, problems);
    }
}

fn grow(
    survey: &Survey<'_>,
    tree: &mut Tree,
    file: FileId,
    item: &PathItem,
    problems: &mut Problems,
) {
    let modules = naming::module_path(item);
    let segments: Vec<String> = item.path.segments().map(written).collect();
    // APIv2's paths have a module more than segments: their root.
    let roots = modules.len().saturating_sub(segments.len());
    let span = survey.place(file, "#path");
    for (index, module) in modules.iter().enumerate() {
        let segment = match index.checked_sub(roots) {
            Some(at) => segments.get(at).cloned().unwrap_or_default(),
            None => module.clone(),
        };
        let node = tree
            .entry(modules.iter().take(index).cloned().collect())
            .or_default();
        if !is_value_name(module) {
            problems.push(
                Diagnostic::error(
                    "bad-name",
                    span,
                    format!("no module's name can be made of the segment `{segment}`"),
                )
                .help(format!(
                    "give it one: `names: {{ \"{segment}\": another_name }}`"
                )),
            );
        }
        if let Some((other, first)) = node.children.get(module)
            && *other != segment
        {
            problems.push(clash(
                span,
                survey.place(*first, "#path"),
                module,
                other,
                &segment,
            ));
        }
        let twin = node
            .children
            .iter()
            .find(|(name, (other, _))| *other == segment && *name != module);
        if let Some((name, (_, first))) = twin {
            problems.push(
                Diagnostic::error(
                    "name-clash",
                    span,
                    format!(
                        "the segment `{segment}` is called `{module}` here and `{name}` elsewhere"
                    ),
                )
                .also(survey.place(*first, "#names"), "the other file")
                .help("`names` gives a segment the same name in each file under it"),
            );
        }
        node.children
            .entry(module.clone())
            .or_insert((segment, file));
    }
    let node = tree.entry(modules).or_default();
    node.variables = item.path.variables().count();
    node.methods
        .extend(item.operations.keys().map(|method| (*method, file)));
}

fn clash(span: Span, first: Span, module: &str, other: &str, segment: &str) -> Diagnostic {
    Diagnostic::error("name-clash", span, format!("the segments `{other}` and `{segment}` would both be the module `{module}`"))
        .also(first, format!("`{other}` stands here"))
        .help(format!("give one of them another name in each file under it: `names: {{ \"{segment}\": another_name }}`"))
}

fn written(segment: Segment<'_>) -> String {
    match segment {
        Segment::Fixed(text) => text.to_owned(),
        Segment::Variable(name) => format!("{{{name}}}"),
    }
}

/// Reports a child whose name is taken by something of the node itself.
fn taken(
    survey: &Survey<'_>,
    node: &Node,
    module: &str,
    segment: &str,
    file: FileId,
    problems: &mut Problems,
) {
    let span = survey.place(file, "#path");
    let help = format!("give the segment another name: `names: {{ \"{segment}\": another_name }}`");
    for (method, other) in &node.methods {
        let key = method.key();
        let what = if module == key {
            format!("the method `{key}` of the path before it has that name too")
        } else if *module == format!("{key}_request") || *module == format!("{key}_reply") {
            format!("the types of `{key}` of the path before it stand in the module `{module}`")
        } else {
            continue;
        };
        problems.push(
            Diagnostic::error(
                "name-clash",
                span,
                format!("the segment `{segment}` cannot be called `{module}`: {what}"),
            )
            .also(survey.place(*other, key), "this operation")
            .help(help.clone()),
        );
    }
    if module == DOOR {
        problems.push(
            Diagnostic::error("name-clash", span, format!("the segment `{segment}` cannot be called `{DOOR}`: emitted code calls the runtime so"))
                .help(help),
        );
    }
}

/// Reports a node whose own type would have the name of a request, a reply or its variables.
fn own_types(survey: &Survey<'_>, way: &[String], node: &Node, problems: &mut Problems) {
    let Some(own) = way.last().map(|module| naming::type_name(module)) else {
        return;
    };
    for (method, file) in &node.methods {
        let name = naming::type_name(method.key());
        let request = own == format!("{name}Request") || own == format!("{name}Reply");
        if request || (own == "Variables" && node.variables > 1) {
            problems.push(
                Diagnostic::error(
                    "name-clash",
                    survey.place(*file, "#path"),
                    format!(
                        "the last segment and a type of `{}` would both be called `{own}`",
                        method.key()
                    ),
                )
                .also(survey.place(*file, method.key()), "this operation")
                .help("give the segment another name with `names`"),
            );
        }
    }
}
