//! A base URL: scheme, host and port.

/// A base URL without a path, since the target that is signed is the whole path.
#[derive(Clone, Debug)]
pub(crate) struct Origin(String);

impl Origin {
    /// Checks a base URL.
    pub(super) fn parse(url: &str) -> Result<Self, String> {
        let parsed = reqwest::Url::parse(url).map_err(|error| format!("no URL: {error}"))?;
        let web = matches!(parsed.scheme(), "https" | "http");
        if !web || parsed.host_str().is_none() {
            return Err("expected a URL such as https://api.mch.weixin.qq.com".to_owned());
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err("a base URL has no user name or password".to_owned());
        }
        if parsed.path() != "/" || parsed.query().is_some() || parsed.fragment().is_some() {
            return Err("a base URL ends after host and port: the path is signed as WeChat Pay sees it, and none can be put before it".to_owned());
        }
        Ok(Self(parsed.as_str().trim_end_matches('/').to_owned()))
    }

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
