//! Creates an order: signs, sends, verifies, reads. Nothing is checked that the call does not need.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::time::{SystemTime, UNIX_EPOCH};

const PATH: &str = "/v3/pay/transactions/jsapi";

#[derive(Serialize)]
struct Request<'a> {
    appid: &'a str,
    mchid: &'a str,
    description: &'a str,
    out_trade_no: &'a str,
    notify_url: &'a str,
    amount: Amount,
    payer: Payer<'a>,
}

#[derive(Serialize)]
struct Amount {
    total: i64,
}

#[derive(Serialize)]
struct Payer<'a> {
    openid: &'a str,
}

#[derive(Deserialize)]
struct Reply {
    prepay_id: String,
}

fn main() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    println!("{}", runtime.block_on(prepay()));
}

async fn prepay() -> String {
    let key = KeyPair::from_pkcs8(&der("apiclient_key.pem")).expect("a private key");
    let platform = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der("pub_key.pem"));
    let http = reqwest::Client::builder()
        .tls_backend_rustls()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("an HTTP client");
    let request = Request {
        appid: "wxd678efh567hg6787",
        mchid: "1900000109",
        description: "Image形象店-深圳腾大-QQ公仔",
        out_trade_no: "1217752501201407033233368018",
        notify_url: "https://www.weixin.qq.com/wxpay/pay.php",
        amount: Amount { total: 100 },
        payer: Payer {
            openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        },
    };
    let body = serde_json::to_string(&request).expect("JSON");
    let authorization = authorization(&key, &body);
    let reply = http
        .post(format!("https://api.mch.weixin.qq.com{PATH}"))
        .header("Authorization", authorization)
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .body(body)
        .send()
        .await
        .expect("a reply");
    let header = |name: &str| {
        let value = reply.headers().get(name).expect("a header");
        value.to_str().expect("ASCII").to_owned()
    };
    let time = header("Wechatpay-Timestamp");
    let nonce = header("Wechatpay-Nonce");
    let signature = header("Wechatpay-Signature");
    let text = reply.text().await.expect("a body");
    let signed = format!("{time}\n{nonce}\n{text}\n");
    let signature = STANDARD.decode(signature).expect("base64");
    let verified = platform.verify(signed.as_bytes(), &signature);
    verified.expect("a good signature");
    let reply: Reply = serde_json::from_str(&text).expect("JSON");
    reply.prepay_id
}

fn authorization(key: &KeyPair, body: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.expect("a clock").as_secs();
    let message = format!("POST\n{PATH}\n{now}\nabc\n{body}\n");
    let mut signature = vec![0; key.public_modulus_len()];
    let random = SystemRandom::new();
    key.sign(
        &RSA_PKCS1_SHA256,
        &random,
        message.as_bytes(),
        &mut signature,
    )
    .expect("a signature");
    let signature = STANDARD.encode(signature);
    format!(
        "WECHATPAY2-SHA256-RSA2048 mchid=\"1900000109\",nonce_str=\"abc\",signature=\"{signature}\",timestamp=\"{now}\",serial_no=\"5157\""
    )
}

fn der(path: &str) -> Vec<u8> {
    let text = std::fs::read_to_string(path).expect("a file");
    let lines = text.lines().filter(|line| !line.starts_with('-'));
    STANDARD.decode(lines.collect::<String>()).expect("base64")
}
