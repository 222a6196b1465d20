//! A sandbox in this process, and a client for it.

use std::path::Path;
use wechatpay_codegen::model::Api;
use wechatpay_openapi::{ClientBuilder, WechatPay};
use wechatpay_sandbox::{Alteration, ReceivedRequest, Sandbox, SandboxKeys, seal, sign};

pub(crate) struct Fixture {
    pub(crate) wxpay: WechatPay,
    sandbox: Sandbox,
}

impl Fixture {
    pub(crate) async fn start() -> Self {
        Self::with(Alteration::default()).await
    }

    /// A sandbox whose answers are altered before they are signed.
    pub(crate) async fn with(alteration: Alteration) -> Self {
        let sandbox = Sandbox::builder(api())
            .keys(SandboxKeys::shared().expect("keys"))
            .alteration(alteration)
            .start()
            .await
            .expect("a sandbox");
        Self {
            wxpay: client(&sandbox),
            sandbox,
        }
    }

    /// A client that has keys and a URL of Hong Kong's hosts too.
    #[cfg(feature = "global-pay")]
    pub(crate) async fn abroad() -> Self {
        use wechatpay_openapi::{Host, PlatformKeys, PublicKey};
        let mut fixture = Self::start().await;
        let material = fixture.sandbox.client_material().expect("keys");
        let key = PublicKey::from_pem(&material.public_key).expect("a key");
        let keys = PlatformKeys::new().with_public_key(&material.public_key_id, key);
        let url = fixture.sandbox.family_url("hong-kong");
        fixture.wxpay = builder(&fixture.sandbox)
            .host_platform_keys("hong-kong", keys.expect("an id"))
            .host_base_url(Host::HONG_KONG, url.expect("a family"))
            .build()
            .expect("a client");
        fixture
    }

    /// The request that came last.
    pub(crate) fn last_request(&self) -> ReceivedRequest {
        self.sandbox.requests().pop().expect("a request")
    }

    /// The requests that came.
    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        self.sandbox.requests()
    }

    /// Whether the merchant signed a text.
    pub(crate) fn is_signed(&self, text: &str, signature: &str) -> bool {
        let key = self.sandbox.keys().merchant().public_key();
        sign::verify(key, text.as_bytes(), signature)
    }

    /// What a client encrypted with the platform's public key.
    pub(crate) fn decrypt(&self, ciphertext: &str) -> Option<String> {
        let key = self.sandbox.keys().platform_public_key().private_key();
        seal::decrypt_field(key, ciphertext).ok()
    }
}

/// The description.
pub(crate) fn api() -> Api {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    wechatpay_codegen::read_dir(&spec).expect("a good description")
}

fn client(sandbox: &Sandbox) -> WechatPay {
    builder(sandbox).build().expect("a client")
}

fn builder(sandbox: &Sandbox) -> ClientBuilder<WechatPay> {
    let material = sandbox.client_material().expect("keys");
    WechatPay::builder()
        .mchid(&material.mchid)
        .merchant_serial_no(&material.serial_no)
        .merchant_private_key(material.private_key.as_str())
        .platform_public_key_id(&material.public_key_id)
        .platform_public_key(material.public_key.as_str())
        .base_url(sandbox.url())
}
