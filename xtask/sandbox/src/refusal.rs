//! What the sandbox answers to a request that it does not accept.

use serde_json::{Map, Value, json};

/// An answer other than a success, as WeChat Pay would give it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The error code: `PARAM_ERROR`.
    pub code: &'static str,
    /// What is wrong, in a sentence.
    pub message: String,
    /// Which part of the request is wrong, where one part can be named.
    pub detail: Option<Box<Detail>>,
    /// Whether the answer is signed: it is once the sandbox knows who asks.
    pub signed: bool,
}

/// The part of a request that is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// Its name: a JSON pointer in a body or in `meta` (`/amount/total`), a parameter, a header, a part of a form or of
    /// `Authorization`.
    pub field: String,
    /// Its value as sent, where there was one.
    pub value: Option<Value>,
    /// What is wrong with it.
    pub issue: String,
    /// Where it stands: `authorization`, `header`, `path`, `query`, `body`; of an upload `form` (its parts) or `meta` (that part's
    /// members).
    pub location: &'static str,
    /// What the sandbox took the signature to cover.
    pub sign_information: Option<SignInformation>,
}

/// What the sandbox took the signature to cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInformation {
    /// The method.
    pub method: String,
    /// The path and the query as received.
    pub url: String,
    /// The beginning of the signed text.
    pub truncated_sign_message: String,
    /// How many bytes the signed text has.
    pub sign_message_length: usize,
}

impl Refusal {
    /// 401: the sandbox can't tell who asks. The answer is not signed.
    pub fn unauthenticated(detail: Detail) -> Self {
        Self {
            status: 401,
            code: "SIGN_ERROR",
            message: format!("The request is not authenticated: {}.", detail.issue),
            detail: Some(Box::new(detail)),
            signed: false,
        }
    }

    /// 400: a part of the request is not as the description says.
    pub fn parameter(detail: Detail) -> Self {
        let message = format!(
            "The {} of the request is wrong at `{}`: {}.",
            detail.location, detail.field, detail.issue
        );
        Self {
            status: 400,
            code: "PARAM_ERROR",
            message,
            detail: Some(Box::new(detail)),
            signed: true,
        }
    }

    /// 400: the request as a whole can't be taken.
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self::plain(400, "INVALID_REQUEST", message)
    }

    /// 403: who asks may not ask for this.
    pub fn no_auth(message: impl Into<String>) -> Self {
        Self::plain(403, "NO_AUTH", message)
    }

    /// 404: there is no such path.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::plain(404, "NOT_FOUND", message)
    }

    /// 404: the path is known, what it asks for is not there.
    pub fn resource_not_exists(message: impl Into<String>) -> Self {
        Self::plain(404, "RESOURCE_NOT_EXISTS", message)
    }

    /// 405: the path has other methods.
    pub fn method_not_allowed(message: impl Into<String>) -> Self {
        Self::plain(405, "METHOD_NOT_ALLOWED", message)
    }

    /// 413: the body is longer than the sandbox takes. It was not read to its end, so nobody was authenticated.
    pub fn too_large(message: impl Into<String>) -> Self {
        Self::plain(413, "INVALID_REQUEST", message).unsigned()
    }

    /// 500: the sandbox failed. This is never the client's fault.
    pub fn sandbox_failed(message: impl Into<String>) -> Self {
        Self::plain(500, "SYSTEM_ERROR", message).unsigned()
    }

    /// 501: the sandbox can't play the operation. WeChat Pay itself never answers so.
    pub fn cannot_play(operation: &str, why: &str) -> Self {
        let message = format!("The sandbox can't play {operation}: {why}.");
        Self::plain(501, "SANDBOX_CANNOT_PLAY", message).unsigned()
    }

    /// The same without a signature: nobody was authenticated yet.
    pub fn unsigned(self) -> Self {
        Self {
            signed: false,
            ..self
        }
    }

    fn plain(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            detail: None,
            signed: true,
        }
    }

    /// The body of the answer.
    pub fn to_json(&self) -> Value {
        let mut body = Map::new();
        body.insert("code".into(), self.code.into());
        body.insert("message".into(), self.message.as_str().into());
        if let Some(detail) = &self.detail {
            body.insert("detail".into(), detail.to_json());
        }
        Value::Object(body)
    }
}

impl Detail {
    /// Names a part and what is wrong with it.
    pub fn new(location: &'static str, field: impl Into<String>, issue: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            issue: issue.into(),
            location,
            value: None,
            sign_information: None,
        }
    }

    /// Adds the value that was sent.
    pub fn with_value(mut self, value: impl Into<Value>) -> Self {
        self.value = Some(value.into());
        self
    }

    fn to_json(&self) -> Value {
        let mut detail = Map::new();
        detail.insert("field".into(), self.field.as_str().into());
        if let Some(value) = &self.value {
            detail.insert("value".into(), value.clone());
        }
        detail.insert("issue".into(), self.issue.as_str().into());
        detail.insert("location".into(), self.location.into());
        if let Some(sign) = &self.sign_information {
            detail.insert("sign_information".into(), sign.to_json());
        }
        Value::Object(detail)
    }
}

impl SignInformation {
    /// Tells of a signed text.
    pub fn new(method: &str, target: &str, message: &[u8]) -> Self {
        const SHOWN: usize = 512;
        let text = String::from_utf8_lossy(message);
        Self {
            method: method.into(),
            url: target.into(),
            truncated_sign_message: text.chars().take(SHOWN).collect(),
            sign_message_length: message.len(),
        }
    }

    fn to_json(&self) -> Value {
        json!({
            "method": self.method,
            "url": self.url,
            "truncated_sign_message": self.truncated_sign_message,
            "sign_message_length": self.sign_message_length,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_part_that_is_wrong() {
        let detail = Detail::new("body", "/amount/total", "it must be an integer").with_value("1");
        let refusal = Refusal::parameter(detail);
        let body = refusal.to_json();
        assert_eq!(body["code"], "PARAM_ERROR");
        assert_eq!(
            body["detail"],
            json!({"field": "/amount/total", "value": "1", "issue": "it must be an integer", "location": "body"})
        );
    }

    #[test]
    fn a_long_signed_text_is_cut_at_a_character() {
        let message = "信".repeat(1000);
        let sign = SignInformation::new("GET", "/", message.as_bytes());
        assert_eq!(sign.sign_message_length, 3000);
        assert!(message.starts_with(&sign.truncated_sign_message));
        assert!(sign.truncated_sign_message.len() < message.len());
    }
}
