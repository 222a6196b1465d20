//! What is wrong with a key or a certificate.

use core::convert::Infallible;
use core::fmt;

/// A key or certificate that cannot be used: what was expected, what was found instead, and what to do.
#[derive(Debug)]
pub struct KeyError {
    pub(super) expected: &'static str,
    pub(super) found: Found,
    pub(super) source: Option<std::io::Error>,
}

/// What was found in the place of a key or a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// A certificate.
    Certificate,
    /// A public key for RSA.
    PublicKey,
    /// A private key for RSA.
    PrivateKey,
    /// A private key that is encrypted with a passphrase.
    EncryptedPrivateKey,
    /// A public key for elliptic curves or SM2.
    EllipticPublicKey,
    /// A private key for elliptic curves or SM2.
    EllipticPrivateKey,
    /// A PKCS#12 store (`apiclient_cert.p12`).
    Pkcs12,
    /// The path of a file.
    Path,
    /// A file that cannot be read.
    UnreadableFile,
    /// The right kind of thing, but damaged, or of a size that is not accepted (RSA of 2048 to 8192 bits).
    Damaged,
    /// Neither PEM nor DER.
    Unrecognized,
    /// Another length than the 32 bytes of an APIv3 or APIv2 key.
    Length(usize),
    /// A public key's id without the `PUB_KEY_ID_` at its beginning.
    PublicKeyId,
    /// Another serial number than the certificate's own.
    OtherSerial,
}

impl KeyError {
    pub(super) fn new(expected: &'static str, found: Found) -> Self {
        Self {
            expected,
            found,
            source: None,
        }
    }

    pub(super) fn unreadable(expected: &'static str, source: std::io::Error) -> Self {
        Self {
            expected,
            found: Found::UnreadableFile,
            source: Some(source),
        }
    }

    /// What was found instead.
    pub fn found(&self) -> &Found {
        &self.found
    }

    fn advice(&self) -> &'static str {
        match self.found {
            Found::Certificate => {
                "WeChat Pay's download has both: the key is `apiclient_key.pem`, the certificate `apiclient_cert.pem`"
            }
            Found::PublicKey | Found::PrivateKey => "check which file belongs to this argument",
            Found::EncryptedPrivateKey => {
                "decrypt it first: `openssl pkcs8 -in encrypted.pem -out apiclient_key.pem`"
            }
            Found::EllipticPublicKey | Found::EllipticPrivateKey => {
                "the scheme WECHATPAY2-SHA256-RSA2048 takes RSA keys alone"
            }
            Found::Pkcs12 => {
                "take the key out: `openssl pkcs12 -in apiclient_cert.p12 -nocerts -nodes -out apiclient_key.pem`"
            }
            Found::Path => "to read a file, use `from_file`",
            Found::UnreadableFile => "check the path and the permissions",
            Found::Damaged => "copy the file again, whole, from its BEGIN line to its END line",
            Found::Unrecognized => "give PEM text (`-----BEGIN …`) or DER bytes",
            Found::Length(_) => "copy it again from the merchant platform (API安全, APIv3密钥)",
            Found::PublicKeyId => {
                "the id stands beside the key on the merchant platform (API安全, 微信支付公钥)"
            }
            Found::OtherSerial => {
                "leave the serial number out, or give the certificate that it belongs to"
            }
        }
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected {}, found {}; {}",
            self.expected,
            self.found,
            self.advice()
        )
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "a certificate",
            Self::PublicKey => "a public key",
            Self::PrivateKey => "a private key",
            Self::EncryptedPrivateKey => "a private key encrypted with a passphrase",
            Self::EllipticPublicKey => "a public key for elliptic curves or SM2",
            Self::EllipticPrivateKey => "a private key for elliptic curves or SM2",
            Self::Pkcs12 => "a PKCS#12 store",
            Self::Path => "what looks like the path of a file",
            Self::UnreadableFile => "a file that cannot be read",
            Self::Damaged => "a damaged one, or one of an unfit size",
            Self::Unrecognized => "neither PEM nor DER",
            Self::Length(bytes) => return write!(f, "{bytes} bytes"),
            Self::PublicKeyId => "another text",
            Self::OtherSerial => "another serial number than the certificate's",
        })
    }
}

impl core::error::Error for KeyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

impl From<Infallible> for KeyError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<KeyError> for crate::Error {
    fn from(error: KeyError) -> Self {
        let expected = error.expected;
        crate::error::Report::configuration(expected, &error)
            .source(error)
            .into()
    }
}
