//! Text → a tree of nodes. Only the part of YAML that a description needs: one document, no anchors, no tags, keys that are texts.

use super::node::{Entry, Node, Value};
use super::scalar::{Doubtful, resolve};
use crate::diagnostic::{Diagnostic, FileId, Sources, Span};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput};
use std::collections::HashMap;

/// More levels than any description needs; fewer than a stack holds.
const MAX_DEPTH: usize = 64;

const SYNTAX_HELP: &str = "put a text in quotes that contains `: ` or ` #`, ends in `:`, or begins with a sign such as `{`, `[`, `*`, `&`, `@`, `%`; \
    close what is open (`{`, `[`, quotes); indent with spaces, never with tabs";

/// Reads a file. `None`: it cannot be parsed at all, and `problems` says why.
pub(crate) fn parse(
    sources: &Sources,
    file: FileId,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let text = sources.text(file);
    let mut loader = Loader {
        parser: Parser::new_from_str(text),
        text,
        offsets: text.char_indices().map(|(offset, _)| offset).collect(),
        file,
        problems,
    };
    loader.document().ok()
}

/// Parsing cannot go on; the reason is among the problems.
struct Stopped;

struct Loader<'s> {
    parser: Parser<'s, StrInput<'s>>,
    text: &'s str,
    /// The byte at which each character begins.
    offsets: Vec<usize>,
    file: FileId,
    problems: &'s mut Vec<Diagnostic>,
}

