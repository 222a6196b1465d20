//! What is written to the disk, what is removed, and what is left alone.

use std::fs;
use std::path::Path;
use tempfile::TempDir;
use wechatpay_codegen::output::{OutputError, Stale, Staleness, check, write};
use wechatpay_codegen::{Items, lower, read_sources};

const CARGO: &str = "[package]\nname = \"x\"\n[features]\n# BEGIN products\n# END products\n";

/// The items of a description with these paths.
fn items(paths: &[&str]) -> Items {
    let mut files = vec![
        (
            "products.yaml".to_owned(),
            "pay: { title: 支付, default: true }\n".to_owned(),
        ),
        (
            "hosts.yaml".to_owned(),
            "default: { base: https://api.mch.weixin.qq.com }\n".to_owned(),
        ),
    ];
    for path in paths {
        let text = format!(
            "path: /v3/{path}\nproduct: pay\nget:\n  title: 查询\n  responses:\n    200:\n      state: string\n"
        );
        files.push((format!("v3/{path}.yaml"), text));
    }
    let api = read_sources(files).unwrap_or_else(|report| panic!("{report}"));
    lower(&api).unwrap_or_else(|errors| panic!("{errors}"))
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("Cargo.toml"), CARGO).expect("a manifest");
    folder
}

fn stale(root: &Path, items: &Items) -> Vec<(String, Staleness)> {
    let stale = check(items, root).expect("a check");
    stale
        .into_iter()
        .map(|Stale { path, staleness }| (path, staleness))
        .collect()
}

#[test]
fn a_second_run_writes_nothing() {
    let (root, items) = (folder(), items(&["orders"]));
    let first = write(&items, root.path()).expect("a run");
    assert!(
        first.written.contains(&"src/v3/orders.rs".to_owned()),
        "{first:?}"
    );
    assert_eq!((first.operations, first.types), (1, 1));
    let second = write(&items, root.path()).expect("a run");
    assert_eq!(second.written, Vec::<String>::new());
    assert_eq!(second.unchanged, first.written.len());
    assert_eq!(second.lines, first.lines);
    assert_eq!(stale(root.path(), &items), []);
}

#[test]
fn what_is_no_longer_described_is_removed_with_its_folders() {
    let root = folder();
    write(&items(&["orders", "deep/er/calls"]), root.path()).expect("a run");
    assert!(root.path().join("src/v3/deep/er/calls.rs").exists());
    let fewer = items(&["orders"]);
    let extra = stale(root.path(), &fewer);
    assert!(
        extra.contains(&("src/v3/deep/er/calls.rs".to_owned(), Staleness::Extra)),
        "{extra:?}"
    );
    let summary = write(&fewer, root.path()).expect("a run");
    assert_eq!(
        summary.removed,
        [
            "src/v3/deep.rs",
            "src/v3/deep/er.rs",
            "src/v3/deep/er/calls.rs"
        ]
    );
    assert!(!root.path().join("src/v3/deep").exists());
    assert_eq!(stale(root.path(), &fewer), []);
}

#[test]
fn files_of_others_are_left_alone() {
    let root = folder();
    write(&items(&["orders", "refunds"]), root.path()).expect("a run");
    let by_hand = root.path().join("src/v3/by_hand.rs");
    fs::write(&by_hand, "// mine\n").expect("a file");
    let replaced = root.path().join("src/v3/refunds.rs");
    fs::write(&replaced, "// mine now\n").expect("a file");
    let manifest = root.path().join("manifest.txt");
    let listed = fs::read_to_string(&manifest).expect("a manifest") + "../outside.rs\n/etc/hosts\n";
    fs::write(&manifest, listed).expect("a manifest");
    let outside = root.path().join("../outside.rs");
    write(&items(&["orders"]), root.path()).expect("a run");
    assert_eq!(
        fs::read_to_string(&by_hand).expect("still there"),
        "// mine\n"
    );
    assert_eq!(
        fs::read_to_string(&replaced).expect("still there"),
        "// mine now\n"
    );
    assert!(!outside.exists());
}

#[test]
fn a_change_by_hand_is_noticed_and_undone() {
    let (root, items) = (folder(), items(&["orders"]));
    write(&items, root.path()).expect("a run");
    let path = root.path().join("src/v3/orders.rs");
    let good = fs::read_to_string(&path).expect("a file");
    fs::write(&path, good.replace("pub struct", "pub(crate) struct")).expect("a file");
    assert_eq!(
        stale(root.path(), &items),
        [("src/v3/orders.rs".to_owned(), Staleness::Different)]
    );
    let summary = write(&items, root.path()).expect("a run");
    assert_eq!(summary.written, ["src/v3/orders.rs"]);
    assert_eq!(fs::read_to_string(&path).expect("a file"), good);
}

#[test]
fn a_check_writes_nothing() {
    let (root, items) = (folder(), items(&["orders"]));
    let missing = stale(root.path(), &items);
    assert!(
        missing.contains(&("src/v3/orders.rs".to_owned(), Staleness::Missing)),
        "{missing:?}"
    );
    assert!(!root.path().join("src").exists());
    assert_eq!(
        fs::read_to_string(root.path().join("Cargo.toml")).expect("a manifest"),
        CARGO
    );
}

#[test]
fn a_manifest_without_marks_is_refused_before_anything_is_written() {
    let root = folder();
    fs::write(root.path().join("Cargo.toml"), "[package]\n").expect("a manifest");
    let error = write(&items(&["orders"]), root.path()).expect_err("no marks");
    assert!(matches!(error, OutputError::Marks { .. }), "{error}");
    assert!(!root.path().join("src").exists());
}
