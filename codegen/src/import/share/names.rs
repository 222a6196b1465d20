//! Names for shared shapes: what the field is called, its parent before it where that says too little or is taken.

use super::place::Place;
use crate::model::{Segment, UrlPath};
use crate::naming;

/// Field names that say nothing without that of their parent.
const VAGUE: &[&str] = &[
    "code", "content", "data", "detail", "details", "info", "item", "items", "level", "list",
    "mode", "name", "option", "result", "results", "rule", "scene", "scope", "setting", "source",
    "state", "status", "type", "value", "values",
];

/// Last segments that say what is done, not with what.
const VERBS: &[&str] = &[
    "apply",
    "cancel",
    "close",
    "complete",
    "modify",
    "query",
    "search",
    "stop",
    "sync",
    "terminate",
];

/// First segments that say where, not what.
const REGIONS: &[&str] = &["v3", "hk", "global", "brand"];

/// The names that a shape which stands at these places may have, the best first; they never end. The first place is the one that is
/// named after; what all places have in common tells what they are about. A whole body with one field alone is called by that.
pub(super) fn proposals(
    place: &Place,
    all: &[Place],
    only: Option<&str>,
) -> impl Iterator<Item = String> {
    let chain = chain(place, all);
    let least = if is_vague(place) || place.is_whole() {
        2
    } else {
        1
    };
    let mut longer = (least..=chain.len())
        .map(|count| joined(&chain, count))
        .collect::<Vec<_>>()
        .into_iter();
    let short = longer.next().unwrap_or_else(|| "Shape".into());
    let input = all
        .iter()
        .all(|place| !place.is_whole() && place.root.ends_with(".body"))
        .then(|| format!("{short}Input"));
    let numbered = {
        let short = short.clone();
        (2..).map(move |number| format!("{short}{number}"))
    };
    let whole = only.filter(|_| place.is_whole());
    let by_field = whole.map(|field| naming::type_name(&format!("{field}_{}", side(all))));
    by_field
        .into_iter()
        .chain(std::iter::once(short))
        .chain(input)
        .chain(longer)
        .chain(place.is_whole().then(|| deed(place, all)).flatten())
        .chain(numbered)
}

/// What a whole body is called by the last segment of its path, which says what is done: `CancelRequest`.
fn deed(place: &Place, all: &[Place]) -> Option<String> {
    let path = UrlPath::new(&place.path);
    let last = path.segments().rev().find_map(|segment| match segment {
        Segment::Fixed(text) => Some(text.to_owned()),
        Segment::Variable(_) => None,
    })?;
    Some(naming::type_name(&format!("{last}_{}", side(all))))
}

/// Whether whole bodies are sent, or received, or both.
fn side(all: &[Place]) -> &'static str {
    let sent = |place: &Place| place.root.ends_with(".body");
    match (all.iter().all(sent), all.iter().any(sent)) {
        (true, _) => "request",
        (_, false) => "reply",
        _ => "document",
    }
}

/// What the field alone would be called.
pub(super) fn own(place: &Place) -> Option<String> {
    let (name, many) = place.field()?;
    let name = if many {
        naming::singular(name)
    } else {
        name.to_owned()
    };
    Some(naming::type_name(&name))
}

/// The field's name, its parents', and at last those of the things that the paths are about.
fn chain(place: &Place, all: &[Place]) -> Vec<String> {
    let mut chain = Vec::new();
    if place.is_whole() {
        chain.push(side(all).to_owned());
    }
    let mut at = Some(place.clone());
    while let Some(place) = at {
        if let Some((name, many)) = place
            .field()
            .filter(|(name, _)| chain.is_empty() || !VAGUE.contains(name))
        {
            chain.push(if many {
                naming::singular(name)
            } else {
                name.to_owned()
            });
        }
        at = place.parent();
    }
    chain.extend(resources(place, all));
    chain
}

