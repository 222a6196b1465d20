//! Cuts texts in two.

/// What stands before and after a mark. Searching is much code, which is here once.
#[inline(never)]
pub(crate) fn cut<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    text.split_once(mark)
}
