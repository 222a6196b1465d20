//! Calls every operation once, with the request of its example, strictly.

mod calls;

use std::env;
use std::process::ExitCode;
use wechatpay_openapi::{Error, WechatPay};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let wxpay = match client() {
        Ok(wxpay) => wxpay,
        Err(error) => {
            eprintln!("no client: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut failed = 0;
    for (name, call) in calls::CALLS.iter().copied().flatten() {
        if let Err(error) = call(&wxpay).await {
            eprintln!("{name}: {error}");
            failed += 1;
        }
    }
    match failed {
        0 => ExitCode::SUCCESS,
        _ => {
            eprintln!("{failed} calls failed");
            ExitCode::FAILURE
        }
    }
}

fn client() -> Result<WechatPay, Error> {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    WechatPay::builder()
        .mchid(variable("CONFORMANCE_MCHID"))
        .merchant_serial_no(variable("CONFORMANCE_SERIAL_NO"))
        .merchant_private_key(variable("CONFORMANCE_PRIVATE_KEY").as_str())
        .platform_public_key_id(variable("CONFORMANCE_PUBLIC_KEY_ID"))
        .platform_public_key(variable("CONFORMANCE_PUBLIC_KEY").as_str())
        .base_url(variable("CONFORMANCE_URL"))
        .build()
}
