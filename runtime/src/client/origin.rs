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
        let (Some("https" | "http"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("expected a URL such as https://api.mch.weixin.qq.com".to_owned());
        };
        if authority.as_str().contains('@') {
            return Err("a base URL has no user name or password".to_owned());
        }
        if uri.path() != "/" || uri.query().is_some() || url.contains('#') {
            return Err("a base URL ends after host and port: the path is signed as WeChat Pay sees it, and none can be put before it".to_owned());
        }
        Ok(Self(url.trim_end_matches('/').to_owned()))
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
