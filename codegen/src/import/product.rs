//! Which product a path belongs to, and which hosts serve it. The tables grow with the paths that are imported.

use crate::model::{HostFamily, Product};

/// A product with the paths that belong to it.
struct Rule {
    /// A path, or the beginning of paths: the longest that fits decides.
    under: &'static str,
    product: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        under: "/v3/payscore",
        product: "payscore",
    },
    Rule {
        under: "/v3/pay",
        product: "pay",
    },
    Rule {
        under: "/v3/certificates",
        product: "certificates",
    },
];

/// What is known of the products: name, official title, summary, whether the feature is on by default.
const PRODUCTS: &[(&str, &str, &str, bool)] = &[
    (
        "certificates",
        "平台证书",
        "The certificates that WeChat Pay signs its replies with.",
        true,
    ),
    (
        "pay",
        "基础支付",
        "Payments in web pages, mini programs, apps and by QR code, and queries about them.",
        true,
    ),
    (
        "payscore",
        "支付分",
        "Orders without a deposit, paid for after use, for users whose score allows it.",
        false,
    ),
];

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
    let rule = RULES
        .iter()
        .filter(|rule| is_under(path, rule.under))
        .max_by_key(|rule| rule.under.len());
    match rule {
        Some(rule) => (rule.product.to_owned(), true),
        None => (first_segment(path), false),
    }
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

    #[test]
    fn the_longest_rule_decides() {
        assert_eq!(
            product_of("/v3/payscore/serviceorder"),
            ("payscore".into(), true)
        );
        assert_eq!(
            product_of("/v3/pay/transactions/jsapi"),
            ("pay".into(), true)
        );
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
}
