use super::*;
use crate::conformance::facts::plan::{self, Plan};
use crate::conformance::facts::request::{FILE, FILE_NAME};
use crate::conformance::facts::upload::Algorithm;
use base64::Engine as _;
use http::HeaderName;
use serde_json::json;
use wechatpay_sandbox::sign;

/// A request as a client sends it, for tests to spoil.
struct Sent {
    family: &'static str,
    method: &'static str,
    target: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// What is signed.
    signed: Vec<u8>,
    by_brand: bool,
}

fn keys() -> SandboxKeys {
    SandboxKeys::shared().expect("keys")
}

fn encrypted(text: &str) -> String {
    seal::encrypt_field(keys().platform_public_key().public_key(), text).expect("encrypted")
}

fn operation(line: Value) -> (Operation, Plan) {
    let operation = Operation::of(serde_json::from_value(line).expect("a line")).expect("known");
    let mut plans = Vec::new();
    plan::add(&mut plans, 0, &operation).expect("cases");
    // The case with every field.
    (operation, plans.swap_remove(1))
}

fn order() -> (Operation, Plan) {
    let secret = json!({"type": "string", "sensitive": true, "example": "张三", "required": true});
    operation(json!({
        "method": "POST", "path": "/v3/orders/{id}/notes/", "title": "x",
        "params": [
            {"name": "id", "in": "path", "type": "string", "enum": ["a/单"]},
            {"name": "page", "in": "query", "type": "integer", "example": 2},
            {"name": "ids", "in": "query", "type": "array", "items": {"type": "string"}, "example": ["x", "y&"]},
            {"name": "who", "in": "query", "type": "string", "sensitive": true, "example": "李四"},
            {"name": "held", "in": "query", "type": "string", "json": {"type": "object", "fields": {
                "a": {"type": "integer", "example": 1}}}},
            {"name": "Accept-Encoding", "in": "header", "type": "string", "example": "gzip"},
            {"name": "Wechatpay-Serial", "in": "header", "type": "string", "required": true},
            {"name": "Idempotency-Key", "in": "header", "type": "string", "required": true},
        ],
        "body": {"type": "object", "fields": {"name": secret, "total": {"type": "integer", "example": 5}}},
        "responses": {"204": {}},
    }))
}

fn sent_order() -> Sent {
    let who = encrypted("李四")
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    let body = json!({"total": 5, "name": encrypted("张三")})
        .to_string()
        .into_bytes();
    Sent {
        family: "default",
        method: "POST",
        target: format!(
            "/v3/orders/a%2F%E5%8D%95/notes/?ids=x&ids=y%26&page=2&who={who}&held=%7B%22a%22%3A%201%7D"
        ),
        headers: vec![
            ("Content-Type", "application/json".to_owned()),
            ("Accept", "application/json".to_owned()),
            ("User-Agent", "test".to_owned()),
            ("Accept-Encoding", "gzip".to_owned()),
            ("Idempotency-Key", "k".to_owned()),
            (
                "Wechatpay-Serial",
                keys().platform_public_key().id().to_owned(),
            ),
        ],
        signed: body.clone(),
        body,
        by_brand: false,
    }
}

impl Sent {
    fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        if !value.is_empty() {
            self.headers.push((name, value.to_owned()));
        }
        self
    }

    fn target(mut self, from: &str, to: &str) -> Self {
        self.target = self.target.replacen(from, to, 1);
        self
    }

    fn body(mut self, body: Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.signed.clone_from(&self.body);
        self
    }

    fn authorization(&self) -> String {
        let keys = keys();
        let (scheme, id, signer) = match self.by_brand {
            true => (
                "WECHATPAY-BRAND-SHA256-RSA2048",
                "brand_id",
                keys.brand().expect("a brand"),
            ),
            false => ("WECHATPAY2-SHA256-RSA2048", "mchid", keys.merchant()),
        };
        let now = Clock::system().now().to_string();
        let message = sign::request_message(self.method, &self.target, &now, "n", &self.signed);
        let signature = sign::sign(signer.private_key(), &message).expect("signed");
        format!(
            "{scheme} {id}=\"{}\",nonce_str=\"n\",timestamp=\"{now}\",serial_no=\"{}\",signature=\"{signature}\"",
            signer.id(),
            signer.serial_no()
        )
    }

    async fn problems(&self, (operation, plan): &(Operation, Plan)) -> Vec<String> {
        let mut headers = HeaderMap::new();
        let authorization = ("Authorization", self.authorization());
        for (name, value) in self.headers.iter().chain([&authorization]) {
            let name: HeaderName = name.parse().expect("a name");
            headers.insert(name, value.parse().expect("a value"));
        }
        let received = Received {
            family: self.family,
            method: self.method,
            target: &self.target,
            headers: &headers,
            body: &self.body,
        };
        super::problems(operation, &plan.case, &keys(), &received).await
    }
}

#[tokio::test]
async fn what_was_given_is_found_where_it_belongs() {
    assert_eq!(sent_order().problems(&order()).await, Vec::<String>::new());
}

