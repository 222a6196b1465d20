//! Text of the description as Markdown that rustdoc takes without a warning.

/// Escapes what Markdown and HTML would take for their own; links become links.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        if let Some(url) = url(rest) {
            out.push('<');
            out.push_str(url);
            out.push('>');
            rest = rest.get(url.len()..).unwrap_or_default();
            continue;
        }
        match first {
            '<' | '>' | '[' | ']' | '*' | '`' | '\\' => {
                out.push('\\');
                out.push(first);
            }
            '&' => out.push_str("&amp;"),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(other),
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    out
}

/// The URL at the beginning of a text.
fn url(text: &str) -> Option<&str> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    let ends = |c: char| {
        !c.is_ascii() || c.is_whitespace() || c.is_control() || "<>[]()`\"'|\\^{},;".contains(c)
    };
    let url = text.split(ends).next()?;
    let url = url.trim_end_matches(['.', ':', '!', '?', '*', '_']);
    (url.len() > "https://".len()).then_some(url)
}

/// A text as code in one line, cut when it is long.
pub(super) fn code(text: &str) -> String {
    const LONGEST: usize = 60;
    let flat: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let mut shown: String = flat.trim().chars().take(LONGEST).collect();
    if flat.trim().chars().count() > LONGEST {
        shown.push('…');
    }
    match shown.contains('`') {
        true => format!("`` {shown} ``"),
        false if shown.is_empty() => "\"\"".to_owned(),
        false => format!("`{shown}`"),
    }
}

/// A sentence: with a full stop at its end.
pub(super) fn sentence(text: &str) -> String {
    let text = escape(text);
    match text.chars().last() {
        Some('.' | '。' | '!' | '?' | '！' | '？' | ':' | '：') | None => text,
        Some(_) => format!("{text}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustdoc_would_take_for_its_own_is_escaped() {
        assert_eq!(escape("a<b> [c] *d* `e`"), r"a\<b\> \[c\] \*d\* \`e\`");
        assert_eq!(escape("x\ny"), "x y");
    }

    #[test]
    fn bare_links_are_marked() {
        assert_eq!(escape("见https://a.cn/b_c。"), "见<https://a.cn/b_c>。");
        assert_eq!(escape("https://"), "https://");
    }

    #[test]
    fn code_is_one_short_line() {
        assert_eq!(code("a\nb"), "`a b`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code(&"x".repeat(70)), format!("`{}…`", "x".repeat(60)));
    }
}
