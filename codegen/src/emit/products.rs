//! The table of products, for the pages of documentation and the README.

use super::tree::{Artefact, Content, Tree};
use crate::lower::Items;

/// Where the table is.
pub(super) const PATH: &str = "src/products.md";

pub(super) fn file(items: &Items, tree: &mut Tree<'_>) {
    let artefact = Artefact {
        source: "spec/products.yaml".to_owned(),
        content: Content::Text(table(items)),
    };
    tree.files.insert(PATH.to_owned(), artefact);
}

fn table(items: &Items) -> String {
    let mut text =
        String::from("| feature | product | operations | |\n| --- | --- | ---: | --- |\n");
    for (name, feature) in &items.features {
        let on = if feature.default { " (default)" } else { "" };
        text.push_str(&format!(
            "| `{name}`{on} | {} | {} | {} |\n",
            cell(&feature.title),
            feature.operations,
            cell(&feature.summary)
        ));
    }
    text.push_str(&format!(
        "| `full` | | {} | Every product. |\n",
        items.operations()
    ));
    text
}

fn cell(text: &str) -> String {
    text.replace(['\r', '\n'], " ").replace('|', "\\|")
}
