//! One exchange, from the request received to the answer signed. No socket here.

use crate::alteration::{Alteration, Answering};
use crate::answer::{Answer, Cast, Content, answer, why_not};
use crate::authenticate::{Signed, authenticate};
use crate::bill::SandboxBill;
use crate::check_request::{Accepted, Parts, WECHATPAY_SERIAL, check_request, header};
use crate::example::SealedCertificate;
use crate::fault::answer::Signing;
use crate::fault::{Fault, SignatureFault};
use crate::form::Form;
use crate::keys::{PlatformKey, random_text};
use crate::log::Verdict;
use crate::refusal::Refusal;
use crate::route::{Route, Router};
use crate::tampering::Tampering;
use crate::{Clock, Error, SandboxKeys, sign, target};
use http::HeaderMap;
use rand::RngExt as _;
use std::sync::Arc;
use wechatpay_codegen::model::{Api, Identity};

/// The host family of whatever names no other.
pub const DEFAULT_FAMILY: &str = "default";

/// Which of the platform's keys signs answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlatformKeyMode {
    /// The public key alone, as for new merchants: `GET /v3/certificates` answers 404.
    PublicKey,
    /// A platform certificate: that which the request names by `Wechatpay-Serial`, else the newest.
    Certificate,
    /// The newest platform certificate, whatever the request names: the others are on their way out.
    NewestCertificate,
}

/// Who plays: the description, the keys, the clock. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Stage {
    api: Arc<Api>,
    router: Arc<Router>,
    /// The keys of both sides.
    pub keys: SandboxKeys,
    /// The clock.
    pub clock: Clock,
    /// Which of the platform's keys signs answers. `None`: that which the request names by `Wechatpay-Serial`, else the public key.
    pub platform_key_mode: Option<PlatformKeyMode>,
    /// How many rows the bills have that answers lead to.
    pub bill_rows: u64,
    /// What is done to answers before they are signed.
    pub alteration: Alteration,
    /// What is done to answers after they are signed.
    pub tampering: Tampering,
}

/// A request as it was received.
#[derive(Clone, Copy)]
pub struct Incoming<'a> {
    /// The host family that it was sent to.
    pub family: &'a str,
    /// The method.
    pub method: &'a str,
    /// The path and the query as sent.
    pub target: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body as sent.
    pub body: &'a [u8],
}

/// An answer as it will be sent, and how it came about.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The operation that was meant, as its description names it.
    pub operation: Option<String>,
    /// What the request says, where it was accepted.
    pub accepted: Option<Accepted>,
    /// What became of the request.
    pub verdict: Verdict,
    /// The headers of the answer, all but those that HTTP itself needs.
    pub headers: Vec<(&'static str, String)>,
    /// The body of the answer.
    pub body: Vec<u8>,
    /// The `Request-ID`.
    pub request_id: String,
}

impl Stage {
    /// Plays an API by the machine's clock, with any of the platform's keys, and alters nothing.
    pub fn new(api: Api, keys: SandboxKeys) -> Self {
        Self {
            router: Arc::new(Router::new(&api)),
            api: Arc::new(api),
            keys,
            clock: Clock::system(),
            platform_key_mode: None,
            bill_rows: 3,
            alteration: Alteration::default(),
            tampering: Tampering::default(),
        }
    }

    /// The description.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// The name of the operation that a request means.
    pub fn operation(&self, method: &str, target: &str) -> Option<String> {
        let (path, _) = target::split(target);
        let route = self.router.route(&self.api, method, path);
        route.as_ref().ok().map(Route::name)
    }

    /// Answers a request.
    pub fn play(&self, incoming: Incoming<'_>) -> Exchange {
        self.play_with(incoming, None)
    }

