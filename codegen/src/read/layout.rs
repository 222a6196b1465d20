//! What a file holds, by its place in the tree.

use crate::model::ShapeId;

/// What a file of the tree holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Products,
    Hosts,
    Deviations,
    Path,
    Shape(ShapeId),
    Event {
        product: String,
        name: String,
    },
    /// Not a part of the description: a README, a file of another kind.
    Ignored,
    /// A YAML file where none belongs.
    Stray,
}

/// The folders under which paths stand.
pub(crate) const PATH_ROOTS: [&str; 5] = ["v2", "v3", "hk", "global", "brand"];

/// The kind of a file by its path, relative to the root of the description.
pub(crate) fn kind_of(name: &str) -> FileKind {
    let Some(stem) = name.strip_suffix(".yaml") else {
        return if name.ends_with(".yml") {
            FileKind::Stray
        } else {
            FileKind::Ignored
        };
    };
    let parts: Vec<&str> = stem.split('/').collect();
    match parts.as_slice() {
        ["products"] => FileKind::Products,
        ["hosts"] => FileKind::Hosts,
        ["deviations"] => FileKind::Deviations,
        ["shapes", product, name] => FileKind::Shape(ShapeId {
            product: (*product).to_owned(),
            name: (*name).to_owned(),
        }),
        ["events", product, name] => FileKind::Event {
            product: (*product).to_owned(),
            name: (*name).to_owned(),
        },
        [root, _, ..] if PATH_ROOTS.contains(root) => FileKind::Path,
        _ => FileKind::Stray,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_tells_the_kind() {
        assert_eq!(kind_of("products.yaml"), FileKind::Products);
        assert_eq!(kind_of("v3/pay/_id_.yaml"), FileKind::Path);
        assert_eq!(kind_of("README.md"), FileKind::Ignored);
        assert_eq!(kind_of("v3/pay/notes.txt"), FileKind::Ignored);
        assert_eq!(kind_of("v3/pay.yml"), FileKind::Stray);
        assert_eq!(kind_of("shapes/Fee.yaml"), FileKind::Stray);
        assert_eq!(kind_of("v3.yaml"), FileKind::Stray);
    }
}
