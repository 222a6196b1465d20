//! Which operation a request means.

use crate::refusal::{Detail, Refusal};
use crate::target::decode_segment;
use wechatpay_codegen::model::{Api, Method, Operation, PathItem, Segment, UrlPath};

/// The operation that a request means.
#[derive(Clone, Debug)]
pub struct Route<'a> {
    /// The path.
    pub item: &'a PathItem,
    /// The method.
    pub method: Method,
    /// The operation.
    pub operation: &'a Operation,
    /// The variables by name, decoded, in the order of the path.
    pub variables: Vec<(&'a str, String)>,
}

impl Route<'_> {
    /// The operation as people name it: `GET /v3/certificates`.
    pub fn name(&self) -> String {
        format!("{} {}", self.method.as_str(), self.item.path.as_str())
    }
}

/// A path of the description that a request's path fits.
struct Candidate<'a, 'r> {
    item: &'a PathItem,
    /// For each segment whether a variable took it.
    variable: Vec<bool>,
    /// The segments that variables took, as sent.
    taken: Vec<(&'a str, &'r str)>,
}

/// Finds the operation for a method and a path as sent (no query).
///
/// A fixed segment is taken before a variable one, from the left; a path that has the method before one that has not.
///
/// # Errors
///
/// No path fits (404), the paths that fit have other methods (405), or a variable is empty, `.`, `..` or badly encoded (400).
pub fn route<'a>(api: &'a Api, method: &str, path: &str) -> Result<Route<'a>, Refusal> {
    let fits = |item: &'a PathItem| fit(item, path);
    let mut candidates: Vec<_> = api.paths.values().filter_map(fits).collect();
    candidates.sort_by(|a, b| a.variable.cmp(&b.variable));
    let found = candidates
        .iter()
        .find_map(|candidate| Some((candidate, operation(candidate.item, method)?)));
    let Some((candidate, (method, operation))) = found else {
        return Err(no_operation(&candidates, method, path));
    };
    let variables = candidate
        .taken
        .iter()
        .map(|(name, raw)| variable(name, raw));
    Ok(Route {
        item: candidate.item,
        method,
        operation,
        variables: variables.collect::<Result<_, _>>()?,
    })
}

fn operation<'a>(item: &'a PathItem, method: &str) -> Option<(Method, &'a Operation)> {
    let mut operations = item.operations.iter();
    operations
        .find(|(own, _)| own.as_str() == method)
        .map(|(own, operation)| (*own, operation))
}

fn fit<'a, 'r>(item: &'a PathItem, path: &'r str) -> Option<Candidate<'a, 'r>> {
    let mut raw = path.strip_prefix('/')?.split('/');
    let mut candidate = Candidate {
        item,
        variable: Vec::new(),
        taken: Vec::new(),
    };
    for segment in segments(&item.path) {
        let raw = raw.next()?;
        match segment {
            Segment::Fixed(text) => {
                means(raw, text).then_some(())?;
                candidate.variable.push(false);
            }
            Segment::Variable(name) => {
                candidate.variable.push(true);
                candidate.taken.push((name, raw));
            }
        }
    }
    raw.next().is_none().then_some(candidate)
}

fn means(raw: &str, text: &str) -> bool {
    raw == text || (raw.contains('%') && decode_segment(raw).as_deref() == Ok(text))
}

/// The segments, with an empty one for a slash at the end.
fn segments(path: &UrlPath) -> impl Iterator<Item = Segment<'_>> {
    let slash = path.as_str().ends_with('/').then_some(Segment::Fixed(""));
    path.segments().chain(slash)
}

fn variable<'a>(name: &'a str, raw: &str) -> Result<(&'a str, String), Refusal> {
    let refuse = |issue: &str| {
        Err(Refusal::parameter(
            Detail::new("path", name, issue).with_value(raw),
        ))
    };
    match decode_segment(raw) {
        Ok(value) if value.is_empty() => refuse("it is empty"),
        Ok(value) if value == "." || value == ".." => refuse("`.` and `..` mean other paths"),
        Ok(value) => Ok((name, value)),
        Err(issue) => refuse(issue),
    }
}

