//! Creates an order: signs, sends, verifies, reads. What a careful person checks by hand is checked: the answer's signature, its
//! time and key, its status and WeChat Pay's error. Retries, drift, limits of size and the rest of the SDK are not there.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::error::Error;
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

#[derive(Deserialize)]
struct Refusal {
    code: String,
    message: String,
}

const SERIAL: &str = "PUB_KEY_ID_0119291417772024124158683449786907";

fn main() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    println!("{}", runtime.block_on(prepay()).expect("a prepay_id"));
}

async fn prepay() -> Result<String, Box<dyn Error>> {
    let key = KeyPair::from_pkcs8(&der("apiclient_key.pem")?)?;
    let platform = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der("pub_key.pem")?);
    let http = reqwest::Client::builder()
        .tls_backend_rustls()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
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
    let body = serde_json::to_string(&request)?;
    let authorization = authorization(&key, &body)?;
    let reply = http
        .post(format!("https://api.mch.weixin.qq.com{PATH}"))
        .header("Authorization", authorization)
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .header("Wechatpay-Serial", SERIAL)
        .body(body)
        .send()
        .await?;
    let header = |name: &str| -> Result<String, Box<dyn Error>> {
        let value = reply.headers().get(name);
        let value = value.ok_or_else(|| format!("the answer has no {name}"))?;
        Ok(value.to_str()?.to_owned())
    };
    let time = header("Wechatpay-Timestamp")?;
    let nonce = header("Wechatpay-Nonce")?;
    let signature = header("Wechatpay-Signature")?;
    if header("Wechatpay-Serial")? != SERIAL {
        return Err("the answer is signed with another key".into());
    }
    if now()?.abs_diff(time.parse()?) > 300 {
        return Err("the answer is too old, or the clock is wrong".into());
    }
    let status = reply.status();
    let text = reply.text().await?;
    let signed = format!("{time}\n{nonce}\n{text}\n");
    let signature = STANDARD.decode(signature)?;
    let verified = platform.verify(signed.as_bytes(), &signature);
    verified.map_err(|_| "the signature does not match the answer")?;
    if !status.is_success() {
        let refusal: Refusal = serde_json::from_str(&text)?;
        return Err(format!("{status}: {}: {}", refusal.code, refusal.message).into());
    }
    let reply: Reply = serde_json::from_str(&text)?;
    Ok(reply.prepay_id)
}

fn authorization(key: &KeyPair, body: &str) -> Result<String, Box<dyn Error>> {
    let random = SystemRandom::new();
    let mut nonce = [0; 16];
    random.fill(&mut nonce)?;
    let nonce = format!("{:032x}", u128::from_be_bytes(nonce));
    let now = now()?;
    let message = format!("POST\n{PATH}\n{now}\n{nonce}\n{body}\n");
    let mut signature = vec![0; key.public_modulus_len()];
    let message = message.as_bytes();
    key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)?;
    let signature = STANDARD.encode(signature);
    Ok(format!(
        "WECHATPAY2-SHA256-RSA2048 mchid=\"1900000109\",nonce_str=\"{nonce}\",signature=\"{signature}\",timestamp=\"{now}\",serial_no=\"5157F09EFDC096DE15EBE81A47057A7232F1B8E1\""
    ))
}

fn now() -> Result<u64, Box<dyn Error>> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}

fn der(path: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let lines = text.lines().filter(|line| !line.starts_with('-'));
    Ok(STANDARD.decode(lines.collect::<String>())?)
}
