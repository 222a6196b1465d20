//! Where each part of the model was written.

use crate::diagnostic::{FileId, Span};
use std::collections::{HashMap, HashSet};

/// The places of a description's parts, so that a check, which sees the model alone, can point to a line.
///
/// A part is named by a path of names from the root of its file: `post.body.detail.seq`, `params.id`, `post.200.amount`. `[]` leads to the items of a
/// list, `{}` to the values of a map, `|name` to an alternative, `~` to what a JSON text holds. `#` leads to an attribute:
/// `post.body.detail.seq#max`, `#path`, `post#title`.
#[derive(Debug, Default)]
pub(crate) struct Places {
    spans: HashMap<(FileId, String), Span>,
    /// The parts that were written, but could not be read: nobody may call them missing.
    unreadable: HashSet<(FileId, String)>,
}

impl Places {
    pub(crate) fn insert(&mut self, file: FileId, pointer: String, span: Span) {
        self.spans.entry((file, pointer)).or_insert(span);
    }

    pub(crate) fn mark_unreadable(&mut self, file: FileId, pointer: &str) {
        self.unreadable.insert((file, pointer.to_owned()));
    }

    pub(crate) fn is_unreadable(&self, file: FileId, pointer: &str) -> bool {
        self.unreadable.contains(&(file, pointer.to_owned()))
    }

    /// The place of a part; where it was not written, of the part around it. The items' attributes may stand at the list: `type: string[]`.
    pub(crate) fn get(&self, file: FileId, pointer: &str) -> Span {
        if let Some((list, attribute)) = pointer.split_once('#')
            && !self.spans.contains_key(&(file, pointer.to_owned()))
            && let Some(list) = list.strip_suffix("[]")
        {
            return self.get(file, &format!("{list}#{attribute}"));
        }
        let mut rest = pointer;
        loop {
            if let Some(span) = self.spans.get(&(file, rest.to_owned())) {
                return *span;
            }
            match rest.rfind(['#', '.', '[', '{', '|', '~']) {
                Some(at) => rest = rest.get(..at).unwrap_or(""),
                None => return Span::start_of(file),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    #[test]
    fn what_was_not_written_is_shown_at_what_is_around_it() {
        let file = Sources::default().add("a.yaml".into(), String::new());
        let mut places = Places::default();
        places.insert(file, "post.body.list".into(), Span::new(file, 7..9));
        assert_eq!(places.get(file, "post.body.list[].name#max").range(), 7..9);
        assert_eq!(places.get(file, "get").range(), 0..0);
        places.insert(file, "post.body.list#max".into(), Span::new(file, 20..22));
        assert_eq!(places.get(file, "post.body.list[]#max").range(), 20..22);
    }
}
