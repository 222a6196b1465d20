//! What the table of bad descriptions does not show: warnings, folders, and what is allowed although it looks like what is not.

use std::fs;

use wechatpay_codegen::model::{Literal, Method, Response, SchemaKind};
use wechatpay_codegen::{Checked, Report, Severity, check_dir, check_sources, read_dir};

/// A description of one path, `/v3/pay/orders`, and further files.
fn check(operations: &str, more: &[(&str, &str)]) -> Result<Checked, Report> {
    let path = format!("path: /v3/pay/orders\nproduct: pay\n{operations}");
    let files = [
        ("products.yaml", "pay: { title: 基础支付 }"),
        (
            "hosts.yaml",
            "default: { base: https://api.mch.weixin.qq.com }",
        ),
        ("v3/pay/orders.yaml", path.as_str()),
    ];
    let files = files.iter().chain(more);
    check_sources(files.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
}

fn body(fields: &str) -> String {
    let fields: String = fields.lines().map(|line| format!("    {line}\n")).collect();
    format!("post:\n  title: 下单\n  responses: {{ 204: }}\n  body:\n{fields}")
}

/// The codes of the warnings of a description without errors.
fn warnings(operations: &str, more: &[(&str, &str)]) -> Vec<&'static str> {
    let checked = check(operations, more).expect("no errors");
    let warnings = checked.warnings.diagnostics().iter();
    warnings
        .map(|warning| {
            assert_eq!(warning.severity(), Severity::Warning);
            warning.code()
        })
        .collect()
}

/// The codes of all that is wrong.
fn errors(operations: &str, more: &[(&str, &str)]) -> Vec<&'static str> {
    let report = check(operations, more).expect_err("an error");
    report.diagnostics().iter().map(|one| one.code()).collect()
}

const NONE: &[&str] = &[];

#[test]
fn an_optional_field_that_makes_repeatable_is_doubtful() {
    let operation = "post:\n  title: 下单\n  repeatable: by id\n  body: { id?: string }\n  responses: { 204: }\n";
    assert_eq!(warnings(operation, &[]), ["repeatable-optional"]);
}

#[test]
fn an_undescribed_member_of_an_example_is_doubtful() {
    let fields = body("a: { fields: { b: string }, example: { b: x, c: y } }");
    assert_eq!(warnings(&fields, &[]), ["doubtful-example"]);
}

#[test]
fn a_product_without_a_path_is_doubtful() {
    let products = (
        "products.yaml",
        "pay: { title: 基础支付 }\nother: { title: 其他 }",
    );
    let files = [
        products,
        (
            "hosts.yaml",
            "default: { base: https://api.mch.weixin.qq.com }",
        ),
        (
            "v3/pay/a.yaml",
            "path: /v3/pay/a\nproduct: pay\nget: { title: 查询, responses: { 204: } }",
        ),
    ];
    let checked = check_sources(files.map(|(name, text)| (name.to_owned(), text.to_owned())))
        .expect("no errors");
    assert_eq!(checked.warnings.diagnostics()[0].code(), "empty-product");
}

#[test]
fn optional_fields_and_lists_end_a_cycle() {
    let shapes = [(
        "shapes/pay/Node.yaml",
        "fields: { next?: Node, children: \"Node[]\", by_name: { map: Node }, none: { nullable: true } }",
    )];
    assert_eq!(warnings(&body("root: Node"), &shapes), NONE);
}

#[test]
fn a_cycle_through_json_in_a_text_is_one() {
    let shapes = [("shapes/pay/Node.yaml", "fields: { next: { json: Node } }")];
    assert_eq!(errors(&body("root: Node"), &shapes), ["required-cycle"]);
}

#[test]
fn a_shape_that_is_another_is_refused_and_never_followed_forever() {
    let shapes = [
        ("shapes/pay/A.yaml", "type: B"),
        ("shapes/pay/B.yaml", "type: A"),
    ];
    let fields = body("a: { type: A, example: { x: 1 } }");
    assert_eq!(errors(&fields, &shapes), ["bad-shape", "bad-shape"]);
}

