//! Shared shapes: proposed once for the same object or enumeration that stands in several operations of a product under the same field
//! name or label, never by its shape alone. Shapes that exist are used again under their names.

mod candidate;
mod fingerprint;
mod lost;
mod names;
mod place;

use super::report::ReportEntry;
use crate::model::{PathItem, Schema, SchemaKind, Shape, ShapeId};
use candidate::{Candidate, Group};
use fingerprint::fingerprint;
use place::Place;
use std::collections::{BTreeMap, BTreeSet};

/// A group that is shared, with the name it got.
struct Shared {
    id: ShapeId,
    group: Group,
    /// Whether the shape was there before.
    existed: bool,
}

/// Whether two schemas are the same shape, references followed.
pub(super) fn same_shape(one: &Schema, other: &Schema, shapes: &BTreeMap<ShapeId, Shape>) -> bool {
    fingerprint(one, shapes) == fingerprint(other, shapes)
}

/// Puts shared shapes in the place of what they describe, and gives the new ones. `files` tells each path's file, for the report.
pub(super) fn share(
    items: &mut [PathItem],
    existing: &BTreeMap<ShapeId, Shape>,
    files: &BTreeMap<String, String>,
    entries: &mut Vec<ReportEntry>,
) -> BTreeMap<ShapeId, Shape> {
    let groups = candidate::groups(items);
    let shared = named(chosen(groups, existing), existing);
    let by_place: BTreeMap<Place, ShapeId> = shared
        .iter()
        .flat_map(|one| {
            one.group
                .members
                .iter()
                .map(|member| (member.place.clone(), one.id.clone()))
        })
        .collect();
    for item in items.iter_mut() {
        place::walk(item, &mut |schema, place| {
            refer(schema, by_place.get(place))
        });
    }
    let new: BTreeMap<ShapeId, Shape> = shared
        .iter()
        .filter(|one| !one.existed)
        .filter_map(|one| Some((one.id.clone(), shape(one.group.members.first()?, &by_place))))
        .collect();
    let mut all = existing.clone();
    all.extend(new.clone());
    for one in &shared {
        lost::report(one, &all, files, entries);
    }
    new
}

/// A group that is to be shared, and the shape that it is already, if it is one.
type Chosen = (Group, Option<ShapeId>);

/// The groups that stand in at least two operations or shapes, objects also those that stand twice in one, and those that are a shape
/// already. What is inside a shared one counts once.
fn chosen(groups: Vec<Group>, existing: &BTreeMap<ShapeId, Shape>) -> Vec<Chosen> {
    let known: Vec<(&ShapeId, String)> = existing
        .iter()
        .map(|(id, shape)| (id, fingerprint(&shape.schema, existing)))
        .collect();
    let mut representatives: Vec<Place> = Vec::new();
    let mut gone: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut chosen = Vec::new();
    for mut group in groups {
        group
            .members
            .retain(|member| !is_inside_any(&member.place, gone.get(&member.place.path)));
        let id = known_shape(&group, &known, existing);
        let homes: BTreeSet<String> = group
            .members
            .iter()
            .map(|member| home(&member.place, &representatives))
            .collect();
        let twice = homes.len() > 1 || (group.members.len() > 1 && group.is_object());
        if group.members.is_empty() || (id.is_none() && !twice) {
            continue;
        }
        let first = usize::from(id.is_none());
        for member in group.members.iter().skip(first) {
            gone.entry(member.place.path.clone())
                .or_default()
                .push(member.place.clone());
        }
        if let (None, Some(member)) = (&id, group.members.first()) {
            representatives.push(member.place.clone());
        }
        chosen.push((group, id));
    }
    chosen
}

fn is_inside_any(place: &Place, others: Option<&Vec<Place>>) -> bool {
    others.is_some_and(|others| others.iter().any(|other| place.is_inside(other)))
}

/// Where a place is at home: in the innermost shape around it, else in its operation.
fn home(place: &Place, representatives: &[Place]) -> String {
    let innermost = representatives
        .iter()
        .filter(|other| place.is_inside(other))
        .max_by_key(|other| other.steps.len());
    match innermost {
        Some(shape) => format!("{} {}", shape.path, shape.in_report()),
        None => place.operation(),
    }
}

