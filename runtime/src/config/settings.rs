//! The names of what can be set: the builder's arguments, and for what may be in a file of its own, that name with `_file`.

/// A setting that is given as a text, or as the path of a file.
#[derive(Clone, Copy)]
pub(super) struct Either {
    pub(super) text: &'static str,
    pub(super) file: &'static str,
}

pub(super) const MERCHANT_PRIVATE_KEY: Either = Either {
    text: "merchant_private_key",
    file: "merchant_private_key_file",
};
pub(super) const MERCHANT_CERTIFICATE: Either = Either {
    text: "merchant_certificate",
    file: "merchant_certificate_file",
};
pub(super) const MERCHANT_PKCS12: Either = Either {
    text: "merchant_pkcs12",
    file: "merchant_pkcs12_file",
};
pub(super) const BRAND_PRIVATE_KEY: Either = Either {
    text: "brand_private_key",
    file: "brand_private_key_file",
};
pub(super) const BRAND_CERTIFICATE: Either = Either {
    text: "brand_certificate",
    file: "brand_certificate_file",
};
pub(super) const PLATFORM_PUBLIC_KEY: Either = Either {
    text: "platform_public_key",
    file: "platform_public_key_file",
};
pub(super) const PLATFORM_CERTIFICATE: Either = Either {
    text: "platform_certificate",
    file: "platform_certificate_file",
};
pub(super) const APIV3_KEY: Either = Either {
    text: "apiv3_key",
    file: "apiv3_key_file",
};

pub(super) const MCHID: &str = "mchid";
pub(super) const MERCHANT_SERIAL_NO: &str = "merchant_serial_no";
pub(super) const MERCHANT_PASSPHRASE: &str = "merchant_private_key_passphrase";
pub(super) const PKCS12_PASSPHRASE: &str = "merchant_pkcs12_passphrase";
pub(super) const BRAND_ID: &str = "brand_id";
pub(super) const BRAND_SERIAL_NO: &str = "brand_serial_no";
pub(super) const BRAND_PASSPHRASE: &str = "brand_private_key_passphrase";
pub(super) const PLATFORM_PUBLIC_KEY_ID: &str = "platform_public_key_id";
pub(super) const BASE_URL: &str = "base_url";

/// All names.
#[inline]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let either = [
        MERCHANT_PRIVATE_KEY,
        MERCHANT_CERTIFICATE,
        MERCHANT_PKCS12,
        BRAND_PRIVATE_KEY,
        BRAND_CERTIFICATE,
        PLATFORM_PUBLIC_KEY,
        PLATFORM_CERTIFICATE,
        APIV3_KEY,
    ];
    let texts = [
        MCHID,
        MERCHANT_SERIAL_NO,
        MERCHANT_PASSPHRASE,
        PKCS12_PASSPHRASE,
        BRAND_ID,
        BRAND_SERIAL_NO,
        BRAND_PASSPHRASE,
        PLATFORM_PUBLIC_KEY_ID,
        BASE_URL,
    ];
    let either = either.into_iter().flat_map(|it| [it.text, it.file]);
    texts.into_iter().chain(either)
}
