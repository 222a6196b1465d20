//! What the golden files hold compiles without a warning, against the runtime as it is, each product alone and all together;
//! the examples in its documentation compile too.
//!
//! Cargo is run on a crate that is put together below the target folder; what it depends on is built already, in the workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wechatpay_codegen::{lower, output, read_dir};

const LIB: &str = r#"//! The part of the generated crate that is written by hand, as small as it can be.
use ::wechatpay_runtime::emitted as rt;
pub use ::wechatpay_runtime::{Error, File};
/// A client.
pub struct WechatPay(rt::Client);
impl WechatPay {
    /// Wraps a client.
    pub fn new(client: rt::Client) -> Self {
        Self(client)
    }
    #[allow(dead_code)]
    pub(crate) fn client(&self) -> &rt::Client {
        &self.0
    }
}
include!("roots.rs");
"#;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn manifest(case: &str) -> String {
    let runtime = fs::canonicalize(workspace().join("runtime")).expect("the runtime");
    format!(
        r#"[package]
name = "golden-{case}"
version = "0.1.0"
edition = "2024"

[lib]
name = "wechatpay_openapi"

[lints.rust]
warnings = "deny"
missing_docs = "deny"
unreachable_pub = "deny"

[lints.clippy]
all = {{ level = "deny", priority = -1 }}

# tokio as the conformance run has it, so that both share what they build.
[dependencies]
wechatpay-runtime = {{ path = {runtime:?} }}
tokio = {{ version = "1", features = ["rt-multi-thread", "macros"] }}

[features]
partial-eq = []
serde = ["wechatpay-runtime/serde"]
# BEGIN products
# END products

[workspace]
"#
    )
}

/// Puts the crate of a case together, and gives the names of its products.
fn build(case: &str) -> (PathBuf, Vec<String>) {
    let spec = format!("{}/tests/golden/{case}/spec", env!("CARGO_MANIFEST_DIR"));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("golden")
        .join(case);
    fs::create_dir_all(root.join("src")).expect("a folder");
    fs::write(root.join("Cargo.toml"), manifest(case)).expect("a manifest");
    fs::copy(workspace().join("Cargo.lock"), root.join("Cargo.lock")).expect("a lock file");
    fs::write(root.join("src/lib.rs"), LIB).expect("a root");
    let api = read_dir(Path::new(&spec)).unwrap_or_else(|report| panic!("{report}"));
    let items = lower(&api).unwrap_or_else(|errors| panic!("{errors}"));
    output::write(&items, &root).unwrap_or_else(|error| panic!("{error}"));
    (root, items.features.keys().cloned().collect())
}

fn cargo(root: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .env("CARGO_TARGET_DIR", workspace().join("target"))
        .env("RUSTDOCFLAGS", "-D warnings")
        .arg(arguments[0])
        .args(["--offline", "--quiet"])
        .args(&arguments[1..])
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}:\n{said}\n{text}",
        root.display()
    );
}

#[test]
fn golden_files_compile() {
    for case in [
        "sync", "query", "pages", "keywords", "shapes", "values", "files", "apiv2",
    ] {
        let (root, products) = build(case);
        for product in &products {
            cargo(&root, &["check", "--features", product]);
        }
        cargo(&root, &["clippy", "--features", "full,serde"]);
        cargo(&root, &["test", "--doc", "--features", "full"]);
        cargo(&root, &["doc", "--no-deps", "--features", "full"]);
    }
}
