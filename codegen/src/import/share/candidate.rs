//! The schemas that could be shared, gathered into groups of the same shape under the same field name or label.

use super::fingerprint::{fingerprint, size};
use super::place::{Place, walk};
use crate::model::{PathItem, Schema, SchemaKind};
use std::collections::{BTreeMap, BTreeSet};

/// What whole bodies are called, which stand in no field.
const WHOLE: &str = "";

/// A schema that could be shared.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) place: Place,
    pub(super) schema: Schema,
    /// Whether it is, or stands inside, what one witness alone knows.
    pub(super) unconfirmed: bool,
}

/// Schemas of one shape, whose fields have a name or a label in common.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) product: String,
    pub(super) fingerprint: String,
    pub(super) size: usize,
    names: BTreeSet<String>,
    labels: BTreeSet<String>,
    /// In the order of the paths.
    pub(super) members: Vec<Candidate>,
}

impl Group {
    /// The labels of its fields.
    pub(super) fn labels(&self) -> &BTreeSet<String> {
        &self.labels
    }

    /// Whether it is an object.
    pub(super) fn is_object(&self) -> bool {
        let mut members = self.members.iter();
        members.any(|member| matches!(member.schema.kind, SchemaKind::Object(_)))
    }

    /// The name of its field, where it is an object with one alone.
    pub(super) fn only_field(&self) -> Option<&str> {
        match &self.members.first()?.schema.kind {
            SchemaKind::Object(object) => match object.fields.as_slice() {
                [only] => Some(&only.name),
                _ => None,
            },
            _ => None,
        }
    }

    fn add(&mut self, other: Self) {
        self.names.extend(other.names);
        self.labels.extend(other.labels);
        self.members.extend(other.members);
    }
}

/// The groups of some paths, the largest shapes first.
pub(super) fn groups(items: &mut [PathItem]) -> Vec<Group> {
    let mut by_shape: BTreeMap<(String, String), Vec<Group>> = BTreeMap::new();
    for item in items {
        let product = item.product.clone();
        let mut unconfirmed: Vec<Place> = Vec::new();
        walk(item, &mut |schema, place| {
            if schema.unconfirmed {
                unconfirmed.push(place.clone());
            }
            let name = place.field().map(|(name, _)| name);
            let name = name.or(place.is_whole().then_some(WHOLE));
            if is_shareable(schema)
                && let Some(name) = name
            {
                let doubtful = unconfirmed.iter().any(|other| place.is_inside(other));
                let group = single(&product, name, schema, place, doubtful);
                let key = (product.clone(), group.fingerprint.clone());
                join(by_shape.entry(key).or_default(), group);
            }
            true
        });
    }
    let mut groups: Vec<Group> = by_shape.into_values().flatten().collect();
    groups.sort_by(|one, other| {
        let order = other.size.cmp(&one.size);
        order.then_with(|| first_place(one).cmp(&first_place(other)))
    });
    groups
}

fn first_place(group: &Group) -> Option<&Place> {
    group.members.first().map(|member| &member.place)
}

fn is_shareable(schema: &Schema) -> bool {
    match &schema.kind {
        SchemaKind::Object(object) => !object.fields.is_empty(),
        SchemaKind::Enum(_) => true,
        _ => false,
    }
}

fn single(product: &str, name: &str, schema: &Schema, place: &Place, unconfirmed: bool) -> Group {
    Group {
        product: product.to_owned(),
        fingerprint: fingerprint(schema, &BTreeMap::new()),
        size: size(schema),
        names: BTreeSet::from([name.to_owned()]),
        labels: place.label().map(str::to_owned).into_iter().collect(),
        members: vec![Candidate {
            place: place.clone(),
            schema: schema.clone(),
            unconfirmed,
        }],
    }
}

/// Adds a group to those of the same shape, joining all that it has a name or a label in common with. Members whose labels speak of
/// other things are another shape.
fn join(groups: &mut Vec<Group>, new: Group) {
    let (related, apart): (Vec<_>, Vec<_>) =
        groups.drain(..).partition(|group| is_related(group, &new));
    let mut related = related.into_iter();
    let joined = match related.next() {
        None => new,
        Some(mut first) => {
            related.for_each(|group| first.add(group));
            first.add(new);
            first
        }
    };
    *groups = apart;
    groups.push(joined);
}

fn is_related(group: &Group, new: &Group) -> bool {
    let common = !group.names.is_disjoint(&new.names) || !group.labels.is_disjoint(&new.labels);
    let alike = match (group.members.first(), new.members.first()) {
        (Some(one), Some(other)) => labels_alike(&one.schema, &other.schema),
        _ => true,
    };
    common && alike
}

/// Whether at least half of the members that both label are labelled alike.
fn labels_alike(one: &Schema, other: &Schema) -> bool {
    let (SchemaKind::Object(one), SchemaKind::Object(other)) = (&one.kind, &other.kind) else {
        return true;
    };
    let mut both = 0;
    let mut alike = 0;
    for field in &one.fields {
        let twin = other.fields.iter().find(|twin| twin.name == field.name);
        if let (Some(label), Some(twin)) = (
            &field.schema.label,
            twin.and_then(|twin| twin.schema.label.as_ref()),
        ) {
            both += 1;
            alike += usize::from(is_alike(label, twin));
        }
    }
    alike * 2 >= both
}

fn is_alike(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one) || strsim::normalized_levenshtein(one, other) >= 0.4
}
