//! Names for shared shapes: what the field is called, its parent before it where that says too little or is taken.

use super::place::Place;
use crate::model::{Segment, UrlPath};
use crate::naming;

/// Field names that say nothing without that of their parent.
const VAGUE: &[&str] = &[
    "code", "content", "data", "detail", "details", "info", "item", "items", "level", "list", "mode", "name", "option", "result", "results",
    "rule", "scene", "scope", "setting", "source", "state", "status", "type", "value", "values",
];

/// Last segments that say what is done, not with what.
const VERBS: &[&str] = &[
    "cancel", "close", "complete", "modify", "query", "search", "stop", "sync", "terminate",
];

/// The names that a shape at a place may have, the best first; they never end.
pub(super) fn proposals(place: &Place, request_only: bool) -> impl Iterator<Item = String> {
    let chain = chain(place);
    let least = if is_vague(place) { 2 } else { 1 };
    let longer = (least..=chain.len()).map(|count| joined(&chain, count)).collect::<Vec<_>>();
    let short = longer.first().cloned().unwrap_or_else(|| "Shape".into());
    let input = request_only.then(|| format!("{short}Input"));
    let last = longer.last().cloned().unwrap_or_else(|| short.clone());
    let numbered = (2..).map(move |number| format!("{last}{number}"));
    let mut longer = longer.into_iter();
    longer.next();
    std::iter::once(short).chain(input).chain(longer).chain(numbered)
}

/// The best name.
pub(super) fn best(place: &Place) -> String {
    proposals(place, false).next().unwrap_or_default()
}

/// The field's name, its parents', and at last that of the thing that the path is about.
fn chain(place: &Place) -> Vec<String> {
    let mut chain = Vec::new();
    let mut at = Some(place.clone());
    while let Some(place) = at {
        if let Some((name, many)) = place.field() {
            chain.push(if many { singular(name) } else { name.to_owned() });
        }
        at = place.parent();
    }
    chain.push(resource(&place.path));
    chain
}

/// The first names of the chain, the last of them in front: `[goods_detail, promotion_detail]` → `PromotionDetailGoodsDetail`. A word that
/// ends the parent and begins the child stands once.
fn joined(chain: &[String], count: usize) -> String {
    chain.iter().take(count).rev().fold(String::new(), |front, name| {
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

/// What a path is about: the last fixed segment that is neither a verb nor the name of the variable after it.
fn resource(path: &str) -> String {
    let path = UrlPath::new(path);
    let segments: Vec<Segment<'_>> = path.segments().collect();
    let names = segments.iter().enumerate().filter_map(|(index, segment)| match (segment, segments.get(index + 1)) {
        (Segment::Fixed(text), Some(Segment::Variable(name))) if text.replace('-', "_") == *name => None,
        (Segment::Fixed(text), _) if VERBS.contains(text) => None,
        (Segment::Fixed(text), _) => Some(singular(text)),
        (Segment::Variable(_), _) => None,
    });
    names.last().unwrap_or_default()
}

/// `post_payments` → `post_payment`, `activities` → `activity`; `status` stays.
fn singular(name: &str) -> String {
    let name = name.strip_suffix("_list").unwrap_or(name);
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if ["sses", "xes", "ches", "shes"].iter().any(|end| name.ends_with(end)) {
        return name.trim_end_matches("es").to_owned();
    }
    let stays = ["ss", "us", "is", "goods"].iter().any(|end| name.ends_with(end));
    match name.strip_suffix('s') {
        Some(stem) if !stays => stem.to_owned(),
        _ => name.to_owned(),
    }
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
                .map(|step| if *step == "[]" { Step::Items } else { Step::Field((*step).to_owned(), None) })
                .collect(),
        }
    }

    #[test]
    fn names_say_what_a_shape_is() {
        let path = "/v3/payscore/serviceorder/{out_order_no}/cancel";
        assert_eq!(best(&place(path, &["post_payments", "[]"])), "PostPayment");
        assert_eq!(best(&place(path, &["collection", "details", "[]"])), "CollectionDetail");
        assert_eq!(best(&place(path, &["state"])), "ServiceorderState");
        assert_eq!(best(&place("/v3/a/plans/merchant-plan-no/{merchant_plan_no}", &["state"])), "PlanState");
    }

    #[test]
    fn taken_names_get_the_parents_first() {
        let place = place("/v3/a/orders", &["promotion_detail", "[]", "goods_detail", "[]"]);
        let names: Vec<_> = proposals(&place, true).take(4).collect();
        assert_eq!(names, ["GoodsDetail", "GoodsDetailInput", "PromotionDetailGoodsDetail", "OrderPromotionDetailGoodsDetail"]);
    }
}
