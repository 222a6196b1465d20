//! The floor: the same call as a careful person would write it with reqwest, serde and aws-lc-rs.

use crate::keys::{Keys, der, key_pair};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const TARGET: &str = "/v3/pay/transactions/jsapi";

pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    mchid: String,
    serial_no: String,
    key: RsaKeyPair,
    random: SystemRandom,
    platform: ParsedPublicKey,
    platform_id: String,
}

#[derive(Serialize)]
struct Prepay {
    appid: String,
    mchid: String,
    description: String,
    out_trade_no: String,
    amount: Amount,
    notify_url: String,
    payer: Payer,
}

#[derive(Serialize)]
struct Amount {
    total: i64,
    currency: String,
}

#[derive(Serialize)]
struct Payer {
    openid: String,
}

#[derive(Deserialize)]
struct Prepaid {
    prepay_id: String,
}

impl Client {
    pub(crate) fn new(keys: &Keys, url: &str, limit: Duration) -> Self {
        Self {
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .timeout(limit)
                .user_agent("by-hand/1")
                .build()
                .expect("a client"),
            url: format!("{url}{TARGET}"),
            mchid: keys.mchid.clone(),
            serial_no: keys.serial_no.clone(),
            key: key_pair(&keys.private_key),
            random: SystemRandom::new(),
            platform: ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der(&keys.platform_public))
                .expect("a public key"),
            platform_id: keys.platform_id.clone(),
        }
    }

    pub(crate) async fn prepay(&self) -> String {
        let body = serde_json::to_string(&prepay()).expect("JSON");
        let reply = self
            .http
            .post(&self.url)
            .header("Authorization", self.authorization(&body))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header("Wechatpay-Serial", &self.platform_id)
            .body(body)
            .send()
            .await
            .expect("an answer");
        let headers = reply.headers().clone();
        let body = reply.bytes().await.expect("a body");
        self.verify(&headers, &body);
        serde_json::from_slice::<Prepaid>(&body)
            .expect("a prepay_id")
            .prepay_id
    }

    fn authorization(&self, body: &str) -> String {
        let mut random = [0; 16];
        self.random.fill(&mut random).expect("random bytes");
        let nonce: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let timestamp = now();
        let message = format!("POST\n{TARGET}\n{timestamp}\n{nonce}\n{body}\n");
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &self.random,
                message.as_bytes(),
                &mut signature,
            )
            .expect("a signature");
        format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{}\",nonce_str=\"{nonce}\",signature=\"{}\",timestamp=\"{timestamp}\",serial_no=\"{}\"",
            self.mchid,
            STANDARD.encode(signature),
            self.serial_no
        )
    }

    fn verify(&self, headers: &reqwest::header::HeaderMap, body: &[u8]) {
        let header = |name: &str| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .expect("a header")
        };
        assert_eq!(header("Wechatpay-Serial"), self.platform_id);
        let timestamp: u64 = header("Wechatpay-Timestamp").parse().expect("seconds");
        assert!(now().abs_diff(timestamp) <= 300);
        let mut message = format!("{timestamp}\n{}\n", header("Wechatpay-Nonce")).into_bytes();
        message.extend_from_slice(body);
        message.push(b'\n');
        let signature = STANDARD
            .decode(header("Wechatpay-Signature"))
            .expect("base64");
        self.platform
            .verify_sig(&message, &signature)
            .expect("a good signature");
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("a clock")
        .as_secs()
}

fn prepay() -> Prepay {
    Prepay {
        appid: "wxd678efh567hg6787".into(),
        mchid: "1230000109".into(),
        description: "Image形象店-深圳腾大-QQ公仔".into(),
        out_trade_no: "1217752501201407033233368018".into(),
        amount: Amount {
            total: 100,
            currency: "CNY".into(),
        },
        notify_url: "https://www.weixin.qq.com/wxpay/pay.php".into(),
        payer: Payer {
            openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into(),
        },
    }
}
