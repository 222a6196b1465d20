//! Checks a request against its description before it is sent.

mod rules;
mod violation;

use crate::credentials::PublicKey;
use crate::excerpt::told;
use crate::location::{Location, Step};
use crate::value::{Field, File, List, Map, Object, View, WriteSealed};

pub(crate) use rules::file as file_rules;
pub use violation::{Rule, Violation};

/// What is checked.
#[derive(Clone, Copy)]
pub(crate) struct Limits<'k> {
    /// Whether the description's rules count; without them only what cannot be sent at all is refused.
    pub(crate) described: bool,
    /// The platform's key; `None`: there is nothing to encrypt with.
    pub(crate) key: Option<&'k PublicKey>,
    /// The rules of files, where the operation takes one.
    pub(crate) file: Option<fn(&File) -> Vec<Rule>>,
}

/// Checks an object and all that is in it, and notes all that is wrong. Tells whether a field will be encrypted.
pub(crate) fn object(
    object: &dyn Object,
    limits: Limits<'_>,
    violations: &mut Vec<Violation>,
) -> bool {
    let mut check = Check {
        limits,
        location: Location::default(),
        violations,
        seals: false,
    };
    check.object(object);
    check.seals
}

/// Checks a path variable by its rules.
pub(crate) fn variable(field: &Field, text: &str, violations: &mut Vec<Violation>) {
    for rule in rules::text(field, text) {
        let place = format!("path variable `{}`", field.name);
        violations.push(Violation { place, rule });
    }
}

struct Check<'k, 'v> {
    limits: Limits<'k>,
    location: Location,
    violations: &'v mut Vec<Violation>,
    seals: bool,
}

impl Check<'_, '_> {
    fn object(&mut self, object: &dyn Object) {
        let shape = object.shape();
        for (index, field) in shape.fields.iter().enumerate() {
            if let Some(value) = object.get(index) {
                self.location.enter(Step::Field(field.name));
                self.member(field, value);
                self.location.leave();
            }
        }
        if self.limits.described {
            for group in shape.exactly_one {
                let set = count_set(object, group);
                if set != 1 {
                    self.broken(Rule::ExactlyOne { of: group, set });
                }
            }
        }
    }

    fn member(&mut self, field: &Field, view: View<'_>) {
        match view {
            View::Absent => {
                if field.required && !field.nullable {
                    self.described(Some(Rule::Required));
                }
            }
            View::List(list) => {
                self.described(rules::items(field, list.len()));
                self.list(field, list);
            }
            View::Map(map) => {
                let absent = field.required && crate::write::is_empty(map);
                self.described(absent.then_some(Rule::Required));
                self.map(field, map);
            }
            view => self.value(field, view),
        }
    }

    fn value(&mut self, field: &Field, view: View<'_>) {
        match view {
            View::Text(text) => self.described(rules::text(field, text)),
            View::Sensitive(text, write) => {
                self.described(rules::text(field, text));
                self.sealed(text, write);
            }
            View::Integer(number) => self.described(rules::integer(field, number)),
            View::Number(number) if !number.is_finite() => self.broken(Rule::Finite),
            View::Number(number) => self.described(rules::number(field, number)),
            View::Object(object) => self.object(object),
            View::JsonText(value) | View::UrlEncoded(value) => self.value(field, value.shown()),
            View::File(file) => {
                let rules = self.limits.file.map(|rules| rules(file));
                for rule in rules.into_iter().flatten() {
                    self.broken(rule);
                }
            }
            View::List(list) => self.list(field, list),
            View::Map(map) => self.map(field, map),
            View::Absent | View::Boolean(_) | View::Enum(..) | View::Json(..) => {}
        }
    }

    fn list(&mut self, field: &Field, list: &dyn List) {
        for index in 0..list.len() {
            if let Some(item) = list.get(index) {
                self.location.enter(Step::Index(index));
                self.value(field, item);
                self.location.leave();
            }
        }
    }

    fn map(&mut self, field: &Field, map: &dyn Map) {
        map.each(&mut |key, value| {
            self.location.enter(Step::key(key));
            self.value(field, value);
            self.location.leave();
        });
    }

    fn sealed(&mut self, text: &str, write: WriteSealed) {
        if text.is_empty() {
            return;
        }
        self.seals = true;
        let actual = text.len();
        let most = self.limits.key.map(|key| (write.most)(key));
        if let Some(most) = most.filter(|most| actual > *most) {
            self.broken(Rule::TooLongToEncrypt { most, actual });
        }
    }

    /// Reports rules that count only where the description does.
    fn described(&mut self, rules: impl IntoIterator<Item = Rule>) {
        if self.limits.described {
            for rule in rules {
                self.broken(rule);
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn broken(&mut self, rule: Rule) {
        let place = match told(&self.location) {
            place if place.is_empty() => "the request".to_owned(),
            place => place,
        };
        self.violations.push(Violation { place, rule });
    }
}

fn count_set(object: &dyn Object, group: &[&str]) -> usize {
    let fields = object.shape().fields.iter().enumerate();
    fields
        .filter(|(_, field)| group.contains(&field.name))
        .filter(|(index, _)| object.get(*index).is_some_and(is_set))
        .count()
}

fn is_set(value: View<'_>) -> bool {
    match value {
        View::Absent => false,
        View::List(list) => !list.is_empty(),
        View::Map(map) => !crate::write::is_empty(map),
        _ => true,
    }
}
