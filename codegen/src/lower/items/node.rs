use super::{Docs, OperationItem, Products};

/// A node of the chain: one module, one file, one small type.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The file of the description, or its folder where no path ends here: `spec/v3/payscore`.
    pub source: String,
    /// The name of its type: `Payscore`.
    pub type_name: String,
    /// The documentation of the module.
    pub docs: Docs,
    /// The path so far: `/v3/payscore`.
    pub path: String,
    /// The variables so far, its own last.
    pub variables: Vec<PathVariable>,
    /// The products at it and below it.
    pub products: Products,
    /// The nodes below, by module.
    pub children: Vec<Child>,
    /// What can be called here.
    pub operations: Vec<OperationItem>,
}

/// A variable of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathVariable {
    /// Its name in Rust.
    pub name: String,
    /// One line of documentation.
    pub docs: Docs,
    /// An example value.
    pub example: Option<String>,
}

/// What a node knows of a node below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Child {
    /// The module, which is the accessor too: `_out_order_no_`.
    pub module: String,
    /// The name of its type.
    pub type_name: String,
    /// The path that it leads to.
    pub path: String,
    /// The variable that it adds.
    pub variable: Option<PathVariable>,
    /// The products at it and below it.
    pub products: Products,
    /// The function of its name, where it has a POST.
    pub shorthand: Option<Shorthand>,
}

/// The function that stands for a child's POST.
#[derive(Clone, Debug, PartialEq)]
pub struct Shorthand {
    /// One line of documentation.
    pub docs: Docs,
    /// The product of the operation.
    pub product: String,
    /// Whether it takes a request.
    pub takes_request: bool,
    /// Whether the reply has a type of its own.
    pub has_reply: bool,
    /// Why it should not be used.
    pub deprecated: Option<String>,
}
