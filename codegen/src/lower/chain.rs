//! The expression that leads from the client to a node.

use crate::model::{Segment, UrlPath};
use crate::naming;

/// `.v3().payscore()._out_order_no_("…")`, the value of each variable as Rust source from a function that is given its name.
pub(crate) fn expression(
    module: &[String],
    path: &UrlPath,
    mut value: impl FnMut(&str) -> String,
) -> String {
    let segments = segments(module, path);
    let links = module.iter().zip(segments).map(|(name, segment)| {
        let argument = match segment {
            Some(Segment::Variable(variable)) => value(variable),
            _ => String::new(),
        };
        format!(".{}({argument})", naming::rust_name(name))
    });
    links.collect()
}

/// The segment of each module; none for the root that a path does not have.
pub(super) fn segments<'a>(
    module: &[String],
    path: &'a UrlPath,
) -> impl Iterator<Item = Option<Segment<'a>>> {
    let roots = module.len().saturating_sub(path.segments().count());
    std::iter::repeat_n(None, roots).chain(path.segments().map(Some))
}
