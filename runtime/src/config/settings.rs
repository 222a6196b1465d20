//! The names of what can be set: the builder's arguments, and for what may be in a file of its own, that name with `_file`.

/// A setting that is given as a text, or as the path of a file.
#[derive(Clone, Copy)]
pub(super) struct Either {
    pub(super) text: &'static str,
    pub(super) file: &'static str,
}

/// Each with the name of its file.
macro_rules! either {
    ($($constant:ident $text:literal)+) => {
        $(pub(super) const $constant: Either = Either {
            text: $text,
            file: concat!($text, "_file"),
        };)+
        const EITHER: &[Either] = &[$($constant),+];
    };
}

/// Those that are given as texts alone.
macro_rules! texts {
    ($($constant:ident $text:literal)+) => {
        $(pub(super) const $constant: &str = $text;)+
        const TEXTS: &[&str] = &[$($constant),+];
    };
}

either! {
    MERCHANT_PRIVATE_KEY "merchant_private_key"
    MERCHANT_CERTIFICATE "merchant_certificate"
    MERCHANT_PKCS12 "merchant_pkcs12"
    BRAND_PRIVATE_KEY "brand_private_key"
    BRAND_CERTIFICATE "brand_certificate"
    PLATFORM_PUBLIC_KEY "platform_public_key"
    PLATFORM_CERTIFICATE "platform_certificate"
    APIV3_KEY "apiv3_key"
    APIV2_KEY "apiv2_key"
}

texts! {
    MCHID "mchid"
    MERCHANT_SERIAL_NO "merchant_serial_no"
    MERCHANT_PASSPHRASE "merchant_private_key_passphrase"
    PKCS12_PASSPHRASE "merchant_pkcs12_passphrase"
    BRAND_ID "brand_id"
    BRAND_SERIAL_NO "brand_serial_no"
    BRAND_PASSPHRASE "brand_private_key_passphrase"
    PLATFORM_PUBLIC_KEY_ID "platform_public_key_id"
    BASE_URL "base_url"
}

/// All names.
#[inline]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let either = EITHER.iter().flat_map(|it| [it.text, it.file]);
    TEXTS.iter().copied().chain(either)
}
