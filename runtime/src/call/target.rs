//! The target of a request: path and query, exactly as they are signed and sent.

use crate::check::{self, Rule, Violation};
use crate::cut::cut;
use crate::operation::Operation;
use crate::percent;
use http::Uri;

/// Renders an operation's path: each variable is one segment. Notes variables that cannot be sent; where `described`, also those that
/// break their rules.
pub(super) fn path(
    operation: &Operation,
    variables: &[&str],
    described: bool,
    violations: &mut Vec<Violation>,
) -> String {
    let mut path = String::with_capacity(operation.path.len() + 32);
    let mut values = variables.iter();
    let mut count = 0;
    let mut rest = operation.path;
    while let Some((fixed, name, after)) = next_variable(rest) {
        path.push_str(fixed);
        count += 1;
        if let Some(value) = values.next() {
            if let Some(found) = unsendable(name, value) {
                violations.push(found);
            }
            percent::encode_into(&mut path, value);
        }
        rest = after;
    }
    path.push_str(rest);
    if count != variables.len() {
        let actual = variables.len();
        let expected = count;
        violations.push(Violation::new(
            "the path",
            Rule::VariableCount { expected, actual },
        ));
    }
    if described && violations.is_empty() {
        let rules = operation.variables.iter().zip(variables);
        for (field, value) in rules {
            check::variable(field, value, violations);
        }
    }
    path
}

/// The fixed text before the next variable, its name, and what follows it.
fn next_variable(path: &str) -> Option<(&str, &str, &str)> {
    let (fixed, rest) = cut(path, "{")?;
    let (name, after) = cut(rest, "}")?;
    Some((fixed, name, after))
}

/// Why a variable would lead to another path.
fn unsendable(name: &str, value: &str) -> Option<Violation> {
    let rule = match value {
        "" => Rule::NotEmpty,
        "." | ".." => Rule::DotSegment,
        _ => return None,
    };
    Some(Violation::new(format!("path variable `{name}`"), rule))
}

/// The URL of a target, which is sent exactly as the target says, or not at all.
///
/// # Errors
/// Where the target is none, or an HTTP client would change it on its way.
pub(super) fn url(origin: &str, target: &str) -> Result<Uri, Violation> {
    let refused = |problem| Violation::new("target", Rule::Target { problem });
    if !target.starts_with('/') || target.starts_with("//") {
        return Err(refused(
            "expected a path that begins with one `/`, without scheme and host",
        ));
    }
    let mut signs = Signs::default();
    for character in target.chars() {
        signs.see(character);
    }
    if signs.blank {
        return Err(refused(
            "white space and line breaks must be percent-encoded",
        ));
    }
    if signs.fragment {
        return Err(refused(
            "a fragment is never sent; percent-encode `#` as %23",
        ));
    }
    let (path, _) = cut(target, "?").unwrap_or((target, ""));
    if signs.rewritten || path.split('/').any(is_dot_segment) {
        return Err(refused(
            "it would be sent in another form than it is signed: percent-encode it, and leave out `.` and `..`",
        ));
    }
    Uri::try_from(format!("{origin}{target}")).map_err(|_| refused("this is no target of a URL"))
}

/// Segments that HTTP clients resolve.
fn is_dot_segment(segment: &str) -> bool {
    let after_dot = |text| {
        ["%2e", "%2E", "."]
            .iter()
            .find_map(|dot| str::strip_prefix(text, dot))
    };
    let after_first = after_dot(segment);
    after_first.is_some_and(|rest| rest.is_empty() || after_dot(rest) == Some(""))
}

/// What the characters of a target tell.
#[derive(Default)]
struct Signs {
    in_query: bool,
    blank: bool,
    fragment: bool,
    /// What HTTP clients encode, or read as something else.
    rewritten: bool,
}

impl Signs {
    fn see(&mut self, character: char) {
        self.blank |= character.is_control() || character.is_whitespace();
        self.fragment |= character == '#';
        self.rewritten |= match character {
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '}' => true,
            '\'' => self.in_query,
            other => !other.is_ascii(),
        };
        self.in_query |= character == '?';
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Host, Method};
    use crate::value::Field;
    use proptest::prelude::*;

    static TWO: Operation = Operation::new(
        Method::Get,
        "/v3/users/{openid}/cards/{card-id}/",
        Host::DEFAULT,
    )
    .variables(&[Field::new("openid").max(4), Field::new("card-id")]);

    fn path(
        operation: &Operation,
        variables: &[&str],
        described: bool,
    ) -> Result<String, Vec<Violation>> {
        let mut violations = Vec::new();
        let path = super::path(operation, variables, described, &mut violations);
        match violations.is_empty() {
            true => Ok(path),
            false => Err(violations),
        }
    }

    const ORIGIN: &str = "https://api.mch.weixin.qq.com";

    #[test]
    fn variables_are_encoded_as_one_segment_each() {
        let rendered = path(&TWO, &["a/b ", "订?#%"], true).expect("a path");
        assert_eq!(rendered, "/v3/users/a%2Fb%20/cards/%E8%AE%A2%3F%23%25/");
    }

    #[test]
    fn what_leads_to_another_path_is_refused_even_unchecked() {
        for wrong in ["", ".", ".."] {
            let violations = path(&TWO, &["a", wrong], false).expect_err(wrong);
            assert_eq!(violations.len(), 1);
            assert!(violations[0].place.contains("card-id"));
        }
        assert!(path(&TWO, &["a"], false).is_err());
        assert!(path(&TWO, &["a", "b", "c"], false).is_err());
    }

    #[test]
    fn rules_of_variables_count_unless_unchecked() {
        assert!(path(&TWO, &["12345", "x"], true).is_err());
        assert!(path(&TWO, &["12345", "x"], false).is_ok());
    }

    #[test]
    fn targets_that_would_change_are_refused() {
        for right in [
            "/v3/certificates?algorithm_type=RSA&x=%E8",
            "/v3/.../x",
            "/v3/.x",
            "/v3/x.",
            "/v3/%2f?x=..",
        ] {
            assert!(url(ORIGIN, right).is_ok(), "{right}");
        }
        for wrong in [
            "v3/certificates",
            "//evil.example/v3",
            "https://evil.example/",
            "/v3/a b",
            "/v3/a\r\nb",
            "/v3#x",
            "/v3/../x",
            "/v3/./x",
            "/v3/%2e%2e/x",
            "/v3/.%2E/x",
            "/v3/x/%2e",
            "/v3/..",
            "/v3/订单",
            "/v3/a?x='1'",
            "/v3\\a",
            "",
        ] {
            assert!(url(ORIGIN, wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_variable_is_sent_as_it_is_signed(one in any::<String>(), other in any::<String>()) {
            if let Ok(rendered) = path(&TWO, &[&one, &other], false) {
                prop_assert!(url(ORIGIN, &rendered).is_ok());
                let segments: Vec<_> = rendered.split('/').map(|segment| {
                    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
                }).collect();
                prop_assert_eq!(segments, ["", "v3", "users", &one, "cards", &other, ""]);
            } else {
                let refused = |value: &str| matches!(value, "" | "." | "..");
                prop_assert!(refused(&one) || refused(&other));
            }
        }
    }
}
