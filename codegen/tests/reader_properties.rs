//! Whatever is read, the reader answers with a model or a report; and its scalars are those of another YAML reader.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_yaml::{Mapping, Value};
use wechatpay_codegen::model::{Body, Literal, Method};
use wechatpay_codegen::{check_sources, read_sources};

/// The files of docs/spec-format.md.
fn good_tree() -> BTreeMap<String, String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/spec-format.md");
    let page = fs::read_to_string(page).expect("docs/spec-format.md");
    page.split("```yaml\n# spec/")
        .skip(1)
        .filter_map(|block| {
            let (name, rest) = block.split_once('\n')?;
            let (text, _) = rest.split_once("```")?;
            Some((name.to_owned(), text.to_owned()))
        })
        .collect()
}

/// Reads, and shows what is wrong in every form: nothing of it may panic.
fn answer(files: BTreeMap<String, String>) -> Option<String> {
    let report = match check_sources(files) {
        Ok(checked) => checked.warnings,
        Err(report) => {
            assert!(report.error_count() > 0);
            report
        }
    };
    report.render("spec/", true);
    assert_eq!(
        report.to_json().as_array().map(Vec::len),
        Some(report.diagnostics().len())
    );
    Some(report.to_string())
}

/// A change of one place of a text.
#[derive(Clone, Debug)]
enum Change {
    Remove(usize),
    Insert(String),
    Repeat(usize),
    Truncate,
}

fn change() -> impl Strategy<Value = Change> {
    let pieces = prop_oneof![
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just(": ".to_owned()),
        Just("\n".to_owned()),
        Just("\n  ".to_owned()),
        Just("- ".to_owned()),
        Just("$".to_owned()),
        Just("?".to_owned()),
        Just("\"".to_owned()),
        Just("[]".to_owned()),
        Just("null".to_owned()),
        Just("-1".to_owned()),
        Just("\t".to_owned()),
        Just("&a ".to_owned()),
        Just("*a".to_owned()),
        Just("|\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\u{feff}".to_owned()),
        any::<char>().prop_map(String::from),
        "[a-z_$?.{}]{1,8}",
    ];
    prop_oneof![
        (1..12usize).prop_map(Change::Remove),
        pieces.prop_map(Change::Insert),
        (1..60usize).prop_map(Change::Repeat),
        Just(Change::Truncate),
    ]
}

fn changed(text: &str, at: prop::sample::Index, change: &Change) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = at.index(characters.len() + 1);
    let rest = characters.len() - at;
    match change {
        Change::Remove(count) => {
            characters.drain(at..at + (*count).min(rest));
        }
        Change::Insert(piece) => {
            characters.splice(at..at, piece.chars());
        }
        Change::Repeat(count) => {
            let piece: Vec<char> = characters[at..at + (*count).min(rest)].to_vec();
            characters.splice(at..at, piece);
        }
        Change::Truncate => characters.truncate(at),
    }
    characters.into_iter().collect()
}

