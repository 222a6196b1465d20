//! The header `Authorization`.

use std::collections::BTreeMap;
use std::fmt;
use wechatpay_codegen::model::Identity;

/// The scheme of a merchant.
pub const MERCHANT_SCHEME: &str = "WECHATPAY2-SHA256-RSA2048";
/// The scheme of a brand.
pub const BRAND_SCHEME: &str = "WECHATPAY-BRAND-SHA256-RSA2048";

/// What `Authorization` says.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    /// Whether a merchant or a brand signs, by the scheme.
    pub identity: Identity,
    /// The `mchid` or the `brand_id`.
    pub id: String,
    /// The serial number of the certificate.
    pub serial_no: String,
    /// The nonce.
    pub nonce_str: String,
    /// The time in Unix seconds, as sent.
    pub timestamp: String,
    /// The signature in base64.
    pub signature: String,
}

impl Authorization {
    /// Reads the header's value.
    ///
    /// # Errors
    ///
    /// Says what is wrong: the scheme is unknown, a part is missing, there twice, unknown, or not written as `name="value"`.
    pub fn parse(value: &str) -> Result<Self, String> {
        let (scheme, parts) = value
            .trim()
            .split_once(' ')
            .ok_or_else(|| format!("expected `{MERCHANT_SCHEME} mchid=\"…\",…`"))?;
        let (identity, id_name) = identity_of(scheme)?;
        let mut parts = parse_parts(parts)?;
        let mut take = |name: &str| {
            parts
                .remove(name)
                .filter(|value| !value.is_empty())
                .ok_or_else(|| format!("`{name}` is missing or empty"))
        };
        let authorization = Self {
            identity,
            id: take(id_name)?,
            serial_no: take("serial_no")?,
            nonce_str: take("nonce_str")?,
            timestamp: take("timestamp")?,
            signature: take("signature")?,
        };
        match parts.keys().next() {
            Some(unknown) => Err(format!("`{unknown}` is no part of scheme {scheme}")),
            None => Ok(authorization),
        }
    }
}

fn identity_of(scheme: &str) -> Result<(Identity, &'static str), String> {
    match scheme {
        MERCHANT_SCHEME => Ok((Identity::Merchant, "mchid")),
        BRAND_SCHEME => Ok((Identity::Brand, "brand_id")),
        other => Err(format!(
            "the scheme is {other}; expected {MERCHANT_SCHEME} or {BRAND_SCHEME}"
        )),
    }
}

fn parse_parts(parts: &str) -> Result<BTreeMap<String, String>, String> {
    let mut read = BTreeMap::new();
    for part in parts.split(',') {
        let (name, value) = parse_part(part.trim())
            .ok_or_else(|| format!("`{part}` is not written as name=\"value\""))?;
        if read.insert(name.to_owned(), value.to_owned()).is_some() {
            return Err(format!("`{name}` is there twice"));
        }
    }
    Ok(read)
}

fn parse_part(part: &str) -> Option<(&str, &str)> {
    let (name, value) = part.split_once('=')?;
    let value = value.strip_prefix('"')?.strip_suffix('"')?;
    (!value.contains('"')).then_some((name, value))
}

/// Shows who signs, and neither nonce nor signature.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("identity", &self.identity)
            .field("id", &self.id)
            .field("serial_no", &self.serial_no)
            .field("timestamp", &self.timestamp)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"WECHATPAY2-SHA256-RSA2048 mchid="19",nonce_str="n",signature="a+/b==",timestamp="17",serial_no="5A""#;

    #[test]
    fn parts_are_read_in_any_order() {
        let read = Authorization::parse(GOOD).expect("a good header");
        assert_eq!(read.identity, Identity::Merchant);
        assert_eq!(read.id, "19");
        assert_eq!(read.signature, "a+/b==");
        let other = r#"WECHATPAY2-SHA256-RSA2048 serial_no="5A",timestamp="17", signature="a+/b==",nonce_str="n",mchid="19""#;
        assert_eq!(Authorization::parse(other), Ok(read));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let issue = |from: &str, to: &str| {
            Authorization::parse(&GOOD.replace(from, to)).expect_err("a bad header")
        };
        assert!(issue("SHA256", "MD5").contains("the scheme is WECHATPAY2-MD5"));
        assert!(issue("mchid", "brand_id").contains("`mchid` is missing"));
        assert!(issue(r#"nonce_str="n","#, "").contains("`nonce_str` is missing"));
        assert!(issue(r#""17""#, "17").contains("not written as"));
        assert!(issue(r#""n""#, r#""""#).contains("`nonce_str` is missing or empty"));
        assert!(issue(r#"mchid="19","#, r#"mchid="19",mchid="19","#).contains("twice"));
        assert!(issue(r#"mchid="19","#, r#"mchid="19",more="1","#).contains("`more` is no part"));
        assert!(Authorization::parse("").is_err());
    }
}
