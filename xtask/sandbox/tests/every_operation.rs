//! Every operation of the description that travels as JSON can be played: an example request is accepted, and its answer is as
//! described.

mod support;

use http::{HeaderMap, HeaderName, HeaderValue};
use std::path::PathBuf;
use support::example_request::{ExampleRequest, RequestMaker, operations};
use wechatpay_codegen::model::{Identity, Method, Operation, PathItem, Response, Wire};
use wechatpay_sandbox::check_value::{Checker, Secrets, schema_of};
use wechatpay_sandbox::example::Fields;
use wechatpay_sandbox::keys::SigningIdentity;
use wechatpay_sandbox::play::{DEFAULT_FAMILY, Exchange, Incoming, Stage};
use wechatpay_sandbox::sign::{request_message, sign};
use wechatpay_sandbox::{Clock, SandboxKeys, Verdict};

const NOW: i64 = 1_700_000_000;

fn stage() -> Stage {
    let spec = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let api = wechatpay_codegen::read_dir(&spec).expect("a good description");
    let mut stage = Stage::new(api, SandboxKeys::shared().expect("keys"));
    stage.clock = Clock::fixed(NOW);
    stage
}

#[test]
fn example_requests_are_answered_as_described() {
    let stage = stage();
    let json = |item: &PathItem, operation: &Operation| item.wire == Wire::Json && !operation.link;
    let mut problems = Vec::new();
    for (item, method, operation) in operations(stage.api()) {
        if !json(item, operation) {
            continue;
        }
        let make = |fields| {
            let maker = RequestMaker {
                api: stage.api(),
                keys: &stage.keys,
                fields,
            };
            maker.make(item, operation)
        };
        let mut requests = vec![make(Fields::Required), make(Fields::All)];
        requests.dedup();
        for request in requests {
            let exchange = play(&stage, item, method, &request);
            if let Err(problem) = judge(&stage, item, operation, &exchange) {
                let name = format!("{} {}", method.as_str(), request.target);
                problems.push(format!("{name}: {problem}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn play(stage: &Stage, item: &PathItem, method: Method, request: &ExampleRequest) -> Exchange {
    let (scheme, id_name) = match item.identity {
        Identity::Merchant => ("WECHATPAY2-SHA256-RSA2048", "mchid"),
        Identity::Brand => ("WECHATPAY-BRAND-SHA256-RSA2048", "brand_id"),
    };
    let signer = signer(&stage.keys, item.identity);
    let (method, now) = (method.as_str(), NOW.to_string());
    let message = request_message(method, &request.target, &now, "nonce", &request.signed);
    let signature = sign(signer.private_key(), &message).expect("a signature");
    let authorization = format!(
        r#"{scheme} {id_name}="{}",nonce_str="nonce",signature="{signature}",timestamp="{now}",serial_no="{}""#,
        signer.id(),
        signer.serial_no(),
    );
    let mut headers = HeaderMap::new();
    let own = request.headers.iter();
    for (name, value) in own.chain([&("Authorization".to_owned(), authorization)]) {
        let name: HeaderName = name.parse().expect("a header's name");
        headers.insert(
            name,
            HeaderValue::from_str(value).expect("a header's value"),
        );
    }
    stage.play(Incoming {
        family: item.host.as_deref().unwrap_or(DEFAULT_FAMILY),
        method,
        target: &request.target,
        headers: &headers,
        body: &request.body,
    })
}

fn judge(
    stage: &Stage,
    item: &PathItem,
    operation: &Operation,
    exchange: &Exchange,
) -> Result<(), String> {
    let Verdict::Answered(status) = exchange.verdict else {
        return Err(String::from_utf8_lossy(&exchange.body).into_owned());
    };
    let Some(response) = operation.responses.get(&status) else {
        return Err(format!("{status} is not described"));
    };
    let schema = match response {
        Response::Empty | Response::File => {
            let empty = *response == Response::Empty;
            let fits = exchange.body.is_empty() == empty;
            return fits.then_some(()).ok_or_else(|| "its body".to_owned());
        }
        Response::Body(body) => schema_of(body),
        Response::Value(schema) => (**schema).clone(),
    };
    let body = serde_json::from_slice(&exchange.body).map_err(|error| error.to_string())?;
    let reader = signer(&stage.keys, item.identity).private_key();
    let checker = Checker::new(stage.api(), Secrets::EncryptedFor(reader));
    let checked = checker.check(&schema, &body, "");
    checked.map(drop).map_err(|problem| format!("{problem:?}"))
}

fn signer(keys: &SandboxKeys, identity: Identity) -> &SigningIdentity {
    match identity {
        Identity::Merchant => keys.merchant(),
        Identity::Brand => keys.brand().expect("a brand"),
    }
}
