//! The list of all emitted files, so that what is no longer emitted can be removed.

use super::tree::{Artefact, Content, Tree};

/// Where the list is.
pub(super) const PATH: &str = "manifest.txt";

pub(super) fn file(tree: &mut Tree<'_>) {
    let mut text = String::new();
    for path in tree.files.keys() {
        text.push_str(path);
        text.push('\n');
    }
    let artefact = Artefact {
        source: "spec".to_owned(),
        content: Content::Text(text),
    };
    tree.files.insert(PATH.to_owned(), artefact);
}
