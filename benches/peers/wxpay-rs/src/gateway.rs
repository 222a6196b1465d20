//! The crate's own HTTP client, led to another host: the crate has no setting for it.

use async_trait::async_trait;
use wxpay_rs::WxPayResult;
use wxpay_rs::http::client::HttpResponse;
use wxpay_rs::http::{HttpClient, ReqwestHttpClient};

const HOST: &str = "https://api.mch.weixin.qq.com";

pub(crate) struct Gateway {
    http: ReqwestHttpClient,
    url: String,
}

type Headers = Vec<(String, String)>;

impl Gateway {
    pub(crate) fn new(url: String) -> WxPayResult<Self> {
        let http = ReqwestHttpClient::builder().timeout(300).build()?;
        Ok(Self { http, url })
    }

    fn led(&self, url: &str) -> String {
        url.replacen(HOST, &self.url, 1)
    }
}

#[async_trait]
impl HttpClient for Gateway {
    async fn get(&self, url: &str, headers: Headers) -> WxPayResult<HttpResponse> {
        self.http.get(&self.led(url), headers).await
    }

    async fn post(&self, url: &str, headers: Headers, body: &str) -> WxPayResult<HttpResponse> {
        self.http.post(&self.led(url), headers, body).await
    }

    async fn put(&self, url: &str, headers: Headers, body: &str) -> WxPayResult<HttpResponse> {
        self.http.put(&self.led(url), headers, body).await
    }

    async fn delete(&self, url: &str, headers: Headers) -> WxPayResult<HttpResponse> {
        self.http.delete(&self.led(url), headers).await
    }

    async fn patch(&self, url: &str, headers: Headers, body: &str) -> WxPayResult<HttpResponse> {
        self.http.patch(&self.led(url), headers, body).await
    }
}
