//! From settings to a builder.

use super::Config;
use super::settings::{self, Either};
use crate::client::ClientBuilder;
use crate::credentials::{Certificate, KeyError, PrivateKey, PublicKey};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Where a key is.
enum Source {
    Text(Zeroizing<String>),
    File(PathBuf),
}

/// What the settings amount to, before they are given to a builder.
struct Parsed {
    merchant_private_key: Option<PrivateKey>,
    merchant_certificate: Option<Certificate>,
    #[cfg(feature = "pkcs12")]
    merchant_pkcs12: Option<crate::credentials::Pkcs12>,
    brand_private_key: Option<PrivateKey>,
    brand_certificate: Option<Certificate>,
    platform_public_key: Option<PublicKey>,
    platform_certificates: Vec<Certificate>,
    apiv3_key: Option<Zeroizing<String>>,
    apiv2_key: Option<Zeroizing<String>>,
}

impl Config {
    /// A builder that was given all that is set here. What is wrong with it is told when the client is built; what is given to
    /// the builder afterwards goes before it, and makes good what was wrong with the same argument. A private key, a PKCS#12 store and a
    /// signer stand for each other. Platform certificates are added to those that are set here.
    #[inline]
    pub fn into_builder<C>(mut self) -> ClientBuilder<C> {
        let parsed = self.parse();
        let mut builder = ClientBuilder::new();
        if let Some(mchid) = self.text(settings::MCHID) {
            builder = builder.mchid(mchid);
        }
        if let Some(serial_no) = self.text(settings::MERCHANT_SERIAL_NO) {
            builder = builder.merchant_serial_no(serial_no);
        }
        if let Some(key) = parsed.merchant_private_key {
            builder = builder.merchant_private_key(key);
        }
        if let Some(certificate) = parsed.merchant_certificate {
            builder = builder.merchant_certificate(certificate);
        }
        #[cfg(feature = "pkcs12")]
        {
            if let Some(store) = parsed.merchant_pkcs12 {
                builder = builder.merchant_pkcs12(store);
            }
            if let Some(passphrase) = self.text(settings::PKCS12_PASSPHRASE) {
                builder = builder.merchant_pkcs12_passphrase(passphrase);
            }
        }
        if let Some(brand_id) = self.text(settings::BRAND_ID) {
            builder = builder.brand_id(brand_id);
        }
        if let Some(serial_no) = self.text(settings::BRAND_SERIAL_NO) {
            builder = builder.brand_serial_no(serial_no);
        }
        if let Some(key) = parsed.brand_private_key {
            builder = builder.brand_private_key(key);
        }
        if let Some(certificate) = parsed.brand_certificate {
            builder = builder.brand_certificate(certificate);
        }
        if let Some(key) = parsed.platform_public_key {
            builder = builder.platform_public_key(key);
        }
        if let Some(id) = self.text(settings::PLATFORM_PUBLIC_KEY_ID) {
            builder = builder.platform_public_key_id(id);
        }
        for certificate in parsed.platform_certificates {
            builder = builder.platform_certificate(certificate);
        }
        if let Some(key) = parsed.apiv3_key {
            builder = builder.apiv3_key(key.as_str());
        }
        if let Some(key) = parsed.apiv2_key {
            builder = builder.apiv2_key(key.as_str());
        }
        if let Some(url) = self.text(settings::BASE_URL) {
            builder = builder.base_url(url);
        }
        builder.with_faults(self.faults, self.from_environment)
    }

    #[inline]
    fn parse(&mut self) -> Parsed {
        #[cfg(not(feature = "pkcs12"))]
        if !self.sources(settings::MERCHANT_PKCS12).is_empty() {
            let shown = self.shown(settings::MERCHANT_PKCS12.text);
            let text = format!("`{shown}` needs the Cargo feature `pkcs12`");
            self.fault(settings::MERCHANT_PKCS12.text, text);
        }
        Parsed {
            merchant_private_key: self.private_key(
                settings::MERCHANT_PRIVATE_KEY,
                settings::MERCHANT_PASSPHRASE,
            ),
            merchant_certificate: self.certificate(settings::MERCHANT_CERTIFICATE),
            #[cfg(feature = "pkcs12")]
            merchant_pkcs12: self.one(settings::MERCHANT_PKCS12, |source| match source {
                Source::Text(text) => crate::credentials::Pkcs12::from_pem(&text),
                Source::File(path) => crate::credentials::Pkcs12::from_file(path),
            }),
            brand_private_key: self
                .private_key(settings::BRAND_PRIVATE_KEY, settings::BRAND_PASSPHRASE),
            brand_certificate: self.certificate(settings::BRAND_CERTIFICATE),
            platform_public_key: self.one(settings::PLATFORM_PUBLIC_KEY, |source| match source {
                Source::Text(text) => PublicKey::from_pem(&text),
                Source::File(path) => PublicKey::from_file(path),
            }),
            platform_certificates: self.all(settings::PLATFORM_CERTIFICATE, certificate),
            apiv3_key: self.secret(settings::APIV3_KEY),
            apiv2_key: self.secret(settings::APIV2_KEY),
        }
    }

