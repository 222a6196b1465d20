//! The feature table in `Cargo.toml`, between two marks; the rest of the file is people's.

use super::OutputError;
use std::path::Path;

/// The beginning of the line above the table.
pub(super) const BEGIN: &str = "# BEGIN products";
/// The beginning of the line below it.
pub(super) const END: &str = "# END products";

/// The file with the table in its place.
pub(super) fn insert(path: &Path, file: &str, table: &str) -> Result<String, OutputError> {
    replaced(file, table).ok_or_else(|| OutputError::Marks {
        path: path.to_owned(),
    })
}

fn replaced(file: &str, table: &str) -> Option<String> {
    replace_between(file, BEGIN, END, table)
}

/// A file with another text between two lines that begin so; `None` where it has no such lines in this order.
pub fn replace_between(file: &str, begin: &str, end: &str, new: &str) -> Option<String> {
    let mut lines = file.split_inclusive('\n');
    let mut text = String::new();
    for line in lines.by_ref() {
        text.push_str(line);
        if line.starts_with(begin) {
            break;
        }
    }
    let last = lines.by_ref().find(|line| line.starts_with(end))?;
    text.push_str(new);
    text.push_str(last);
    text.extend(lines);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_replaces_what_stands_between_the_marks() {
        let file = "a\n# BEGIN products: x\nold\n# END products\nb\n";
        let expected = "a\n# BEGIN products: x\nnew\n# END products\nb\n";
        assert_eq!(replaced(file, "new\n").as_deref(), Some(expected));
    }

    #[test]
    fn a_file_without_marks_is_refused() {
        assert_eq!(replaced("a\n", "new\n"), None);
        assert_eq!(
            replaced("# END products\n# BEGIN products\n", "new\n"),
            None
        );
    }
}
