//! `cargo xtask vectors` and `cargo xtask stress`: single proofs out of all the tests.

use crate::workspace::{cargo, must_succeed};
use anyhow::Result;

/// The test vectors, with the runtime, the sandbox and the generated crate. `WECHATPAY_VECTORS` names other ones.
///
/// # Errors
/// Where a case comes out otherwise than it should.
pub(crate) fn vectors() -> Result<()> {
    let proofs: [(&str, &[&str]); 3] = [
        ("wechatpay-runtime", &["--lib", "--test", "promises"]),
        ("wechatpay-sandbox", &["--test", "vectors"]),
        ("wechatpay-openapi", &["--test", "against_the_sandbox"]),
    ];
    for (package, tests) in proofs {
        let mut proof = cargo(&["test", "--package", package, "--all-features"]);
        must_succeed(proof.args(tests).arg("vectors"))?;
    }
    Ok(())
}

/// The store of platform keys under many callers, while keys change and fetches fail.
///
/// # Errors
/// Where a caller is lost, a set is empty, or two fetches run at once.
pub(crate) fn stress() -> Result<()> {
    must_succeed(&mut cargo(&[
        "test",
        "--release",
        "--package",
        "wechatpay-runtime",
        "--test",
        "key_store_under_stress",
    ]))
}
