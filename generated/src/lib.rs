//! WeChat Pay for Rust: every call typed, documented, signed and verified.
//!
//! The modules mirror the URLs. `POST /v3/pay/transactions/jsapi` is `wxpay.v3().pay().transactions().jsapi().post(&request)`,
//! and what it takes and gives is in [`jsapi`](mod@v3::pay::transactions::jsapi):
//!
//! ```no_run
//! # async fn example() -> Result<(), wechatpay_openapi::Error> {
//! use wechatpay_openapi::shapes::pay::request::Amount;
//! use wechatpay_openapi::{PrivateKey, PublicKey, WechatPay, v3::pay::transactions::jsapi};
//!
//! let wxpay = WechatPay::builder()
//!     .mchid("1900000109")
//!     .merchant_serial_no("5157F09EFDC096DE15EBE81A47057A7232F1B8E1")
//!     .merchant_private_key(PrivateKey::from_file("apiclient_key.pem")?)
//!     .platform_public_key_id("PUB_KEY_ID_0119291417772024124158683449786907")
//!     .platform_public_key(PublicKey::from_file("pub_key.pem")?)
//!     .build()?;
//! let order = jsapi::PostRequest::new()
//!     .appid("wxd678efh567hg6787")
//!     .mchid("1900000109")
//!     .description("Image形象店-深圳腾大-QQ公仔")
//!     .out_trade_no("1217752501201407033233368018")
//!     .amount(Amount::new().total(100))
//!     .notify_url("https://shop.example/wechat-pay/notices")
//!     .payer(jsapi::post_request::Payer::new().openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"));
//! let reply = wxpay.v3().pay().transactions().jsapi().post(&order).await?;
//! println!("{}", reply.prepay_id()?);
//! # Ok(())
//! # }
//! ```
//!
//! # Products
//!
//! A Cargo feature each; what is compiled is what is switched on.
//!
#![doc = include_str!("products.md")]
//!
//! # Money
//!
//! Amounts are whole fen (one hundredth of a yuan) unless a field says otherwise.
//!
#![doc = include_str!("guide.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use wechatpay_runtime::*;

#[cfg(any(
    feature = "pay",
    feature = "combine",
    feature = "ecommerce-individual",
    feature = "global-pay"
))]
pub mod cashier;

use std::ops::Deref;

include!("roots.rs");

/// WeChat Pay, as one merchant (or brand) calls it.
///
/// A cheap handle: clones share connections and keys.
#[derive(Clone, Debug)]
pub struct WechatPay {
    client: Client,
}

impl WechatPay {
    /// Starts from nothing: who calls, with which keys.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    /// A download by a link: a reply (or a member of one) that has a `download_url`, or a URL of any of WeChat Pay's hosts. See
    /// [`Client::download`].
    ///
    /// ```no_run
    /// # #[cfg(feature = "transfer")]
    /// # async fn example(wxpay: wechatpay_openapi::WechatPay) -> Result<(), wechatpay_openapi::Error> {
    /// let receipt = "https://api.mch.weixin.qq.com/v3/transferdownload/signfile?token=xxx";
    /// wxpay.download(receipt).await?.save("receipt.pdf").await?;
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "files")]
    pub fn download<L: Link + ?Sized>(&self, link: &L) -> download::DownloadRequest<'_> {
        self.client.download(link).families(hosts::ALL)
    }

    /// A bill by the reply that leads to it, row by row while it arrives. See [`Client::bill`].
    ///
    /// ```no_run
    /// # #[cfg(feature = "bill")]
    /// # async fn example(wxpay: wechatpay_openapi::WechatPay) -> Result<(), wechatpay_openapi::Error> {
    /// use wechatpay_openapi::{bill::TradeRow, v3::bill::tradebill};
    ///
    /// let request = tradebill::GetRequest::new().bill_date("2019-06-11").tar_type("GZIP");
    /// let reply = wxpay.v3().bill().tradebill().get(&request).await?;
    /// let mut trades = wxpay.bill(&reply).await?.records::<TradeRow>();
    /// while let Some(trade) = trades.next_row().await? {
    ///     println!("{:?} {:?}", trade.out_trade_no(), trade.order_amount()?);
    /// }
    /// // Only here is it known that the bill is whole: its hash is right.
    /// println!("{:?}", trades.totals());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As awaiting [`WechatPay::download`].
    #[cfg(feature = "files")]
    pub async fn bill<L: Link + ?Sized>(&self, link: &L) -> Result<Bill, Error> {
        self.download(link).bill().await
    }

    /// Builds from the environment's variables, `WECHATPAY_MCHID` and the others that [`Config`] lists.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), wechatpay_openapi::Error> {
    /// let wxpay = wechatpay_openapi::WechatPay::from_env()?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Every mistake, by the variable's name.
    #[inline]
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env().build()
    }

    // Without any product there is no chain to use it.
    #[allow(dead_code)]
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }
}

impl From<Client> for WechatPay {
    fn from(client: Client) -> Self {
        Self { client }
    }
}

/// For what takes any client: a registry of [`Merchants`].
impl AsRef<Client> for WechatPay {
    fn as_ref(&self) -> &Client {
        &self.client
    }
}

/// What needs no described operation is the client's: [`Client::request`].
impl Deref for WechatPay {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The README's examples compile.
#[cfg(all(doctest, feature = "payscore"))]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The examples of the page on bills compile.
#[cfg(all(
    doctest,
    feature = "bill",
    feature = "files",
    feature = "merchant-service"
))]
#[doc = include_str!("../../docs/bills.md")]
struct Bills;

/// So does that of the national algorithms.
#[cfg(doctest)]
#[doc = include_str!("../../docs/sm.md")]
struct NationalAlgorithms;

/// The example of the page on the platform's keys compiles.
#[cfg(doctest)]
#[doc = include_str!("../../docs/platform-keys.md")]
struct PlatformKeys;

/// The examples of the page on credentials compile.
#[cfg(doctest)]
#[doc = include_str!("../../docs/credentials.md")]
struct Credentials;
