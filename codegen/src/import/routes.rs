//! Paths that would meet: siblings with the same name in Rust, and routes that the server cannot tell apart.

use crate::model::{PathItem, Segment, UrlPath};
use crate::naming;
use std::collections::BTreeMap;

/// What a new path must say to live beside the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Neighbours {
    /// Names for segments whose own is taken.
    pub(super) names: BTreeMap<String, String>,
    /// The path with the same route.
    pub(super) same_route_as: Option<String>,
}

/// Who lives where: by the wire's prefix and the name in Rust, the segment that has it; by route, its first path.
#[derive(Debug, Default)]
pub(super) struct Routes {
    owners: BTreeMap<(String, String), String>,
    given: BTreeMap<(String, String), String>,
    routes: BTreeMap<String, String>,
}

impl Routes {
    /// Takes up a path that is described already.
    pub(super) fn keep(&mut self, item: &PathItem) {
        for (prefix, segment) in prefixes(&item.path) {
            let text = wire_text(segment);
            match item.names.get(&text) {
                Some(name) => {
                    self.owners
                        .insert((prefix.clone(), name.clone()), text.clone());
                    self.given.insert((prefix, text), name.clone());
                }
                None => {
                    self.owners
                        .insert((prefix, naming::segment_module(segment)), text);
                }
            }
        }
        let path = item.path.as_str().to_owned();
        self.routes.entry(route(&item.path)).or_insert(path);
    }

    /// Takes up a new path, and says what it must say. Paths are to come in order, so that the answer is always the same.
    pub(super) fn add(&mut self, path: &UrlPath) -> Neighbours {
        let mut names = BTreeMap::new();
        for (prefix, segment) in prefixes(path) {
            let text = wire_text(segment);
            if let Some(name) = self.name(&prefix, segment, &text) {
                names.insert(text, name);
            }
        }
        let first = self
            .routes
            .entry(route(path))
            .or_insert_with(|| path.as_str().to_owned());
        Neighbours {
            names,
            same_route_as: (first != path.as_str()).then(|| first.clone()),
        }
    }

    /// The name that a segment needs, if another has its own.
    fn name(&mut self, prefix: &str, segment: Segment<'_>, text: &str) -> Option<String> {
        let given = (prefix.to_owned(), text.to_owned());
        if let Some(name) = self.given.get(&given) {
            return Some(name.clone());
        }
        let own = naming::segment_module(segment);
        let owner = self
            .owners
            .entry((prefix.to_owned(), own.clone()))
            .or_insert_with(|| text.to_owned());
        if owner == text {
            return None;
        }
        let name = (2..)
            .map(|number| format!("{own}_{number}"))
            .find(|name| !self.owners.contains_key(&(prefix.to_owned(), name.clone())))?;
        self.owners
            .insert((prefix.to_owned(), name.clone()), text.to_owned());
        self.given.insert(given, name.clone());
        Some(name)
    }
}

/// Each segment with the path before it.
fn prefixes(path: &UrlPath) -> Vec<(String, Segment<'_>)> {
    let mut prefix = String::new();
    let mut found = Vec::new();
    for segment in path.segments() {
        found.push((prefix.clone(), segment));
        prefix = format!("{prefix}/{}", wire_text(segment));
    }
    found
}

fn wire_text(segment: Segment<'_>) -> String {
    match segment {
        Segment::Fixed(text) => text.to_owned(),
        Segment::Variable(name) => format!("{{{name}}}"),
    }
}

/// The path with its variables made alike.
fn route(path: &UrlPath) -> String {
    let mut route = String::new();
    for segment in path.segments() {
        route.push('/');
        route.push_str(match segment {
            Segment::Fixed(text) => text,
            Segment::Variable(_) => "{}",
        });
    }
    if path.as_str().ends_with('/') {
        route.push('/');
    }
    route
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_two_names_alike_gets_another() {
        let mut routes = Routes::default();
        assert_eq!(
            routes.add(&UrlPath::new("/v3/a/policy-periods")),
            Neighbours::default()
        );
        let second = routes.add(&UrlPath::new("/v3/a/policy_periods/{id}"));
        assert_eq!(
            second.names.get("policy_periods").map(String::as_str),
            Some("policy_periods_2")
        );
        let third = routes.add(&UrlPath::new("/v3/a/policy_periods/{id}/b"));
        assert_eq!(third.names, second.names);
    }

    #[test]
    fn routes_that_are_alike_say_so() {
        let mut routes = Routes::default();
        routes.add(&UrlPath::new("/v3/a/{x}/cancel"));
        let second = routes.add(&UrlPath::new("/v3/a/{y}/cancel"));
        assert_eq!(second.same_route_as.as_deref(), Some("/v3/a/{x}/cancel"));
    }
}
