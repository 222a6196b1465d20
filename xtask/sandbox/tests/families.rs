//! Each host family has a port of its own, which serves no other family's operations.

mod support;

use std::net::TcpListener;
use support::client::call;
use support::described::described;
use wechatpay_codegen::model::Api;
use wechatpay_sandbox::{Error, Sandbox};

/// Operations and their families.
const SERVED: [(&str, &str, &str); 3] = [
    ("GET", "/v3/orders", "default"),
    ("GET", "/hk/v3/orders", "hong-kong"),
    ("POST", "/v3/keys", "fraud"),
];

fn api() -> Api {
    described(&[
        (
            "v3/orders.yaml",
            "
path: /v3/orders
product: pay
get: { title: 订单, responses: { 204: } }
",
        ),
        (
            "hk/v3/orders.yaml",
            "
path: /hk/v3/orders
product: pay
host: hong-kong
get: { title: 订单, responses: { 204: } }
",
        ),
        (
            "v3/keys.yaml",
            "
path: /v3/keys
product: pay
host: fraud
post: { title: 公钥, responses: { 204: } }
",
        ),
    ])
}

#[tokio::test]
async fn operations_are_served_by_their_own_family_alone() {
    let sandbox = Sandbox::builder(api()).start().await.expect("a sandbox");
    assert_eq!(sandbox.family_url("default"), Some(sandbox.url()));
    assert_eq!(sandbox.family_url("payapp"), None);
    let families: Vec<_> = sandbox.family_urls().map(|(family, _)| family).collect();
    assert_eq!(families, ["default", "fraud", "hong-kong"]);
    for (method, target, own) in SERVED {
        for (family, url) in sandbox.family_urls() {
            let call = call(&sandbox, method, target, "").with(|call| call.url = url);
            let reply = call.send().await;
            if family == own {
                assert_eq!(reply.status, 204, "{}", reply.body);
                reply.verified_by();
                continue;
            }
            reply.is_refused(404, "NOT_FOUND", true);
            assert!(
                reply.body.contains(&format!("family {own}")),
                "{}",
                reply.body
            );
            assert!(
                reply.body.contains(&format!("family {family}")),
                "{}",
                reply.body
            );
        }
    }
    let requests = sandbox.requests();
    assert_eq!(requests.len(), 9);
    assert!(requests.iter().all(|one| one.operation.is_some()));
    assert_eq!(requests[1].family, "fraud");
    sandbox.shutdown().await;
}

#[tokio::test]
async fn all_families_stop_together() {
    let sandbox = Sandbox::builder(api()).start().await.expect("a sandbox");
    let addresses: Vec<_> = sandbox
        .family_urls()
        .map(|(_, url)| url.trim_start_matches("http://").to_owned())
        .collect();
    sandbox.shutdown().await;
    for address in addresses {
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
    }
}

/// A port of which the next two are free as well.
fn free_ports() -> u16 {
    let free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let candidates = (20_000..30_000).step_by(3);
    let mut found = candidates.filter(|port| (0..3).all(|distance| free(port + distance)));
    found.next().expect("three free ports")
}

#[tokio::test]
async fn the_families_ports_follow_that_of_the_default_one() {
    let port = free_ports();
    let start = || Sandbox::builder(api()).port(port).start();
    let sandbox = start().await.expect("a sandbox");
    let url = |distance: u16| Some(format!("http://127.0.0.1:{}", port + distance));
    let urls = ["default", "fraud", "hong-kong"].map(|name| sandbox.family_url(name));
    assert_eq!(urls, [url(0), url(1), url(2)]);
    let taken = start().await.expect_err("the ports are taken");
    assert!(matches!(taken, Error::Listen { port: own, .. } if own == port));
}
