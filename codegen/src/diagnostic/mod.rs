//! What is wrong with a description: where, what was expected, what to do.

mod json;
mod near_miss;
mod render;
mod report;
mod source;

pub(crate) use near_miss::near_miss;
pub use report::Report;
pub(crate) use source::{FileId, Sources};
pub use source::{Position, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be generated from the description.
    Error,
    /// It can, but a person should look at it.
    Warning,
}

impl Severity {
    /// As it is printed: `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that is wrong, or doubtful, in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    severity: Severity,
    code: &'static str,
    message: String,
    primary: Label,
    secondary: Vec<Label>,
    help: Vec<String>,
    replacement: Option<String>,
}

/// A stretch of a file and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// A problem that keeps the description from being used.
    pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// Something doubtful.
    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    fn new(severity: Severity, code: &'static str, span: Span, message: String) -> Self {
        let primary = Label {
            span,
            text: String::new(),
        };
        Self {
            severity,
            code,
            message,
            primary,
            secondary: Vec::new(),
            help: Vec::new(),
            replacement: None,
        }
    }

    /// Says something of the place itself.
    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Points to another place that has to do with it.
    pub(crate) fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to do.
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Proposes a text to stand at the place instead.
    pub(crate) fn replace_with(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help.push(format!("did you mean `{text}`?"));
        self.replacement = Some(text);
        self
    }

    /// Proposes the candidate that is spelt most alike, if one is near.
    pub(crate) fn near_miss<'a>(
        self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        match near_miss(word, candidates) {
            Some(candidate) => self.replace_with(candidate),
            None => self,
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Its kind, which stays the same from version to version: `unknown-key`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The place that is wrong.
    pub fn primary(&self) -> &Label {
        &self.primary
    }

    /// Other places that have to do with it.
    pub fn secondary(&self) -> &[Label] {
        &self.secondary
    }

    /// What to do.
    pub fn help_lines(&self) -> &[String] {
        &self.help
    }

    /// A text that would probably be right at the primary place.
    pub fn replacement(&self) -> Option<&str> {
        self.replacement.as_deref()
    }
}
