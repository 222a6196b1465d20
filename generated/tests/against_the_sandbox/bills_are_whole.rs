//! Bills as an application takes them: asked for, downloaded, unpacked, checked, read.

use crate::fixture::Fixture;
use wechatpay_openapi::bill::{FundFlowRow, FundFlowTotals, TradeRow, TradeTotals};
use wechatpay_openapi::v3::bill::{fundflowbill, sub_merchant_fundflowbill, tradebill};
use wechatpay_openapi::v3::billdownload::file;
use wechatpay_sandbox::SandboxBill;

#[tokio::test]
async fn a_bill_of_trades() {
    let fixture = Fixture::start().await;
    let wxpay = &fixture.wxpay;
    for packed in [false, true] {
        let request = tradebill::GetRequest::new().bill_date("2019-06-11");
        let request = if packed {
            request.tar_type("GZIP")
        } else {
            request
        };
        let reply = wxpay
            .v3()
            .bill()
            .tradebill()
            .get(&request)
            .await
            .expect("a link");
        let mut bill = wxpay
            .bill(&reply)
            .await
            .expect("a bill")
            .records::<TradeRow>();
        let served = SandboxBill::of_target(&fixture.last_request().target).expect("a bill");
        assert_eq!((served.packed, served.rows), (packed, 3));
        let mut sum = 0;
        while let Some(row) = bill.next_row().await.expect("read") {
            assert_eq!(row.mchid(), Some("1900000109"));
            assert_eq!(row.description(), Some("a cup, and \"a\" spoon"));
            sum += row.order_amount().expect("money").expect("an amount");
        }
        let totals = TradeTotals::from(bill.totals().expect("whole")[0].clone());
        assert_eq!(totals.order_amount().expect("money"), Some(sum));
        assert_eq!(totals.trades().expect("a count"), Some(3));
    }
}

#[tokio::test]
async fn a_bill_of_fund_flows() {
    let fixture = Fixture::start().await;
    let request = fundflowbill::GetRequest::new()
        .bill_date("2019-06-11")
        .tar_type("GZIP");
    let reply = fixture
        .wxpay
        .v3()
        .bill()
        .fundflowbill()
        .get(&request)
        .await
        .expect("a link");
    let bill = fixture.wxpay.bill(&reply).await.expect("a bill");
    let whole = bill
        .records::<FundFlowRow>()
        .collect()
        .await
        .expect("whole");
    assert_eq!(whole.rows.len(), 3);
    assert_eq!(whole.rows[2].note(), Some("a note, with a comma"));
    let totals = FundFlowTotals::from(whole.totals[0].clone());
    assert_eq!(totals.income_amount().expect("money"), Some(1 + 2 + 3));
}

#[tokio::test]
async fn a_described_file_is_streamed() {
    let fixture = Fixture::start().await;
    let request = file::GetRequest::new().token("trades.1000.gzip");
    let call = fixture.wxpay.v3().billdownload().file().get(&request);
    let download = call.download().await.expect("a file").gunzip();
    assert_eq!(download.headers()["content-type"], "application/x-gzip");
    let content = download.bytes(1 << 20).await.expect("whole");
    assert_eq!(content.iter().filter(|byte| **byte == b'\n').count(), 1003);
}

#[tokio::test]
async fn an_encrypted_bill_of_fund_flows() {
    let fixture = Fixture::start().await;
    let request = sub_merchant_fundflowbill::GetRequest::new()
        .sub_mchid("19000000001")
        .bill_date("2019-06-11")
        .algorithm(sub_merchant_fundflowbill::get_request::Algorithm::AeadAes256Gcm)
        .account_type(sub_merchant_fundflowbill::get_request::AccountType::Basic);
    for packed in [false, true] {
        let request = match packed {
            true => request.clone().tar_type("GZIP"),
            false => request.clone(),
        };
        let bills = fixture.wxpay.v3().bill().sub_merchant_fundflowbill();
        let reply = bills.get(&request).await.expect("links");
        assert!(!reply.download_bill_list.is_empty());
        for item in &reply.download_bill_list {
            let bill = fixture.wxpay.bill(item).await.expect("a bill");
            let served = SandboxBill::of_target(&fixture.last_request().target).expect("a bill");
            assert_eq!((served.packed, served.sealed), (packed, true));
            let whole = bill.records::<FundFlowRow>().collect().await;
            assert_eq!(whole.expect("whole").rows.len(), 3);
        }
    }
}
