//! Spans follow OpenTelemetry's names, metrics count, and neither holds what nobody should read.

use crate::remote_signers_hold_the_key::Service;
use crate::support::example::{get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::log::Log;
use crate::support::server::Server;
use crate::support::{builder, client};
use wechatpay_runtime::{Client, Identity, Method};

#[tokio::test]
async fn a_span_tells_where_and_how_and_nothing_secret() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client = client(&keys, &server.url);
    let log = Log::listen();
    post(&client, &order()).await.expect("a reply");
    let text = log.text();
    let port = server.url.trim_start_matches("http://127.0.0.1:");
    for told in [
        "otel.name=POST /v3/example/{out_order_no}/order",
        r#"otel.kind="client""#,
        r#"http.request.method="POST""#,
        r#"url.template="/v3/example/{out_order_no}/order""#,
        "http.response.status_code=204",
        r#"wechatpay.request_id="08F7""#,
        "server.address=\"127.0.0.1\"",
        &format!("server.port={port}"),
        &format!("wechatpay.mchid=\"{}\"", keys.mchid),
    ] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    for secret in ["T1", "PAID", "signature=", "nonce"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    for untold in ["resend_count", "otel.status_code", "error.type"] {
        assert!(!text.contains(untold), "{untold} is in {text}");
    }
}

#[tokio::test]
async fn a_span_of_a_failure_says_so_and_nothing_that_the_server_said() {
    let keys = Keys::load();
    let openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
    let said = format!(r#"{{"code":"SYSTEM_ERROR","message":"openid {openid} is unknown"}}"#);
    let server = Server::answering(reply(500, "", said.as_bytes()));
    let client = client(&keys, &server.url);
    let log = Log::listen();
    get(&client).await.expect_err("an error");
    let text = log.text();
    for told in [
        "http.response.status_code=500",
        "otel.status_code=\"ERROR\"",
        "error.type=500",
        "http.request.resend_count=1",
        "http.request.resend_count=2",
        "code=SYSTEM_ERROR",
    ] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    assert!(!text.contains(openid), "{text}");
}

#[tokio::test]
async fn a_span_of_a_brands_call_tells_the_brand_as_such() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    let client: Client = builder(&keys)
        .brand_id("4045")
        .brand_signer(Service::of(&keys, "merchant"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    let log = Log::listen();
    let request = client.request(Method::Get, "/brand/x");
    request.identity(Identity::Brand).await.expect("a reply");
    let text = log.text();
    assert!(text.contains("wechatpay.brand_id=\"4045\""), "{text}");
    assert!(!text.contains("wechatpay.mchid"), "{text}");
}

#[cfg(feature = "metrics")]
#[test]
fn attempts_are_counted_and_timed_by_operation_and_end() {
    use metrics_util::debugging::{DebugValue, DebuggingRecorder};
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client = client(&keys, &server.url);
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            for _ in 0..2 {
                post(&client, &order()).await.expect("a reply");
            }
        });
    });
    let kept = snapshotter.snapshot().into_vec();
    let (key, _, _, value) = kept
        .iter()
        .find(|(key, ..)| key.key().name() == "wechatpay_attempts_total")
        .expect("a counter");
    assert_eq!(value, &DebugValue::Counter(2));
    let labels: Vec<String> = key
        .key()
        .labels()
        .map(|label| format!("{}={}", label.key(), label.value()))
        .collect();
    assert!(labels.contains(&"path=/v3/example/{out_order_no}/order".to_owned()));
    assert!(labels.contains(&"status=204".to_owned()));
    assert!(labels.contains(&"end=success".to_owned()));
    let timed = kept.iter().any(|(key, _, _, value)| {
        let named = key.key().name() == "wechatpay_attempt_duration_seconds";
        named && matches!(value, DebugValue::Histogram(times) if times.len() == 2)
    });
    assert!(timed);
}
