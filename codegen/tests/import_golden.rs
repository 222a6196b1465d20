//! What the importer makes of a handful of facts, each with a rule of its own.

use wechatpay_codegen::import::{ImportOptions, ImportReport, Imported, ReportKind, import};
use wechatpay_codegen::model::{Api, Body, Method, Repeatable, SchemaKind};
use wechatpay_codegen::write;

const FACTS: &str = include_str!("import/facts.jsonl");

fn imported(existing: &Api, overwrite: bool) -> Imported {
    let options = ImportOptions {
        overwrite,
        ..ImportOptions::default()
    };
    import(FACTS.as_bytes(), existing, &options).expect("the facts are good")
}

#[test]
fn the_files_are_as_a_person_would_write_them() {
    let files = imported(&Api::default(), false).files;
    let mut text = String::new();
    for (place, file) in files {
        text.push_str(&format!("# {place}\n{file}\n"));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_report_says_what_a_person_should_look_at() {
    insta::assert_snapshot!(imported(&Api::default(), false).report.to_string());
}

#[test]
fn the_report_can_be_stored() {
    let report = imported(&Api::default(), false).report;
    let json = serde_json::to_value(&report).expect("a report is plain data");
    assert_eq!(
        json["entries"].as_array().map(Vec::len),
        Some(report.entries.len())
    );
    assert_eq!(json["added"], report.operations);
}

#[test]
fn a_second_import_changes_nothing() {
    let first = imported(&Api::default(), false).api;
    for overwrite in [false, true] {
        let second = imported(&first, overwrite);
        assert_eq!(second.api, first);
        assert!(second.files.is_empty(), "{:?}", second.files.keys());
        assert!(second.report.entries.is_empty(), "{}", second.report);
        assert_eq!(second.report.kept, second.report.operations);
    }
}

#[test]
fn only_what_is_asked_for_is_imported() {
    let options = ImportOptions {
        under: vec!["/v3/pay".into()],
        only: vec!["/v3/payscore/orders".into()],
        overwrite: false,
    };
    let api = import(FACTS.as_bytes(), &Api::default(), &options)
        .expect("good facts")
        .api;
    let paths: Vec<_> = api.paths.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "/v3/pay/colors",
            "/v3/pay/policy-periods",
            "/v3/pay/policy_periods",
            "/v3/payscore/orders"
        ]
    );
}

const ORDERS: &str = "/v3/payscore/orders";

/// A person's work on the orders: words, a judgement, a unit taken away.
fn by_hand(api: &mut Api) {
    let post = api
        .paths
        .get_mut(ORDERS)
        .and_then(|item| item.operations.get_mut(&Method::Post))
        .expect("the operation");
    post.summary = Some("Create an order.".into());
    post.repeatable = None;
    let Some(Body::Object(body)) = &mut post.body else {
        panic!("a body");
    };
    for field in &mut body.fields {
        field.schema.doc = Some("A sentence.".into());
        field.schema.private = false;
    }
}

#[test]
fn what_a_person_wrote_survives_overwriting() {
    let mut there = imported(&Api::default(), false).api;
    by_hand(&mut there);
    for overwrite in [false, true] {
        let again = imported(&there, overwrite);
        assert_eq!(again.api, there);
        assert!(again.report.entries.is_empty(), "{}", again.report);
    }
}

fn kept(report: &ImportReport) -> usize {
    report
        .entries
        .iter()
        .filter(|entry| entry.kind == ReportKind::KeptDiffers)
        .count()
}

#[test]
fn what_differs_from_the_facts_is_kept_and_reported_unless_overwriting() {
    let first = imported(&Api::default(), false).api;
    let mut there = first.clone();
    by_hand(&mut there);
    let post = there
        .paths
        .get_mut(ORDERS)
        .and_then(|item| item.operations.get_mut(&Method::Post))
        .expect("the operation");
    post.title = "另一个名字".into();
    let again = imported(&there, false);
    assert_eq!(again.api, there);
    assert_eq!(kept(&again.report), 1);
    let text = again.report.to_string();
    assert!(
        text.contains("另一个名字") && text.contains("创建订单"),
        "{text}"
    );

    let over = imported(&there, true);
    let post = &over.api.paths[ORDERS].operations[&Method::Post];
    assert_eq!(post.title, "创建订单");
    assert_eq!(post.summary.as_deref(), Some("Create an order."));
    assert_eq!(over.report.replaced, 1);
    assert_eq!(
        over.files.keys().collect::<Vec<_>>(),
        ["v3/payscore/orders.yaml"]
    );
}

