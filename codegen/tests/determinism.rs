//! The same description gives the same bytes, and a change in one place changes no other file than those it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use wechatpay_codegen::{emit, list, lower, output, read_sources};

type Files = BTreeMap<String, String>;

/// The description of a golden case, as texts.
fn spec(case: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(case)
        .join("spec");
    let mut files = Files::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("below the root");
                files.insert(
                    name.to_string_lossy().into_owned(),
                    fs::read_to_string(&path).expect("a text"),
                );
            }
        }
    }
    files
}

fn emitted(spec: &Files) -> Files {
    let api = read_sources(spec.clone()).unwrap_or_else(|report| panic!("{report}"));
    let items = lower(&api).unwrap_or_else(|errors| panic!("{errors}"));
    output::render(&emit(&items)).unwrap_or_else(|error| panic!("{error}"))
}

/// The emitted files that a change of one file of the description changes.
fn changed(case: &str, file: &str, old: &str, new: &str) -> BTreeSet<String> {
    let before = spec(case);
    let mut after = before.clone();
    let text = after.get_mut(file).expect("the file");
    assert!(text.contains(old), "{file} has no {old:?}");
    *text = text.replacen(old, new, 1);
    let (before, after) = (emitted(&before), emitted(&after));
    let names: BTreeSet<_> = before.keys().chain(after.keys()).cloned().collect();
    names
        .into_iter()
        .filter(|name| before.get(name) != after.get(name))
        .collect()
}

fn only(files: &[&str]) -> BTreeSet<String> {
    files.iter().map(|file| (*file).to_owned()).collect()
}

const SYNC: &str = "v3/payscore/partner/serviceorder/_out_order_no_/sync.yaml";
const SYNC_RS: &str = "src/v3/payscore/partner/serviceorder/_out_order_no_/sync.rs";

#[test]
fn two_runs_give_the_same_bytes() {
    for case in ["sync", "query", "pages", "keywords", "shapes", "values"] {
        assert_eq!(emitted(&spec(case)), emitted(&spec(case)), "{case}");
    }
}

#[test]
fn a_new_optional_field_changes_the_operations_file_alone() {
    let changed = changed(
        "sync",
        SYNC,
        "    sub_mchid: string\n",
        "    sub_mchid: string\n    remark?: string\n",
    );
    assert_eq!(changed, only(&[SYNC_RS]));
}

#[test]
fn another_order_of_fields_changes_the_operations_file_alone() {
    let changed = changed(
        "sync",
        SYNC,
        "        seq?: integer\n        paid_time: { format: yyyyMMddHHmmss }\n",
        "        paid_time: { format: yyyyMMddHHmmss }\n        seq?: integer\n",
    );
    assert_eq!(changed, only(&[SYNC_RS]));
}

#[test]
fn a_new_optional_field_of_a_shared_shape_changes_the_shapes_files_alone() {
    let file = "shapes/payscore/Fee.yaml";
    let changed = changed(
        "shapes",
        file,
        "  kind: State\n",
        "  kind: State\n  note?: string\n",
    );
    assert_eq!(
        changed,
        only(&[
            "src/shapes/payscore/reply/fee.rs",
            "src/shapes/payscore/request/fee.rs"
        ])
    );
}

#[test]
fn a_new_value_of_a_shared_enumeration_changes_its_file_alone() {
    let file = "shapes/payscore/State.yaml";
    let changed = changed("shapes", file, "DONE]", "DONE, REVOKED]");
    assert_eq!(changed, only(&["src/shapes/payscore/state.rs"]));
}

#[test]
fn the_list_gives_the_chain_of_each_call() {
    let api = read_sources(spec("sync")).unwrap_or_else(|report| panic!("{report}"));
    let calls = list(&api);
    let call = calls.first().expect("a call");
    assert_eq!(
        call.chain,
        r#"v3().payscore().partner().serviceorder()._out_order_no_("x").sync().post"#
    );
    assert!(call.request);
    let api = read_sources(spec("keywords")).unwrap_or_else(|report| panic!("{report}"));
    let calls: BTreeMap<_, _> = list(&api)
        .into_iter()
        .map(|call| (call.path.clone(), call))
        .collect();
    let call = |path: &str| calls.get(path).expect(path);
    assert_eq!(
        call("/v3/coupons/return").chain,
        "v3().coupons().r#return().post"
    );
    assert_eq!(
        call("/v3/coupons/delete").chain,
        "v3().coupons().delete().delete"
    );
    assert!(call("/v3/coupons/delete").deprecated);
    assert!(!call("/v3/coupons/{coupon_code}/use").request);
}
