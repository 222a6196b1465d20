//! What is emitted for each description in `golden/<case>/spec` is what stands in `golden/<case>/out`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p wechatpay-codegen --test golden` writes what is emitted now; read the difference before you
//! commit it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use wechatpay_codegen::{emit, lower, output, read_dir};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The emitted files of a case, with the feature table under its own name.
fn emitted(case: &Path) -> BTreeMap<String, String> {
    let api = read_dir(&case.join("spec")).unwrap_or_else(|report| panic!("{report}"));
    let items = lower(&api).unwrap_or_else(|errors| panic!("{errors}"));
    let tree = emit(&items);
    let mut files = output::render(&tree).unwrap_or_else(|error| panic!("{error}"));
    files.insert("features.toml".to_owned(), tree.features.clone());
    files
}

/// The files of a folder, by their paths in it.
fn on_disk(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below the folder");
                let name = name.to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    found
}

fn update(folder: &Path, files: &BTreeMap<String, String>) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the old files go");
    }
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn compare(case: &str) {
    let case = cases().join(case);
    let (expected, emitted) = (case.join("out"), emitted(&case));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        update(&expected, &emitted);
    }
    let expected = on_disk(&expected);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&emitted), names(&expected), "other files are emitted");
    for (name, text) in &emitted {
        assert_eq!(Some(text), expected.get(name), "{name} differs");
    }
}

#[test]
fn apiv2() {
    compare("apiv2");
}

#[test]
fn files() {
    compare("files");
}

#[test]
fn sync() {
    compare("sync");
}

#[test]
fn query() {
    compare("query");
}

#[test]
fn pages() {
    compare("pages");
}

#[test]
fn keywords() {
    compare("keywords");
}

#[test]
fn shapes() {
    compare("shapes");
}

#[test]
fn values() {
    compare("values");
}

#[test]
fn every_case_has_a_test() {
    let folders = fs::read_dir(cases()).expect("the cases");
    let mut names: Vec<_> = folders.flatten().map(|case| case.file_name()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "apiv2", "files", "keywords", "pages", "query", "shapes", "sync", "values"
        ]
    );
}
