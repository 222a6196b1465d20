//! Signatures that must be refused.

/// How the signature of a good answer is spoiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureFault {
    /// It is that of another body.
    Wrong,
    /// It was made so many seconds off the sandbox's clock, and is good but for that.
    Stale {
        /// Before the clock where negative.
        seconds: i64,
    },
    /// It is good, and made with a key that nobody was told of.
    UnknownSerial,
    /// None of its headers is there.
    Missing,
    /// WeChat Pay's probe: it begins with `WECHATPAY/SIGNTEST/`.
    Probe,
}

/// A serial number that no certificate of the sandbox has: theirs have forty digits.
const UNKNOWN: &str = "77E1F09EFDC096DE15EBE81A47057A72";

const SERIAL: &str = "Wechatpay-Serial";
const SIGNATURE: &str = "Wechatpay-Signature";

impl SignatureFault {
    /// How far the time that is signed is from the clock, in seconds.
    pub(crate) fn skew(self) -> i64 {
        match self {
            Self::Stale { seconds } => seconds,
            _ => 0,
        }
    }

    /// Spoils the headers of a signature.
    pub(crate) fn spoil(self, headers: &mut Vec<(&'static str, String)>) {
        let change = |headers: &mut Vec<(&str, String)>, name, to: &dyn Fn(&str) -> String| {
            for (_, value) in headers.iter_mut().filter(|(own, _)| *own == name) {
                *value = to(value);
            }
        };
        match self {
            Self::Stale { .. } => {}
            Self::Missing => headers.clear(),
            Self::UnknownSerial => change(headers, SERIAL, &|_| UNKNOWN.to_owned()),
            Self::Probe => change(headers, SIGNATURE, &|value| {
                format!("WECHATPAY/SIGNTEST/{value}")
            }),
            Self::Wrong => change(headers, SIGNATURE, &another),
        }
    }
}

/// Other bytes in base64, as many.
fn another(signature: &str) -> String {
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    let rest = signature.chars().skip(1);
    std::iter::once(first).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_spoils_one_thing() {
        let good = [(SERIAL, "5A"), (SIGNATURE, "Abc=")];
        let spoiled = |fault: SignatureFault| {
            let mut headers = good.map(|(name, value)| (name, value.to_owned())).to_vec();
            fault.spoil(&mut headers);
            let values: Vec<_> = headers.into_iter().map(|(_, value)| value).collect();
            values.join(" ")
        };
        assert_eq!(spoiled(SignatureFault::Wrong), "5A Bbc=");
        assert_eq!(spoiled(SignatureFault::Stale { seconds: 9 }), "5A Abc=");
        assert_eq!(spoiled(SignatureFault::Missing), "");
        assert_eq!(spoiled(SignatureFault::Probe), "5A WECHATPAY/SIGNTEST/Abc=");
        let unknown = spoiled(SignatureFault::UnknownSerial);
        assert_eq!(unknown, format!("{UNKNOWN} Abc="));
    }
}