    /// Answers a request, where it is accepted, as a fault would have it. A fault of the line changes nothing here.
    pub fn play_with(&self, incoming: Incoming<'_>, fault: Option<&Fault>) -> Exchange {
        let (path, query) = target::split(incoming.target);
        let route = self.router.route(&self.api, incoming.method, path);
        let operation = route.as_ref().ok().map(Route::name);
        let unsigned_success = route
            .as_ref()
            .is_ok_and(|route| route.operation.response_unsigned);
        let outcome = self.outcome(route, query, incoming);
        let mut exchange = match outcome {
            Ok((answer, accepted)) => {
                let mut exchange = exchange(Verdict::Answered(answer.status), answer.content);
                exchange.accepted = Some(accepted);
                exchange
            }
            Err(refusal) => refused(refusal),
        };
        exchange.operation = operation;
        let (mut signed, fault) = match &exchange.verdict {
            Verdict::Refused(refusal) => (refusal.signed, None),
            Verdict::Answered(_) | Verdict::Faulty(_) => (!unsigned_success, fault),
        };
        if let Some(Fault::Answer(fault)) = fault {
            signed = match fault.apply(&mut exchange, self.clock.now()) {
                Signing::AsBefore => signed,
                Signing::Signed => true,
                Signing::Unsigned => false,
            };
        }
        let spoiled = match fault {
            Some(Fault::Signature(fault)) => Some(*fault),
            _ => None,
        };
        let mut exchange = match signed {
            true => self.sign(exchange, incoming.headers, spoiled),
            false => exchange,
        };
        self.tampering.apply(&mut exchange.body);
        exchange
    }

    fn outcome(
        &self,
        route: Result<Route<'_>, Refusal>,
        query: Option<&str>,
        incoming: Incoming<'_>,
    ) -> Result<(Answer, Accepted), Refusal> {
        if let Some((route, why)) = route
            .as_ref()
            .ok()
            .and_then(|route| Some((route, why_not(route)?)))
        {
            return Err(Refusal::cannot_play(&route.name(), why));
        }
        let upload = route
            .as_ref()
            .is_ok_and(|route| route.operation.upload.is_some());
        let form = upload.then(|| Form::of_an_upload(incoming.headers, incoming.body));
        let form = form.transpose()?;
        let signed = Signed {
            method: incoming.method,
            target: incoming.target,
            body: form.as_ref().map_or(incoming.body, Form::signed),
            authorization: header(incoming.headers, "Authorization"),
        };
        let caller = authenticate(&self.keys, self.clock.now(), signed)?;
        let route = route?;
        self.check_family(&route, incoming.family)?;
        check_identity(&route, caller.identity)?;
        let parts = Parts {
            headers: incoming.headers,
            query,
            body: incoming.body,
            form: form.as_ref(),
        };
        let accepted = check_request(&self.api, &self.keys, &route, parts)?;
        let cast = Cast {
            api: &self.api,
            keys: &self.keys,
            certificates: &self.certificates()?,
        };
        let mut answer = answer(cast, &route, &caller, &accepted)?;
        if let (Content::Document(body), Some(plain)) = (&mut answer.content, &answer.plain) {
            let asker = self.keys.merchant().public_key();
            let (name, rows) = (route.name(), self.bill_rows);
            SandboxBill::put_into(body, &name, &accepted.query, rows, asker)
                .map_err(|error| Refusal::sandbox_failed(error.to_string()))?;
            let answering = Answering {
                operation: &route.name(),
                headers: incoming.headers,
                status: answer.status,
                plain,
            };
            self.alteration.apply(&answering, body);
        }
        Ok((answer, accepted))
    }

    /// A family's hosts know the paths of other families no more than they know any path that is not described.
    fn check_family(&self, route: &Route<'_>, asked: &str) -> Result<(), Refusal> {
        let own = route.item.host.as_deref().unwrap_or(DEFAULT_FAMILY);
        if own == asked {
            return Ok(());
        }
        let host = self.api.hosts.get(own);
        let base = host.map_or_else(String::new, |host| format!(", {}", host.base));
        Err(Refusal::not_found(format!(
            "{} is served by the host family {own}{base}; this is the family {asked}.",
            route.name(),
        )))
    }