    /// The value of a setting that is a text.
    #[inline]
    fn text(&self, setting: &str) -> Option<&str> {
        let value = self.values.get(setting)?.first()?;
        Some(value.as_str())
    }

    /// Where the values of a setting are that may be given in files.
    #[inline]
    fn sources(&mut self, setting: Either) -> Vec<(Source, String)> {
        let texts = self.values.remove(setting.text).unwrap_or_default();
        let files = self.values.remove(setting.file).unwrap_or_default();
        if !texts.is_empty() && !files.is_empty() {
            let (text, file) = (self.shown(setting.text), self.shown(setting.file));
            self.fault(setting.text, format!("give `{text}` or `{file}`, not both"));
            return Vec::new();
        }
        let directory = self.directory.as_deref().unwrap_or(Path::new(""));
        let files = files.iter().map(|path| {
            let source = Source::File(directory.join(path.as_str()));
            (source, self.shown(setting.file))
        });
        let files: Vec<_> = files.collect();
        let texts = texts.into_iter().map(Source::Text);
        let shown = self.shown(setting.text);
        let texts = texts.map(|text| (text, shown.clone()));
        texts.chain(files).collect()
    }

    /// All values of a setting, parsed, or noted with what is wrong with them.
    #[inline]
    fn all<T>(&mut self, setting: Either, parse: impl Fn(Source) -> Result<T, KeyError>) -> Vec<T> {
        let mut parsed = Vec::new();
        for (source, shown) in self.sources(setting) {
            match parse(source) {
                Ok(value) => parsed.push(value),
                Err(error) => self.fault(setting.text, format!("(from `{shown}`) {error}")),
            }
        }
        parsed
    }

    #[inline]
    fn one<T>(
        &mut self,
        setting: Either,
        parse: impl Fn(Source) -> Result<T, KeyError>,
    ) -> Option<T> {
        self.all(setting, parse).into_iter().next()
    }

    #[inline]
    fn certificate(&mut self, setting: Either) -> Option<Certificate> {
        self.one(setting, certificate)
    }

    /// A private key, which is encrypted where there is a passphrase.
    #[inline]
    fn private_key(&mut self, setting: Either, passphrase: &'static str) -> Option<PrivateKey> {
        let Some(given) = self.values.remove(passphrase) else {
            return self.one(setting, |source| match source {
                Source::Text(text) => PrivateKey::from_pem(&text),
                Source::File(path) => PrivateKey::from_file(path),
            });
        };
        self.encrypted(setting, passphrase, given.first()?)
    }

    #[cfg(feature = "encrypted-keys")]
    #[inline]
    fn encrypted(
        &mut self,
        setting: Either,
        _: &'static str,
        passphrase: &Zeroizing<String>,
    ) -> Option<PrivateKey> {
        self.one(setting, |source| match source {
            Source::Text(text) => PrivateKey::from_encrypted_pem(&text, passphrase),
            Source::File(path) => PrivateKey::from_encrypted_file(path, passphrase),
        })
    }

    #[cfg(not(feature = "encrypted-keys"))]
    #[inline]
    fn encrypted(
        &mut self,
        setting: Either,
        name: &'static str,
        _: &Zeroizing<String>,
    ) -> Option<PrivateKey> {
        let shown = self.shown(name);
        let text = format!("`{shown}` needs the Cargo feature `encrypted-keys`");
        self.fault(setting.text, text);
        None
    }

    /// A key that is a text.
    #[inline]
    fn secret(&mut self, setting: Either) -> Option<Zeroizing<String>> {
        let (source, shown) = self.sources(setting).into_iter().next()?;
        let text = match source {
            Source::Text(text) => text,
            Source::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Zeroizing::new(text),
                Err(error) => {
                    let text = format!("(from `{shown}`) the file cannot be read: {error}");
                    self.fault(setting.text, text);
                    return None;
                }
            },
        };
        Some(Zeroizing::new(text.trim().to_owned()))
    }
}

#[inline]
fn certificate(source: Source) -> Result<Certificate, KeyError> {
    match source {
        Source::Text(text) => Certificate::from_pem(&text),
        Source::File(path) => Certificate::from_file(path),
    }
}
