//! How long generation takes: the whole of `spec/`, from the model to formatted text, in this process.

use criterion::{Criterion, criterion_group, criterion_main};
use std::path::Path;
use wechatpay_codegen::{emit, lower, output, read_dir};

fn generate(criterion: &mut Criterion) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let api = read_dir(&spec).unwrap_or_else(|report| panic!("{report}"));
    criterion.bench_function("read and check", |bencher| bencher.iter(|| read_dir(&spec)));
    criterion.bench_function("lower", |bencher| bencher.iter(|| lower(&api)));
    let items = lower(&api).unwrap_or_else(|errors| panic!("{errors}"));
    criterion.bench_function("emit and format", |bencher| {
        bencher.iter(|| output::render(&emit(&items)));
    });
}

criterion_group!(benches, generate);
criterion_main!(benches);
