//! Neither `Debug` nor `Display` of anything shows a key, an authorization, or the plain text of an encrypted field.

use crate::support::builder;
use crate::support::example::{get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::log::Log;
use crate::support::server::Server;
use wechatpay_runtime::sign::{SigningIdentity, SigningKey};
use wechatpay_runtime::{Apiv3Key, Identity, PrivateKey};

/// What must not be seen: lines of the keys, and what the tests put into hidden fields.
fn secrets(keys: &Keys) -> Vec<String> {
    let mut secrets = vec![
        keys.apiv3_key.clone(),
        "张三".to_owned(),
        "openid-of-a-person".to_owned(),
        "WECHATPAY2".to_owned(),
        "body-of-the-request".to_owned(),
    ];
    let pem = keys.file("merchant.key.pem");
    secrets.extend(
        pem.lines()
            .filter(|line| line.len() > 20 && !line.starts_with('-'))
            .map(str::to_owned),
    );
    secrets
}

fn clean(keys: &Keys, shown: &str) {
    for secret in secrets(keys) {
        assert!(!shown.contains(&secret), "`{secret}` in: {shown}");
    }
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let keys = Keys::load();
    let body = r#"{"state":"PAID","total":1,"note":"seen","openid":"openid-of-a-person"}"#;
    let server = Server::answering(keys.signed_reply(200, body));
    let builder = builder(&keys)
        .apiv3_key(&keys.apiv3_key)
        .base_url(&server.url);
    clean(&keys, &format!("{builder:?}"));
    let client = builder.build().expect("a client");
    clean(&keys, &format!("{client:?} {:?}", client.apiv3_key()));
    let mut request = order();
    request.payer_name = Some("张三".into());
    request.holder = Some("张三".into());
    request.openid = Some("openid-of-a-person".to_owned());
    request.next = Some(Box::new(request.clone()));
    let shown = format!("{request:?} {request:#?}");
    clean(&keys, &shown);
    assert!(shown.contains("payer_name: <hidden>") && shown.contains("openid: <hidden>"));
    assert!(
        shown.contains("kind: PAID") && !shown.contains("rate"),
        "{shown}"
    );
    let call = post(&client, &request);
    clean(&keys, &format!("{call:?}"));
    drop(call);
    let reply = get(&client).await.expect("a reply");
    let shown = format!("{reply:?}");
    clean(&keys, &shown);
    assert!(
        shown.contains("seen") && shown.contains("openid: <hidden>"),
        "{shown}"
    );
    let raw = client
        .request(wechatpay_runtime::Method::Get, "/v3/x")
        .await
        .expect("a reply");
    clean(&keys, &format!("{raw:?}"));
}

#[tokio::test]
async fn errors_show_no_secret() {
    let keys = Keys::load();
    let mut request = order();
    request.payer_name = Some("张三".into());
    request.openid = Some("openid-of-a-person".to_owned());
    request.mchid = Some("body-of-the-request".to_owned());
    for answer in [
        Some(reply(200, "", b"{\"openid\":\"openid-of-a-person\"}")),
        Some(keys.signed_reply(200, "{\"openid\":\"openid-of-a-person\"")),
        Some(reply(500, "", b"{\"openid\":\"openid-of-a-person\"}")),
        None,
    ] {
        let server = Server::start(move |_, stream| match &answer {
            Some(answer) => std::io::Write::write_all(stream, answer).is_ok(),
            None => false,
        });
        let client = builder(&keys)
            .base_url(&server.url)
            .build()
            .expect("a client");
        let error = post(&client, &request).await.expect_err("an error");
        clean(
            &keys,
            &format!("{error} {error:?} {:?}", std::error::Error::source(&error)),
        );
    }
    request.code = Some("openid-of-a-person".to_owned());
    let client: wechatpay_runtime::Client = builder(&keys).build().expect("a client");
    let error = post(&client, &request).await.expect_err("refused");
    clean(&keys, &format!("{error} {error:?}"));
}

#[tokio::test]
async fn the_log_shows_no_secret() {
    let log = Log::listen();
    let keys = Keys::load();
    let mut request = order();
    request.payer_name = Some("张三".into());
    request.openid = Some("openid-of-a-person".to_owned());
    request.mchid = Some("body-of-the-request".to_owned());
    let drifting = r#"{"state":"PAID","new":"openid-of-a-person","payer_name":"张三"}"#;
    for answer in [
        keys.signed_reply(200, drifting),
        reply(200, "", b"{\"openid\":\"openid-of-a-person\"}"),
        reply(500, "", b"{\"openid\":\"openid-of-a-person\"}"),
        // What a server says of a request may repeat it.
        keys.signed_reply(
            400,
            r#"{"code":"PARAM_ERROR","message":"`openid-of-a-person` is none"}"#,
        ),
        reply(500, "", br#"{"message":"`openid-of-a-person` failed"}"#),
    ] {
        let server = Server::answering(answer);
        let client = builder(&keys)
            .base_url(&server.url)
            .build()
            .expect("a client");
        drop(post(&client, &request).await);
    }
    let text = log.text();
    clean(&keys, &text);
    for told in [
        "differs from its description",
        "could not be verified",
        "PARAM_ERROR",
    ] {
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn keys_show_nothing() {
    let keys = Keys::load();
    let private_key = PrivateKey::from_pem(&keys.file("merchant.key.pem")).expect("a key");
    let signer = SigningIdentity {
        identity: Identity::Merchant,
        id: keys.mchid.clone(),
        serial_no: keys.serial("merchant"),
        key: SigningKey::Local(private_key),
        certificate: None,
    };
    let apiv3 = Apiv3Key::new(&keys.apiv3_key).expect("a key");
    let shown = format!("{signer:?} {apiv3:?}");
    clean(&keys, &shown);
    assert!(shown.contains("<hidden>"));
    let error = PrivateKey::from_pem(&keys.file("merchant.encrypted.key.pem")).expect_err("sealed");
    clean(&keys, &format!("{error} {error:?}"));
}

#[cfg(feature = "files")]
#[test]
fn a_link_does_not_show_who_may_follow_it() {
    for (url, shown) in [
        (
            "https://api.mch.weixin.qq.com/v3/x?token=secret",
            "https://api.mch.weixin.qq.com/v3/x",
        ),
        ("https://api.mch.weixin.qq.com/v3/x#secret", "/v3/x"),
        ("https://secret@api.mch.weixin.qq.com/v3/x", "FoundLink"),
        ("secret", "FoundLink"),
    ] {
        let link = wechatpay_runtime::Link::link(url).expect("a link");
        let told = format!("{link:?}");
        assert!(told.contains(shown), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }
}
