//! How long generation takes, in this process: from the files of `spec/` to formatted text in memory.
//!
//! The payscore tree is the measure that has a bound (`docs/performance.md`): it stays what it is while `spec/` grows.

use criterion::{Criterion, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wechatpay_codegen::model::Api;
use wechatpay_codegen::{Items, emit, lower, output, read_dir, read_sources};

/// What of `spec/` describes payscore.
const PAYSCORE: [&str; 4] = [
    "hosts.yaml",
    "products.yaml",
    "shapes/payscore",
    "v3/payscore",
];

fn payscore(criterion: &mut Criterion) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let api = read_payscore(&spec);
    let items = lowered(&api);
    let mut group = criterion.benchmark_group("payscore");
    group.bench_function("whole", |bencher| {
        bencher.iter(|| files(&lowered(&read_payscore(&spec))));
    });
    group.bench_function("read and check", |bencher| {
        bencher.iter(|| read_payscore(&spec));
    });
    group.bench_function("lower", |bencher| bencher.iter(|| lowered(&api)));
    group.bench_function("emit and format", |bencher| bencher.iter(|| files(&items)));
    group.finish();
}

fn everything(criterion: &mut Criterion) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    criterion.bench_function("everything", |bencher| {
        bencher.iter(|| files(&lowered(&good(read_dir(&spec)))));
    });
}

/// Reads the files anew, as `cargo xtask gen` does.
fn read_payscore(spec: &Path) -> Api {
    let mut sources = Vec::new();
    for part in PAYSCORE {
        read_below(spec, &spec.join(part), &mut sources);
    }
    good(read_sources(sources))
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

criterion_group!(benches, payscore, everything);
criterion_main!(benches);
