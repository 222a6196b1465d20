//! The importer on the facts themselves, where they are there: the file named by `WECHATPAY_FACTS`, else `../shared/facts/operations.jsonl`.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use wechatpay_codegen::import::{ImportOptions, Imported, import};
use wechatpay_codegen::model::Api;
use wechatpay_codegen::{naming, read_sources, write};

/// The facts, or a word on standard error that there are none.
fn facts() -> Option<String> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/facts/operations.jsonl");
    let file = std::env::var_os("WECHATPAY_FACTS").map_or(beside, PathBuf::from);
    if file.exists() {
        Some(std::fs::read_to_string(&file).expect("the facts can be read"))
    } else {
        eprintln!("not run: there are no facts at {}", file.display());
        None
    }
}

fn all(facts: &str, existing: &Api) -> Imported {
    import(facts.as_bytes(), existing, &ImportOptions::default()).expect("the facts are good")
}

#[test]
fn every_operation_is_imported_and_a_second_import_changes_nothing() {
    let Some(facts) = facts() else { return };
    let first = all(&facts, &Api::default());
    let operations: usize = first
        .api
        .paths
        .values()
        .map(|item| item.operations.len())
        .sum();
    assert_eq!(operations, facts.lines().count());
    assert_eq!(
        write::files(&first.api).len(),
        first.files.len(),
        "no two files at one place"
    );
    let read = read_sources(first.files.clone()).expect("a description without faults");
    assert_eq!(read, first.api);
    let second = all(&facts, &read);
    assert!(second.files.is_empty());
    assert_eq!(second.api, first.api);
}

#[test]
fn nothing_of_the_facts_is_lost() {
    let Some(facts) = facts() else { return };
    let imported = all(&facts, &Api::default());
    let shapes = words_of_shapes(&imported.files);
    let mut lost = BTreeSet::new();
    for line in facts.lines() {
        let operation: Value = serde_json::from_str(line).expect("an operation");
        let path = operation["path"].as_str().expect("a path");
        let item = &imported.api.paths[path];
        let file = naming::spec_file(item);
        let mut said = words_of(&imported.files[&file]);
        said.extend(shapes.get(&item.product).into_iter().flatten().cloned());
        let entries = imported
            .report
            .entries
            .iter()
            .filter(|entry| entry.file == file);
        let report: String = entries.map(|entry| format!("{entry}\n")).collect();
        let mut words = BTreeSet::new();
        collect(&operation, &mut words);
        let missing = words
            .into_iter()
            .filter(|word| !is_found(word, &said, &report));
        lost.extend(missing.map(|word| format!("{path}: {word}")));
    }
    assert!(lost.is_empty(), "{} lost: {lost:#?}", lost.len());
}

/// The texts, numbers and keys of a file.
fn words_of(yaml: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    add_words(&serde_yaml::from_str(yaml).expect("YAML"), &mut words);
    words
}

fn words_of_shapes(files: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (place, text) in files {
        if let ["shapes", product, _] = place.split('/').collect::<Vec<_>>().as_slice() {
            words
                .entry((*product).to_owned())
                .or_default()
                .extend(words_of(text));
        }
    }
    words
}

fn add_words(node: &serde_yaml::Value, words: &mut BTreeSet<String>) {
    match node {
        serde_yaml::Value::String(text) => {
            words.insert(text.trim_end_matches('?').to_owned());
            words.insert(text.clone());
        }
        serde_yaml::Value::Number(number) => words.extend([number.to_string()]),
        serde_yaml::Value::Bool(value) => words.extend([value.to_string()]),
        serde_yaml::Value::Sequence(items) => items.iter().for_each(|item| add_words(item, words)),
        serde_yaml::Value::Mapping(members) => {
            for (key, value) in members {
                add_words(key, words);
                add_words(value, words);
            }
        }
        _ => {}
    }
}

/// The names of fields, the labels, the values of enumerations, the examples that are no ciphertext.
fn collect(node: &Value, words: &mut BTreeSet<String>) {
    let encrypted = node["sensitive"] == true;
    let Some(members) = node.as_object() else {
        node.as_array()
            .into_iter()
            .flatten()
            .for_each(|item| collect(item, words));
        return;
    };
    for (key, value) in members {
        match key.as_str() {
            "title" | "label" | "path" | "updated" | "format" if value.is_string() => {
                words.extend([text(value)])
            }
            "description" if value.is_string() => words.extend([text(value)]),
            "example" if !encrypted && !value.is_object() => words.extend(texts(value)),
            "enum" | "roles" | "docs" | "tags" => words.extend(texts(value)),
            "fields" | "properties" => {
                for (name, node) in value.as_object().into_iter().flatten() {
                    words.insert(name.clone());
                    collect(node, words);
                }
            }
            _ => collect(value, words),
        }
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(text).collect(),
        value => vec![text(value)],
    }
}

/// Whether a word stands in the description, or in the report, under the format's own name where it has another.
fn is_found(word: &str, said: &BTreeSet<String>, report: &str) -> bool {
    let own = match word {
        "MediaId" => "media_id",
        "MediaUrl" => "media_url",
        // An upload's `meta` is JSON, which need not be said.
        "jsonObjectLike" if said.contains("upload") => return true,
        "jsonObjectLike" | "jsonArrayLike" => "json",
        // `number` with this format is an integer; what is base64 for being encrypted is said to be encrypted.
        "integer" | "base64" | "" => return true,
        other => other,
    };
    let quoted = Value::from(own).to_string();
    said.contains(own) || report.contains(own) || report.contains(quoted.trim_matches('"'))
}
