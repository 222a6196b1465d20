//! The feature table: a feature a product.
//!
//! No feature needs another: a shared shape is compiled with any of the products that use it.

use crate::lower::Items;

pub(super) fn table(items: &Items) -> String {
    let all = items.features.keys();
    let on = items.features.iter().filter(|(_, feature)| feature.default);
    let mut text = format!("default-products = {}\n", list(on.map(|(name, _)| name)));
    text.insert_str(0, "## What a web shop needs.\n");
    text.push_str("## Every product.\n");
    text.push_str(&format!("full = {}\n", list(all)));
    for (name, feature) in &items.features {
        if !feature.title.is_empty() {
            let title = feature.title.replace(['\r', '\n'], " ");
            text.push_str(&format!("## {title}\n"));
        }
        text.push_str(&format!("{name} = []\n"));
    }
    text
}

/// A list of names, one a line once there are many.
fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<_> = names.map(|name| format!("\"{name}\"")).collect();
    let line = format!("[{}]", names.join(", "));
    if line.len() <= 80 {
        return line;
    }
    let lines = names.iter().map(|name| format!("    {name},\n"));
    format!("[\n{}]", lines.collect::<String>())
}
