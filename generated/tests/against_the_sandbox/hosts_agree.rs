//! The hosts that the runtime knows by itself are those of the description.

use crate::fixture::Fixture;
use wechatpay_openapi::{Host, Outcome};

#[tokio::test]
async fn the_default_host_of_the_runtime_is_the_described_one() {
    let fixture = Fixture::start().await;
    let orders = fixture.wxpay.v3().pay().transactions().out_trade_no();
    let request =
        wechatpay_openapi::v3::pay::transactions::out_trade_no::_out_trade_no_::GetRequest::new()
            .mchid("1");
    let refused = orders._out_trade_no_("").get(&request).await;
    let error = refused.expect_err("an empty path variable");
    assert_eq!(error.outcome(), Outcome::NotSent);
    are_alike(Host::DEFAULT, error.operation().expect("an operation").host);
}

#[tokio::test]
async fn hong_kong_of_the_runtime_is_the_described_one() {
    let fixture = Fixture::start().await;
    let list = fixture.wxpay.v3().global().certificates().get().await;
    let error = list.expect_err("no key of this family");
    are_alike(
        Host::HONG_KONG,
        error.operation().expect("an operation").host,
    );
}

fn are_alike(own: &Host, described: &Host) {
    assert_eq!(own.name, described.name);
    assert_eq!(own.base, described.base);
    assert_eq!(own.backups, described.backups);
}
