/// The candidate that a word was probably meant to be.
pub(crate) fn near_miss<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = simplify(word);
    let allowed = (plain.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&plain, &simplify(candidate));
            (distance, candidate)
        })
        .filter(|(distance, candidate)| {
            *distance <= allowed && *distance < candidate.chars().count()
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Letter case and the choice between `-` and `_` are the commonest slips, so they cost nothing.
fn simplify(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_proposed() {
        let keys = ["title", "summary", "responses", "repeatable"];
        assert_eq!(near_miss("response", keys), Some("responses"));
        assert_eq!(near_miss("Title", keys), Some("title"));
        assert_eq!(near_miss("repeteable", keys), Some("repeatable"));
    }

    #[test]
    fn what_is_far_is_not_proposed() {
        assert_eq!(near_miss("colour", ["title", "summary"]), None);
        assert_eq!(near_miss("x", ["y"]), None);
    }
}
