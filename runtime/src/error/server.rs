//! The body of an error that the server answered.

use super::ErrorCode;
use crate::drift::{Drift, DriftKind};
use crate::emitted as rt;
use crate::read;
use core::any::Any;
use serde_json::Value;
use std::sync::OnceLock;

/// Bodies above this are not WeChat Pay's errors; they are kept raw, and not parsed.
const LONGEST: usize = 256 * 1024;

/// `{"code": "PARAM_ERROR", "message": "…", "detail": {…}}`, as far as it is there: any body can come with any status.
#[derive(Debug, Default)]
pub(crate) struct ServerError {
    pub(crate) code: Option<String>,
    /// Whether the code came as another value than a text, which WeChat Pay's never do: a gateway's may be its status.
    is_foreign: bool,
    known: OnceLock<Option<ErrorCode>>,
    pub(crate) message: Option<String>,
    detail: OnceLock<Detail>,
}

/// A [`Value`], or nothing. Its type is forgotten, so that a program that never asks for details does not carry what drops them.
type Detail = Option<Box<dyn Any + Send + Sync>>;

/// The members that are read of every error.
struct Words {
    code: Option<String>,
    message: Option<String>,
}

crate::object_impls!(Words "Words" plain "code\nmessage"; [code message]);

impl ServerError {
    /// The code as one of the enumeration. It is made when it is first asked for, so that a program that never does carries no list of codes.
    pub(crate) fn known(&self) -> Option<&ErrorCode> {
        let known = || self.code.as_deref().map(ErrorCode::from);
        self.known.get_or_init(known).as_ref()
    }

    /// Whether there is a code of WeChat Pay's: one that is listed or, at 401, any text. Who is not known gets no signature, and is told so
    /// before anything is done.
    pub(crate) fn has_own_code(&self, status: u16) -> bool {
        let code = self.code.as_deref().filter(|_| !self.is_foreign);
        code.is_some_and(|code| status == 401 || ErrorCode::is_listed(code))
    }

    /// Whether the code says, at whatever status, that the server itself failed, or the bank behind it: nobody knows what was done then.
    pub(crate) fn failed_inside(&self) -> bool {
        let code = self.code.as_deref();
        code.is_some_and(|code| Self::is_inside(code) || matches!(code, "BANK_ERROR" | "BANKERROR"))
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
        let mut words: Words = rt::Value::empty();
        match read::json(body, rt::Value::slot(&mut words), &read::Opener::Nobody) {
            Ok(drift) => Self {
                code: words.code,
                is_foreign: drift.iter().any(is_foreign_code),
                known: OnceLock::new(),
                message: words.message,
                detail: OnceLock::new(),
            },
            Err(_) => Self::default(),
        }
    }

    /// The details that stand in a body, which is the one that was read before. They are read when they are first asked for.
    pub(crate) fn detail(&self, body: &[u8]) -> Option<&Value> {
        let detail = self.detail.get_or_init(|| {
            let detail = details(body)?;
            Some(Box::new(detail))
        });
        detail.as_ref()?.downcast_ref()
    }
}

fn is_foreign_code(drift: &Drift) -> bool {
    drift.path == "code" && matches!(drift.kind, DriftKind::Lenient { .. })
}

fn details(body: &[u8]) -> Option<Value> {
    if body.len() > LONGEST {
        return None;
    }
    let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
        return None;
    };
    members.remove("detail").filter(|detail| !detail.is_null())
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
        let detail = serde_json::json!({"field": "/amount"});
        assert_eq!(error.detail(body), Some(&detail));
        assert_eq!(error.detail(body), Some(&detail));
    }

    #[test]
    fn any_other_body_is_no_failure() {
        for body in ["", "<html>", "[1]", "{\"code\":{}}", "{\"code\":", "\u{0}"] {
            let error = ServerError::read(body.as_bytes());
            assert!(error.code.is_none() && error.message.is_none());
            assert!(error.detail(body.as_bytes()).is_none());
        }
    }
}