#[test]
fn one_body_may_come_with_several_statuses() {
    let operation = "post:\n  title: 下单\n  responses:\n    200: { id: string }\n    201: { id: string }\n    204:\n";
    let checked = check(operation, &[]).expect("no errors");
    let responses = &checked.api.paths["/v3/pay/orders"].operations[&Method::Post].responses;
    assert_eq!(responses[&204], Response::Empty);
    assert_eq!(responses[&200], responses[&201]);
}

#[test]
fn a_closed_enumeration_has_no_catch_all() {
    assert_eq!(
        warnings(&body("a: { enum: [Unrecognized], closed: true }"), &[]),
        NONE
    );
}

#[test]
fn a_header_that_the_client_makes_is_not_described() {
    let operation = "post:\n  title: 下单\n  repeatable: by key\n  headers: { Idempotency-Key: string }\n  responses: { 204: }\n";
    assert_eq!(errors(operation, &[]), ["repeatable-key"]);
}

#[test]
fn a_member_of_a_shared_body_makes_repeatable() {
    let operation =
        "post:\n  title: 下单\n  repeatable: by id\n  body: Order\n  responses: { 204: }\n";
    let shapes = [("shapes/pay/Order.yaml", "fields: { id: string }")];
    assert_eq!(warnings(operation, &shapes), NONE);
}

#[test]
fn a_shape_on_xml_alone_may_have_marks_of_xml() {
    let shape = (
        "shapes/pay/Coupon.yaml",
        "fields: { coupon_id_$n: { cdata: true } }",
    );
    let xml = (
        "v2/pay/query.yaml",
        "path: /pay/query\nproduct: pay\nwire: xml\npost: { title: 查询, body: { coupon: Coupon }, responses: { 204: } }",
    );
    let get = "get: { title: 查询, responses: { 204: } }\n";
    assert_eq!(warnings(get, &[shape, xml]), NONE);
    assert_eq!(
        errors(&body("coupon: Coupon"), &[shape, xml]),
        ["xml-only", "xml-only"]
    );
}

#[test]
fn a_numbered_example_fits_its_field() {
    let xml = |example: &str| {
        format!(
            "path: /pay/query\nproduct: pay\nwire: xml\npost: {{ title: 查询, body: {{ a: {{ fields: {{ id_$n_$m: integer }}, example: {example} }} }}, responses: {{ 204: }} }}"
        )
    };
    let get = "get: { title: 查询, responses: { 204: } }\n";
    assert_eq!(
        warnings(get, &[("v2/pay/query.yaml", &xml("{ id_0_12: 1 }"))]),
        NONE
    );
    assert_eq!(
        warnings(get, &[("v2/pay/query.yaml", &xml("{ id_0: 1 }"))]),
        ["doubtful-example"]
    );
    assert_eq!(
        errors(get, &[("v2/pay/query.yaml", &xml("{ id_0_12: x }"))]),
        ["bad-example"]
    );
}

#[test]
fn an_example_must_be_one_of_the_alternatives() {
    let field = |example: &str| {
        body(&format!(
            "a:\n  one_of: [{{ name: A, fields: {{ x: string }} }}, {{ name: B, fields: {{ y: string }} }}]\n  example: {example}"
        ))
    };
    assert_eq!(warnings(&field("{ y: text }"), &[]), NONE);
    assert_eq!(errors(&field("{ z: text }"), &[]), ["bad-example"]);
    assert_eq!(errors(&field("{ x: 1 }"), &[]), ["bad-example"]);
}

#[test]
fn a_clash_with_the_door_to_the_runtime_is_found() {
    let path = (
        "v3/pay/rt.yaml",
        "path: /v3/pay/rt\nproduct: pay\nget: { title: 查询, responses: { 204: } }",
    );
    assert_eq!(
        errors("get: { title: 查询, responses: { 204: } }\n", &[path]),
        ["name-clash"]
    );
}

