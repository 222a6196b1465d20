//! What stands in a bill: headings, rows, totals.

use super::{BillKind, SandboxBill};

const TRADES: [&str; 27] = [
    "交易时间",
    "公众账号ID",
    "商户号",
    "特约商户号",
    "设备号",
    "微信订单号",
    "商户订单号",
    "用户标识",
    "交易类型",
    "交易状态",
    "付款银行",
    "货币种类",
    "应结订单金额",
    "代金券金额",
    "微信退款单号",
    "商户退款单号",
    "退款金额",
    "充值券退款金额",
    "退款类型",
    "退款状态",
    "商品名称",
    "商户数据包",
    "手续费",
    "费率",
    "订单金额",
    "申请退款金额",
    "费率备注",
];

const TRADE_TOTALS: [&str; 7] = [
    "总交易单数",
    "应结订单总金额",
    "退款总金额",
    "充值券退款总金额",
    "手续费总金额",
    "订单总金额",
    "申请退款总金额",
];

const FUND_FLOWS: [&str; 11] = [
    "记账时间",
    "微信支付业务单号",
    "资金流水单号",
    "业务名称",
    "业务类型",
    "收支类型",
    "收支金额(元)",
    "账户结余(元)",
    "资金变更提交申请人",
    "备注",
    "业务凭证号",
];

const FUND_FLOW_TOTALS: [&str; 5] = [
    "资金流水总笔数",
    "收入笔数",
    "收入金额",
    "支出笔数",
    "支出金额",
];

impl SandboxBill {
    /// The bill's lines, each with its line break.
    pub fn lines(self) -> impl Iterator<Item = String> + Send {
        let head = match self.kind {
            BillKind::Trades => TRADES.join(","),
            BillKind::FundFlows => FUND_FLOWS.join(","),
        };
        let rows = (0..self.rows).map(move |index| match self.kind {
            BillKind::Trades => trade(index),
            BillKind::FundFlows => fund_flow(index),
        });
        std::iter::once(format!("\u{feff}{head}\r\n"))
            .chain(rows)
            .chain(std::iter::once_with(move || self.totals()))
    }

    fn totals(self) -> String {
        let (rows, sum) = (self.rows, yuan((0..self.rows).map(fen).sum()));
        match self.kind {
            BillKind::Trades => format!(
                "{}\r\n`{rows}.0,`{sum},`0.00,`0.00,`0.00000,`{sum},`0.00\r\n",
                TRADE_TOTALS.join(",")
            ),
            BillKind::FundFlows => {
                format!(
                    "{}\r\n`{rows},`{rows},`{sum},`0,`0.00\r\n",
                    FUND_FLOW_TOTALS.join(",")
                )
            }
        }
    }
}

/// What a row's payment or flow amounts to.
fn fen(index: u64) -> u64 {
    1 + index % 10_000
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Some second of the day.
fn clock(index: u64) -> String {
    let second = index % 86_400;
    format!(
        "2019-06-11 {:02}:{:02}:{:02}",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

fn trade(index: u64) -> String {
    let (time, amount) = (clock(index), yuan(fen(index)));
    format!(
        "`{time},`wxd678efh567hg6787,`1900000109,`0,`,`4200000480{index:018},`order-{index:012},`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`JSAPI,`SUCCESS,`OTHERS,`CNY,`{amount},`0.00,`0,`0,`0.00,`0.00,`,`,`a cup, and \"a\" spoon,`{{\"shop\":7}},`0.00000,`0.60%,`{amount},`0.00,`\r\n"
    )
}

fn fund_flow(index: u64) -> String {
    let (time, amount) = (clock(index), yuan(fen(index)));
    format!(
        "`{time},`4200000480{index:018},`5030080{index:021},`交易,`交易,`收入,`{amount},`{amount},`1900000109API,`a note, with a comma,`order-{index:012}\r\n"
    )
}
