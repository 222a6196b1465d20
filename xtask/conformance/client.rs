//! The client that all calls are made with, from the environment.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use wechatpay_openapi::{Host, PlatformKeys, PublicKey, WechatPay};

/// What a client is told.
#[derive(Deserialize)]
struct Setting {
    mchid: String,
    serial_no: String,
    private_key: String,
    brand: Option<Brand>,
    hosts: BTreeMap<String, Family>,
}

#[derive(Deserialize)]
struct Brand {
    brand_id: String,
    serial_no: String,
    private_key: String,
}

/// A family of hosts.
#[derive(Deserialize)]
struct Family {
    url: String,
    public_key_id: String,
    public_key: String,
}

/// The client that `CONFORMANCE_CLIENT` describes.
pub fn client() -> Result<WechatPay, Box<dyn Error>> {
    let setting: Setting = serde_json::from_str(&env::var("CONFORMANCE_CLIENT")?)?;
    let mut builder = WechatPay::builder()
        .mchid(setting.mchid)
        .merchant_serial_no(setting.serial_no)
        .merchant_private_key(setting.private_key.as_str());
    if let Some(brand) = setting.brand {
        builder = builder
            .brand_id(brand.brand_id)
            .brand_serial_no(brand.serial_no)
            .brand_private_key(brand.private_key.as_str());
    }
    for (name, family) in setting.hosts {
        let key = PublicKey::try_from(family.public_key.as_str())?;
        let keys = PlatformKeys::new().with_public_key(&family.public_key_id, key)?;
        let host: &'static Host = Box::leak(Box::new(Host {
            name: name.clone().leak(),
            base: "",
            backups: &[],
        }));
        builder = builder
            .host_base_url(host, family.url)
            .host_platform_keys(name, keys);
    }
    Ok(builder.build()?)
}
