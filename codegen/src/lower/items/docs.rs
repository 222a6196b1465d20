/// Documentation: Markdown, a string a line, without the slashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The lines.
    pub lines: Vec<String>,
}

impl Docs {
    /// One line.
    pub fn line(text: impl Into<String>) -> Self {
        Self {
            lines: vec![text.into()],
        }
    }

    /// Adds a paragraph: an empty line stands before it unless it is the first.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.block([text.into()]);
    }

    /// Adds a paragraph of several lines.
    pub fn block(&mut self, lines: impl IntoIterator<Item = String>) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }
}
