//! The runtime's default host, which serves what is not described, is the one of the description.

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
    let described = error.operation().expect("an operation").host;
    let default = Host::DEFAULT;
    assert_eq!(default.name, described.name);
    assert_eq!(default.base, described.base);
    assert_eq!(default.backups, described.backups);
}
