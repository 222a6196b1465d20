//! Where in a document something is: `detail.goods[2].name`.

use crate::excerpt::{Excerpt, told};
use core::fmt;

/// How many characters of a name from outside stand in a path: a hostile document must not fill the memory with its names.
const LONGEST_NAME: usize = 64;

/// A place in a document, that grows and shrinks while the document is walked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Location(Vec<Step>);

/// One step down.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// To a described member.
    Field(&'static str),
    /// To an item of a list.
    Index(usize),
    /// To an entry of a map: made by [`Step::key`], which bounds it.
    Key(String),
}

impl Step {
    /// To an entry of a map.
    pub(crate) fn key(name: &str) -> Self {
        Self::Key(told(&Excerpt::of(name, LONGEST_NAME)))
    }
}

impl Location {
    pub(crate) fn enter(&mut self, step: Step) {
        self.0.push(step);
    }

    pub(crate) fn leave(&mut self) {
        self.0.pop();
    }

    /// The path of a member of the present place.
    pub(crate) fn member(&self, name: &str) -> String {
        let here = told(self);
        let name = Excerpt::of(name, LONGEST_NAME);
        if here.is_empty() {
            told(&name)
        } else {
            format!("{here}.{name}")
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            let dot = if position == 0 { "" } else { "." };
            match step {
                Step::Field(name) => write!(f, "{dot}{name}")?,
                Step::Key(name) => write!(f, "{dot}{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_items_and_entries_are_written_as_code_would() {
        let mut location = Location::default();
        assert_eq!(location.member("mchid"), "mchid");
        location.enter(Step::Field("detail"));
        location.enter(Step::key("goods"));
        location.enter(Step::Index(2));
        assert_eq!(location.to_string(), "detail.goods[2]");
        assert_eq!(location.member("name"), "detail.goods[2].name");
        location.leave();
        assert_eq!(location.to_string(), "detail.goods");
    }
}
