//! The bill of trades: `GET /v3/bill/tradebill`.

use super::record::records;
use super::row::Row;

records! {
    /// A row of the bill of trades, of one of its kinds: all, payments (`SUCCESS`), refunds (`REFUND`). What a kind lacks is `None`.
    ///
    /// A payment and its refund are two rows, each of the day on which it happened. It derefs to the [`Row`], which has the columns
    /// that are not named here.
    TradeRow {
        /// When the payment succeeded, or the refund was accepted.
        trade_time: time ["交易时间"];
        /// The application.
        appid: text ["公众账号ID"];
        /// The merchant; of a service provider's bill, the service provider.
        mchid: text ["商户号"];
        /// The merchant below a service provider.
        sub_mchid: text ["特约商户号", "子商户号"];
        /// The device or shop.
        device_info: text ["设备号"];
        /// WeChat Pay's number of the payment.
        transaction_id: text ["微信订单号"];
        /// The merchant's number of the payment.
        out_trade_no: text ["商户订单号"];
        /// The user's openid.
        openid: text ["用户标识"];
        /// How it was paid: `JSAPI`, `NATIVE`, `APP` …
        trade_type: text ["交易类型"];
        /// `SUCCESS`: a payment; `REFUND`: a refund; `REVOKED`: a revoked payment.
        trade_state: text ["交易状态"];
        /// The user's bank.
        bank: text ["付款银行"];
        /// The currency: `CNY`.
        currency: text ["货币种类"];
        /// What is settled with the merchant: the order's amount without coupons that nobody pays for.
        settlement_amount: fen ["应结订单金额", "总金额"];
        /// The coupons that were used.
        coupon_amount: fen ["代金券金额", "企业红包金额"];
        /// When the refund was asked for.
        refund_request_time: time ["退款申请时间"];
        /// When the refund succeeded.
        refund_success_time: time ["退款成功时间"];
        /// WeChat Pay's number of the refund.
        refund_id: text ["微信退款单号"];
        /// The merchant's number of the refund.
        out_refund_no: text ["商户退款单号"];
        /// What was refunded, without coupons that nobody pays for.
        refund_amount: fen ["退款金额"];
        /// What was refunded of coupons that somebody paid for.
        coupon_refund_amount: fen ["充值券退款金额", "企业红包退款金额"];
        /// Where the refund went: `ORIGINAL`, `BALANCE` …
        refund_type: text ["退款类型"];
        /// What became of the refund when the bill was made: `SUCCESS`, `FAIL`, `PROCESSING`. It is not brought up to date later.
        refund_status: text ["退款状态"];
        /// What was bought.
        description: text ["商品名称"];
        /// What the merchant attached.
        attach: text ["商户数据包"];
        /// The fee; negative where it is given back.
        fee: millifen ["手续费"];
        /// The fee's rate, as the bill writes it: `0.60%`.
        fee_rate: text ["费率"];
        /// The order's amount.
        order_amount: fen ["订单金额"];
        /// What was asked to be refunded.
        requested_refund_amount: fen ["申请退款金额"];
        /// A note on the rate.
        fee_rate_note: text ["费率备注"];
    }

    /// The totals of the bill of trades.
    TradeTotals {
        /// How many rows there are.
        trades: count ["总交易单数"];
        /// What is settled of all payments.
        settlement_amount: fen ["应结订单总金额", "总交易额"];
        /// What was refunded, without coupons that nobody pays for.
        refund_amount: fen ["退款总金额", "总退款金额"];
        /// What was refunded of coupons that somebody paid for.
        coupon_refund_amount: fen ["充值券退款总金额", "总企业红包退款金额"];
        /// The fees.
        fee: millifen ["手续费总金额"];
        /// The amounts of all orders.
        order_amount: fen ["订单总金额"];
        /// What was asked to be refunded.
        requested_refund_amount: fen ["申请退款总金额"];
    }
}