/// The shape that a group is already: of the same form, and named as one of its fields is, or labelled so.
fn known_shape(
    group: &Group,
    known: &[(&ShapeId, String)],
    existing: &BTreeMap<ShapeId, Shape>,
) -> Option<ShapeId> {
    let same = known
        .iter()
        .filter(|(id, print)| id.product == group.product && *print == group.fingerprint)
        .map(|(id, _)| *id);
    let named = |id: &ShapeId| {
        let fits = |member: &Candidate| {
            let own = names::own(&member.place);
            let place = std::slice::from_ref(&member.place);
            let proposed = names::proposals(&member.place, place, group.only_field())
                .take(6)
                .any(|name| name == id.name);
            proposed || own.is_some_and(|own| id.name.ends_with(&own))
        };
        let label = existing
            .get(id)
            .and_then(|shape| shape.schema.label.as_ref());
        group.members.iter().any(fits) || label.is_some_and(|label| group.labels().contains(label))
    };
    same.filter(|id| named(id)).min().cloned()
}

/// Gives each group its name: those that are confirmed and stand in most places choose first.
fn named(mut chosen: Vec<Chosen>, existing: &BTreeMap<ShapeId, Shape>) -> Vec<Shared> {
    let mut taken: BTreeSet<ShapeId> = existing.keys().cloned().collect();
    chosen.sort_by(|(one, _), (other, _)| {
        let order = is_unconfirmed(one).cmp(&is_unconfirmed(other));
        let order = order.then_with(|| other.members.len().cmp(&one.members.len()));
        order.then_with(|| first_place(one).cmp(&first_place(other)))
    });
    chosen
        .into_iter()
        .filter_map(|(group, known)| {
            if let Some(id) = known {
                return Some(Shared {
                    id,
                    group,
                    existed: true,
                });
            }
            let place = commonest_place(&group).or_else(|| first_place(&group).cloned())?;
            let all: Vec<Place> = group
                .members
                .iter()
                .map(|member| member.place.clone())
                .collect();
            let unconfirmed = is_unconfirmed(&group)
                .then(|| names::proposals(&place, &all, group.only_field()).next())
                .flatten();
            let mut proposals = names::proposals(&place, &all, group.only_field());
            let id = proposals
                .next()
                .into_iter()
                .chain(unconfirmed.map(|name| format!("Unconfirmed{name}")))
                .chain(proposals)
                .map(|name| ShapeId {
                    product: group.product.clone(),
                    name,
                })
                .find(|id| taken.insert(id.clone()))?;
            Some(Shared {
                id,
                group,
                existed: false,
            })
        })
        .collect()
}

/// Whether one witness alone knows of it, wherever it stands.
fn is_unconfirmed(group: &Group) -> bool {
    group.members.iter().all(|member| member.unconfirmed)
}

fn first_place(group: &Group) -> Option<&Place> {
    group.members.first().map(|member| &member.place)
}

/// The first place whose field has the name that most have.
fn commonest_place(group: &Group) -> Option<Place> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in group
        .members
        .iter()
        .filter_map(|member| member.place.field())
    {
        *counts.entry(name).or_insert(0) += 1;
    }
    let most = counts.values().max().copied()?;
    let common = |place: &Place| {
        place
            .field()
            .is_some_and(|(name, _)| counts.get(name) == Some(&most))
    };
    group
        .members
        .iter()
        .map(|member| &member.place)
        .find(|place| common(place))
        .cloned()
}

/// Puts a reference in the place of a schema, if a shape is to stand there; what the field says of itself stays.
fn refer(schema: &mut Schema, id: Option<&ShapeId>) -> bool {
    if let Some(id) = id {
        schema.kind = SchemaKind::Ref(id.clone());
        schema.type_name = None;
    }
    id.is_none()
}

/// The shape of a group, from the first place where it stands.
fn shape(member: &Candidate, by_place: &BTreeMap<Place, ShapeId>) -> Shape {
    let mut schema = member.schema.clone();
    let mut at = member.place.clone();
    place::inside(&mut schema, &mut at, &mut |schema, place| {
        refer(schema, by_place.get(place))
    });
    let label = schema
        .label
        .take()
        .or_else(|| member.place.label().map(str::to_owned));
    Shape {
        schema: Schema {
            label,
            ..Schema::new(schema.kind)
        },
    }
}
