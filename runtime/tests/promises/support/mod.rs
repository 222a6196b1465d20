//! What the promises are tested with: the vectors' keys, a local server, an example type.

#[cfg(feature = "files")]
pub(crate) mod bills;
pub(crate) mod certificates;
pub(crate) mod example;
pub(crate) mod keys;
pub(crate) mod list;
pub(crate) mod log;
#[cfg(feature = "sm")]
pub(crate) mod national;
pub(crate) mod platform;
pub(crate) mod server;
pub(crate) mod waits;

use keys::Keys;
use std::time::{Duration, UNIX_EPOCH};
use wechatpay_runtime::{Client, ClientBuilder, RetryPolicy};

/// A builder with the vectors' merchant and platform public key, at the vectors' time, that hardly waits between attempts.
pub(crate) fn builder(keys: &Keys) -> ClientBuilder {
    keyless(keys)
        .merchant_certificate(keys.file("merchant.crt.pem"))
        .merchant_private_key(keys.file("merchant.key.pem"))
}

/// The same without the merchant's certificate and key.
pub(crate) fn keyless(keys: &Keys) -> ClientBuilder {
    let now = keys.now;
    Client::builder()
        .mchid(&keys.mchid)
        .platform_public_key(keys.file("platform-public.pub.pem"))
        .platform_public_key_id(keys.serial("platform-public"))
        .clock(move || UNIX_EPOCH + Duration::from_secs(now))
        .retry(RetryPolicy::new().first_wait(Duration::from_millis(1)))
}

/// A client that talks to a local server.
pub(crate) fn client(keys: &Keys, url: &str) -> Client {
    builder(keys).base_url(url).build().expect("a client")
}