impl<'s> Loader<'s> {
    fn document(&mut self) -> Result<Node, Stopped> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    self.refuse(
                        "second-document",
                        span,
                        "a second document in one file",
                        "one file describes one thing; remove the `---` or make another file",
                    );
                    return Err(Stopped);
                }
                Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::Nothing => {}
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        Ok(root.unwrap_or(Node {
            span: Span::start_of(self.file),
            value: Value::Null,
        }))
    }

    fn next(&mut self) -> Result<(Event<'s>, Span), Stopped> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let span = self.span(&span.start, &span.end);
                Ok((event, span))
            }
            Some(Err(error)) => {
                let at = self.span(error.marker(), error.marker());
                let message = format!("this is not YAML: {}", error.info());
                self.refuse("yaml-syntax", at, message, self.syntax_help(at));
                Err(Stopped)
            }
            None => Ok((Event::StreamEnd, Span::start_of(self.file))),
        }
    }

    fn node(&mut self, event: Event<'s>, mut span: Span, depth: usize) -> Result<Node, Stopped> {
        if depth > MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            self.refuse(
                "too-deep",
                span,
                message,
                "describe the inner part as a shared shape in `shapes/`",
            );
            return Err(Stopped);
        }
        let value = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), span);
                self.scalar(&text, style, span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), span);
                let (items, end) = self.list(depth)?;
                span = self.first_line(span, end);
                Value::List(items)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(anchor, tag.is_some(), span);
                let (entries, end) = self.map(depth)?;
                span = self.first_line(span, end);
                Value::Map(entries)
            }
            Event::Alias(_) => {
                self.refuse(
                    "yaml-alias",
                    span,
                    "a reference to an anchor (`*name`)",
                    "write the value out, or make it a shared shape in `shapes/`",
                );
                Value::Unreadable
            }
            _ => Value::Null,
        };
        Ok(Node { span, value })
    }

    /// The items of a list, and where it ends.
    fn list(&mut self, depth: usize) -> Result<(Vec<Node>, Span), Stopped> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, end) => return Ok((items, end)),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    /// The entries of a map, and where it ends.
    fn map(&mut self, depth: usize) -> Result<(Vec<Entry>, Span), Stopped> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: HashMap<String, Span> = HashMap::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                return Ok((entries, span));
            }
            let key = self.key(event, span, depth)?;
            let (event, value_span) = self.next()?;
            let value = self.node(event, value_span, depth + 1)?;
            let Some((key, numeric)) = key else { continue };
            if let Some(first) = seen.insert(key.clone(), span) {
                let problem = Diagnostic::error(
                    "duplicate-key",
                    span,
                    format!("the key `{key}` stands here twice"),
                )
                .label("the second time")
                .also(first, "the first time")
                .help("remove one of the two; YAML readers disagree about which one counts");
                self.problems.push(problem);
                continue;
            }
            entries.push(Entry {
                key,
                key_span: span,
                numeric,
                value,
            });
        }
    }

    /// The text of a key, and whether it is a whole number.
    fn key(
        &mut self,
        event: Event<'s>,
        span: Span,
        depth: usize,
    ) -> Result<Option<(String, bool)>, Stopped> {
        let plain = matches!(event, Event::Scalar(_, ScalarStyle::Plain, ..));
        let raw = match &event {
            Event::Scalar(text, ..) => Some(text.to_string()),
            _ => None,
        };
        let node = self.node(event, span, depth + 1)?;
        Ok(match (node.value, raw) {
            (Value::Unreadable, _) => None,
            (Value::Text(text), _) => Some((text, false)),
            (Value::Integer(_), Some(raw)) => Some((raw, true)),
            (_, Some(raw)) if plain && !raw.is_empty() => {
                self.refuse(
                    "key-not-text",
                    span,
                    format!("the key `{raw}` is not a text"),
                    format!("put it in quotes: `\"{raw}\"`"),
                );
                None
            }
            _ => {
                self.refuse(
                    "key-not-text",
                    span,
                    "a key must be a text",
                    "to write a text that begins with `{`, `[` or `?`, put it in quotes",
                );
                None
            }
        })
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Value {
        if style != ScalarStyle::Plain {
            return Value::Text(text.to_owned());
        }
        match resolve(text) {
            Ok(value) => value,
            Err(doubtful) => {
                self.refuse(
                    "doubtful-number",
                    span,
                    explain(doubtful, text),
                    format!("if it is a text, put it in quotes: `\"{text}\"`"),
                );
                Value::Unreadable
            }
        }
    }

    /// What to do about a text that is no YAML; a list's type between braces is the commonest mistake.
    fn syntax_help(&self, at: Span) -> &'static str {
        let before = self.text.get(..at.range().start).unwrap_or("");
        let rest = self.text.get(at.range().start..).unwrap_or("");
        let line_start = before.lines().last().unwrap_or("");
        let line_end = rest.lines().next().unwrap_or("");
        if line_start.contains('{') && (line_start.ends_with("[]") || line_end.starts_with("[]")) {
            "between braces, the type of a list needs quotes: `{ type: \"string[]\" }`"
        } else {
            SYNTAX_HELP
        }
    }

    fn refuse_extras(&mut self, anchor: usize, tagged: bool, span: Span) {
        if anchor != 0 {
            self.refuse(
                "yaml-anchor",
                span,
                "an anchor (`&name`)",
                "write the value out where it is needed, or make it a shared shape in `shapes/`",
            );
        }
        if tagged {
            self.refuse(
                "yaml-tag",
                span,
                "a tag (`!name`)",
                "remove it; quotes make a text of anything: `\"1\"`",
            );
        }
    }

    fn refuse(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems
            .push(Diagnostic::error(code, span, message).help(help));
    }

    /// The place between two markers, of which only the first line is kept: it is there to be pointed at.
    fn span(&self, start: &Marker, end: &Marker) -> Span {
        let byte = |marker: &Marker| {
            let offset = self.offsets.get(marker.index()).copied();
            offset.unwrap_or(self.text.len())
        };
        self.clipped(byte(start), byte(end))
    }

    /// From the beginning of a list or a map to its end.
    fn first_line(&self, start: Span, end: Span) -> Span {
        self.clipped(start.range().start, end.range().end)
    }

    fn clipped(&self, start: usize, end: usize) -> Span {
        let text = self.text.get(start..end).unwrap_or("");
        let line = text.lines().next().unwrap_or("").trim_end();
        Span::new(self.file, start..start + line.len())
    }
}

fn explain(doubtful: Doubtful, text: &str) -> String {
    match doubtful {
        Doubtful::LeadingZero => format!("`{text}` is a number that begins with a zero"),
        Doubtful::TooLarge => format!("`{text}` is a number of more than 63 bits"),
        Doubtful::NotFinite => format!("`{text}` is not a finite number"),
    }
}
