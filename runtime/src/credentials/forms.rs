//! The forms in which a builder takes a key or a certificate.

/// Conversions from PEM text, bytes and paths, all by the type's own `from_bytes` and `from_file`. What is taken by value is
/// wiped afterwards.
macro_rules! from_forms {
    ($name:ident) => {
        $crate::credentials::forms::from_forms!($name, &str, text => $name::from_pem(text));
        $crate::credentials::forms::from_forms!($name, String, text => $name::from_pem(&zeroize::Zeroizing::new(text)));
        $crate::credentials::forms::from_forms!($name, &String, text => $name::from_pem(text));
        $crate::credentials::forms::from_forms!($name, &[u8], bytes => $name::from_bytes(bytes));
        $crate::credentials::forms::from_forms!($name, Vec<u8>, bytes => $name::from_bytes(&zeroize::Zeroizing::new(bytes)));
        $crate::credentials::forms::from_forms!($name, &std::path::Path, path => $name::from_file(path));
        $crate::credentials::forms::from_forms!($name, std::path::PathBuf, path => $name::from_file(path));
    };
    ($name:ident, $form:ty, $given:ident => $made:expr) => {
        impl TryFrom<$form> for $name {
            type Error = $crate::credentials::KeyError;
            fn try_from($given: $form) -> Result<Self, Self::Error> {
                $made
            }
        }
    };
}

pub(super) use from_forms;
