/// How the pages of a list are asked for: names of fields of the request and of the reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What tells one page from another.
    pub by: PagedBy,
    /// The field of the request that says how many items a page has at most.
    pub limit: Option<String>,
    /// The field of the reply that is the list.
    pub items: String,
    /// The field of the reply that counts the items of all pages.
    pub total: Option<String>,
}

/// What tells one page from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagedBy {
    /// A field of the request: how many items stand before the page.
    Offset(String),
    /// The page's number.
    Page {
        /// The field of the request.
        field: String,
        /// The number of the first page.
        first: i64,
    },
    /// A text that the page before it brings.
    Token {
        /// The field of the request.
        field: String,
        /// The field of the reply that has the next page's.
        next: String,
    },
}

impl PagedBy {
    /// The key that says so in the description, and the field of the request.
    pub fn key_and_field(&self) -> (&'static str, &str) {
        match self {
            Self::Offset(field) => ("offset", field),
            Self::Page { field, .. } => ("page", field),
            Self::Token { field, .. } => ("token", field),
        }
    }
}