fn no_operation(candidates: &[Candidate<'_, '_>], method: &str, path: &str) -> Refusal {
    let Some(nearest) = candidates.first() else {
        return Refusal::not_found(format!("There is no {path}."));
    };
    let methods: Vec<_> = nearest
        .item
        .operations
        .keys()
        .map(|one| one.as_str())
        .collect();
    Refusal::method_not_allowed(format!(
        "{} has no {method}; it has {}.",
        nearest.item.path.as_str(),
        methods.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use wechatpay_codegen::model::{Identity, Wire};

    fn api(paths: &[(&str, &[Method])]) -> Api {
        let item = |(path, methods): &(&str, &[Method])| {
            let operation = |method: &Method| (*method, Operation::default());
            let item = PathItem {
                path: UrlPath::new(*path),
                product: "pay".into(),
                host: None,
                identity: Identity::Merchant,
                wire: Wire::Json,
                names: BTreeMap::new(),
                same_route_as: None,
                params: Vec::new(),
                operations: methods.iter().map(operation).collect(),
            };
            ((*path).to_owned(), item)
        };
        Api {
            paths: paths.iter().map(item).collect(),
            ..Api::default()
        }
    }

    fn found(api: &Api, method: &str, path: &str) -> Result<String, u16> {
        route(api, method, path)
            .map(|route| format!("{} {:?}", route.item.path.as_str(), route.variables))
            .map_err(|refusal| refusal.status)
    }

    #[test]
    fn fixed_segments_come_before_variables() {
        let api = api(&[
            ("/v3/orders/{id}", &[Method::Get]),
            ("/v3/orders/list", &[Method::Get]),
            ("/v3/{a}/list", &[Method::Get]),
            ("/v3/orders/out/{no}", &[Method::Get]),
        ]);
        assert_eq!(
            found(&api, "GET", "/v3/orders/list"),
            Ok("/v3/orders/list []".into())
        );
        assert_eq!(
            found(&api, "GET", "/v3/orders/lis%74s"),
            Ok(r#"/v3/orders/{id} [("id", "lists")]"#.into())
        );
        assert_eq!(
            found(&api, "GET", "/v3/orders/out/a%2Fb%20c"),
            Ok(r#"/v3/orders/out/{no} [("no", "a/b c")]"#.into())
        );
    }

    #[test]
    fn a_path_with_the_method_comes_before_one_without() {
        let api = api(&[
            ("/v3/orders/{id}", &[Method::Get]),
            ("/v3/orders/list", &[Method::Post]),
        ]);
        assert_eq!(
            found(&api, "GET", "/v3/orders/list"),
            Ok(r#"/v3/orders/{id} [("id", "list")]"#.into())
        );
        assert_eq!(found(&api, "DELETE", "/v3/orders/list"), Err(405));
        assert_eq!(found(&api, "get", "/v3/orders/list"), Err(405));
    }

    #[test]
    fn variables_are_never_empty_nor_dots() {
        let api = api(&[("/v3/orders/{id}/close", &[Method::Post])]);
        for raw in ["", ".", "..", "%2e%2E", "%E5", "%"] {
            let path = format!("/v3/orders/{raw}/close");
            assert_eq!(found(&api, "POST", &path), Err(400), "{path}");
        }
    }

    #[test]
    fn a_slash_at_the_end_is_part_of_the_path() {
        let api = api(&[("/v3/a/", &[Method::Get]), ("/v3/b", &[Method::Get])]);
        assert_eq!(found(&api, "GET", "/v3/a/"), Ok("/v3/a/ []".into()));
        assert_eq!(found(&api, "GET", "/v3/a"), Err(404));
        assert_eq!(found(&api, "GET", "/v3/b/"), Err(404));
        assert_eq!(found(&api, "GET", "*"), Err(404));
    }
}
