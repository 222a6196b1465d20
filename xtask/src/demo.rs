//! `cargo xtask demo`: generate, then call the result against a sandbox, and show what went over the wire.

use crate::cli::Gen;
use crate::generate;
use crate::sandbox::keys_in;
use crate::workspace::{cargo, must_succeed, root};
use anyhow::{Context, Result, ensure};
use wechatpay_sandbox::authorization::Authorization;
use wechatpay_sandbox::{ReceivedRequest, Sandbox, Tampering, Verdict};

/// How many characters of a line are shown.
const WIDTH: usize = 140;

pub(crate) fn run() -> Result<()> {
    println!("==> cargo xtask gen");
    generate::run(&Gen { check: false })?;
    let api = generate::read_spec()?;
    let folder = root().join("target/sandbox-keys");
    let keys = keys_in(&folder)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let builder = Sandbox::builder(api.clone()).keys(keys.clone());
        let sandbox = builder.start().await?;
        let builder = Sandbox::builder(api).keys(keys);
        let tampered = builder
            .tampering(Tampering::from_fn(|body| raise(body)))
            .start()
            .await?;
        println!("==> a sandbox plays WeChat Pay at {}", sandbox.url());
        let client = sandbox.client_material()?;
        let mut example = cargo(&[
            "run",
            "--quiet",
            "--package",
            "wechatpay-openapi",
            "--example",
            "demo",
            "--features",
            "pay,payscore",
        ]);
        example
            .env("WECHATPAY_BASE_URL", sandbox.url())
            .env("DEMO_TAMPERED_URL", tampered.url())
            .env("WECHATPAY_MCHID", &client.mchid)
            .env("WECHATPAY_MERCHANT_SERIAL_NO", &client.serial_no)
            .env(
                "WECHATPAY_MERCHANT_PRIVATE_KEY_FILE",
                folder.join("apiclient_key.pem"),
            )
            .env(
                "WECHATPAY_PLATFORM_PUBLIC_KEY_FILE",
                folder.join("pub_key.pem"),
            )
            .env("WECHATPAY_PLATFORM_PUBLIC_KEY_ID", &client.public_key_id);
        println!("==> generated/examples/demo.rs, as an application would call it");
        tokio::task::block_in_place(|| must_succeed(&mut example))?;
        let (answered, changed) = (sandbox.requests(), tampered.requests());
        println!("==> what went over the wire");
        for request in &answered {
            show(request)?;
        }
        println!("==> what somebody changed on its way, and the client refused");
        for request in &changed {
            show(request)?;
        }
        let good = |request: &ReceivedRequest| matches!(request.verdict, Verdict::Answered(_));
        ensure!(
            answered.len() == 3 && answered.iter().all(good) && changed.len() == 1,
            "the sandbox did not answer every call"
        );
        sandbox.shutdown().await;
        tampered.shutdown().await;
        Ok(())
    })
}

/// Pays more than was paid.
fn raise(body: &mut [u8]) {
    if let Some(digit) = body.iter_mut().rfind(|byte| byte.is_ascii_digit()) {
        *digit = if *digit == b'9' { b'8' } else { *digit + 1 };
    }
}

/// One exchange: the target, the text that was signed, the headers, what the server made of it, and its answer.
fn show(request: &ReceivedRequest) -> Result<()> {
    println!("\n{} {}", request.method, request.target);
    let header = |name: &str| Some(request.headers.get(name)?.to_str().ok()?.to_owned());
    let authorization = header("authorization").context("a request without a signature")?;
    let signed = Authorization::parse(&authorization).map_err(anyhow::Error::msg)?;
    let body = String::from_utf8_lossy(&request.body);
    println!("  signed   {} \\n {} \\n", request.method, request.target);
    println!(
        "           {} \\n {} \\n",
        signed.timestamp, signed.nonce_str
    );
    println!("           {} \\n", cut(&body));
    for name in [
        "authorization",
        "accept",
        "content-type",
        "user-agent",
        "wechatpay-serial",
    ] {
        if let Some(value) = header(name) {
            println!("  header   {name}: {}", cut(&value));
        }
    }
    if let Some(plain) = request
        .accepted
        .as_ref()
        .and_then(|accepted| accepted.body.as_ref())
    {
        println!("  opened   {}", cut(&plain.to_string()));
    }
    println!("  answered {}", request.verdict.status());
    for (name, value) in &request.answer_headers {
        println!("  header   {name}: {}", cut(value));
    }
    if !request.answer.is_empty() {
        println!(
            "  body     {}",
            cut(&String::from_utf8_lossy(&request.answer))
        );
    }
    Ok(())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
