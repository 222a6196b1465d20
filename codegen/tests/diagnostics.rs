//! Bad descriptions and what is said about them.
//!
//! Each `diagnostics/<case>.yaml` is a description in one file: a line `--- # <path>` begins the file of that path. What the case does not bring is
//! taken from a small good description. `diagnostics/<case>.stderr` is the report; `UPDATE_SNAPSHOTS=1` writes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wechatpay_codegen::{check_sources, read_sources};

/// A description with which nothing is wrong.
const GOOD: [(&str, &str); 3] = [
    ("products.yaml", "pay: { title: 基础支付 }\n"),
    (
        "hosts.yaml",
        "default: { base: https://api.mch.weixin.qq.com }\n",
    ),
    (
        "v3/pay/ping.yaml",
        "path: /v3/pay/ping\nproduct: pay\nget:\n  title: 探测\n  responses: { 204: }\n",
    ),
];

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    cases.sort();
    cases
}

/// The files of a case, with those of the good description that it does not bring itself.
fn files(case: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = GOOD
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let mut current = None;
    for line in case.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("--- # ") {
            let name = name.trim().to_owned();
            files.insert(name.clone(), String::new());
            current = Some(name);
        } else if let Some(text) = current.as_ref().and_then(|name| files.get_mut(name)) {
            text.push_str(line);
        }
    }
    assert!(current.is_some(), "a case begins with `--- # <path>`");
    files
}

#[test]
fn the_good_description_is_good() {
    let checked = check_sources(files("--- # README.md\nText.\n")).expect("no errors");
    assert!(checked.warnings.is_empty(), "{}", checked.warnings);
    assert_eq!(checked.api.paths.len(), 1);
}

#[test]
fn every_bad_description_is_explained() {
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let cases = cases();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let mut differing = Vec::new();
    for path in cases {
        let case = fs::read_to_string(&path).expect("a case");
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let report = match read_sources(files(&case)) {
            Ok(_) => panic!("{name}: no error was found"),
            Err(report) => report,
        };
        assert!(report.error_count() > 0, "{name}: only warnings");
        let text = report.render("spec/", false);
        let snapshot = path.with_extension("stderr");
        if update {
            fs::write(&snapshot, &text).expect("the snapshot can be written");
        } else if fs::read_to_string(&snapshot).unwrap_or_default() != text {
            differing.push(format!("{name}: the report is now\n{text}"));
        }
    }
    assert!(
        differing.is_empty(),
        "{}\nrun with UPDATE_SNAPSHOTS=1 to accept, and read the difference",
        differing.join("\n")
    );
}

#[test]
fn every_diagnostic_says_where_and_what_to_do() {
    for path in cases() {
        let case = fs::read_to_string(&path).expect("a case");
        let report = read_sources(files(&case)).expect_err("a bad description");
        for diagnostic in report.diagnostics() {
            assert!(
                !diagnostic.help_lines().is_empty(),
                "{}: no help with {}",
                path.display(),
                diagnostic.message()
            );
            assert!(!diagnostic.message().is_empty());
            assert!(
                diagnostic
                    .code()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
            );
            let position = report.position(diagnostic.primary().span);
            assert!(!position.file.is_empty() && position.line > 0 && position.column > 0);
        }
    }
}

#[test]
fn the_report_for_scripts_has_the_same_places() {
    let case = "--- # v3/pay/x.yaml\npath: /v3/pay/x\nproduct: pay\nget:\n  title: 标题\n  respones: { 204: }\n";
    let report = read_sources(files(case)).expect_err("a bad description");
    let json = report.to_json();
    let first = &json[0];
    assert_eq!(first["code"], "unknown-key");
    assert_eq!(first["severity"], "error");
    assert_eq!(
        (&first["file"], &first["line"], &first["column"]),
        (&"v3/pay/x.yaml".into(), &5.into(), &3.into())
    );
    assert_eq!(first["end_column"], 11);
    assert_eq!(first["replacement"], "responses");
    assert_eq!(
        json.as_array().map(Vec::len),
        Some(report.diagnostics().len())
    );
}

#[test]
fn color_is_only_where_it_is_asked_for() {
    let report =
        read_sources(files("--- # v3/pay/x.yaml\npath: [\n")).expect_err("a bad description");
    assert!(!report.render("", false).contains('\u{1b}'));
    assert!(report.render("", true).contains('\u{1b}'));
}