#[test]
fn a_renamed_shape_is_used_again() {
    let mut there = imported(&Api::default(), false).api;
    let text: Vec<(String, String)> = write::files(&there)
        .into_iter()
        .map(|(place, text)| {
            (
                place.replace("/Fee.", "/OrderFee."),
                text.replace("Fee[]", "OrderFee[]"),
            )
        })
        .collect();
    let gone = "/v3/payscore/orders/{out_order_no}/cancel";
    assert!(
        text.iter()
            .any(|(place, _)| place == "shapes/payscore/OrderFee.yaml")
    );
    for (id, shape) in std::mem::take(&mut there.shapes) {
        let mut id = id;
        if id.name == "Fee" {
            id.name = "OrderFee".into();
        }
        there.shapes.insert(id, shape);
    }
    there.paths.remove(ORDERS);
    there.paths.remove(gone);
    let again = imported(&there, false).api;
    assert_eq!(again.shapes, there.shapes);
    let SchemaKind::Object(_) = &again.shapes.values().next().expect("a shape").schema.kind else {
        panic!("an object");
    };
    assert!(write::path_file(&again.paths[ORDERS]).contains("OrderFee[]"));
}

#[test]
fn sending_again_is_proposed_by_the_merchants_number_alone() {
    let api = imported(&Api::default(), false).api;
    let by = |path: &str, method| api.paths[path].operations[&method].repeatable.clone();
    let number = Some(Repeatable::By("out_order_no".into()));
    assert_eq!(by(ORDERS, Method::Post), number);
    assert_eq!(
        by("/v3/payscore/orders/{out_order_no}/cancel", Method::Post),
        number
    );
    assert_eq!(
        by("/v3/payscore/orders/{out_order_no}/modify", Method::Post),
        None
    );
    assert_eq!(
        by("/v3/payscore/orders/{order_id}/cancel", Method::Post),
        None
    );
    assert_eq!(
        by("/v3/pay/policy-periods", Method::Post),
        Some(Repeatable::Key)
    );
    assert_eq!(by(ORDERS, Method::Get), None);
}

/// Damaged facts, each with what the error must name.
const DAMAGED: &[(&str, &str)] = &[
    ("{\"method\":\"GET\"", "EOF"),
    ("[]", "invalid"),
    (
        r#"{"method":"FETCH","path":"/v3/a","title":"","responses":{}}"#,
        "FETCH",
    ),
    (
        r#"{"method":"GET","path":"v3/a","title":"","responses":{}}"#,
        "slash",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","responses":{},"color":1}"#,
        "color",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","responses":{"2xx":{}}}"#,
        "2xx",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","responses":{"200":{"type":"text"}}}"#,
        "text",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","responses":{"200":{"label":"x"}}}"#,
        "`type`",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","responses":{"200":{"type":"object","fields":{"a":{"type":"string","maxlength":3}}}}}"#,
        "maxlength",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","responses":{"200":{"type":"object","fields":{"a":{"type":"string"},"a":{"type":"string"}}}}}"#,
        "twice",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","responses":{"200":{"type":"string","maxLength":-3}}}"#,
        "-3",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","params":[{"in":"query","type":"string"}],"responses":{}}"#,
        "`name`",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","params":[{"name":"a","in":"cookie","type":"string"}],"responses":{}}"#,
        "cookie",
    ),
    (
        r#"{"method":"GET","path":"/v3/a","title":"","responses":{"200":{"type":"string","in":"query"}}}"#,
        "`in`",
    ),
    (
        r#"{"method":"GET","path":"/v3/certificates","title":"","responses":{}}"#,
        "second time",
    ),
];

#[test]
fn a_damaged_line_is_an_error_with_its_number() {
    let good = FACTS.lines().count();
    for (line, part) in DAMAGED {
        let facts = format!("{FACTS}{line}\n");
        let error = import(facts.as_bytes(), &Api::default(), &ImportOptions::default())
            .expect_err(line)
            .to_string();
        assert!(error.contains(&format!("line {}", good + 1)), "{error}");
        assert!(error.contains(part), "{part} in {error}");
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error_with_their_line() {
    let mut facts = FACTS.as_bytes().to_vec();
    facts.extend([b'{', 0xff, b'}']);
    let error = import(facts.as_slice(), &Api::default(), &ImportOptions::default())
        .expect_err("not UTF-8");
    assert!(
        error
            .to_string()
            .contains(&format!("line {}", FACTS.lines().count() + 1)),
        "{error}"
    );
}