    /// In the public key mode there are no certificates to fetch.
    fn certificates(&self) -> Result<Vec<SealedCertificate>, Refusal> {
        if self.platform_key_mode == Some(PlatformKeyMode::PublicKey) {
            return Ok(Vec::new());
        }
        SealedCertificate::all(&self.keys)
            .map_err(|error| Refusal::sandbox_failed(error.to_string()))
    }

    fn sign(
        &self,
        exchange: Exchange,
        request_headers: &HeaderMap,
        fault: Option<SignatureFault>,
    ) -> Exchange {
        let key = self.signing_key(header(request_headers, WECHATPAY_SERIAL));
        let now = self.clock.now() + fault.map_or(0, SignatureFault::skew);
        match signature_headers(key, now, &exchange.body) {
            Ok(signature) => {
                let mut exchange = exchange;
                let mut signature = signature.to_vec();
                if let Some(fault) = fault {
                    fault.spoil(&mut signature);
                }
                exchange.headers.extend(signature);
                exchange
            }
            Err(error) => Exchange {
                operation: exchange.operation,
                ..refused(Refusal::sandbox_failed(error.to_string()))
            },
        }
    }

    fn signing_key(&self, named: Option<&str>) -> Option<PlatformKey<'_>> {
        let mode = self.platform_key_mode;
        let public_key = self.keys.platform_public_key().key();
        let allowed = |key: &PlatformKey<'_>| match mode {
            None => true,
            Some(PlatformKeyMode::PublicKey) => key.serial == public_key.serial,
            Some(PlatformKeyMode::Certificate | PlatformKeyMode::NewestCertificate) => {
                key.serial != public_key.serial
            }
        };
        let named = named.filter(|_| mode != Some(PlatformKeyMode::NewestCertificate));
        let named = named.and_then(|serial| self.keys.platform_key(serial));
        named
            .filter(|key| allowed(key))
            .or_else(|| self.keys.platform_keys().find(|key| allowed(key)))
    }
}

/// The four headers of a signature over a body, at a time in Unix seconds.
fn signature_headers(
    key: Option<PlatformKey<'_>>,
    now: i64,
    body: &[u8],
) -> Result<[(&'static str, String); 4], Error> {
    let key = key.ok_or_else(|| Error::key("the platform's keys", "there is none to sign with"))?;
    let timestamp = now.to_string();
    let nonce = random_text(32);
    let message = sign::reply_message(&timestamp, &nonce, body);
    let signature = sign::sign(key.private_key, &message)?;
    Ok([
        ("Wechatpay-Timestamp", timestamp),
        ("Wechatpay-Nonce", nonce),
        ("Wechatpay-Serial", key.serial.to_owned()),
        ("Wechatpay-Signature", signature),
    ])
}

pub(crate) fn refused(refusal: Refusal) -> Exchange {
    let body = refusal.to_json();
    exchange(Verdict::Refused(refusal), Content::Document(body))
}

fn exchange(verdict: Verdict, content: Content) -> Exchange {
    let request_id = new_request_id();
    let mut headers = vec![("Request-ID", request_id.clone())];
    let (media_type, body) = match content {
        Content::Nothing => (None, Vec::new()),
        Content::Document(document) => {
            let json = "application/json; charset=utf-8".to_owned();
            (Some(json), document.to_string().into_bytes())
        }
        Content::File(file) => (Some(file.media_type), file.content),
    };
    headers.extend(media_type.map(|media_type| ("Content-Type", media_type)));
    Exchange {
        operation: None,
        accepted: None,
        verdict,
        headers,
        body,
        request_id,
    }
}

fn new_request_id() -> String {
    let bytes: [u8; 24] = rand::rng().random();
    let text: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("08{text}-0")
}

fn check_identity(route: &Route<'_>, identity: Identity) -> Result<(), Refusal> {
    let wanted = route.item.identity;
    if identity == wanted {
        return Ok(());
    }
    let name = |identity| match identity {
        Identity::Merchant => "a merchant",
        Identity::Brand => "a brand",
    };
    Err(Refusal::no_auth(format!(
        "{} is for {} to call, and the request is signed by {}.",
        route.name(),
        name(wanted),
        name(identity)
    )))
}
