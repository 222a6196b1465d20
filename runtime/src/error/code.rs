//! The codes of the server's errors.

use core::fmt;

/// The enumeration of codes: each with its spellings, the one that is shown first; what it means; and, of those that are met most,
/// what to check.
macro_rules! codes {
    ($($variant:ident $first:literal $(| $other:literal)*, $meaning:literal $(, $advice:literal)?;)*) => {
        /// The code of an error that the server answered.
        ///
        /// The list is open: a code that is not on it is kept as [`ErrorCode::Unrecognized`], and later versions may know it. So a
        /// program compares with the text where a variant is not there yet, and goes on working once it is:
        ///
        /// ```
        /// use wechatpay_runtime::ErrorCode;
        /// assert_eq!(ErrorCode::from("PARAM_ERROR"), ErrorCode::ParamError);
        /// assert!(ErrorCode::from("A_NEW_CODE") == "A_NEW_CODE");
        /// // APIv2 and older products spell some of them otherwise.
        /// assert_eq!(ErrorCode::from("ORDERNOTEXIST"), ErrorCode::OrderNotExist);
        /// assert!(ErrorCode::OrderNotExist == "ORDERNOTEXIST");
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(
                #[doc = concat!("`", $first, "`", $(", `", $other, "`",)* ": ", $meaning)]
                $(#[doc = ""] #[doc = $advice])?
                $variant,
            )*
            /// A code that is none of these, as the server wrote it.
            Unrecognized(Box<str>),
        }

        impl ErrorCode {
            /// The code as it is written; of several spellings the usual one.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $first,)*
                    Self::Unrecognized(text) => text,
                }
            }

            /// What to check, for the codes that are met most. What the server says itself is [`Error::message`](crate::Error::message)
            /// and [`Error::detail`](crate::Error::detail), and often more exact.
            pub fn advice(&self) -> Option<&'static str> {
                match self {
                    $($(Self::$variant => Some($advice),)?)*
                    _ => None,
                }
            }

            fn known(text: &str) -> Option<Self> {
                match text {
                    $($first $(| $other)* => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        /// The fingerprints of all spellings. Whether a code is one of them is asked in every program, and the spellings themselves are
        /// much to carry for that.
        const FINGERPRINTS: &[u32] = &[$(fingerprint($first), $(fingerprint($other),)*)*];

        /// The spellings of all codes, each with its code.
        #[cfg(test)]
        const ALL: &[(&str, ErrorCode)] = &[
            $(($first, ErrorCode::$variant), $(($other, ErrorCode::$variant),)*)*
        ];
    };
}

codes! {
    ParamError "PARAM_ERROR" | "PARAMERROR" | "INVALID_PARAMETER", "a parameter is wrong.",
        "Look at `detail`: it names the field, what it was, and what is wrong with it. Amounts are whole fen; times have an offset (`+08:00`).";
    InvalidRequest "INVALID_REQUEST", "the request breaks a rule of the business.",
        "Read the message: the parameters are well-formed, but not in this state of the order, account or product. A repeated number with other parameters is refused by this too.";
    SignError "SIGN_ERROR" | "SIGNERROR", "the request's signature is wrong.",
        "Check that the serial number is that of the merchant's API certificate, that the private key belongs to it, that both belong to `mchid`, and that this machine's clock is right; `Error::clock_skew` tells. `detail.sign_information` shows what the server expected to be signed.";
    NoAuth "NO_AUTH" | "NOAUTH" | "NO_AUTHORIZATION", "the merchant may not do this.",
        "Check on the merchant platform that the product was applied for and opened for this `mchid`, that the merchant below a service provider has granted it, and that the caller's IP address is allowed.";
    SystemError "SYSTEM_ERROR" | "SYSTEMERROR", "WeChat Pay failed inside.",
        "Nobody knows whether it was done. Query by the number of the request; only where `Error::retryable` allows it, send the same request with the same number after a pause; never with another number.";
    FrequencyLimited "FREQUENCY_LIMITED" | "FREQUENCY_LIMIT" | "FREQUENCY_LIMIT_EXCEED" | "FREQ_LIMIT", "it was asked too often.",
        "Wait, and ask more seldom: the limits stand on the operation's page. A loop that polls wants pauses that grow.";
    RateLimitExceeded "RATELIMIT_EXCEEDED" | "RATELIMIT_EXCEED" | "RATE_LIMIT_EXCEEDED", "the interface was asked too often.",
        "Wait, and ask more seldom: the limits stand on the operation's page.";
    OrderNotExist "ORDER_NOT_EXIST" | "ORDERNOTEXIST" | "ORDER_NOT_EXISTS", "there is no such order.",
        "Check the number and `mchid`: an order is found only by the merchant that placed it. Right after a request of unknown outcome it may be too early: ask again before you take it as not done.";
    ResourceNotExists "RESOURCE_NOT_EXISTS" | "RESOURCE_NOT_EXIST" | "NOT_FOUND" | "RESOURCE_NOT_FOUND", "there is no such thing.",
        "Check the number, that this merchant is its owner, and that the product was opened for it. Right after a request of unknown outcome ask again before you take it as not done.";
    OrderPaid "ORDER_PAID" | "ORDERPAID", "the order was paid already.",
        "The money came: query the order, and treat it as paid.";
    OrderClosed "ORDER_CLOSED" | "ORDERCLOSED", "the order was closed.",
        "It can't be paid any more: place a new order with a new number.";
    OutTradeNoUsed "OUT_TRADE_NO_USED", "the merchant's number was used already.",
        "Query by this number first: an earlier request may have come through. The same number is taken again only with the same parameters.";
    AlreadyExists "ALREADY_EXISTS" | "RESOURCE_ALREADY_EXISTS" | "RESOURCE_EXISTS", "there is such a thing already.",
        "Query it: an earlier request may have come through.";
    MchNotExists "MCH_NOT_EXISTS" | "MCHID_NOT_EXIST" | "MCH_NOT_EXIST", "there is no such merchant.",
        "Check the merchant's number, digit by digit, and which of `mchid`, `sp_mchid` and `sub_mchid` it belongs in.";
    AppidMchidNotMatch "APPID_MCHID_NOT_MATCH", "the app does not belong to the merchant.",
        "Bind the app to the merchant on the merchant platform, or take the app that is bound: `sub_appid` belongs to `sub_mchid`.";
    OpenidMismatch "OPENID_MISMATCH" | "OPENID_ERROR" | "OPENID_APPID_MISMATCH", "the user's openid is not one of this app.",
        "An openid is good in the app that gave it alone: take the one of the `appid` that stands in this request.";
    NotEnough "NOT_ENOUGH" | "NOTENOUGH" | "BALANCE_NOT_ENOUGH", "the balance is not enough.",
        "Top up the account that the money comes from (refunds: the account of unsettled funds first), then send the same request with the same number again.";
    UserAccountAbnormal "USER_ACCOUNT_ABNORMAL", "something is wrong with the user's account.",
        "The user has closed or was barred from the account, or the card is gone: settle it with the user in another way.";
    UserPaying "USER_PAYING" | "USERPAYING", "the user is paying just now.",
        "Query the order every few seconds until it is paid or closed; do not take another payment for it.";
    TradeError "TRADE_ERROR" | "TRADEERROR", "the trade failed.",
        "Read the message: the card, the account or a rule of the trade refused it. The user may pay in another way; query the order before a new attempt.";
    BankError "BANK_ERROR" | "BANKERROR", "the bank failed.",
        "Nobody knows whether it was done: query by the order's number before anything else.";
    AccountError "ACCOUNT_ERROR" | "ACCOUNTERROR" | "ACCOUNT_ABNORMAL", "something is wrong with the account.",
        "Read the message: the merchant's or the user's account is frozen, barred, or not of the kind that this takes.";
    RuleLimit "RULE_LIMIT" | "RULELIMIT", "a rule of the business forbids it.",
        "Read the message: a limit of amount, count or risk control was reached. It will not pass by repeating.";
    RequestBlocked "REQUEST_BLOCKED", "the request was blocked.",
        "The merchant or the user may not do this by a decision of risk control; ask WeChat Pay's support with the `Request-ID`.";
    InvalidTransactionId "INVALID_TRANSACTIONID" | "INVALID_TRANSACTION_ID", "the transaction's number is wrong.",
        "Check that it is WeChat Pay's number (`transaction_id`) of a trade of this merchant, not the merchant's own.";
    QuotaExceeded "QUOTA_EXCEEDED" | "QUOTA_EXCEED", "a quota was used up.",
        "Wait until the quota is renewed, or ask for a greater one on the merchant platform.";
    NoStatementExist "NO_STATEMENT_EXIST" | "NO_BILL_EXIST", "there is no bill for this day.",
        "A day's bill is there from 10 in the morning of the next day on, and for three months. A day without trade has none.";
    StatementCreating "STATEMENT_CREATING" | "BILL_CREATING", "the bill is being made.",
        "Ask again in some minutes.";
    ContractNotExist "CONTRACT_NOT_EXIST" | "CONTRACT_NOT_EXISTED", "there is no such contract.";
    UserNotExist "USER_NOT_EXIST" | "USER_NOT_EXISTS", "there is no such user.";
    UserNotRealName "V2_ACCOUNT_SIMPLE_BAN" | "USER_NOT_REAL_NAME", "the user's name was not verified.";
    RefundNotExists "REFUND_NOT_EXISTS" | "REFUNDNOTEXIST", "there is no such refund.";
    OrderReversed "ORDER_REVERSED" | "ORDERREVERSED", "the order was reversed.";
    AuthCodeExpired "AUTH_CODE_EXPIRED" | "AUTHCODEEXPIRE" | "AUTHCODE_EXPIRE", "the payment code is too old.";
    AuthCodeInvalid "AUTH_CODE_INVALID" | "AUTH_CODE_ERROR", "the payment code is wrong.";
    ServiceUnavailable "SERVICE_UNAVAILABLE", "the service is not there just now.";
}

impl ErrorCode {
    /// Whether a text is one of the spellings.
    #[allow(clippy::manual_contains)]
    pub(crate) fn is_listed(text: &str) -> bool {
        // `contains` is much code for a list of numbers.
        let own = fingerprint(text);
        FINGERPRINTS.iter().any(|listed| *listed == own)
    }
}

/// FNV-1a.
const fn fingerprint(text: &str) -> u32 {
    let mut left = text.as_bytes();
    let mut sum: u32 = 0x811c_9dc5;
    while let [byte, rest @ ..] = left {
        sum = (sum ^ *byte as u32).wrapping_mul(0x0100_0193);
        left = rest;
    }
    sum
}

impl From<&str> for ErrorCode {
    fn from(text: &str) -> Self {
        Self::known(text).unwrap_or_else(|| Self::Unrecognized(text.into()))
    }
}

impl PartialEq<str> for ErrorCode {
    fn eq(&self, other: &str) -> bool {
        match self {
            Self::Unrecognized(text) => **text == *other,
            known => Self::known(other).as_ref() == Some(known),
        }
    }
}

impl PartialEq<&str> for ErrorCode {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<ErrorCode> for str {
    fn eq(&self, other: &ErrorCode) -> bool {
        *other == *self
    }
}

impl PartialEq<ErrorCode> for &str {
    fn eq(&self, other: &ErrorCode) -> bool {
        *other == **self
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_spelling_is_one_code_and_equals_it() {
        let mut seen = BTreeSet::new();
        for (text, code) in ALL {
            assert!(seen.insert(*text), "`{text}` stands twice");
            assert_eq!(&ErrorCode::from(*text), code);
            assert!(ErrorCode::is_listed(text), "{text}");
            assert!(*code == **text, "{text}");
            assert!(**text == *code, "{text}");
            assert_eq!(ErrorCode::from(code.as_str()), *code);
        }
    }

    #[test]
    fn other_codes_are_kept() {
        for text in ["A_NEW_CODE", "UPSTREAM_TIMEOUT", "", "param_error", "订单"] {
            let code = ErrorCode::from(text);
            assert_eq!(code, ErrorCode::Unrecognized(text.into()));
            assert_eq!((code.as_str(), code.advice()), (text, None));
            assert!(code == text);
            assert!(code != "PARAM_ERROR");
            assert!(!ErrorCode::is_listed(text), "{text}");
        }
        assert!(ErrorCode::ParamError != "A_NEW_CODE");
    }

    #[test]
    fn at_least_twenty_codes_have_advice() {
        let advised: BTreeSet<&str> = ALL.iter().filter_map(|(_, code)| code.advice()).collect();
        assert!(advised.len() >= 20, "{}", advised.len());
        for advice in advised {
            assert!(advice.ends_with('.'), "{advice}");
        }
    }
}