proptest! {
    // What fails is to become a case of its own, not a file of seeds.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_an_answer(
        name in prop_oneof![
            Just("v3/pay/a.yaml"), Just("products.yaml"), Just("hosts.yaml"), Just("deviations.yaml"),
            Just("shapes/pay/A.yaml"), Just("events/pay/a.yaml"), Just("a.yaml"),
        ],
        text in prop_oneof![any::<String>(), "[ \n\\-:{}\\[\\],a-z\"'$?|>&*!%#@0-9\r\t标签é\u{feff}]{0,80}"],
    ) {
        answer(BTreeMap::from([(name.to_owned(), text)]));
    }

    #[test]
    fn a_damaged_description_gets_the_same_answer_twice(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), change()), 1..4),
    ) {
        let mut tree = good_tree();
        let name = tree.keys().nth(file.index(tree.len())).expect("a file").clone();
        for (at, change) in &changes {
            if let Some(text) = tree.get_mut(&name) {
                *text = changed(text, *at, change);
            }
        }
        prop_assert_eq!(answer(tree.clone()), answer(tree));
    }

    #[test]
    fn plain_scalars_are_those_of_another_reader(text in "[-+.0-9a-fxoeEnulNtrTsyY~_]{1,10}") {
        // A dash alone begins a list.
        prop_assume!(text != "-");
        let file = file_with(&format!("example: {text}"));
        let theirs: Value = serde_yaml::from_str(&file).expect("a document");
        let theirs = &theirs["post"]["body"]["a"]["example"];
        match read(file) {
            Ok(ours) if reads_more_bases(&text) => prop_assert_eq!(ours, Literal::Text(text)),
            Ok(ours) => prop_assert_eq!(Some(ours), literal(theirs), "{:?}", text),
            // Numbers that one reader takes for texts: refused, so that nobody is mistaken.
            Err(codes) => prop_assert_eq!(codes, ["doubtful-number"]),
        }
    }

    #[test]
    fn documents_are_those_of_another_reader(value in value()) {
        let mut field = Mapping::new();
        field.insert("type".into(), "any".into());
        field.insert("nullable".into(), true.into());
        field.insert("example".into(), value.clone());
        let field = serde_yaml::to_string(&BTreeMap::from([("a", field)])).expect("a text");
        let indented: String = field.split_inclusive('\n').map(|line| format!("    {line}")).collect();
        let file = format!("path: /v3/pay/a\nproduct: pay\npost:\n  title: 示例\n  responses: {{ 204: }}\n  body:\n{indented}");
        prop_assert_eq!(read(file), Ok(literal(&value).expect("a literal")));
    }
}

fn file_with(attribute: &str) -> String {
    format!(
        "path: /v3/pay/a\nproduct: pay\npost:\n  title: 示例\n  responses: {{ 204: }}\n  body:\n    a:\n      type: any\n      nullable: true\n      {attribute}\n"
    )
}

/// The example of the field `a`, or the codes of what is wrong.
fn read(file: String) -> Result<Literal, Vec<&'static str>> {
    let files = [
        ("products.yaml", "pay: { title: 基础支付 }".to_owned()),
        (
            "hosts.yaml",
            "default: { base: https://api.mch.weixin.qq.com }".to_owned(),
        ),
        ("v3/pay/a.yaml", file),
    ];
    let api =
        read_sources(files.map(|(name, text)| (name.to_owned(), text))).map_err(|report| {
            report
                .diagnostics()
                .iter()
                .map(|one| one.code())
                .collect::<Vec<_>>()
        })?;
    let operation = &api.paths["/v3/pay/a"].operations[&Method::Post];
    match &operation.body {
        Some(Body::Object(object)) => {
            Ok(object.fields[0].schema.example.clone().expect("an example"))
        }
        other => panic!("no body: {other:?}"),
    }
}

/// serde_yaml knows `0b11` and signs before `0x`, which YAML 1.2 does not.
fn reads_more_bases(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    unsigned.starts_with("0b")
        || (unsigned != text && (unsigned.starts_with("0x") || unsigned.starts_with("0o")))
}

fn literal(value: &Value) -> Option<Literal> {
    Some(match value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Boolean(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Literal::Integer(whole),
            None => Literal::Number(number.as_f64()?),
        },
        Value::String(text) => Literal::Text(text.clone()),
        Value::Sequence(items) => Literal::List(items.iter().map(literal).collect::<Option<_>>()?),
        Value::Mapping(entries) => Literal::Object(
            entries
                .iter()
                .map(|(key, value)| Some((key.as_str()?.to_owned(), literal(value)?)))
                .collect::<Option<_>>()?,
        ),
        Value::Tagged(_) => return None,
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        "[a-z:#,{}\\[\\]&*!|>'\"%@`? \n-]{0,12}",
        "[一-龥a-z ：，]{0,8}",
        "(true|null|~|0[0-9]{1,4}|[0-9]{1,22}|1e3|\\.5|yes)",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e12..1e12f64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,6}|[ -~]{1,6}", inner, 0..4).prop_map(|entries| {
                Value::Mapping(
                    entries
                        .into_iter()
                        .map(|(key, value)| (key.into(), value))
                        .collect(),
                )
            }),
        ]
    })
}
