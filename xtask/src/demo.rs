//! `cargo xtask demo`: generate, then call the result against a sandbox.

use crate::cli::Gen;
use crate::generate;
use crate::sandbox::keys_in;
use crate::workspace::{cargo, must_succeed, root};
use anyhow::{Result, ensure};
use wechatpay_sandbox::{Sandbox, Verdict};

pub(crate) fn run() -> Result<()> {
    println!("==> cargo xtask gen");
    generate::run(&Gen { check: false })?;
    let api = generate::read_spec()?;
    let folder = root().join("target/sandbox-keys");
    let keys = keys_in(&folder)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let sandbox = Sandbox::builder(api).keys(keys).start().await?;
        println!("==> the sandbox plays WeChat Pay at {}", sandbox.url());
        let client = sandbox.client_material()?;
        let mut example = cargo(&[
            "run",
            "--quiet",
            "--package",
            "wechatpay-openapi",
            "--example",
            "payscore_sync",
            "--features",
            "payscore",
        ]);
        example
            .env("WECHATPAY_BASE_URL", sandbox.url())
            .env("WECHATPAY_MCHID", &client.mchid)
            .env("WECHATPAY_SERIAL_NO", &client.serial_no)
            .env("WECHATPAY_PRIVATE_KEY", folder.join("apiclient_key.pem"))
            .env("WECHATPAY_PUBLIC_KEY", folder.join("pub_key.pem"))
            .env("WECHATPAY_PUBLIC_KEY_ID", &client.public_key_id);
        println!("==> generated/examples/payscore_sync.rs");
        tokio::task::block_in_place(|| must_succeed(&mut example))?;
        let requests = sandbox.requests();
        println!("==> what the sandbox saw");
        for request in &requests {
            println!(
                "{} {}: {}",
                request.method,
                request.target,
                request.verdict.status()
            );
        }
        let answered = requests
            .iter()
            .all(|request| request.verdict == Verdict::Answered(204));
        ensure!(
            answered && !requests.is_empty(),
            "the sandbox did not answer every call with 204"
        );
        sandbox.shutdown().await;
        Ok(())
    })
}
