//! The modes of the platform's keys against the sandbox, which lists its certificates sealed, and lists none in public key mode.

use crate::fixture::api;
use wechatpay_openapi::v3::pay::transactions::out_trade_no::_out_trade_no_::GetRequest;
use wechatpay_openapi::{
    AutomaticCertificates, ClientBuilder, Error, Host, Merchants, Outcome, WechatPay,
};
use wechatpay_sandbox::{PlatformKeyMode, ReceivedRequest, Sandbox, SandboxKeys};

async fn sandbox(mode: Option<PlatformKeyMode>) -> Sandbox {
    let builder = Sandbox::builder(api()).keys(SandboxKeys::shared().expect("keys"));
    let builder = match mode {
        Some(mode) => builder.platform_key_mode(mode),
        None => builder,
    };
    builder.start().await.expect("a sandbox")
}

/// A merchant without any key of the platform.
fn merchant(sandbox: &Sandbox) -> ClientBuilder<WechatPay> {
    let material = sandbox.client_material().expect("keys");
    let hong_kong = sandbox.family_url("hong-kong").expect("a family");
    WechatPay::builder()
        .mchid(&material.mchid)
        .merchant_serial_no(&material.serial_no)
        .merchant_private_key(material.private_key.as_str())
        .apiv3_key(&material.apiv3_key)
        .base_url(sandbox.url())
        .host_base_url(Host::HONG_KONG, hong_kong)
}

fn with_public_key(sandbox: &Sandbox) -> ClientBuilder<WechatPay> {
    let material = sandbox.client_material().expect("keys");
    merchant(sandbox)
        .platform_public_key_id(&material.public_key_id)
        .platform_public_key(material.public_key.as_str())
}

fn automatic(builder: ClientBuilder<WechatPay>) -> ClientBuilder<WechatPay> {
    builder
        .platform_certificates_automatic(AutomaticCertificates::new())
        .platform_certificates_automatic(AutomaticCertificates::new().host(Host::HONG_KONG))
}

async fn query(wxpay: &WechatPay) -> Result<u16, Error> {
    let orders = wxpay.v3().pay().transactions().out_trade_no();
    let request = GetRequest::new().mchid("1900000109");
    let reply = orders
        ._out_trade_no_("1217752501201407033233368018")
        .get(&request)
        .await;
    reply.map(|reply| reply.status())
}

fn lists(sandbox: &Sandbox) -> Vec<ReceivedRequest> {
    let requests = sandbox.requests().into_iter();
    requests
        .filter(|request| request.target.contains("certificates"))
        .collect()
}

#[tokio::test]
async fn certificates_are_fetched_once_and_verify_what_follows() {
    let sandbox = sandbox(Some(PlatformKeyMode::Certificate)).await;
    let wxpay = automatic(merchant(&sandbox)).build().expect("a client");
    for _ in 0..3 {
        assert_eq!(query(&wxpay).await.expect("a reply"), 200);
    }
    let lists = lists(&sandbox);
    assert_eq!(lists.len(), 1);
    assert_eq!(lists[0].operation.as_deref(), Some("GET /v3/certificates"));
    assert_eq!(sandbox.requests().len(), 1 + 3);
}

#[tokio::test]
async fn in_public_key_mode_no_list_is_asked_for() {
    let sandbox = sandbox(Some(PlatformKeyMode::PublicKey)).await;
    let wxpay = with_public_key(&sandbox).build().expect("a client");
    for _ in 0..3 {
        assert_eq!(query(&wxpay).await.expect("a reply"), 200);
    }
    assert!(lists(&sandbox).is_empty());
}

#[tokio::test]
async fn a_merchant_without_certificates_is_told_so_when_it_asks_for_them() {
    let sandbox = sandbox(Some(PlatformKeyMode::PublicKey)).await;
    let wxpay = automatic(merchant(&sandbox)).build().expect("a client");
    let error = query(&wxpay).await.expect_err("there are none");
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(error.to_string().contains("404"), "{error}");
    assert_eq!(sandbox.requests().len(), lists(&sandbox).len());
}

#[tokio::test]
async fn with_both_kinds_of_keys_either_may_sign() {
    for mode in [PlatformKeyMode::PublicKey, PlatformKeyMode::Certificate] {
        let sandbox = sandbox(Some(mode)).await;
        let wxpay = automatic(with_public_key(&sandbox)).build();
        let wxpay = wxpay.expect("a client");
        for _ in 0..3 {
            assert_eq!(query(&wxpay).await.expect("a reply"), 200);
        }
    }
}

#[tokio::test]
async fn hong_kong_lists_its_own() {
    let sandbox = sandbox(Some(PlatformKeyMode::Certificate)).await;
    let wxpay = automatic(merchant(&sandbox)).build().expect("a client");
    let list = wxpay.v3().global().certificates().get().await;
    assert!(!list.expect("a list").data.is_empty());
    let lists = lists(&sandbox);
    assert_eq!(lists.len(), 2, "one for the keys, and the call itself");
    assert!(
        lists
            .iter()
            .all(|it| it.target == "/v3/global/certificates")
    );
    assert!(lists.iter().all(|it| it.family == "hong-kong"));
}

#[tokio::test]
async fn a_registry_holds_clients_of_this_crate() {
    let sandbox = sandbox(None).await;
    let merchants: Merchants<WechatPay> = Merchants::new();
    let client = with_public_key(&sandbox).build().expect("a client");
    let mchid = client.mchid().expect("a merchant").to_owned();
    merchants.insert(client).expect("a merchant");
    let wxpay = merchants.get(&mchid).expect("a client");
    assert_eq!(query(&wxpay).await.expect("a reply"), 200);
}
