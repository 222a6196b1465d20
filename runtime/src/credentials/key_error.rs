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
    /// A public key for another elliptic curve than SM2's.
    EllipticPublicKey,
    /// A private key for another elliptic curve than SM2's.
    EllipticPrivateKey,
    /// A public key for SM2.
    Sm2PublicKey,
    /// A private key for SM2.
    Sm2PrivateKey,
    /// A PKCS#12 store (`apiclient_cert.p12`).
    Pkcs12,
    /// What a passphrase does not open: it is another one, or the file was changed after it was made.
    WrongPassphrase,
    /// An encryption that is not supported, or one that asks for too much work.
    UnsupportedEncryption,
    /// A PKCS#12 store without a MAC, so that nobody can tell whether it is as it was made.
    NoMac,
    /// A PKCS#12 store without a private key and the certificate that belongs to it.
    NoCertifiedKey,
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

impl Found {
    /// What was in a frame, or begins as DER does, and holds nothing that can be recognized, is damaged.
    pub(super) fn or_damaged(self) -> Self {
        match self {
            Self::Unrecognized => Self::Damaged,
            found => found,
        }
    }
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
                "give its passphrase too, to `PrivateKey::from_encrypted_file` (Cargo feature `encrypted-keys`), or decrypt it first: `openssl pkcs8 -in encrypted.pem -out apiclient_key.pem`"
            }
            Found::EllipticPublicKey | Found::EllipticPrivateKey => {
                "WeChat Pay takes keys for RSA and for SM2 alone"
            }
            #[cfg(not(feature = "sm"))]
            Found::Sm2PublicKey | Found::Sm2PrivateKey => {
                "keys and certificates for SM2 (国密) need the Cargo feature `sm`"
            }
            #[cfg(feature = "sm")]
            Found::Sm2PublicKey | Found::Sm2PrivateKey => {
                "check which file belongs to this argument"
            }
            Found::Pkcs12 => {
                "give it as `merchant_pkcs12` (Cargo feature `pkcs12`), or take the key out: `openssl pkcs12 -in apiclient_cert.p12 -nocerts -nodes -out apiclient_key.pem`"
            }
            Found::WrongPassphrase => {
                "check the passphrase: that of `apiclient_cert.p12` is the merchant's number, unless it was changed"
            }
            Found::UnsupportedEncryption => {
                "encrypt it anew: `openssl pkcs8 -topk8 -v2 aes-256-cbc`, or `openssl pkcs12 -export`"
            }
            Found::NoMac => "make it anew, with a MAC: `openssl pkcs12 -export`",
            Found::NoCertifiedKey => {
                "export the certificate together with its key: `openssl pkcs12 -export -in apiclient_cert.pem -inkey apiclient_key.pem`"
            }
            Found::Path => "to read a file, use `from_file`",
            Found::UnreadableFile => "check the path and the permissions",
            Found::Damaged => "copy the file again, whole, from its BEGIN line to its END line",
            Found::Unrecognized => "give PEM text (`-----BEGIN …`) or DER bytes",
            Found::Length(_) => {
                "copy it again, whole, as it was set on the merchant platform (API安全)"
            }
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
            Self::EllipticPublicKey => "a public key for an elliptic curve",
            Self::EllipticPrivateKey => "a private key for an elliptic curve",
            Self::Sm2PublicKey => "a public key for SM2",
            Self::Sm2PrivateKey => "a private key for SM2",
            Self::Pkcs12 => "a PKCS#12 store",
            Self::WrongPassphrase => "one that this passphrase does not open",
            Self::UnsupportedEncryption => "one encrypted in a way that is not supported",
            Self::NoMac => "a PKCS#12 store without a MAC",
            Self::NoCertifiedKey => "a PKCS#12 store without a private key and its certificate",
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
    #[cold]
    #[inline(never)]
    fn from(error: KeyError) -> Self {
        let expected = error.expected;
        crate::error::Report::configuration(expected, &error)
            .source(error)
            .into()
    }
}
