//! What the calls of all operations have in common. What is generic here is compiled once an operation, so it is little.
//!
//! Cases, and what is made for them, are never freed: the program ends with them.

use crate::outcome::{self, Reported};
use serde::Deserialize;
use serde_json::Value as Json;
use std::future::Future;
use std::pin::Pin;
use wechatpay_openapi::emitted::{Call, Value, deserialize};
use wechatpay_openapi::{Error, Reply, Sending, WechatPay};

/// A call to be made.
#[derive(Deserialize)]
pub struct Case {
    pub id: usize,
    pub operation: String,
    pub is_example: bool,
    pub strict: bool,
    pub variables: Vec<String>,
    pub request: Option<Json>,
}

/// An operation with the functions that call it.
pub struct Playable {
    pub operation: &'static str,
    pub play: Play,
    pub example: Play,
}

/// Begins a call.
pub type Play = fn(&'static WechatPay, &'static Case) -> Playing;

/// A call on its way, which gives its outcome as JSON; or why it could not be begun.
pub type Playing = Result<Pin<Box<dyn Future<Output = Json> + Send>>, String>;

impl Case {
    /// A variable of the path; an empty one, which the client refuses, where the case has too few.
    pub fn variable(&self, index: usize) -> &str {
        self.variables.get(index).map_or("", String::as_str)
    }
}

/// The request of a case as the operation's type.
pub fn request<Q: Value + 'static>(case: &Case) -> Result<&'static Q, String> {
    let given = case.request.as_ref().unwrap_or(&Json::Null);
    match deserialize::<Q, _>(given) {
        Ok(request) => Ok(keep(request)),
        Err(error) => Err(format!("the request is not of the operation's type: {error}")),
    }
}

/// Keeps a value until the program ends.
pub fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Sends a call, marked with its case.
pub fn play<R: Value + 'static>(case: &'static Case, call: Call<'static, R>) -> Playing {
    let call = call.header("X-Conformance-Case", case.id.to_string());
    let call = if case.strict { call.strict() } else { call };
    Ok(Box::pin(report(case, call.into_future())))
}

async fn report<R: Value>(case: &'static Case, sending: Sending<'static, R>) -> Json {
    reported(case, sending.await)
}

fn reported<R: Value>(case: &Case, outcome: Result<Reply<R>, Error>) -> Json {
    match outcome {
        Ok(reply) => {
            let (status, drift) = (reply.status(), reply.drift().to_vec());
            let mut body = reply.into_body();
            outcome::success(case, Reported { status, drift, body: &mut body })
        }
        Err(error) => outcome::failure(case, &error),
    }
}
