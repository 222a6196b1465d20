//! Credentials from the environment, or from a file of the application's.

mod apply;
#[cfg(feature = "config")]
mod deserialize;
mod environment;
mod settings;

use core::fmt;
use std::collections::BTreeMap;
use std::path::PathBuf;
use zeroize::Zeroizing;

pub(crate) use environment::name_variables;

/// What a client is built from, as it stands in the environment or in a file.
///
/// | in a file | variable | what it is |
/// | --- | --- | --- |
/// | `mchid` | `WECHATPAY_MCHID` | the merchant's number |
/// | `merchant_serial_no` | `WECHATPAY_MERCHANT_SERIAL_NO` | the serial number of its API certificate; not needed beside the certificate |
/// | `merchant_private_key` | `WECHATPAY_MERCHANT_PRIVATE_KEY` | the private key, `apiclient_key.pem` |
/// | `merchant_private_key_passphrase` | `WECHATPAY_MERCHANT_PRIVATE_KEY_PASSPHRASE` | its passphrase, where it is encrypted (feature `encrypted-keys`) |
/// | `merchant_certificate` | `WECHATPAY_MERCHANT_CERTIFICATE` | the API certificate, `apiclient_cert.pem` |
/// | `merchant_pkcs12` | `WECHATPAY_MERCHANT_PKCS12` | certificate and key in one, `apiclient_cert.p12`, as base64 (feature `pkcs12`) |
/// | `merchant_pkcs12_passphrase` | `WECHATPAY_MERCHANT_PKCS12_PASSPHRASE` | its passphrase, where it is not the merchant's number |
/// | `brand_id` | `WECHATPAY_BRAND_ID` | the brand's number, for the brand's own API |
/// | `brand_serial_no` | `WECHATPAY_BRAND_SERIAL_NO` | the serial number of its API certificate |
/// | `brand_private_key` | `WECHATPAY_BRAND_PRIVATE_KEY` | its private key |
/// | `brand_private_key_passphrase` | `WECHATPAY_BRAND_PRIVATE_KEY_PASSPHRASE` | its passphrase, where it is encrypted |
/// | `brand_certificate` | `WECHATPAY_BRAND_CERTIFICATE` | its API certificate |
/// | `platform_public_key` | `WECHATPAY_PLATFORM_PUBLIC_KEY` | WeChat Pay's public key, `pub_key.pem` |
/// | `platform_public_key_id` | `WECHATPAY_PLATFORM_PUBLIC_KEY_ID` | its id, `PUB_KEY_ID_…` |
/// | `platform_certificate` | `WECHATPAY_PLATFORM_CERTIFICATE` | a platform certificate; in a file it may be a list of them |
/// | `apiv3_key` | `WECHATPAY_APIV3_KEY` | the APIv3 key |
/// | `apiv2_key` | `WECHATPAY_APIV2_KEY` | the APIv2 key, which signs payscore's pages and the coupon plug-ins |
/// | `base_url` | `WECHATPAY_BASE_URL` | replaces WeChat Pay's address, for tests |
///
/// Keys and certificates are PEM texts, with line breaks or with `\n` in their place, or base64: of DER, or of a whole PEM file.
/// Each of them, and the APIv3 and APIv2 keys, can be in a file of its own instead, which is named with `_file` at the end:
/// `merchant_private_key_file`, `WECHATPAY_MERCHANT_PRIVATE_KEY_FILE`. Several platform certificates are named in one variable as
/// directories are in `PATH`. A variable that is empty counts as absent.
///
/// Mistakes are told when the client is built, all at once, by these names, and without any of their values: unknown names in a file, values
/// of another type, texts where a file is named too, and all that the builder checks. `Debug` shows numbers and names, and
/// what is held is wiped when it is dropped. Unknown variables, which may be another program's, are told in the log.
#[cfg_attr(
    feature = "config",
    doc = r##"
```
use wechatpay_runtime::{Client, Config};

#[derive(serde::Deserialize)]
struct Settings {
    wechatpay: Config,
}

# fn example() -> Result<(), Box<dyn std::error::Error>> {
let text = r#"
    [wechatpay]
    mchid = "1900000109"
    merchant_certificate_file = "apiclient_cert.pem"
    merchant_private_key_file = "apiclient_key.pem"
    platform_public_key_file = "pub_key.pem"
    platform_public_key_id = "PUB_KEY_ID_0119000001092024"
"#;
let settings: Settings = toml::from_str(text)?;
let client: Client = settings.wechatpay.relative_to("/etc/shop").into_builder().build()?;
# Ok(()) }
```

A parser of TOML or YAML may quote the line that it cannot parse in its own error: where the file holds secrets, show its place
alone.
"##
)]
#[derive(Clone, Default)]
#[must_use = "a configuration does nothing until a client is built from it"]
pub struct Config {
    values: BTreeMap<&'static str, Vec<Zeroizing<String>>>,
    directory: Option<PathBuf>,
    from_environment: bool,
    faults: Vec<Fault>,
}

/// An argument's name, and what is wrong with it.
type Fault = (&'static str, String);

impl Config {
    /// Sets the directory that relative paths in it start from. Without it, it is the one that the program runs in.
    #[inline]
    pub fn relative_to(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = Some(directory.into());
        self
    }

    /// How a setting is called where it stands.
    #[inline]
    fn shown(&self, setting: &str) -> String {
        match self.from_environment {
            true => environment::variable(setting),
            false => setting.to_owned(),
        }
    }

    #[inline]
    fn fault(&mut self, argument: &'static str, text: impl Into<String>) {
        self.faults.push((argument, text.into()));
    }
}

impl fmt::Debug for Config {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |name| self.values.get(name).and_then(|values| values.first());
        f.debug_struct("Config")
            .field("mchid", &number("mchid").map(|number| number.as_str()))
            .field(
                "brand_id",
                &number("brand_id").map(|number| number.as_str()),
            )
            .field("given", &self.values.keys())
            .finish_non_exhaustive()
    }
}
