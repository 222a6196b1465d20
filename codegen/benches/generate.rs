//! How long generation takes, in this process: from the files of `spec/` to formatted text in memory.
//!
//! The payscore tree is the measure that has a bound (`docs/performance.md`): it stays what it is while `spec/` grows.

use criterion::{Criterion, criterion_group, criterion_main};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use wechatpay_codegen::model::Api;
use wechatpay_codegen::{Items, emit, list, lower, output, read_sources};

/// What of `spec/` describes payscore.
const PAYSCORE: [&str; 4] = [
    "hosts.yaml",
    "products.yaml",
    "shapes/payscore",
    "v3/payscore",
];

fn payscore(criterion: &mut Criterion) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let names: BTreeSet<String> = used(payscore_sources(&spec))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let api = read_payscore(&spec, &names);
    let items = lowered(&api);
    let mut group = criterion.benchmark_group("payscore");
    group.bench_function("whole", |bencher| {
        bencher.iter(|| files(&lowered(&read_payscore(&spec, &names))));
    });
    group.bench_function("read and check", |bencher| {
        bencher.iter(|| read_payscore(&spec, &names));
    });
    group.bench_function("lower", |bencher| bencher.iter(|| lowered(&api)));
    group.bench_function("emit and format", |bencher| bencher.iter(|| files(&items)));
    group.finish();
}

/// The whole API, a part of it, and several copies of it under other paths: the cost should grow with the size, and no faster.
fn scale(criterion: &mut Criterion) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut whole = Vec::new();
    read_below(&spec, &spec, &mut whole);
    let mut group = criterion.benchmark_group("scale");
    group.sample_size(10);
    for (name, sources) in [
        ("10 %", part(&whole, 10)),
        ("50 %", part(&whole, 2)),
        ("100 %", whole.clone()),
        ("400 %", copies(&whole, 4)),
    ] {
        let api = good(read_sources(sources.clone()));
        println!("{name}: {} operations", list(&api).len());
        group.bench_function(name, |bencher| {
            bencher.iter(|| files(&lowered(&good(read_sources(sources.clone())))));
        });
    }
    group.finish();
}

type Source = (String, String);

/// One path of so many, with what it needs. A shape that nothing uses is an error, so the errors tell which to leave out.
fn part(whole: &[Source], of: usize) -> Vec<Source> {
    let is_path = |(_, text): &Source| text.starts_with("path:");
    let paths = whole.iter().filter(|source| is_path(source)).step_by(of);
    // A deviation of an operation that is not there is an error.
    let is_table = |source: &&Source| !is_path(source) && source.0 != "deviations.yaml";
    let tables = whole.iter().filter(is_table);
    let alone = |(name, text): &Source| (name.clone(), without_twin(text));
    used(paths.map(alone).chain(tables.cloned()).collect())
}

/// The files without the shapes that none of them uses.
fn used(mut sources: Vec<Source>) -> Vec<Source> {
    loop {
        let Err(report) = read_sources(sources.clone()) else {
            return sources;
        };
        let told = report.to_string();
        let before = sources.len();
        let unused = |name: &str| match name.strip_prefix("shapes/") {
            Some(shape) => {
                let shape = shape.trim_end_matches(".yaml").replace('/', ".");
                told.contains(&format!("uses the shape `{shape}`"))
            }
            None => false,
        };
        sources.retain(|(name, _)| !unused(name));
        assert!(sources.len() < before, "{told}");
    }
}

/// A file that does not name the other path of its route, which may not be there.
fn without_twin(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with("same_route_as:"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// All paths so many times, each time under another one.
fn copies(whole: &[Source], times: usize) -> Vec<Source> {
    const ROOTS: [&str; 5] = ["hk/v3/", "global/v3/", "v3/", "brand/", "v2/"];
    let mut sources = whole.to_vec();
    for (name, text) in whole.iter().filter(|(_, text)| text.starts_with("path:")) {
        let root = ROOTS.iter().find(|root| name.starts_with(**root));
        let root = root.expect("a root of paths");
        let url = match *root {
            "v2/" => "/".to_owned(),
            root => format!("/{root}"),
        };
        for copy in 1..times {
            let name = name.replacen(root, &format!("{root}copy{copy}/"), 1);
            let lines = text.lines().map(|line| {
                match line.starts_with("path:") || line.starts_with("same_route_as:") {
                    true => line.replacen(&url, &format!("{url}copy{copy}/"), 1),
                    false => line.to_owned(),
                }
            });
            sources.push((
                name,
                lines.flat_map(|line| [line, "\n".to_owned()]).collect(),
            ));
        }
    }
    sources
}

/// The files of payscore, as they stand on the disk now.
fn payscore_sources(spec: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    for part in PAYSCORE {
        read_below(spec, &spec.join(part), &mut sources);
    }
    sources
}

/// Reads the files anew, as `cargo xtask gen` does; those of shapes that other paths use alone are passed over.
fn read_payscore(spec: &Path, names: &BTreeSet<String>) -> Api {
    let sources = payscore_sources(spec).into_iter();
    good(read_sources(
        sources.filter(|(name, _)| names.contains(name)),
    ))
}

fn read_below(spec: &Path, path: &Path, sources: &mut Vec<(String, String)>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder of spec/ can be listed");
        for entry in entries {
            let entry = entry.expect("a folder of spec/ can be listed");
            read_below(spec, &entry.path(), sources);
        }
    } else {
        let name = path.strip_prefix(spec).expect("it is within spec/");
        let name = name.to_str().expect("names in spec/ are ASCII");
        let text = fs::read_to_string(path).expect("a file of spec/ can be read");
        sources.push((name.replace('\\', "/"), text));
    }
}

fn good<E: std::fmt::Display>(result: Result<Api, E>) -> Api {
    result.unwrap_or_else(|report| panic!("{report}"))
}

fn lowered(api: &Api) -> Items {
    lower(api).unwrap_or_else(|errors| panic!("{errors}"))
}

fn files(items: &Items) -> BTreeMap<String, String> {
    output::render(&emit(items)).unwrap_or_else(|error| panic!("{error}"))
}

criterion_group!(benches, payscore, scale);
criterion_main!(benches);
