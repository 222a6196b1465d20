//! What is not checked, or not as the facts say it: each by its name.

use crate::cli::TableFormat;
use std::fmt::{self, Write as _};

/// Something that is not checked, or not as the facts say it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Note {
    kind: NoteKind,
    operation: String,
    /// The place in it, and what is to be said of it.
    text: String,
}

/// The sorts of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoteKind {
    /// The generated crate has it, the facts have not.
    NotInFacts,
    /// The facts have it, the generated crate has not.
    NotDescribed,
    /// Of APIv2, which cannot be called yet: the table names them.
    NotCallable,
    /// No cases could be made of it.
    NotUnderstood,
    /// The description departs from the facts on purpose.
    Deviation,
    /// A flaw of the facts was repaired.
    Repaired,
}

impl Note {
    /// A note on an operation.
    pub(super) fn new(kind: NoteKind, operation: &str, text: &str) -> Self {
        Self {
            kind,
            operation: operation.to_owned(),
            text: text.to_owned(),
        }
    }
}

impl NoteKind {
    fn title(self) -> &'static str {
        match self {
            Self::NotInFacts => "described, but not in the facts",
            Self::NotDescribed => "in the facts, but not described",
            Self::NotCallable => "not callable yet",
            Self::NotUnderstood => "not checked",
            Self::Deviation => "where the description departs from the facts on purpose",
            Self::Repaired => "flaws of the facts, repaired",
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text.as_str() {
            "" => f.write_str(&self.operation),
            text => write!(f, "{}: {text}", self.operation),
        }
    }
}

/// The notes by their kinds. What cannot be called is not told again: the table has it.
pub(crate) fn told(notes: &[Note], format: TableFormat) -> String {
    let mut text = String::new();
    let by_kind = notes.chunk_by(|one, other| one.kind == other.kind);
    for (kind, notes) in by_kind.filter_map(|notes| Some((notes.first()?.kind, notes))) {
        if kind == NoteKind::NotCallable {
            continue;
        }
        // Writing to a text cannot fail.
        let _ = writeln!(text, "\n{} {}:", notes.len(), kind.title());
        if format == TableFormat::Markdown {
            text.push('\n');
        }
        for note in notes {
            let _ = match format {
                TableFormat::Text => writeln!(text, "  {note}"),
                TableFormat::Markdown => writeln!(text, "- `{}` {}", note.operation, note.text),
            };
        }
    }
    text
}
