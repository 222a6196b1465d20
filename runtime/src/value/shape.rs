//! The description of an object's members, as data in the program.

/// The description of an object.
#[derive(Debug)]
pub struct Shape {
    /// The name of the Rust type.
    pub name: &'static str,
    /// Its members, in the order of the description.
    pub fields: &'static [Field],
    /// Groups of members of which exactly one must be set.
    pub exactly_one: &'static [&'static [&'static str]],
}

impl Shape {
    /// What has no members.
    pub const NOTHING: Self = Self::new("", &[]);

    /// A shape with a name and its members.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            fields,
            exactly_one: &[],
        }
    }

    /// Groups of members of which exactly one must be set.
    pub const fn exactly_one(mut self, groups: &'static [&'static [&'static str]]) -> Self {
        self.exactly_one = groups;
        self
    }
}

/// The description of a member.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub place: Place,
    /// Whether the description calls it required.
    pub required: bool,
    /// Whether the description allows `null`.
    pub nullable: bool,
    /// Whether it tells about a person: `Debug` hides it.
    pub private: bool,
    /// The least number, or the least length of a text in characters; of a list's items, where it is one.
    pub min: Option<i64>,
    /// The greatest number, or the greatest length of a text in characters; of a list's items, where it is one.
    pub max: Option<i64>,
    /// The least number of items.
    pub min_items: Option<u32>,
    /// The greatest number of items.
    pub max_items: Option<u32>,
    /// What the whole text must look like.
    pub pattern: Option<Pattern>,
}

impl Field {
    /// A member of the body without any rule.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            place: Place::Body,
            required: false,
            nullable: false,
            private: false,
            min: None,
            max: None,
            min_items: None,
            max_items: None,
            pattern: None,
        }
    }

    /// Travels in another place than the body.
    pub const fn place(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Must be there.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// May be `null`.
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Is hidden by `Debug`.
    pub const fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// The least number or length.
    pub const fn min(mut self, min: i64) -> Self {
        self.min = Some(min);
        self
    }

    /// The greatest number or length.
    pub const fn max(mut self, max: i64) -> Self {
        self.max = Some(max);
        self
    }

    /// The least number of items.
    pub const fn min_items(mut self, min: u32) -> Self {
        self.min_items = Some(min);
        self
    }

    /// The greatest number of items.
    pub const fn max_items(mut self, max: u32) -> Self {
        self.max_items = Some(max);
        self
    }

    /// What the whole text must look like: a regular expression, anchored at both ends.
    pub const fn pattern(mut self, text: &'static str) -> Self {
        self.pattern = Some(Pattern {
            text,
            matches: matches_whole,
        });
        self
    }
}

/// Where a member of a request travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the body: the JSON document, the XML document, or the `meta` part of an upload.
    Body,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a part of its own of a form.
    Form,
}

/// A regular expression, and the function that tries it: programs without any pattern do not carry the engine.
#[derive(Clone, Copy)]
pub struct Pattern {
    /// The expression.
    pub text: &'static str,
    /// Whether a text matches from its first to its last character.
    pub matches: fn(&str, &str) -> bool,
}

impl core::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}

/// A pattern that the engine refuses matches everything: the generator has tried each one before.
pub(super) fn matches_whole(pattern: &str, text: &str) -> bool {
    match regex_lite::Regex::new(&format!("^(?:{pattern})$")) {
        Ok(expression) => expression.is_match(text),
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_anchored_at_both_ends_whatever_it_holds() {
        for (pattern, text, fits) in [
            ("a|b", "a", true),
            ("a|b", "b", true),
            ("a|b", "ab", false),
            ("a|b", "xb", false),
            ("a|b", "a\n", false),
            ("^a$|^b$", "b", true),
            (".{2}", "订单", true),
        ] {
            assert_eq!(matches_whole(pattern, text), fits, "{pattern} {text:?}");
        }
    }
}
