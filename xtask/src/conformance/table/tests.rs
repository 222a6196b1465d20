use super::Table;
use crate::cli::TableFormat;
use crate::conformance::witness::{Case, Kind};
use std::collections::BTreeMap;
use wechatpay_codegen::model::{Api, Identity, Method, Operation, PathItem, UrlPath, Wire};

fn api() -> Api {
    let item = |path: &str, product: &str, wire| PathItem {
        path: UrlPath::new(path),
        product: product.into(),
        host: None,
        identity: Identity::Merchant,
        wire,
        names: BTreeMap::new(),
        same_route_as: None,
        params: Vec::new(),
        operations: BTreeMap::from([(Method::Get, Operation::default())]),
    };
    let items = [
        item("/v3/a", "pay", Wire::Json),
        item("/v3/b", "pay", Wire::Json),
        item("/c", "refund", Wire::Xml),
    ];
    let paths = items.map(|item| (item.path.as_str().to_owned(), item));
    Api {
        paths: BTreeMap::from(paths),
        ..Api::default()
    }
}

fn case(operation: &str, kind: Kind) -> Case {
    Case {
        id: 0,
        operation: operation.into(),
        kind,
        strict: true,
        variables: Vec::new(),
        request: None,
    }
}

#[test]
fn what_failed_what_was_not_called_and_what_cannot_be_is_told() {
    let mut table = Table::new("facts", &api(), &[]);
    table.add(&case("GET /v3/a", Kind::Full), Vec::new());
    table.add(&case("GET /v3/a", Kind::Null), vec!["a: lost".into()]);
    table.miss("GET /v3/d: not described".into());
    table.close();
    assert_eq!(
        table.misses(),
        [
            "GET /v3/a [null, strictly] a: lost",
            "GET /v3/d: not described",
            "GET /v3/b: no case"
        ]
    );
    let text = table.shown(TableFormat::Text);
    let row = |product: &str| {
        let line = text.lines().find(|line| line.starts_with(product));
        line.unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        row("pay"),
        [
            "pay", "2", "1", "–", "–", "1", "–", "0", "of", "1", "–", "–", "–"
        ]
    );
    assert_eq!(row("refund")[..3], ["refund", "1", "0"]);
    assert!(
        text.contains("Not called (1): APIv2, typed but not callable yet.\n  GET /c\n"),
        "{text}"
    );
    let markdown = table.shown(TableFormat::Markdown);
    assert!(
        markdown.contains("\n| pay | 2 | 1 | – | – | 1 | – | 0 of 1 | – | – | – |\n"),
        "{markdown}"
    );
    assert!(markdown.contains("\n- `GET /c`\n"), "{markdown}");
}

#[test]
fn only_the_products_that_were_asked_for_are_in_it() {
    let mut table = Table::new("facts", &api(), &["refund".to_owned()]);
    table.add(&case("GET /v3/a", Kind::Full), vec!["a: lost".into()]);
    table.close();
    assert_eq!(table.misses(), [""; 0]);
    assert!(!table.shown(TableFormat::Text).contains("pay"));
}
