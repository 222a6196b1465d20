//! CPU of the JSAPI prepay by wxpay-rs. Usage: cargo run --release -- GATEWAY_URL

mod gateway;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cpu_time::ProcessTime;
use gateway::Gateway;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use wxpay_rs::services::payments::jsapi::{Amount, JsapiRequest, Payer};
use wxpay_rs::{WxPayClient, WxPayConfig};

const CALLS: usize = 128;

fn main() {
    let url = std::env::args().nth(1).expect("the gateway's URL");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client = Arc::new(runtime.block_on(client(url)));
    let alone = median(sign_and_verify());
    println!("sign + verify alone: {:.0} µs", us(alone));
    for in_flight in [1, 64] {
        let time = median(|| calls(&runtime, &client, in_flight));
        let ratio = us(time) / us(alone);
        println!(
            "{in_flight} in flight: {:.0} µs a call, {ratio:.2} times sign + verify",
            us(time)
        );
    }
}

async fn client(url: String) -> WxPayClient {
    let facts: serde_json::Value = serde_json::from_str(&text("keys.json")).expect("keys.json");
    let fact = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let config = WxPayConfig::builder()
        .app_id("wxd678efh567hg6787")
        .merchant_id(fact(&facts["mchid"]))
        .api_v3_key(fact(&facts["apiv3_key"]))
        .private_key(text("merchant.key.pem").into_bytes())
        .cert_serial_number(fact(&facts["serials"]["merchant"]))
        .platform_public_key(
            fact(&facts["serials"]["platform-public"]),
            text("platform-public.pub.pem").into_bytes(),
        )
        .build()
        .expect("a configuration");
    WxPayClient::builder()
        .config(config)
        .http_client(Gateway::new(url).expect("a gateway"))
        .build()
        .await
        .expect("a client")
}

async fn prepay(client: Arc<WxPayClient>) {
    let request = JsapiRequest {
        appid: "wxd678efh567hg6787".into(),
        mchid: "1230000109".into(),
        description: "Image形象店-深圳腾大-QQ公仔".into(),
        out_trade_no: "1217752501201407033233368018".into(),
        amount: Some(Amount {
            total: 100,
            currency: Some("CNY".into()),
        }),
        payer: Some(Payer {
            openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into(),
        }),
        notify_url: Some("https://www.weixin.qq.com/wxpay/pay.php".into()),
    };
    let reply = client.jsapi().create_order(&request).await;
    assert!(reply.expect("a reply").prepay_id.starts_with("wx"));
}

fn calls(runtime: &Runtime, client: &Arc<WxPayClient>, in_flight: usize) {
    for _ in 0..CALLS / in_flight {
        runtime.block_on(async {
            let tasks: Vec<_> = (0..in_flight)
                .map(|_| tokio::spawn(prepay(client.clone())))
                .collect();
            for task in tasks {
                task.await.expect("a call");
            }
        });
    }
}

/// A signature and a verification by themselves.
fn sign_and_verify() -> impl Fn() {
    let pem: String = text("merchant.key.pem")
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let own = RsaKeyPair::from_pkcs8(&STANDARD.decode(pem).expect("base64")).expect("a key");
    let public = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, own.public_key().as_ref());
    let public = public.expect("a public key");
    move || {
        let text = [b'x'; 512];
        let mut signature = vec![0; own.public_modulus_len()];
        for _ in 0..CALLS {
            let random = SystemRandom::new();
            own.sign(&RSA_PKCS1_SHA256, &random, &text, &mut signature)
                .expect("a signature");
            public
                .verify_sig(&text, &signature)
                .expect("a good signature");
        }
    }
}

/// The CPU of one call, all threads together: the median of rounds.
fn median(work: impl Fn()) -> Duration {
    work();
    let mut times: Vec<_> = (0..30)
        .map(|_| {
            let began = ProcessTime::now();
            work();
            began.elapsed() / CALLS as u32
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn us(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn text(name: &str) -> String {
    let folder = match std::env::var_os("WECHATPAY_VECTORS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../runtime/tests/vectors"),
    };
    std::fs::read_to_string(folder.join("keys").join(name)).expect("a key file")
}
