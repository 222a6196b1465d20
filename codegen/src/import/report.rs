//! What the import did beyond copying, for a person to review.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// All that a person should know about an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ImportReport {
    /// The entries, by file and place.
    pub entries: Vec<ReportEntry>,
    /// How many operations were taken from the facts.
    pub operations: usize,
    /// How many of them were added to the description.
    pub added: usize,
    /// How many were replaced, since overwriting was asked for.
    pub replaced: usize,
    /// How many stood in the description already and were kept.
    pub kept: usize,
    /// How many fields got a unit of money.
    pub money: usize,
    /// How many fields were marked as telling about a person.
    pub private: usize,
}

/// One thing to review.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ReportEntry {
    /// The file in `spec/`.
    pub file: String,
    /// What sort of thing it is.
    pub kind: ReportKind,
    /// The place in the file: `post.body.detail.seq`; empty for the file itself.
    pub place: String,
    /// What the facts say.
    pub fact: String,
    /// What was chosen.
    pub chosen: String,
    /// Why.
    pub why: String,
}

/// The sorts of report entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// The file was there before, says something else than the facts, and was kept.
    KeptDiffers,
    /// A proposal that a person should confirm: `repeatable`, a shared shape, a name.
    Proposed,
    /// A fault of the facts that could be repaired.
    Repaired,
    /// Something that the description does not hold, with the reason.
    Dropped,
}

impl ReportKind {
    /// In words.
    fn as_str(self) -> &'static str {
        match self {
            Self::KeptDiffers => "kept, differs",
            Self::Proposed => "proposed",
            Self::Repaired => "repaired",
            Self::Dropped => "dropped",
        }
    }
}

impl ImportReport {
    /// How many entries there are of each kind.
    pub fn counts(&self) -> BTreeMap<ReportKind, usize> {
        let mut counts = BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.kind).or_insert(0) += 1;
        }
        counts
    }

    /// The entries in order, each once.
    pub(super) fn sort(&mut self) {
        self.entries.sort();
        self.entries.dedup();
    }
}

impl fmt::Display for ReportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut file = "";
        for entry in &self.entries {
            if entry.file != file {
                file = &entry.file;
                writeln!(f, "{file}")?;
            }
            writeln!(f, "  {entry}")?;
        }
        write!(
            f,
            "{} operations: {} added, {} replaced, {} kept; {} fields with a unit of money, {} that tell about a person",
            self.operations, self.added, self.replaced, self.kept, self.money, self.private
        )?;
        for (kind, count) in self.counts() {
            write!(f, "; {count} {kind}")?;
        }
        writeln!(f)
    }
}

impl fmt::Display for ReportEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if !self.place.is_empty() {
            write!(f, " {}", self.place)?;
        }
        write!(f, ": {} → {} ({})", self.fact, self.chosen, self.why)
    }
}

/// Notes what is done at the places of one file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    file: String,
    place: Vec<String>,
    entries: Vec<ReportEntry>,
    /// Fields with a unit of money.
    pub(super) money: usize,
    /// Fields that tell about a person.
    pub(super) private: usize,
}

impl Notes {
    /// Notes for a file of `spec/`.
    pub(super) fn of(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            ..Self::default()
        }
    }

    /// Does something one place further in.
    pub(super) fn within<T>(
        &mut self,
        step: impl Into<String>,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.place.push(step.into());
        let done = work(self);
        self.place.pop();
        done
    }

    /// The last step of the place that can be a field's name.
    pub(super) fn place(&self) -> String {
        self.place.join(".")
    }

    /// Notes an entry at the present place.
    pub(super) fn note(
        &mut self,
        kind: ReportKind,
        fact: impl fmt::Display,
        chosen: impl fmt::Display,
        why: impl fmt::Display,
    ) {
        self.entries.push(ReportEntry {
            file: self.file.clone(),
            kind,
            place: self.place(),
            fact: fact.to_string(),
            chosen: chosen.to_string(),
            why: why.to_string(),
        });
    }

    /// Notes a repair.
    pub(super) fn repaired(
        &mut self,
        fact: impl fmt::Display,
        chosen: impl fmt::Display,
        why: impl fmt::Display,
    ) {
        self.note(ReportKind::Repaired, fact, chosen, why);
    }

    /// Notes that something is left out.
    pub(super) fn dropped(&mut self, fact: impl fmt::Display, why: impl fmt::Display) {
        self.note(ReportKind::Dropped, fact, "left out", why);
    }

    /// Notes a proposal.
    pub(super) fn proposed(
        &mut self,
        fact: impl fmt::Display,
        chosen: impl fmt::Display,
        why: impl fmt::Display,
    ) {
        self.note(ReportKind::Proposed, fact, chosen, why);
    }

    /// Hands the notes over to the report.
    pub(super) fn report(self, report: &mut ImportReport) {
        report.entries.extend(self.entries);
        report.money += self.money;
        report.private += self.private;
    }
}
