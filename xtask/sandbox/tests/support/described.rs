//! An API from texts, as `spec/` has them.

use wechatpay_codegen::model::Api;

const PRODUCTS: &str = "pay: { title: 支付, default: true }\n";

const HOSTS: &str = "\
default: { base: https://api.mch.weixin.qq.com }
fraud: { base: https://fraud.mch.weixin.qq.com }
hong-kong: { base: https://apihk.mch.weixin.qq.com }
";

/// The API that these files describe, of the product `pay`.
pub fn described(files: &[(&str, &str)]) -> Api {
    let shared = [("products.yaml", PRODUCTS), ("hosts.yaml", HOSTS)];
    let files = shared.iter().chain(files);
    let sources = files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    wechatpay_codegen::read_sources(sources).unwrap_or_else(|report| panic!("{report:#?}"))
}
