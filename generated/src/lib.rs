//! WeChat Pay for Rust: every call typed, documented, signed and verified.
//!
//! The modules mirror the URLs. `POST /v3/pay/transactions/jsapi` is `wxpay.v3().pay().transactions().jsapi().post(&request)`,
//! and what it takes and gives is in [`jsapi`](mod@v3::pay::transactions::jsapi):
//!
//! ```no_run
//! # async fn example() -> Result<(), wechatpay_openapi::Error> {
//! use wechatpay_openapi::{PrivateKey, PublicKey, WechatPay, v3::pay::transactions::jsapi};
//!
//! let wxpay = WechatPay::builder()
//!     .mchid("1900000109")
//!     .merchant_serial_no("5157F09EFDC096DE15EBE81A47057A7232F1B8E1")
//!     .merchant_private_key(PrivateKey::from_file("apiclient_key.pem")?)
//!     .platform_public_key_id("PUB_KEY_ID_0119291417772024124158683449786907")
//!     .platform_public_key(PublicKey::from_file("pub_key.pem")?)
//!     .build()?;
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
//! # Errors
//!
//! Every error tells by [`Error::outcome`] what happened to the money: the request was surely not sent, it was answered, or nobody knows.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub use wechatpay_runtime::*;

#[cfg(any(feature = "pay", feature = "combine", feature = "ecommerce-individual"))]
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

/// What needs no described operation is the client's: [`Client::request`].
impl Deref for WechatPay {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The README's examples compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
