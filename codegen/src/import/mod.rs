//! From the facts about the API to its description: each operation once, repaired where the facts are plainly wrong, with a report of
//! all that a person should look at. What is described already is kept: from then on the description is the source.

mod carry;
mod enumeration;
mod example;
mod facts;
mod meaning;
mod members;
mod operation;
mod paging;
mod product;
mod repeatable;
mod report;
mod routes;
mod rules;
mod schema;
mod share;
mod type_names;
mod upload;

pub use report::{ImportReport, ReportEntry, ReportKind};

use crate::model::{Api, PathItem};
use crate::{naming, write};
use facts::FactOperation;
use report::Notes;
use routes::Routes;
use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;

/// What to import, and how.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Paths at or below these are imported: `/v3/payscore`.
    pub under: Vec<String>,
    /// Exactly these paths are imported. With neither this nor `under`, all are.
    pub only: Vec<String>,
    /// Whether operations that are described already are replaced by what the facts say. What the facts do not know is carried over.
    pub overwrite: bool,
}

/// The description with what was imported.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The whole description.
    pub api: Api,
    /// The files of `spec/` that are new or differ from before.
    pub files: BTreeMap<String, String>,
    /// What a person should look at.
    pub report: ImportReport,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum ImportError {
    /// The facts could not be read.
    Read {
        /// The line, counted from 1.
        line: usize,
        /// Why.
        error: std::io::Error,
    },
    /// A line is no operation.
    Line {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { line, error } => {
                write!(f, "line {line} of the facts cannot be read: {error}")
            }
            Self::Line { line, problem } => write!(
                f,
                "line {line} of the facts is no operation that this importer knows: {problem}. Nothing was imported; \
                 mend the line, or teach the importer what it means"
            ),
        }
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { error, .. } => Some(error),
            Self::Line { .. } => None,
        }
    }
}

impl ImportOptions {
    fn takes(&self, path: &str) -> bool {
        let all = self.under.is_empty() && self.only.is_empty();
        all || self.only.iter().any(|only| only == path)
            || self
                .under
                .iter()
                .any(|under| product::is_under(path, under))
    }
}

/// Imports operations, one a line of JSON, into a description.
///
/// # Errors
///
/// The number of the line that cannot be read, holds an unknown key or type, or describes an operation for the second time.
pub fn import(
    facts: impl BufRead,
    existing: &Api,
    options: &ImportOptions,
) -> Result<Imported, ImportError> {
    let mut facts = facts::read(facts)?;
    facts.retain(|fact| options.takes(&fact.path));
    let mut report = ImportReport {
        operations: facts.len(),
        ..ImportReport::default()
    };
    let drafts = drafts(&facts, existing);
    let mut fresh = fresh(drafts, existing, options, &mut report);
    let files: BTreeMap<String, String> = fresh
        .iter()
        .map(|item| (item.path.as_str().to_owned(), naming::spec_file(item)))
        .collect();
    let mut shapes = share::share(&mut fresh, &existing.shapes, &files, &mut report.entries);
    for (id, shape) in &mut shapes {
        type_names::of_shape(id, shape, &mut report.entries);
    }
    for item in &mut fresh {
        type_names::of_path(item, &mut report.entries);
    }
    let mut api = existing.clone();
    api.shapes.extend(shapes);
    for item in fresh {
        settle(item, &mut api);
    }
    add_settings(&mut api);
    report.sort();
    Ok(Imported {
        files: changed_files(&api, existing),
        api,
        report,
    })
}

/// A path as the facts describe it, with the notes taken for each of its operations.
struct Draft {
    item: PathItem,
    notes: Vec<(crate::model::Method, Notes)>,
}

/// All that the facts describe, by path.
fn drafts(facts: &[FactOperation], existing: &Api) -> Vec<Draft> {
    let mut by_path: BTreeMap<&str, Vec<&FactOperation>> = BTreeMap::new();
    for fact in facts {
        by_path.entry(&fact.path).or_default().push(fact);
    }
    let mut routes = Routes::default();
    existing.paths.values().for_each(|item| routes.keep(item));
    by_path
        .into_values()
        .filter_map(|facts| draft(&facts, &mut routes))
        .collect()
}

/// The draft of a path from its operations.
fn draft(facts: &[&FactOperation], routes: &mut Routes) -> Option<Draft> {
    let (first, others) = facts.split_first()?;
    let mut item = operation::path_item(first, &mut Notes::default());
    let neighbours = routes.add(&item.path);
    item.names = neighbours.names;
    item.same_route_as = neighbours.same_route_as;
    let file = naming::spec_file(&item);
    let mut notes = Vec::new();
    for (index, fact) in std::iter::once(first).chain(others).enumerate() {
        let mut own = Notes::of(&file);
        let method = operation::method(fact.method);
        let one = own.within(method.key(), |own| {
            let same = operation::path_item(fact, own);
            if index > 0 {
                operation::note_differences(&item, &same, own);
            } else {
                note_neighbours(&item, own);
            }
            operation::operation(fact, &item, own)
        });
        item.operations.insert(method, one);
        notes.push((method, own));
    }
    Some(Draft { item, notes })
}

