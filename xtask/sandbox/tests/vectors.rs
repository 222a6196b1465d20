//! The test vectors, made by other implementations: what they signed, sealed and encrypted, the sandbox reads.

mod support;

use http::HeaderMap;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use support::api::{list, optional, path, text};
use wechatpay_codegen::model::{
    Api, Body, Identity, Method, Operation, Response, Schema, SchemaKind, Shape, ShapeId,
};
use wechatpay_sandbox::authenticate::{Signed, authenticate};
use wechatpay_sandbox::play::{DEFAULT_FAMILY, Incoming, Stage};
use wechatpay_sandbox::seal::{SealedResource, decrypt_field, encrypt_field, open};
use wechatpay_sandbox::sign::{reply_message, request_message, sign, verify};
use wechatpay_sandbox::target::{decode_pairs, split};
use wechatpay_sandbox::{
    BrandMaterial, Clock, KeyMaterial, PlatformMaterial, SandboxKeys, Verdict,
};

fn file(name: &str) -> String {
    let own = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../runtime/tests/vectors");
    let directory = std::env::var_os("WECHATPAY_VECTORS").map_or_else(own, PathBuf::from);
    let path = directory.join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(name: &str) -> Value {
    serde_json::from_str(&file(name)).expect("JSON")
}

fn cases(name: &str) -> Vec<Value> {
    let Value::Array(cases) = json(name) else {
        panic!("{name} is no list")
    };
    assert!(!cases.is_empty());
    cases
}

fn string(case: &Value, name: &str) -> String {
    let text = case[name].as_str();
    text.unwrap_or_else(|| panic!("no {name} in {case}"))
        .to_owned()
}

fn now() -> i64 {
    json("keys/keys.json")["now"].as_i64().expect("a time")
}

/// The vectors' keys.
fn keys() -> SandboxKeys {
    keys_with_brand(None)
}

/// The vectors' keys, and the brand of a case, which signs with the merchant's.
fn keys_of(case: &Value) -> SandboxKeys {
    keys_with_brand(case["brand_id"].as_str())
}

fn keys_with_brand(brand_id: Option<&str>) -> SandboxKeys {
    let index = json("keys/keys.json");
    let key = |name: &str| file(&format!("keys/{name}.key.pem"));
    let certificate = |name: &str| file(&format!("keys/{name}.crt.pem"));
    let platform = |name: &str| PlatformMaterial {
        certificate: certificate(name),
        private_key: key(name),
    };
    let material = KeyMaterial {
        mchid: string(&index, "mchid"),
        merchant_private_key: key("merchant.pkcs1"),
        merchant_certificate: certificate("merchant"),
        brand: brand_id.map(|brand_id| BrandMaterial {
            brand_id: brand_id.into(),
            private_key: key("merchant"),
            certificate: certificate("merchant"),
        }),
        platform_certificates: vec![platform("platform-old"), platform("platform-new")],
        public_key_id: string(&index["serials"], "platform-public"),
        public_key_private_key: key("platform-public"),
        apiv3_key: string(&index, "apiv3_key"),
    };
    SandboxKeys::from_material(material).expect("the vectors' keys")
}

#[test]
fn vectors_of_keys_have_their_serial_numbers() {
    let serials = &json("keys/keys.json")["serials"];
    let keys = keys();
    assert_eq!(keys.merchant().serial_no(), string(serials, "merchant"));
    let platform: Vec<_> = keys
        .platform_certificates()
        .iter()
        .map(|one| one.serial_no())
        .collect();
    assert_eq!(
        platform,
        [
            string(serials, "platform-old"),
            string(serials, "platform-new")
        ]
    );
    let public_key = keys.client_material().expect("material").public_key;
    assert_eq!(
        public_key.trim(),
        file("keys/platform-public.pub.pem").trim()
    );
}

#[test]
fn vectors_of_requests_are_signed_alike() {
    let keys = keys();
    for case in cases("v3-request.json") {
        let part = |name| string(&case, name);
        let body = part("body");
        let message = request_message(
            &part("method"),
            &part("url"),
            &part("timestamp"),
            &part("nonce_str"),
            body.as_bytes(),
        );
        assert_eq!(message, part("message").as_bytes());
        let signature = sign(keys.merchant().private_key(), &message).expect("a signature");
        assert_eq!(signature, part("signature"));
    }
}

#[test]
fn vectors_of_requests_authenticate_and_altered_ones_do_not() {
    let now = now();
    for case in cases("v3-request.json") {
        let keys = keys_of(&case);
        let (method, url) = (string(&case, "method"), string(&case, "url"));
        let (body, header) = (string(&case, "body"), string(&case, "authorization"));
        let good = Signed {
            method: &method,
            target: &url,
            body: body.as_bytes(),
            authorization: Some(&header),
        };
        let caller = authenticate(&keys, now, good).expect("a good request");
        let expected = match case["brand_id"].as_str() {
            Some(id) => (Identity::Brand, id.to_owned()),
            None => (Identity::Merchant, keys.merchant().id().to_owned()),
        };
        assert_eq!((caller.identity, caller.id), expected);

        let (longer, other_target) = (format!("{body} "), format!("{url}&"));
        let other_nonce = header.replacen("nonce_str=\"", "nonce_str=\"0", 1);
        let altered = [
            Signed {
                method: "PURGE",
                ..good
            },
            Signed {
                target: &other_target,
                ..good
            },
            Signed {
                body: longer.as_bytes(),
                ..good
            },
            Signed {
                authorization: Some(&other_nonce),
                ..good
            },
            Signed {
                authorization: None,
                ..good
            },
        ];
        for request in altered {
            assert!(authenticate(&keys, now, request).is_err(), "{request:?}");
        }
        assert!(authenticate(&keys, now + 100_000, good).is_err());
    }
}

/// An API that has just the request of a case: the last segment of its path is a variable, the body is anything.
fn api_of(case: &Value) -> Api {
    let anything = ShapeId {
        product: "payscore".into(),
        name: "Anything".into(),
    };
    let url = string(case, "url");
    let (path_text, query) = split(&url);
    let (stem, _) = path_text.rsplit_once('/').expect("a path");
    let template = format!("{stem}/{{last}}");
    let method = string(case, "method");
    let method = Method::ALL
        .into_iter()
        .find(|one| one.as_str() == method)
        .expect("a method");
    let pairs = decode_pairs(query.unwrap_or_default()).expect("a query");
    let mut times = BTreeMap::<_, usize>::new();
    for (name, _) in &pairs {
        *times.entry(name.as_str()).or_default() += 1;
    }
    let query = times.into_iter().map(|(name, times)| {
        let one = text(None);
        optional(name, if times == 1 { one } else { list(one) })
    });
    let operation = Operation {
        query: query.collect(),
        body: (!string(case, "body").is_empty()).then(|| Body::Ref(anything.clone())),
        responses: BTreeMap::from([(204, Response::Empty)]),
        ..Operation::default()
    };
    let mut item = path(&template, method, operation);
    if case["brand_id"].is_string() {
        item.identity = Identity::Brand;
    }
    let schema = Schema::new(SchemaKind::Any);
    Api {
        shapes: BTreeMap::from([(anything, Shape { schema })]),
        paths: BTreeMap::from([(template, item)]),
        ..Api::default()
    }
}

#[test]
fn vectors_of_requests_are_played() {
    for case in &cases("v3-request.json") {
        let mut stage = Stage::new(api_of(case), keys_of(case));
        stage.clock = Clock::fixed(now());
        let mut headers = HeaderMap::new();
        let known = [
            ("authorization", string(case, "authorization")),
            ("accept", "application/json".into()),
            ("user-agent", "vectors".into()),
            ("content-type", "application/json".into()),
        ];
        for (name, value) in known {
            headers.insert(name, value.parse().expect("a header's value"));
        }
        let (method, target) = (string(case, "method"), string(case, "url"));
        let exchange = stage.play(Incoming {
            family: DEFAULT_FAMILY,
            method: &method,
            target: &target,
            headers: &headers,
            body: string(case, "body").as_bytes(),
        });
        assert_eq!(
            exchange.verdict,
            Verdict::Answered(204),
            "{method} {target}"
        );
    }
}

#[test]
fn vectors_of_replies_verify_as_expected() {
    let keys = keys();
    let mut seen = 0;
    for case in cases("v3-reply.json") {
        let expected = match case["expect"].as_str() {
            Some("ok") => true,
            Some("bad_signature") => false,
            _ => continue,
        };
        assert_eq!(verifies(&keys, &case), expected, "{}", case["name"]);
        seen += 1;
    }
    assert!(seen > 0);
}

/// Whether the signature of a reply is that of the key that it names.
fn verifies(keys: &SandboxKeys, reply: &Value) -> bool {
    let headers: BTreeMap<_, _> = reply["headers"]
        .as_object()
        .expect("headers")
        .iter()
        .map(|(name, value)| (name.to_lowercase(), value.as_str().expect("a text")))
        .collect();
    let header = |name: &str| headers[&format!("wechatpay-{name}")];
    let key = keys.platform_key(header("serial")).expect("a known key");
    let body = string(reply, "body");
    let message = reply_message(header("timestamp"), header("nonce"), body.as_bytes());
    verify(
        key.private_key.as_public_key(),
        &message,
        header("signature"),
    )
}

#[test]
fn vectors_of_resources_open_as_expected() {
    let keys = keys();
    for case in cases("v3-resource.json") {
        let resource = resource(&case);
        let opened = open(keys.apiv3_key(), &resource);
        match case["expect"].as_str() {
            Some("ok") => {
                let plaintext = opened.expect("an open resource");
                assert_eq!(plaintext, string(&case, "plaintext").as_bytes());
            }
            _ => assert!(opened.is_err(), "{case}"),
        }
    }
}

#[test]
fn vectors_of_certificates_open() {
    let keys = keys();
    let reply = json("v3-certificates.json");
    assert!(verifies(&keys, &reply), "the reply's signature");
    let body: Value = serde_json::from_str(&string(&reply, "body")).expect("JSON");
    let data = body["data"].as_array().expect("a list");
    let serials: Vec<_> = data.iter().map(|item| &item["serial_no"]).collect();
    let expected: Vec<_> = reply["expect_serials"]
        .as_array()
        .expect("a list")
        .iter()
        .collect();
    assert_eq!(serials, expected);
    for item in data {
        let serial_no = string(item, "serial_no");
        let mut all = keys.platform_certificates().iter();
        let own = all.find(|own| own.serial_no() == serial_no);
        let opened = open(keys.apiv3_key(), &resource(&item["encrypt_certificate"]));
        let pem = String::from_utf8(opened.expect("an open resource")).expect("a text");
        assert_eq!(pem.trim(), own.expect("a known certificate").pem().trim());
    }
}

fn resource(case: &Value) -> SealedResource {
    SealedResource {
        algorithm: string(case, "algorithm"),
        nonce: string(case, "nonce"),
        associated_data: case["associated_data"].as_str().unwrap_or_default().into(),
        ciphertext: string(case, "ciphertext"),
    }
}

#[test]
fn vectors_of_sensitive_fields_are_decrypted_as_expected() {
    let keys = keys();
    for case in cases("v3-sensitive.json") {
        let key = match string(&case, "key").as_str() {
            "merchant" => keys.merchant().private_key(),
            name => {
                let serial = string(&json("keys/keys.json")["serials"], name);
                keys.platform_key(&serial).expect("a key").private_key
            }
        };
        match case["expect"].as_str() {
            Some("ok") => {
                let plaintext = decrypt_field(key, &string(&case, "ciphertext"));
                assert_eq!(plaintext.expect("a plaintext"), string(&case, "plaintext"));
            }
            Some("too_long") => {
                let plaintext = string(&case, "plaintext");
                assert!(encrypt_field(key.as_public_key(), &plaintext).is_err());
            }
            _ => assert!(
                decrypt_field(key, &string(&case, "ciphertext")).is_err(),
                "{case}"
            ),
        }
    }
}
