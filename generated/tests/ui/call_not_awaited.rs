#![deny(unused_must_use)]

use wechatpay_openapi::{Client, Method};

fn forget(client: &Client) {
    client.request(Method::Post, "/v3/pay/transactions/jsapi");
}

fn main() {}
