//! `paging`: how the pages of a list are asked for.

use super::Reader;
use super::keys::Keys;
use super::node::Node;
use crate::diagnostic::Diagnostic;
use crate::model::{PagedBy, Paging};

const KEYS: [&str; 8] = [
    "offset", "page", "token", "first", "next", "limit", "items", "total",
];

/// The keys of which one must be there.
const BY: [&str; 3] = ["offset", "page", "token"];

impl Reader<'_> {
    /// How pages are asked for, at `pointer`.
    pub(crate) fn paging(&mut self, node: &Node, pointer: &str) -> Option<Paging> {
        let keys = Keys::of(self, node, pointer, "a paging", &KEYS)?;
        let found: Vec<&str> = BY
            .into_iter()
            .filter(|key| keys.entry(key).is_some())
            .collect();
        let by = match found[..] {
            [one] => self.paged_by(&keys, one, pointer),
            [] => self.bad_paging(
                pointer,
                "nothing says what tells one page from another",
                "write the field of the request: `offset: offset` (how many items come before), `page: page_index` (the page's number) or `token: page_token` (a text that the page before it brings)",
            ),
            _ => self.bad_paging(
                pointer,
                &format!("a list is paged in one way, not by {}", super::keys::list(&found)),
                "keep one of them",
            ),
        };
        let items = self.text(&keys, "items", pointer, "items: data");
        if keys.entry("items").is_none() {
            self.bad_paging::<()>(
                pointer,
                "nothing says which field of the reply is the list",
                "for example `items: data`",
            );
        }
        for (key, needs) in [("first", "page"), ("next", "token")] {
            if keys.entry(key).is_some() && !found.is_empty() && !found.contains(&needs) {
                self.bad_paging::<()>(
                    &format!("{pointer}#{key}"),
                    &format!("`{key}` goes with `{needs}`"),
                    "remove it",
                );
            }
        }
        Some(Paging {
            by: by?,
            limit: self.text(&keys, "limit", pointer, "limit: limit"),
            items: items?,
            total: self.text(&keys, "total", pointer, "total: total_count"),
        })
    }

    fn paged_by(&mut self, keys: &Keys<'_>, key: &str, pointer: &str) -> Option<PagedBy> {
        let field = self.text(keys, key, pointer, &format!("{key}: {key}"))?;
        match key {
            "offset" => Some(PagedBy::Offset(field)),
            "page" => {
                let first = self.whole_number(keys, "first", pointer).unwrap_or(1);
                Some(PagedBy::Page { field, first })
            }
            _ => match self.text(keys, "next", pointer, "next: next_page_token") {
                Some(next) => Some(PagedBy::Token { field, next }),
                None if keys.entry("next").is_some() => None,
                None => self.bad_paging(
                    &format!("{pointer}#token"),
                    "nothing says which field of the reply has the next page's token",
                    "for example `next: next_page_token`",
                ),
            },
        }
    }

    fn bad_paging<T>(&mut self, pointer: &str, message: &str, help: &str) -> Option<T> {
        let span = self.place_of(pointer);
        self.report(Diagnostic::error("bad-paging", span, message.to_owned()).help(help));
        None
    }
}