#[test]
fn a_shape_that_cannot_be_parsed_is_not_called_unknown() {
    let shapes = [("shapes/pay/Fee.yaml", "fields: [")];
    assert_eq!(errors(&body("fee: Fee"), &shapes), ["yaml-syntax"]);
}

#[test]
fn nothing_is_called_unused_while_a_path_cannot_be_read() {
    let shapes = [
        ("shapes/pay/Fee.yaml", "fields: { a: string }"),
        ("v3/pay/x.yaml", "path: ["),
    ];
    assert_eq!(
        errors("get: { title: 查询, responses: { 204: } }\n", &shapes),
        ["yaml-syntax"]
    );
}

#[test]
fn a_misspelt_key_is_read_as_what_was_meant() {
    let operation = "get:\n  titel: 查询\n  responses: { 204: }\n";
    assert_eq!(errors(operation, &[]), ["unknown-key"]);
}

#[test]
fn attributes_of_a_list_speak_of_the_list_or_of_its_items() {
    let fields = body(
        "ids: { type: \"string[]\", max: 3, label: 单号, example: [A], max_items: 2, sensitive: true }",
    );
    let checked = check(&fields, &[]).expect("no errors");
    let operation = &checked.api.paths["/v3/pay/orders"].operations[&Method::Post];
    let Some(wechatpay_codegen::model::Body::Object(object)) = &operation.body else {
        panic!("no body");
    };
    let schema = &object.fields[0].schema;
    let SchemaKind::List(list) = &schema.kind else {
        panic!("no list");
    };
    let SchemaKind::Text(text) = &list.items.kind else {
        panic!("no texts");
    };
    assert_eq!(schema.label.as_deref(), Some("单号"));
    assert_eq!(
        schema.example,
        Some(Literal::List(vec![Literal::Text("A".into())]))
    );
    assert_eq!(
        (text.max, list.max_items, list.items.sensitive),
        (Some(3), Some(2), true)
    );
}

#[test]
fn without_hosts_nobody_knows_where_to_send() {
    let files = [
        ("products.yaml", "pay: { title: 基础支付 }"),
        (
            "v3/pay/a.yaml",
            "path: /v3/pay/a\nproduct: pay\nget: { title: 查询, responses: { 204: } }",
        ),
    ];
    let report = check_sources(files.map(|(name, text)| (name.to_owned(), text.to_owned())))
        .expect_err("an error");
    assert_eq!(report.diagnostics()[0].code(), "missing-host");
}

#[test]
fn a_folder_is_read_with_its_folders() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(path, text).expect("the file");
    };
    write("products.yaml", "pay: { title: 基础支付 }".as_bytes());
    write(
        "hosts.yaml",
        b"default: { base: https://api.mch.weixin.qq.com }",
    );
    write("README.md", b"Text.");
    write(
        "v3/pay/a.yaml",
        "path: /v3/pay/a\nproduct: pay\nget: { title: 查询, responses: { 204: } }".as_bytes(),
    );
    let api = read_dir(folder.path()).expect("no errors");
    assert!(api.paths.contains_key("/v3/pay/a"));

    write("v3/pay/b.yaml", b"\xff\xfe");
    write("v3/pay/c.yaml", b"path: [");
    let report = check_dir(folder.path()).expect_err("a file that is no text");
    let codes: Vec<_> = report.diagnostics().iter().map(|one| one.code()).collect();
    assert_eq!(codes, ["unreadable-file", "yaml-syntax"]);
    assert!(report.to_string().contains("v3/pay/b.yaml"));
}

#[test]
fn a_folder_that_is_not_there_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = read_dir(&folder.path().join("spec")).expect_err("no folder");
    assert_eq!(report.diagnostics()[0].code(), "unreadable-file");
}

#[test]
fn the_project_s_own_tables_are_good() {
    let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let api = read_dir(&spec).unwrap_or_else(|report| panic!("{report}"));
    assert!(api.hosts.contains_key("default") && api.hosts.contains_key("hong-kong"));
    assert!(api.products["pay"].default && !api.products["payscore"].default);
}
