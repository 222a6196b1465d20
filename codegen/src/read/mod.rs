//! From files to the model: text → YAML nodes with places → documents. Every problem is noted and reading goes on.

mod attributes;
mod body;
mod deviations;
mod directory;
mod enumeration;
mod event;
mod fields;
mod hosts;
mod keys;
mod layout;
mod literal;
mod node;
mod one_of;
mod operation;
mod paging;
mod path_file;
mod places;
mod products;
mod scalar;
mod schema;
mod shape;
mod spec;
mod type_expression;
mod upload;
mod values;
mod yaml;

pub(crate) use directory::{Unreadable, sources_in};
pub(crate) use layout::{FileKind, PATH_ROOTS, kind_of};
pub(crate) use spec::{Document, Spec, Table};

use crate::diagnostic::{Diagnostic, FileId, Sources, Span};
use node::Value;
use places::Places;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

/// Reads all the files of a description, in the order of their names.
pub(crate) fn read(
    files: BTreeMap<String, String>,
    unreadable: Vec<Unreadable>,
    problems: &mut Vec<Diagnostic>,
) -> Spec {
    let mut sources = Sources::default();
    let mut add = |name: String, text: String| {
        let kind = kind_of(&name);
        (sources.add(name, text), kind)
    };
    let missing: Vec<_> = unreadable
        .into_iter()
        .map(|one| (add(one.name, String::new()), one.error))
        .collect();
    let files: Vec<_> = files
        .into_iter()
        .map(|(name, text)| add(name, text))
        .collect();
    let mut spec = Spec::new(sources);
    for ((file, kind), error) in missing {
        problems.push(unopened(spec.sources.name(file), file, &error));
        without(&mut spec, kind);
    }
    let parsed = parse_all(&spec.sources, &files);
    for ((file, kind), parsed) in files.into_iter().zip(parsed) {
        read_file(&mut spec, file, kind, parsed, problems);
    }
    spec
}

/// What a file holds as YAML, and what is wrong with that.
type Parsed = (Option<node::Node>, Vec<Diagnostic>);

/// Parses all files, on all processors: nothing of one bears on another.
fn parse_all(sources: &Arc<Sources>, files: &[(FileId, FileKind)]) -> Vec<Parsed> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(1);
    let some = |files: &[(FileId, FileKind)]| -> Vec<Parsed> {
        files
            .iter()
            .map(|(file, kind)| match kind {
                FileKind::Ignored | FileKind::Stray => (None, Vec::new()),
                _ => {
                    let mut problems = Vec::new();
                    (yaml::parse(sources, *file, &mut problems), problems)
                }
            })
            .collect()
    };
    thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(move || some(files)))
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            match worker.join() {
                Ok(parsed) => all.extend(parsed),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

fn unopened(name: &str, file: FileId, error: &std::io::Error) -> Diagnostic {
    let what = match name {
        "" => "the folder of the description".to_owned(),
        name => format!("`{name}`"),
    };
    let message = format!("cannot read {what}: {error}");
    Diagnostic::error("unreadable-file", Span::start_of(file), message)
        .help("it must be there, be open to you, and hold text in UTF-8")
}

/// Remembers that a file is there whose content is not known.
fn without(spec: &mut Spec, kind: FileKind) {
    match kind {
        FileKind::Products => spec.products = Table::Unreadable,
        FileKind::Hosts => spec.hosts = Table::Unreadable,
        FileKind::Deviations => spec.deviations = Table::Unreadable,
        FileKind::Shape(id) => {
            spec.unreadable_shapes.insert(id);
        }
        // A folder that cannot be read may hold anything.
        FileKind::Path | FileKind::Event { .. } | FileKind::Ignored | FileKind::Stray => {
            spec.complete = false;
        }
    }
}

fn read_file(
    spec: &mut Spec,
    file: FileId,
    kind: FileKind,
    (root, found): Parsed,
    problems: &mut Vec<Diagnostic>,
) {
    match &kind {
        FileKind::Ignored => return,
        FileKind::Stray => return problems.push(layout_problem(&spec.sources, file)),
        _ => {}
    }
    let sources = Arc::clone(&spec.sources);
    problems.extend(found);
    let root = root.filter(|root| {
        let empty = root.value == Value::Null;
        if empty {
            problems.push(
                Diagnostic::error("empty-file", Span::start_of(file), "the file is empty")
                    .help("docs/spec-format.md shows what each kind of file holds; remove the file if it is not needed"),
            );
        }
        !empty
    });
    let Some(root) = root else {
        return without(spec, kind);
    };
    let mut reader = Reader {
        sources: &sources,
        file,
        product: String::new(),
        places: &mut spec.places,
        problems,
    };
    match kind {
        FileKind::Products => spec.products = Table::read(file, reader.products(&root)),
        FileKind::Hosts => spec.hosts = Table::read(file, reader.hosts(&root)),
        FileKind::Deviations => spec.deviations = Table::read(file, reader.deviations(&root)),
        FileKind::Path => match reader.path_item(&root) {
            Some(content) => spec.paths.push(Document { file, content }),
            None => spec.complete = false,
        },
        FileKind::Shape(id) => {
            reader.product.clone_from(&id.product);
            let content = reader.shape(&root);
            spec.shapes.insert(id, Document { file, content });
        }
        FileKind::Event { product, name } => {
            reader.product.clone_from(&product);
            match reader.event(&root) {
                Some(content) => {
                    let document = Document { file, content };
                    spec.events.insert((product, name), document);
                }
                None => spec.complete = false,
            }
        }
        FileKind::Ignored | FileKind::Stray => {}
    }
}

fn layout_problem(sources: &Sources, file: FileId) -> Diagnostic {
    let name = sources.name(file);
    let span = Span::start_of(file);
    if name.ends_with(".yml") {
        return Diagnostic::error("stray-file", span, format!("`{name}` ends in `.yml`"))
            .help("rename it to end in `.yaml`");
    }
    let tables = ["products.yaml", "hosts.yaml", "deviations.yaml"];
    let message = format!("`{name}` has no place in a description");
    let problem = Diagnostic::error("stray-file", span, message).near_miss(name, tables);
    problem.help(format!(
        "paths stand under {}; shapes are `shapes/<product>/<Name>.yaml`, notifications `events/<product>/<name>.yaml`; beside these there are {}",
        keys::list(&PATH_ROOTS.map(|root| root)),
        keys::list(&tables),
    ))
}

/// Reads one file.
pub(crate) struct Reader<'s> {
    sources: &'s Sources,
    file: FileId,
    /// The product that names of shapes without a product belong to.
    product: String,
    places: &'s mut Places,
    problems: &'s mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Remembers where a part stands.
    fn place(&mut self, pointer: String, span: Span) {
        self.places.insert(self.file, pointer, span);
    }

    fn place_of(&self, pointer: &str) -> Span {
        self.places.get(self.file, pointer)
    }
}
