//! Every example of docs/spec-format.md is read and checked.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wechatpay_codegen::check_sources;

/// A fenced block of the page: the words after the fence, and the text.
struct Block {
    info: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/spec-format.md");
    let page = fs::read_to_string(page).expect("docs/spec-format.md");
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(info), None) => {
                open = Some(Block {
                    info: info.to_owned(),
                    text: String::new(),
                });
            }
            (None, Some(mut block)) => {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// The files of the page, by their path under `spec/`.
fn tree(blocks: &[Block]) -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.info == "yaml") {
        let first = block.text.lines().next().unwrap_or_default();
        let name = first.strip_prefix("# spec/");
        let name = name.unwrap_or_else(|| {
            panic!(
                "a block without `# spec/…`, and not `yaml,fragment`:\n{}",
                block.text
            )
        });
        let before = tree.insert(name.to_owned(), block.text.clone());
        assert!(before.is_none(), "{name} stands in the page twice");
    }
    tree
}

/// A file around a piece of one. The words after `fragment` say what it is.
fn whole(block: &Block) -> (String, String) {
    let indented: String = block
        .text
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    match block.info.strip_prefix("yaml,fragment ") {
        Some("fields") => (
            "v3/pay/fragment.yaml".to_owned(),
            format!(
                "path: /v3/pay/fragment\nproduct: pay\npost:\n  title: 示例\n  body:\n{indented}  responses: {{ 204: }}\n"
            ),
        ),
        other => panic!("no known kind of fragment: {other:?} in `{}`", block.info),
    }
}

#[test]
fn every_file_of_the_page_is_good() {
    let blocks = blocks();
    let tree = tree(&blocks);
    assert!(tree.len() >= 20, "only {} files", tree.len());
    let checked = check_sources(tree).unwrap_or_else(|report| panic!("{report}"));
    assert!(checked.warnings.is_empty(), "{}", checked.warnings);
}

#[test]
fn every_fragment_of_the_page_is_good() {
    let blocks = blocks();
    let mut fragments = 0;
    for block in blocks.iter().filter(|block| block.info != "yaml") {
        let (name, text) = whole(block);
        let mut tree = tree(&blocks);
        tree.insert(name, text);
        let checked =
            check_sources(tree).unwrap_or_else(|report| panic!("{report}\nin\n{}", block.text));
        assert!(checked.warnings.is_empty(), "{}", checked.warnings);
        fragments += 1;
    }
    assert!(fragments >= 5, "only {fragments} fragments");
}

#[test]
fn the_sync_call_is_short() {
    let tree = tree(&blocks());
    let sync = tree
        .get("v3/payscore/partner/serviceorder/_out_order_no_/sync.yaml")
        .expect("the sync call");
    let lines = sync.lines().filter(|line| !line.starts_with('#')).count();
    assert!(lines <= 25, "{lines} lines");
}

#[test]
fn the_page_names_every_attribute_that_a_message_proposes() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/spec-format.md");
    let page = fs::read_to_string(page).expect("docs/spec-format.md");
    let case = [
        (
            "v3/pay/x.yaml",
            "path: /v3/pay/x\nzzzzzzzz: 1\npost:\n  zzzzzzzz: 1\n  upload: { zzzzzzzz: 1 }\n  body: { a: { zzzzzzzz: 1 } }\n",
        ),
        (
            "events/pay/x.yaml",
            "zzzzzzzz: 1\nvariants: [{ zzzzzzzz: 1 }]\n",
        ),
        ("products.yaml", "pay: { zzzzzzzz: 1 }\n"),
        ("hosts.yaml", "default: { zzzzzzzz: 1 }\n"),
        ("deviations.yaml", "- { zzzzzzzz: 1 }\n"),
    ];
    let files = case.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let report = check_sources(files).expect_err("unknown keys");
    let unknown: Vec<_> = report
        .diagnostics()
        .iter()
        .filter(|diagnostic| diagnostic.code() == "unknown-key")
        .collect();
    assert_eq!(unknown.len(), 9);
    for diagnostic in unknown {
        let help = diagnostic.help_lines().concat();
        let keys = help.split('`').skip(1).step_by(2);
        for key in keys {
            assert!(
                page.contains(&format!("`{key}`")) || page.contains(&format!("{key}:")),
                "{key} is not explained"
            );
        }
    }
}
