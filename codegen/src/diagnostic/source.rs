use std::ops::Range;

/// A file of a description, by its number among the [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(u32);

/// A stretch of a file of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub(crate) file: FileId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Where a stretch begins, as people count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file, relative to the root of the description, with `/` between its parts.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The texts that a description was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sources {
    files: Vec<Source>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Source {
    name: String,
    text: String,
}

impl Span {
    pub(crate) fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            file,
            start: clamp(range.start),
            end: clamp(range.end.max(range.start)),
        }
    }

    /// The beginning of a file.
    pub(crate) fn start_of(file: FileId) -> Self {
        Self::new(file, 0..0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Sources {
    pub(crate) fn add(&mut self, name: String, text: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source { name, text });
        id
    }

    /// The file's path, relative to the root of the description.
    pub(crate) fn name(&self, file: FileId) -> &str {
        self.get(file).map_or("", |source| &source.name)
    }

    pub(crate) fn text(&self, file: FileId) -> &str {
        self.get(file).map_or("", |source| &source.text)
    }

    /// What stands at a place.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    pub(crate) fn position(&self, file: FileId, offset: usize) -> Position {
        let before = self.text(file).get(..offset).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            file: self.name(file).to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
        }
    }

    fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml".into(), "标题: x\nlabel: 标签\n".into());
        let offset = sources.text(file).find("签").expect("the character");
        let position = sources.position(file, offset);
        assert_eq!((position.line, position.column), (2, 9));
    }

    #[test]
    fn a_place_outside_of_the_text_is_harmless() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml".into(), "标".into());
        assert_eq!(sources.slice(Span::new(file, 1..9)), "");
        assert_eq!(sources.position(file, 99).line, 1);
    }
}
