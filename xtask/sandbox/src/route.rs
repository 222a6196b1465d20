//! Which operation a request means.

use crate::refusal::{Detail, Refusal};
use crate::target::decode_segment;
use std::collections::HashMap;
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

/// Finds operations by paths, as a tree of their segments: looking at each of a thousand paths for each request takes too long.
#[derive(Clone, Debug, Default)]
pub struct Router {
    root: Node,
}

/// What may follow the same segments.
#[derive(Clone, Debug, Default)]
struct Node {
    fixed: HashMap<String, Node>,
    variable: Option<Box<Node>>,
    /// The paths that end here; several where they differ in the names of their variables alone.
    paths: Vec<String>,
}

/// A path of the description that a request's path fits.
struct Candidate<'a, 'r> {
    item: &'a PathItem,
    /// The segments that variables took, as sent.
    taken: Vec<&'r str>,
}

impl Router {
    /// A router for the paths of an API.
    pub fn new(api: &Api) -> Self {
        let mut router = Self::default();
        for (key, item) in &api.paths {
            let node = segments(&item.path).fold(&mut router.root, Node::child);
            node.paths.push(key.clone());
        }
        router
    }

    /// Finds the operation for a method and a path as sent (no query). `api` is that of [`Self::new`].
    ///
    /// A fixed segment is taken before a variable one, from the left; a path that has the method before one that has not.
    ///
    /// # Errors
    ///
    /// No path fits (404), the paths that fit have other methods (405), or a variable is empty, `.`, `..` or badly encoded (400).
    pub fn route<'a>(&self, api: &'a Api, method: &str, path: &str) -> Result<Route<'a>, Refusal> {
        let candidates = self.candidates(api, path);
        let found = candidates
            .iter()
            .find_map(|candidate| Some((candidate, operation(candidate.item, method)?)));
        let Some((candidate, (method, operation))) = found else {
            return Err(no_operation(&candidates, method, path));
        };
        let names = candidate.item.path.variables();
        let variables = names.zip(&candidate.taken);
        let variables = variables.map(|(name, raw)| variable(name, raw));
        Ok(Route {
            item: candidate.item,
            method,
            operation,
            variables: variables.collect::<Result<_, _>>()?,
        })
    }

    fn candidates<'a, 'r>(&self, api: &'a Api, path: &'r str) -> Vec<Candidate<'a, 'r>> {
        let Some(path) = path.strip_prefix('/') else {
            return Vec::new();
        };
        let raw: Vec<_> = path.split('/').collect();
        let mut ends = Vec::new();
        self.root.walk(&raw, &mut Vec::new(), &mut ends);
        let ends = ends.into_iter();
        ends.filter_map(|(key, taken)| {
            let item = api.paths.get(key)?;
            Some(Candidate { item, taken })
        })
        .collect()
    }
}

impl Node {
    fn child(&mut self, segment: Segment<'_>) -> &mut Self {
        match segment {
            Segment::Fixed(text) => self.fixed.entry(text.to_owned()).or_default(),
            Segment::Variable(_) => self.variable.get_or_insert_default(),
        }
    }

    /// Collects the paths that fit, each with what its variables took.
    fn walk<'n, 'r>(
        &'n self,
        raw: &[&'r str],
        taken: &mut Vec<&'r str>,
        ends: &mut Vec<(&'n str, Vec<&'r str>)>,
    ) {
        let Some((first, rest)) = raw.split_first() else {
            let paths = self.paths.iter();
            ends.extend(paths.map(|path| (path.as_str(), taken.clone())));
            return;
        };
        let fixed = decode_segment(first).ok();
        if let Some(node) = fixed.and_then(|text| self.fixed.get(&text)) {
            node.walk(rest, taken, ends);
        }
        if let Some(node) = &self.variable {
            taken.push(first);
            node.walk(rest, taken, ends);
            taken.pop();
        }
    }
}

fn operation<'a>(item: &'a PathItem, method: &str) -> Option<(Method, &'a Operation)> {
    let mut operations = item.operations.iter();
    operations
        .find(|(own, _)| own.as_str() == method)
        .map(|(own, operation)| (*own, operation))
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
        Router::new(api)
            .route(api, method, path)
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
