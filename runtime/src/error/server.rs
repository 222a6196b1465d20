//! The body of an error that the server answered.

use super::ErrorCode;
use serde_json::Value;

/// Bodies above this are not WeChat Pay's errors; they are kept raw, and not parsed.
const LONGEST: usize = 256 * 1024;

/// `{"code": "PARAM_ERROR", "message": "…", "detail": {…}}`, as far as it is there: any body can come with any status.
#[derive(Debug, Default)]
pub(crate) struct ServerError {
    pub(crate) code: Option<String>,
    pub(crate) known: Option<ErrorCode>,
    pub(crate) message: Option<String>,
    pub(crate) detail: Option<Value>,
}

impl ServerError {
    /// Whether the code says that the server itself failed, at whatever status.
    pub(crate) fn failed_inside(&self) -> bool {
        self.code.as_deref().is_some_and(Self::is_inside)
    }

    /// Whether a code says that the server itself failed.
    pub(crate) fn is_inside(code: &str) -> bool {
        matches!(code, "SYSTEM_ERROR" | "SYSTEMERROR")
    }

    /// Reads what can be read.
    pub(crate) fn read(body: &[u8]) -> Self {
        if body.len() > LONGEST {
            return Self::default();
        }
        let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
            return Self::default();
        };
        let code = members.remove("code").and_then(text);
        Self {
            known: code.as_deref().map(ErrorCode::from),
            code,
            message: members.remove("message").and_then(text),
            detail: members.remove("detail").filter(|detail| !detail.is_null()),
        }
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_message_and_detail_are_read() {
        let body = br#"{"code":"PARAM_ERROR","message":"no","detail":{"field":"/amount"}}"#;
        let error = ServerError::read(body);
        assert_eq!(error.code.as_deref(), Some("PARAM_ERROR"));
        assert_eq!(error.message.as_deref(), Some("no"));
        assert_eq!(error.detail, Some(serde_json::json!({"field": "/amount"})));
    }

    #[test]
    fn any_other_body_is_no_failure() {
        for body in ["", "<html>", "[1]", "{\"code\":{}}", "{\"code\":", "\u{0}"] {
            let error = ServerError::read(body.as_bytes());
            assert!(error.code.is_none() && error.message.is_none());
        }
    }
}