/// The first names of the chain, the last of them in front: `[goods_detail, promotion_detail]` → `PromotionDetailGoodsDetail`. A word that
/// ends the parent and begins the child stands once.
fn joined(chain: &[String], count: usize) -> String {
    chain
        .iter()
        .take(count)
        .rev()
        .fold(String::new(), |front, name| {
            let name = naming::type_name(name);
            match front.strip_suffix(name.as_str()) {
                Some(before) if !before.is_empty() => format!("{before}{name}"),
                _ => format!("{front}{name}"),
            }
        })
}

fn is_vague(place: &Place) -> bool {
    place.field().is_some_and(|(name, _)| VAGUE.contains(&name))
}

/// What the paths are about: the segments that all have, the last first; those of the first where they have none in common.
fn resources(place: &Place, all: &[Place]) -> Vec<String> {
    let own = words(&place.path);
    let others: Vec<Vec<String>> = all.iter().map(|place| words(&place.path)).collect();
    let common: Vec<String> = own
        .iter()
        .filter(|word| others.iter().all(|words| words.contains(word)))
        .cloned()
        .collect();
    if common.is_empty() {
        own.into_iter().take(1).collect()
    } else {
        common
    }
}

/// The segments of a path that say what it is about, the last first: neither versions nor verbs, nor the names of the variables that
/// follow, nor the product, which all its shapes stand under.
fn words(path: &str) -> Vec<String> {
    let path = UrlPath::new(path);
    let segments: Vec<Segment<'_>> = path.segments().collect();
    let mut words: Vec<String> = segments
        .iter()
        .enumerate()
        .filter_map(
            |(index, segment)| match (segment, segments.get(index + 1)) {
                (Segment::Fixed(text), Some(Segment::Variable(name)))
                    if *text == "id" || text.replace('-', "_") == *name =>
                {
                    None
                }
                (Segment::Fixed(text), _) if VERBS.contains(text) || REGIONS.contains(text) => None,
                (Segment::Fixed(text), _) => Some(naming::singular(text)),
                (Segment::Variable(_), _) => None,
            },
        )
        .collect();
    if words.len() > 1 {
        words.remove(0);
    }
    words.reverse();
    words
}

#[cfg(test)]
mod tests {
    use super::super::place::Step;
    use super::*;

    fn place(path: &str, steps: &[&str]) -> Place {
        Place {
            path: path.into(),
            root: "post.200".into(),
            steps: steps
                .iter()
                .map(|step| {
                    if *step == "[]" {
                        Step::Items
                    } else {
                        Step::Field((*step).to_owned(), None)
                    }
                })
                .collect(),
        }
    }

    #[test]
    fn names_say_what_a_shape_is() {
        let path = "/v3/payscore/serviceorder/{out_order_no}/cancel";
        assert_eq!(best(&place(path, &["post_payments", "[]"])), "PostPayment");
        assert_eq!(
            best(&place(path, &["collection", "details", "[]"])),
            "CollectionDetail"
        );
        assert_eq!(best(&place(path, &["state"])), "ServiceorderState");
        assert_eq!(
            best(&place(
                "/v3/a/plans/merchant-plan-no/{merchant_plan_no}",
                &["state"]
            )),
            "PlanState"
        );
    }

    #[test]
    fn taken_names_get_the_parents_first() {
        let place = place(
            "/v3/a/orders",
            &["promotion_detail", "[]", "details", "goods_detail", "[]"],
        );
        let names: Vec<_> = proposals(&place, std::slice::from_ref(&place), None)
            .take(4)
            .collect();
        assert_eq!(
            names,
            [
                "GoodsDetail",
                "PromotionDetailGoodsDetail",
                "OrderPromotionDetailGoodsDetail",
                "GoodsDetail2"
            ]
        );
    }

    #[test]
    fn what_all_paths_have_in_common_names_them() {
        let all = [
            place("/v3/pay/transactions/jsapi", &["detail"]),
            place("/v3/pay/transactions/id/{id}", &["detail"]),
        ];
        assert_eq!(
            proposals(&all[0], &all, None).next().as_deref(),
            Some("TransactionDetail")
        );
    }

    fn best(place: &Place) -> String {
        proposals(place, std::slice::from_ref(place), None)
            .next()
            .unwrap_or_default()
    }
}
