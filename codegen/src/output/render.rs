//! Emitted files as text, made on all processors.

use super::OutputError;
use super::header;
use crate::emit::{Artefact, Content, Tree};
use proc_macro2::TokenStream;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A file as it should be on the disk.
pub(super) enum Rendered {
    /// It is there already; it has this many lines.
    Current(usize),
    /// Its whole text.
    Text(String),
}

/// All files as text, by path.
///
/// # Errors
///
/// Emitted code that is no Rust.
pub fn render(tree: &Tree<'_>) -> Result<BTreeMap<String, String>, OutputError> {
    let files = render_against(tree, &|_| None)?;
    let texts = files
        .into_iter()
        .filter_map(|(path, rendered)| match rendered {
            Rendered::Text(text) => Some((path, text)),
            Rendered::Current(_) => None,
        });
    Ok(texts.collect())
}

/// All files; those that a function finds on the disk, made from the same tokens and unchanged, are not formatted again.
pub(super) fn render_against(
    tree: &Tree<'_>,
    on_disk: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Result<BTreeMap<String, Rendered>, OutputError> {
    let files: Vec<_> = tree.files.iter().collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    // Files differ in what they cost, so each thread takes the next one that nobody has.
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let worker = || some(&files, &next, on_disk);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        let mut all = BTreeMap::new();
        for worker in workers {
            match worker.join() {
                Ok(files) => all.extend(files?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    })
}

fn some(
    files: &[(&String, &Artefact<'_>)],
    next: &AtomicUsize,
    on_disk: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Result<Vec<(String, Rendered)>, OutputError> {
    let mut done = Vec::new();
    while let Some((path, artefact)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
        done.push(((*path).clone(), one(path, artefact, on_disk)?));
    }
    Ok(done)
}

fn one(
    path: &str,
    artefact: &Artefact<'_>,
    on_disk: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Result<Rendered, OutputError> {
    let tokens = match &artefact.content {
        Content::Text(text) => return Ok(Rendered::Text(text.clone())),
        Content::Rust(tokens) => tokens(),
    };
    let digest = header::digest_of(&tokens);
    if let Some(file) = on_disk(path)
        && header::is_current(&file, &artefact.source, digest)
    {
        return Ok(Rendered::Current(file.lines().count()));
    }
    let text = format(path, tokens)?;
    Ok(Rendered::Text(header::with_header(
        &artefact.source,
        digest,
        &text,
    )))
}

fn format(path: &str, tokens: TokenStream) -> Result<String, OutputError> {
    let file = syn::parse2(tokens).map_err(|error| OutputError::Format {
        path: path.to_owned(),
        message: error.to_string(),
    })?;
    Ok(prettyplease::unparse(&file))
}
