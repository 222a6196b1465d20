//! The bill of fund flows: `GET /v3/bill/fundflowbill`.

use super::record::records;
use super::row::Row;

records! {
    /// A row of the bill of fund flows: money that came into an account, or left it. It derefs to the [`Row`], which has the columns
    /// that are not named here.
    FundFlowRow {
        /// When it was booked.
        booking_time: time ["记账时间"];
        /// WeChat Pay's number of the payment, refund or withdrawal.
        business_no: text ["微信支付业务单号"];
        /// WeChat Pay's number of this flow.
        flow_id: text ["资金流水单号"];
        /// The name of the business: `交易`, `退款` …
        business_name: text ["业务名称"];
        /// The type of the business.
        business_type: text ["业务类型"];
        /// `收入`: it came in; `支出`: it went out.
        direction: text ["收支类型"];
        /// How much it was, without a sign.
        amount: fen ["收支金额(元)", "收支金额（元）", "收支金额"];
        /// What was in the account afterwards.
        balance: fen ["账户结余(元)", "账户结余（元）", "账户结余"];
        /// Who asked for the change.
        applicant: text ["资金变更提交申请人"];
        /// A note.
        note: text ["备注"];
        /// The merchant's number of the payment, refund or withdrawal.
        voucher_no: text ["业务凭证号"];
    }

    /// The totals of the bill of fund flows.
    FundFlowTotals {
        /// How many rows there are.
        flows: count ["资金流水总笔数"];
        /// How many came in.
        incomes: count ["收入笔数"];
        /// How much came in.
        income_amount: fen ["收入金额", "收入金额(元)"];
        /// How many went out.
        expenses: count ["支出笔数"];
        /// How much went out.
        expense_amount: fen ["支出金额", "支出金额(元)"];
    }
}