fn note_neighbours(item: &PathItem, notes: &mut Notes) {
    for (segment, name) in &item.names {
        notes.proposed(
            format!("the segment {segment} is named as a sibling in Rust"),
            name,
            "two names alike",
        );
    }
    if let Some(other) = &item.same_route_as {
        notes.proposed(
            format!("the same route as {other}"),
            "same_route_as",
            "the server tells them apart by the variable's value alone",
        );
    }
}

/// What is to be added or replaced. What is described already and not to be replaced is compared, and left out.
fn fresh(
    drafts: Vec<Draft>,
    existing: &Api,
    options: &ImportOptions,
    report: &mut ImportReport,
) -> Vec<PathItem> {
    let mut fresh = Vec::new();
    for draft in drafts {
        let there = existing.paths.get(draft.item.path.as_str());
        let carried = match there {
            Some(there) => carry::path_item(there, draft.item, &existing.shapes),
            None => draft.item,
        };
        let mut item = PathItem {
            operations: BTreeMap::new(),
            ..carried.clone()
        };
        let mut differs = there.is_some_and(|there| !same_path(there, &carried));
        for (method, notes) in draft.notes {
            let Some(facts) = carried.operations.get(&method) else {
                continue;
            };
            match there.and_then(|there| there.operations.get(&method)) {
                Some(there) if there == facts && !(differs && options.overwrite) => {
                    report.kept += 1;
                    continue;
                }
                Some(_) if !options.overwrite => {
                    report.kept += 1;
                    differs = true;
                    continue;
                }
                Some(_) => report.replaced += 1,
                None => report.added += 1,
            }
            item.operations.insert(method, facts.clone());
            notes.report(report);
        }
        if let Some(there) = there.filter(|_| differs && !options.overwrite) {
            report.entries.push(kept(there, &carried));
        }
        if !item.operations.is_empty() {
            fresh.push(item);
        }
    }
    fresh
}

/// Whether what is said of the path itself is the same.
fn same_path(one: &PathItem, other: &PathItem) -> bool {
    let bare = |item: &PathItem| PathItem {
        operations: BTreeMap::new(),
        ..item.clone()
    };
    bare(one) == bare(other)
}

/// The entry for a file that was kept although the facts say something else.
fn kept(there: &PathItem, facts: &PathItem) -> ReportEntry {
    let (ours, theirs) = (write::path_file(there), write::path_file(facts));
    let only_in = |one: &str, other: &str| {
        let lines: Vec<&str> = one
            .lines()
            .filter(|line| !other.lines().any(|known| known == *line))
            .collect();
        let more = lines.len().saturating_sub(3);
        let shown: Vec<String> = lines
            .iter()
            .take(3)
            .map(|line| format!("`{}`", line.trim()))
            .collect();
        match (shown.is_empty(), more) {
            (true, _) => "nothing else".to_owned(),
            (false, 0) => shown.join(" "),
            (false, more) => format!("{} and {more} more lines", shown.join(" ")),
        }
    };
    ReportEntry {
        file: naming::spec_file(there),
        kind: ReportKind::KeptDiffers,
        place: String::new(),
        fact: only_in(&theirs, &ours),
        chosen: only_in(&ours, &theirs),
        why: "the description is the source; import with overwrite to take what the facts say"
            .into(),
    }
}

/// Puts a path's new operations into the description.
fn settle(fresh: PathItem, api: &mut Api) {
    let path = fresh.path.as_str().to_owned();
    let mut whole = fresh;
    if let Some(mut there) = api.paths.remove(&path) {
        there.operations.append(&mut whole.operations);
        whole.operations = there.operations;
    }
    api.paths.insert(path, whole);
}

/// Adds the products and host families that the paths name.
fn add_settings(api: &mut Api) {
    let mut hosts: Vec<&str> = vec!["default"];
    for item in api.paths.values() {
        hosts.extend(item.host.as_deref());
        if !api.products.contains_key(&item.product) {
            api.products
                .insert(item.product.clone(), product::describe(&item.product));
        }
    }
    for name in hosts {
        if let (None, Some(host)) = (api.hosts.get(name), product::host(name)) {
            api.hosts.insert(name.to_owned(), host);
        }
    }
}

/// The files whose part of the description is not what it was.
fn changed_files(api: &Api, before: &Api) -> BTreeMap<String, String> {
    let mut changed = Api::default();
    if api.products != before.products {
        changed.products.clone_from(&api.products);
    }
    if api.hosts != before.hosts {
        changed.hosts.clone_from(&api.hosts);
    }
    let shapes = api
        .shapes
        .iter()
        .filter(|(id, shape)| before.shapes.get(id) != Some(shape));
    changed.shapes = shapes
        .map(|(id, shape)| (id.clone(), shape.clone()))
        .collect();
    let paths = api
        .paths
        .iter()
        .filter(|(path, item)| before.paths.get(*path) != Some(item));
    changed.paths = paths
        .map(|(path, item)| (path.clone(), item.clone()))
        .collect();
    write::files(&changed)
}
