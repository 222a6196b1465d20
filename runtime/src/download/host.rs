//! Whose host a link leads to: nothing is signed for any but WeChat Pay's.

use super::link::refused;
use crate::client::{Client, Origin};
use crate::error::{DownloadFailure, Error};
use crate::operation::Host;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place<'u> {
    /// The family of hosts.
    pub(super) family: &'static str,
    /// Scheme, host and port to go to.
    pub(super) origin: String,
    /// Path and query, exactly as the link has them.
    pub(super) target: &'u str,
}

/// Finds the family of hosts that a link leads to.
///
/// The link names one of the family's hosts over https, or one that the client was built with (`base_url` …). Where the client
/// was given another base URL for the family, the request goes there, as all others do.
///
/// # Errors
/// No URL, or one of a host that is not WeChat Pay's.
pub(super) fn place<'u>(
    client: &Client,
    families: &[&'static Host],
    url: &'u str,
) -> Result<(&'static Host, Place<'u>), Error> {
    let no_url = || refused(DownloadFailure::NoLink, "the link is no URL with a path");
    let (scheme, rest) = url.split_once("://").ok_or_else(no_url)?;
    let slash = rest.find('/').ok_or_else(no_url)?;
    let (authority, target) = rest.split_at(slash);
    let origin = Origin::written(scheme, authority);
    for family in families {
        let own = client.origins(family, true);
        let described = family.base == origin || family.backups.contains(&origin.as_str());
        let replaced = own.first().filter(|first| **first != family.base);
        let to = match replaced {
            Some(first) if described => (*first).to_owned(),
            _ if described || own.contains(&origin.as_str()) => origin.clone(),
            _ => continue,
        };
        let place = Place {
            family: family.name,
            origin: to,
            target,
        };
        return Ok((family, place));
    }
    let text = "the link leads to a host that is none of WeChat Pay's, or not by https: nothing was signed for it";
    Err(refused(DownloadFailure::ForeignHost, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    static HONG_KONG: Host = Host {
        name: "hong-kong",
        base: "https://apihk.mch.weixin.qq.com",
        backups: &[],
    };

    fn client(base_url: Option<&str>) -> Client {
        let file = |name: &str| {
            let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/keys");
            std::fs::read_to_string(format!("{own}/{name}")).expect("a key")
        };
        let builder = Client::builder()
            .mchid("1900000109")
            .merchant_certificate(file("merchant.crt.pem"))
            .merchant_private_key(file("merchant.key.pem"))
            .platform_public_key(file("platform-public.pub.pem"))
            .platform_public_key_id("PUB_KEY_ID_1");
        let builder = match base_url {
            Some(url) => builder.base_url(url),
            None => builder,
        };
        builder.build().expect("a client")
    }

    fn found(base_url: Option<&str>, url: &str) -> Option<(&'static str, String, String)> {
        match place(&client(base_url), &[Host::DEFAULT, &HONG_KONG], url) {
            Ok((_, place)) => Some((place.family, place.origin, place.target.to_owned())),
            Err(error) => {
                assert!(matches!(error.kind(), ErrorKind::Download(_)));
                assert_eq!(error.outcome(), crate::Outcome::NotSent);
                None
            }
        }
    }

    #[test]
    fn hosts_of_wechat_pay_are_followed_exactly() {
        let found = |url| found(None, url);
        let to = |family, origin: &str, target: &str| {
            Some((family, origin.to_owned(), target.to_owned()))
        };
        assert_eq!(
            found("https://api.mch.weixin.qq.com/v3/billdownload/file?token=a%2Fb+c"),
            to(
                "default",
                "https://api.mch.weixin.qq.com",
                "/v3/billdownload/file?token=a%2Fb+c"
            )
        );
        assert_eq!(
            found("HTTPS://API2.wechatpay.cn:443/x"),
            to("default", "https://api2.wechatpay.cn", "/x")
        );
        assert_eq!(
            found("https://apihk.mch.weixin.qq.com/x"),
            to("hong-kong", "https://apihk.mch.weixin.qq.com", "/x")
        );
        for foreign in [
            "http://api.mch.weixin.qq.com/x",
            "https://api.mch.weixin.qq.com.evil.example/x",
            "https://api.mch.weixin.qq.com:8443/x",
            "https://api.mch.weixin.qq.com@evil.example/x",
            "https://evil.example\\@api.mch.weixin.qq.com/x",
            "https://evil.example/api.mch.weixin.qq.com/x",
            "https://evil.example?https://api.mch.weixin.qq.com/x",
            "https://api.mch.weixin.qq.com",
            "https://user:secret@api.mch.weixin.qq.com/x",
            "ftp://api.mch.weixin.qq.com/x",
            "//api.mch.weixin.qq.com/x",
            "download://example.csv",
            "",
        ] {
            assert_eq!(found(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn a_base_url_of_ones_own_stands_for_its_family() {
        let local = "http://127.0.0.1:8080";
        let to = Some(("default", local.to_owned(), "/x".to_owned()));
        assert_eq!(found(Some(local), "https://api.mch.weixin.qq.com/x"), to);
        assert_eq!(found(Some(local), "http://127.0.0.1:8080/x"), to);
        assert_eq!(found(Some(local), "http://127.0.0.1:8081/x"), None);
        assert_eq!(found(Some(local), "https://127.0.0.1:8080/x"), None);
    }
}
