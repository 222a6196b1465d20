//! Keys in a directory, under the names that WeChat Pay gives to such files.

use super::{BrandMaterial, KeyMaterial, PlatformMaterial, SandboxKeys};
use crate::Error;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const INDEX: &str = "sandbox.json";
const MERCHANT_KEY: &str = "apiclient_key.pem";
const MERCHANT_CERTIFICATE: &str = "apiclient_cert.pem";
const BRAND_KEY: &str = "brand_key.pem";
const BRAND_CERTIFICATE: &str = "brand_cert.pem";
const PUBLIC_KEY: &str = "pub_key.pem";
const PUBLIC_KEY_PRIVATE: &str = "platform_private_key.pem";

/// What the files' names do not say: `sandbox.json`.
#[derive(Serialize, Deserialize)]
struct Index {
    mchid: String,
    serial_no: String,
    apiv3_key: String,
    public_key_id: String,
    platform_serials: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    brand: Option<BrandIndex>,
}

#[derive(Serialize, Deserialize)]
struct BrandIndex {
    brand_id: String,
    serial_no: String,
}

impl SandboxKeys {
    /// Writes all keys to a directory, which is made if it is not there.
    ///
    /// A client needs `apiclient_key.pem`, `apiclient_cert.pem`, `pub_key.pem` or `wechatpay_<serial>.pem`, and from
    /// `sandbox.json` the merchant's number, the serial numbers, the public key's id and the APIv3 key. The platform's private
    /// keys (`platform_private_key.pem`, `wechatpay_<serial>_key.pem`) are for the sandbox alone. On Unix, files with secrets can
    /// be read by their owner alone.
    ///
    /// # Errors
    ///
    /// A file can't be written.
    pub fn write_to(&self, directory: impl AsRef<Path>) -> Result<(), Error> {
        let directory = directory.as_ref();
        fs::create_dir_all(directory).map_err(|source| Error::File {
            path: directory.into(),
            source,
        })?;
        let write = |name: &str, text: &str| write_file(directory.join(name), text, false);
        let write_secret = |name: &str, text: &str| write_file(directory.join(name), text, true);
        let material = self.material();
        write_secret(MERCHANT_KEY, &material.merchant_private_key)?;
        write(MERCHANT_CERTIFICATE, &material.merchant_certificate)?;
        if let Some(brand) = &material.brand {
            write_secret(BRAND_KEY, &brand.private_key)?;
            write(BRAND_CERTIFICATE, &brand.certificate)?;
        }
        for (read, given) in self
            .platform_certificates()
            .iter()
            .zip(&material.platform_certificates)
        {
            write(&certificate_file(read.serial_no()), &given.certificate)?;
            write_secret(&certificate_key_file(read.serial_no()), &given.private_key)?;
        }
        write(PUBLIC_KEY, &self.client_material()?.public_key)?;
        write_secret(PUBLIC_KEY_PRIVATE, &material.public_key_private_key)?;
        write_secret(INDEX, &self.index()?)
    }

    /// Reads what [`Self::write_to`] wrote.
    ///
    /// # Errors
    ///
    /// A file is missing or can't be used; the error names it.
    pub fn read_from(directory: impl AsRef<Path>) -> Result<Self, Error> {
        let directory = directory.as_ref();
        let read = |name: &str| read_file(directory.join(name));
        let index: Index = serde_json::from_str(&read(INDEX)?)
            .map_err(|error| Error::key(directory.join(INDEX).display().to_string(), error))?;
        let brand = match index.brand {
            Some(brand) => Some(BrandMaterial {
                brand_id: brand.brand_id,
                private_key: read(BRAND_KEY)?,
                certificate: read(BRAND_CERTIFICATE)?,
            }),
            None => None,
        };
        let platform = |serial: &String| {
            Ok(PlatformMaterial {
                certificate: read(&certificate_file(serial))?,
                private_key: read(&certificate_key_file(serial))?,
            })
        };
        Self::from_material(KeyMaterial {
            mchid: index.mchid,
            merchant_private_key: read(MERCHANT_KEY)?,
            merchant_certificate: read(MERCHANT_CERTIFICATE)?,
            brand,
            platform_certificates: index
                .platform_serials
                .iter()
                .map(platform)
                .collect::<Result<_, Error>>()?,
            public_key_id: index.public_key_id,
            public_key_private_key: read(PUBLIC_KEY_PRIVATE)?,
            apiv3_key: index.apiv3_key,
        })
    }

    fn index(&self) -> Result<String, Error> {
        let index = Index {
            mchid: self.material().mchid.clone(),
            serial_no: self.merchant().serial_no().to_owned(),
            apiv3_key: self.apiv3_key().to_owned(),
            public_key_id: self.platform_public_key().id().to_owned(),
            platform_serials: self
                .platform_certificates()
                .iter()
                .map(|certificate| certificate.serial_no().to_owned())
                .collect(),
            brand: self.brand().map(|brand| BrandIndex {
                brand_id: brand.id().to_owned(),
                serial_no: brand.serial_no().to_owned(),
            }),
        };
        serde_json::to_string_pretty(&index)
            .map(|text| text + "\n")
            .map_err(|error| Error::key(INDEX, error))
    }
}

fn certificate_file(serial: &str) -> String {
    format!("wechatpay_{serial}.pem")
}

fn certificate_key_file(serial: &str) -> String {
    format!("wechatpay_{serial}_key.pem")
}

fn read_file(path: PathBuf) -> Result<String, Error> {
    fs::read_to_string(&path).map_err(|source| Error::File { path, source })
}

fn write_file(path: PathBuf, text: &str, secret: bool) -> Result<(), Error> {
    write_new(&path, text, secret).map_err(|source| Error::File { path, source })
}

/// A secret must never be readable by others, not even while it is written: an old file is removed, and the new one is made with
/// its mode.
fn write_new(path: &Path, text: &str, secret: bool) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    if secret {
        owner_only(&mut options);
    }
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(unix)]
fn owner_only(options: &mut fs::OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn owner_only(_options: &mut fs::OpenOptions) {}
