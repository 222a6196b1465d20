//! How the pages of a list are asked for, as the description says.

use crate::value::Value;

/// How the pages of an operation's list are asked for: the names of the request's and the reply's fields on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What tells one page from another.
    pub by: PagedBy,
    /// The field of the request that says how many items a page has at most.
    pub limit: Option<&'static str>,
    /// The field of the reply that is the list.
    pub items: &'static str,
    /// The field of the reply that counts the items of all pages.
    pub total: Option<&'static str>,
}

/// What tells one page from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagedBy {
    /// A field of the request: how many items stand before the page.
    Offset(&'static str),
    /// The page's number.
    Page {
        /// The field of the request.
        field: &'static str,
        /// The number of the first page.
        first: i64,
    },
    /// A text that the page before it brings.
    Token {
        /// The field of the request.
        field: &'static str,
        /// The field of the reply that has the next page's; left out or empty on the last.
        next: &'static str,
    },
}

impl Paging {
    /// Pages by how many items stand before them.
    pub const fn offset(field: &'static str, items: &'static str) -> Self {
        Self::by(PagedBy::Offset(field), items)
    }

    /// Pages by number.
    pub const fn page(field: &'static str, first: i64, items: &'static str) -> Self {
        Self::by(PagedBy::Page { field, first }, items)
    }

    /// Pages by a text that each page brings for the next.
    pub const fn token(field: &'static str, next: &'static str, items: &'static str) -> Self {
        Self::by(PagedBy::Token { field, next }, items)
    }

    const fn by(by: PagedBy, items: &'static str) -> Self {
        Self {
            by,
            limit: None,
            items,
            total: None,
        }
    }

    /// The request says how long a page is.
    pub const fn limit(mut self, field: &'static str) -> Self {
        self.limit = Some(field);
        self
    }

    /// The reply says how many items there are in all.
    pub const fn total(mut self, field: &'static str) -> Self {
        self.total = Some(field);
        self
    }
}

impl PagedBy {
    /// The field of the request that differs from page to page.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::Offset(field) | Self::Page { field, .. } | Self::Token { field, .. } => field,
        }
    }
}

/// A reply that is one page of a list.
pub trait Paged: Value {
    /// What the list is of.
    type Item;
    /// The page's items.
    fn into_items(self) -> Vec<Self::Item>;
}

/// The items of a reply: the type, the member that is the list, what it is of.
#[doc(hidden)]
#[macro_export]
macro_rules! paged {
    ($ty:ident, $field:ident: $item:ty) => {
        impl rt::Paged for $ty {
            type Item = $item;
            fn into_items(self) -> rt::Vec<$item> {
                self.$field
            }
        }
    };
}