#[tokio::test]
async fn each_fault_is_found() {
    let name = encrypted("张三");
    let faults = [
        (
            Sent {
                family: "hong-kong",
                ..sent_order()
            },
            "the host hong-kong",
        ),
        (
            Sent {
                method: "PUT",
                ..sent_order()
            },
            "sent by PUT",
        ),
        (
            Sent {
                by_brand: true,
                ..sent_order()
            },
            "who must not",
        ),
        (
            Sent {
                signed: Vec::new(),
                ..sent_order()
            },
            "not authenticated",
        ),
        (sent_order().target("a%2F", "b%2F"), "the path"),
        (sent_order().target("notes/", "notes"), "the path"),
        (
            sent_order().target("page=2", "page=02"),
            "page: given [2], found [\"02\"]",
        ),
        (
            sent_order().target("&page=2", ""),
            "page: given [2], found []",
        ),
        (
            sent_order().target("ids=x&ids=y%26", "ids=y%26&ids=x"),
            "ids: given",
        ),
        (sent_order().target("who=", "who=x"), "who: "),
        (sent_order().target("%201%7D", "%202%7D"), "held: given"),
        (
            sent_order().target("page=2", "page=2&more=1"),
            "more, which is not described",
        ),
        (
            sent_order().header("Accept-Encoding", ""),
            "Accept-Encoding: given",
        ),
        (sent_order().header("Accept", "*/*"), "Accept is"),
        (sent_order().header("User-Agent", ""), "no User-Agent"),
        (
            sent_order().header("Content-Type", "text/plain"),
            "Content-Type is",
        ),
        (
            sent_order().header("Idempotency-Key", ""),
            "Idempotency-Key is",
        ),
        (sent_order().header("Wechatpay-Serial", ""), "names no key"),
        (
            sent_order().header("Wechatpay-Serial", "PUB_KEY_ID_0"),
            "names no key of the host",
        ),
        (
            sent_order().body(json!({"total": 5, "name": "张三"})),
            "name: ",
        ),
        (sent_order().body(json!({"total": 5})), "name: it was lost"),
        (
            sent_order().body(json!({"total": 6, "name": name})),
            "total: expected 5",
        ),
        (
            sent_order().body(json!({"total": 5, "name": name, "x": null})),
            "x: it was added",
        ),
    ];
    for (sent, told) in faults {
        let problems = sent.problems(&order()).await;
        assert!(
            problems.iter().any(|problem| problem.contains(told)),
            "{told}: {problems:?}"
        );
    }
}

fn upload() -> (Operation, Plan) {
    operation(json!({
        "method": "POST", "path": "/brand/files", "title": "x", "auth": "brand", "consumes": "multipart/form-data",
        "params": [
            {"name": "meta", "in": "formData", "type": "object", "fields": {
                "file_name": {"type": "string"}, "file_digest": {"type": "string"},
                "item": {"type": "integer", "example": 7},
            }},
            {"name": "data", "in": "formData", "type": "file", "required": true},
            {"name": "record", "in": "formData", "type": "string", "example": 56},
        ],
        "responses": {"200": {"type": "object", "fields": {"id": {"type": "string"}}}},
    }))
}

fn sent_upload(meta: &Value, media: &str, file: &[u8], record: &str) -> Sent {
    let meta = meta.to_string();
    let head = format!(
        "--B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: {media}\r\n\r\n{meta}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"record\"\r\n\r\n{record}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"data\"; filename=\"{FILE_NAME}\"\r\n\r\n"
    );
    Sent {
        family: "default",
        method: "POST",
        target: "/brand/files".to_owned(),
        headers: Vec::new(),
        body: [head.as_bytes(), file, b"\r\n--B--\r\n"].concat(),
        signed: meta.into_bytes(),
        by_brand: true,
    }
    .header("Content-Type", "multipart/form-data; boundary=B")
    .header("Accept", "application/json")
    .header("User-Agent", "test")
}

#[tokio::test]
async fn an_upload_is_taken_apart() {
    let digest = Algorithm::Sha256.digest(FILE);
    let good = json!({"file_name": FILE_NAME, "file_digest": digest, "item": 7});
    let problems = async |meta: &Value, media, file, record| {
        sent_upload(meta, media, file, record)
            .problems(&upload())
            .await
            .join("\n")
    };
    let json = "application/json";
    assert_eq!(problems(&good, json, FILE, "56").await, "");
    for (meta, media, file, record, told) in [
        (
            json!({"file_name": FILE_NAME, "file_digest": "0", "item": 7}),
            json,
            FILE,
            "56",
            "digest by Sha256",
        ),
        (
            json!({"file_name": "x", "file_digest": digest, "item": 7}),
            json,
            FILE,
            "56",
            "the file's name",
        ),
        (
            json!({"file_name": FILE_NAME, "file_digest": digest}),
            json,
            FILE,
            "56",
            "item: it was lost",
        ),
        (
            good.clone(),
            "text/plain",
            FILE,
            "56",
            "not application/json",
        ),
        (good.clone(), json, b"other", "56", "the file's bytes"),
        (good.clone(), json, FILE, "57", "the part record"),
    ] {
        let problems = problems(&meta, media, file, record).await;
        assert!(problems.contains(told), "{told}: {problems}");
    }
    let whole = Sent {
        signed: b"{}".to_vec(),
        ..sent_upload(&good, json, FILE, "56")
    };
    let problems = whole.problems(&upload()).await.join("\n");
    assert!(problems.contains("not authenticated"), "{problems}");
}

#[test]
fn the_file_of_a_case_is_the_one_that_is_looked_for() {
    let (_, plan) = upload();
    let request = plan.case.request.expect("a request");
    let content = base64::engine::general_purpose::STANDARD.encode(FILE);
    assert_eq!(
        request["data"],
        json!({"file_name": FILE_NAME, "content": content})
    );
    assert_eq!(request["record"], "56");
}
