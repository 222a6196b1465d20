//! What names and labels tell: which numbers are money, which texts tell about a person.

/// Whether a whole number is an amount of money. A label that says 金额 decides; else what counts, measures or numbers something is not
/// money, whatever it is called; else the label and at last the name tell.
pub(super) fn is_money(name: &str, label: Option<&str>) -> bool {
    let label = label.unwrap_or("");
    if label.contains("金额") {
        return true;
    }
    if contains_any(label, NOT_MONEY_LABELS)
        || tokens(name).any(|token| NOT_MONEY_TOKENS.contains(&token))
    {
        return false;
    }
    contains_any(label, MONEY_LABELS)
        || label.ends_with('费')
        || label.ends_with('额')
        || tokens(name).any(|token| MONEY_TOKENS.contains(&token))
        || MONEY_NAMES.contains(&name)
        || MONEY_ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a text tells about a person: who it is, or how to reach them. What is encrypted on the wire need not be asked about.
pub(super) fn is_personal(name: &str, label: Option<&str>) -> bool {
    let label = label.unwrap_or("").to_lowercase();
    if contains_any(&label, NOT_PERSONAL_LABELS) {
        return false;
    }
    PERSONAL_NAMES.contains(&name)
        || PERSONAL_ENDS.iter().any(|end| name.ends_with(end))
        || contains_any(&label, PERSONAL_LABELS)
}

const MONEY_LABELS: &[&str] = &[
    "单价",
    "原价",
    "价格",
    "出资",
    "费用",
    "总价",
    "面额",
    "余额",
    "预算",
    "门槛",
    "税额",
    "关税",
    "押金",
    "售价",
    "净额",
    "退款额",
];
const MONEY_TOKENS: &[&str] = &["amount", "fee", "price", "amt", "contribute", "cost"];
const MONEY_NAMES: &[&str] = &["total", "refund", "duty"];
const MONEY_ENDS: &[&str] = &[
    "payer_total",
    "payer_refund",
    "settlement_total",
    "settlement_refund",
    "discount_total",
    "discount_refund",
];
const NOT_MONEY_LABELS: &[&str] = &[
    "数量", "次数", "笔数", "张数", "个数", "人数", "件数", "比例", "百分", "率", "天", "小时",
    "时间", "时长", "积分", "编号", "序号", "总数", "库存", "版本", "等级", "期数", "限领", "状态",
    "类型", "长度", "名额", "数",
];
const NOT_MONEY_TOKENS: &[&str] = &[
    "count",
    "num",
    "number",
    "quantity",
    "times",
    "day",
    "days",
    "percent",
    "ratio",
    "rate",
    "index",
    "offset",
    "id",
    "code",
    "duration",
    "point",
    "points",
    "bonus",
    "level",
    "version",
    "time",
    "timestamp",
    "quota",
];

const PERSONAL_NAMES: &[&str] = &[
    "openid",
    "openids",
    "unionid",
    "userid",
    "phone",
    "mobile",
    "email",
    "id_card_number",
    "id_number",
    "real_name",
    "true_name",
    "user_name",
];
const PERSONAL_ENDS: &[&str] = &[
    "_openid",
    "openid_list",
    "_unionid",
    "phone_number",
    "mobile_phone",
    "_mobile",
    "_email",
    "id_card_number",
    "id_doc_number",
];
const PERSONAL_LABELS: &[&str] = &[
    "手机号",
    "身份证号",
    "身份证id",
    "证件号",
    "姓名",
    "邮箱",
    "联系电话",
    "收货地址",
    "居住地址",
    "家庭住址",
    "银行卡号",
    "用户标识",
];
const NOT_PERSONAL_LABELS: &[&str] = &[
    "类型",
    "方式",
    "来源",
    "是否",
    "客服",
    "名称",
    "数量",
    "状态",
    "校验",
    "商户公告",
    "列表",
];

fn tokens(name: &str) -> impl Iterator<Item = &str> {
    name.split(['_', '$'])
}

fn contains_any(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| text.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_from_counts() {
        for (name, label) in [
            ("amount", Some("付费金额")),
            ("total_subsidy_count", Some("补贴总金额")),
            ("unit_price", Some("商品单价")),
            ("wechatpay_contribute", Some("微信出资")),
            ("total", None),
            ("coupon_fee_$n", Some("单个代金券支付")),
            ("payer_total", None),
            ("transaction_minimum", Some("消费门槛")),
        ] {
            assert!(is_money(name, label), "{name} {label:?}");
        }
        for (name, label) in [
            ("fee_count", Some("付费项目数量")),
            ("total", Some("总数")),
            ("seq", Some("收款序号")),
            ("percent_off", Some("固定减免百分比")),
            ("total_refund_count", Some("订单总退款次数")),
            ("currency_price", Some("汇率值")),
            ("limit", Some("分页大小")),
        ] {
            assert!(!is_money(name, label), "{name} {label:?}");
        }
    }

    #[test]
    fn persons_are_told_from_things() {
        assert!(is_personal("sub_openid", None));
        assert!(is_personal("userid", Some("用户身份证ID")));
        assert!(is_personal("receiver", Some("收款人姓名")));
        assert!(!is_personal("phone_from", Some("手机号来源")));
        assert!(!is_personal("name", Some("付费名称")));
    }
}
