use proc_macro2::TokenStream;
use std::collections::BTreeMap;

/// The emitted files by their paths from the root of the generated crate, and the feature table of its manifest.
#[derive(Default)]
pub struct Tree<'a> {
    /// The files, in the order of their paths.
    pub files: BTreeMap<String, Artefact<'a>>,
    /// What stands in `Cargo.toml` between the marks.
    pub features: String,
}

/// A file that will be written.
pub struct Artefact<'a> {
    /// What it is made from: a file or folder of the description.
    pub source: String,
    /// What is in it.
    pub content: Content<'a>,
}

/// What is in a file. Tokens are made when they are asked for, because they cannot move between threads.
pub enum Content<'a> {
    /// Rust.
    Rust(Box<dyn Fn() -> TokenStream + Send + Sync + 'a>),
    /// Any other text, complete.
    Text(String),
}

impl<'a> Tree<'a> {
    /// Adds a file of Rust.
    pub(super) fn rust(
        &mut self,
        path: String,
        source: &str,
        tokens: impl Fn() -> TokenStream + Send + Sync + 'a,
    ) {
        let artefact = Artefact {
            source: source.to_owned(),
            content: Content::Rust(Box::new(tokens)),
        };
        self.files.insert(path, artefact);
    }
}
