//! A base URL: scheme, host and port.

use http::Uri;

/// A base URL without a path, since the target that is signed is the whole path.
#[derive(Clone, Debug)]
pub(crate) struct Origin(String);

impl Origin {
    /// Checks a base URL.
    #[inline]
    pub(super) fn parse(url: &str) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|error| format!("no URL: {error}"))?;
        let (Some(scheme @ ("https" | "http")), Some(authority)) =
            (uri.scheme_str(), uri.authority())
        else {
            return Err("expected a URL such as https://api.mch.weixin.qq.com".to_owned());
        };
        if authority.as_str().contains('@') {
            return Err("a base URL has no user name or password".to_owned());
        }
        if uri.path() != "/" || uri.query().is_some() || url.contains('#') {
            return Err("a base URL ends after host and port: the path is signed as WeChat Pay sees it, and none can be put before it".to_owned());
        }
        Ok(Self(Self::written(scheme, authority.as_str())))
    }

    /// The one way in which an origin is written here: in small letters, without its scheme's usual port.
    #[inline]
    pub(crate) fn written(scheme: &str, authority: &str) -> String {
        let mut origin = format!("{scheme}://{authority}");
        origin.make_ascii_lowercase();
        let usual = match origin.starts_with("https:") {
            true => ":443",
            false => ":80",
        };
        if origin.ends_with(usual) {
            origin.truncate(origin.len() - usual.len());
        }
        origin
    }

    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scheme_host_and_port_are_taken() {
        let origin = Origin::parse("http://127.0.0.1:8080/").expect("an origin");
        assert_eq!(origin.as_str(), "http://127.0.0.1:8080");
        for (given, expected) in [
            ("HTTPS://Pay.Example:443", "https://pay.example"),
            ("http://pay.example:80/", "http://pay.example"),
            ("https://pay.example:80", "https://pay.example:80"),
            ("https://[::1]:4430", "https://[::1]:4430"),
        ] {
            let origin = Origin::parse(given).expect("an origin");
            assert_eq!(origin.as_str(), expected);
        }
        for wrong in [
            "",
            "api.mch.weixin.qq.com",
            "ftp://x",
            "https://x/v3",
            "https://a:b@x",
            "https://x/?y",
        ] {
            assert!(Origin::parse(wrong).is_err(), "{wrong}");
        }
    }
}
