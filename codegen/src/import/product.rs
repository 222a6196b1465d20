//! Which product a path belongs to, and which hosts serve it. The tables grow with the paths that are imported.

#[cfg(test)]
mod facts_are_covered;
mod rules;
mod table;

use self::rules::RULES;
use self::table::PRODUCTS;
use crate::model::{HostFamily, Product};

/// The host families: name, base, backups.
const HOSTS: &[(&str, &str, &[&str])] = &[
    (
        "default",
        "https://api.mch.weixin.qq.com",
        &[
            "https://api2.mch.weixin.qq.com",
            "https://api.wechatpay.cn",
            "https://api2.wechatpay.cn",
        ],
    ),
    ("payapp-weixin", "https://payapp.weixin.qq.com", &[]),
    ("fraud", "https://fraud.mch.weixin.qq.com", &[]),
    ("hong-kong", "https://apihk.mch.weixin.qq.com", &[]),
    ("payapp", "https://payapp.mch.weixin.qq.com", &[]),
];

/// The product of a path, and whether the table knows it. A path that no rule covers gets a name from its first segment, to be reviewed.
pub(super) fn product_of(path: &str) -> (String, bool) {
    match rule_of(path) {
        Some((_, product)) => ((*product).to_owned(), true),
        None => (first_segment(path), false),
    }
}

/// The rule that decides about a path: the longest that covers it.
fn rule_of(path: &str) -> Option<&'static (&'static str, &'static str)> {
    RULES
        .iter()
        .filter(|(under, _)| is_under(path, under))
        .max_by_key(|(under, _)| under.len())
}

/// What is known of a product; its name is the title where the table has none.
pub(super) fn describe(product: &str) -> Product {
    let known = PRODUCTS.iter().find(|(name, ..)| *name == product);
    match known {
        Some((_, title, summary, default)) => Product {
            title: (*title).to_owned(),
            summary: Some((*summary).to_owned()),
            default: *default,
        },
        None => Product {
            title: product.to_owned(),
            ..Product::default()
        },
    }
}

/// The name of the host family that a base URL belongs to; `None`: no family has it.
pub(super) fn host_of(base_uri: &str) -> Option<&'static str> {
    let base = base_uri.trim_end_matches('/');
    HOSTS
        .iter()
        .find(|(_, known, _)| *known == base)
        .map(|(name, ..)| *name)
}

/// The host family of a name that [`host_of`] gave.
pub(super) fn host(name: &str) -> Option<HostFamily> {
    let (_, base, backups) = HOSTS.iter().find(|(known, ..)| *known == name)?;
    Some(HostFamily {
        base: (*base).to_owned(),
        backups: backups.iter().map(|url| (*url).to_owned()).collect(),
    })
}

/// Whether a path is at or below another.
pub(super) fn is_under(path: &str, prefix: &str) -> bool {
    let prefix = prefix.trim_end_matches('/');
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The first segment that is not `v3`, with the region or identity before it: `/brand/card/…` → `brand_card`.
fn first_segment(path: &str) -> String {
    let mut segments = path
        .split('/')
        .filter(|segment| !segment.is_empty() && *segment != "v3");
    let first = segments.next().unwrap_or("root");
    let name = match (first, segments.next()) {
        ("hk" | "global" | "brand", Some(second)) => format!("{first}_{second}"),
        _ => first.to_owned(),
    };
    name.trim_matches(['{', '}'])
        .replace('-', "_")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_longest_rule_decides() {
        for (path, product) in [
            ("/v3/payscore/serviceorder", "payscore"),
            ("/v3/pay/transactions/jsapi", "pay"),
            ("/v3/fund-app/mch-transfer/transfer-bills", "fund-app"),
            ("/v3/fund-app/brand-redpacket/x", "redpacket"),
            ("/v3/marketing/favor/media/image-upload", "media"),
            ("/v3/marketing/favor/stocks", "marketing-favor"),
            ("/v3/marketing/partnerships", "marketing-partnerships"),
            ("/pay/partner/pappayapply", "papay"),
        ] {
            assert_eq!(product_of(path), (product.into(), true));
        }
    }

    #[test]
    fn what_no_rule_covers_is_named_by_its_first_segment() {
        assert_eq!(product_of("/v3/payx"), ("payx".into(), false));
        assert_eq!(
            product_of("/brand/card_x/a"),
            ("brand_card_x".into(), false)
        );
    }

    #[test]
    fn a_prefix_ends_with_a_segment() {
        assert!(is_under("/v3/pay/a", "/v3/pay/"));
        assert!(!is_under("/v3/payscore", "/v3/pay"));
    }

    #[test]
    fn there_are_not_too_many_products_and_not_too_few() {
        assert!(
            (35..=60).contains(&PRODUCTS.len()),
            "{} products",
            PRODUCTS.len()
        );
    }

    #[test]
    fn every_product_says_what_it_is() {
        for (name, title, summary, _) in PRODUCTS {
            assert!(!title.is_ascii(), "{name}: the official title is Chinese");
            let one = summary.ends_with('.') && !summary.contains(". ");
            assert!(
                one && summary.len() > 20,
                "{name}: a sentence, not {summary:?}"
            );
        }
    }

    #[test]
    fn a_web_shop_needs_no_other_feature() {
        let on = PRODUCTS.iter().filter(|(.., default)| *default);
        let on: Vec<_> = on.map(|(name, ..)| *name).collect();
        assert_eq!(on, ["bill", "certificates", "pay", "refund"]);
    }

    #[test]
    fn a_name_is_a_feature_and_a_module() {
        let mut modules = BTreeSet::new();
        for (name, ..) in PRODUCTS {
            let module = crate::naming::field_name(name);
            assert_eq!(module, name.replace('-', "_"));
            assert!(!crate::naming::is_raw(&module), "{name} is a Rust word");
            // The features of the crate that are no product.
            assert!(!["default", "full", "serde"].contains(name), "{name}");
            assert!(modules.insert(module), "{name} stands twice");
        }
    }

    #[test]
    fn rules_and_products_name_each_other() {
        let known: BTreeSet<_> = PRODUCTS.iter().map(|(name, ..)| *name).collect();
        let named: BTreeSet<_> = RULES.iter().map(|(_, product)| *product).collect();
        assert_eq!(known, named);
        let paths: BTreeSet<_> = RULES.iter().map(|(under, _)| *under).collect();
        assert_eq!(paths.len(), RULES.len(), "a path stands in two rules");
    }
}
