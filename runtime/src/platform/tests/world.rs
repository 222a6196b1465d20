//! A world whose clock stands still until it is set, and in which WeChat Pay answers what a test says.

use crate::certificates;
use crate::credentials::{Apiv3Key, Certificate, PlatformKeys, PublicKey};
use crate::error::{Error, ErrorKind, Outcome, Report, TransportFailure};
use crate::keys::Keys;
use crate::platform::{AutomaticCertificates, Outside, PlatformKeyStore};
use crate::transport::BoxFuture;
use crate::verify::Unverified;
use core::time::Duration;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::{Semaphore, oneshot};

pub(super) const OLD: &str = "platform-old";
pub(super) const NEW: &str = "platform-new";
pub(super) const PUBLIC: &str = "platform-public";

/// How WeChat Pay answers a fetch.
#[derive(Clone)]
pub(super) enum Answer {
    /// With these certificates, signed by a key.
    List(&'static [&'static str], &'static str),
    /// With this body, signed by a key.
    Body(String, &'static str),
    /// With a vector's status, headers and body.
    Reply(Value),
    /// Not at all.
    Nothing,
    /// By bringing the transport to its end.
    Panic,
}

pub(super) struct World {
    pub(super) keys: Keys,
    now: AtomicU64,
    answers: Mutex<VecDeque<Answer>>,
    fetches: AtomicUsize,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
    /// Fetches pass by taking a permit.
    gate: Semaphore,
    gated: AtomicBool,
    sleepers: Mutex<Vec<(Duration, oneshot::Sender<()>)>>,
    /// Whether background tasks are dropped unseen.
    idle: AtomicBool,
}

impl World {
    /// Answers in this order; the last answer is given for ever.
    pub(super) fn new(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        let keys = Keys::load();
        Arc::new(Self {
            now: AtomicU64::new(keys.now),
            keys,
            answers: Mutex::new(answers.into_iter().collect()),
            fetches: AtomicUsize::new(0),
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
            gate: Semaphore::new(0),
            gated: AtomicBool::new(false),
            sleepers: Mutex::new(Vec::new()),
            idle: AtomicBool::new(false),
        })
    }

    pub(super) fn store(self: &Arc<Self>) -> PlatformKeyStore {
        self.store_of(AutomaticCertificates::new())
    }

    pub(super) fn store_of(self: &Arc<Self>, automatic: AutomaticCertificates) -> PlatformKeyStore {
        self.store_with(automatic, PlatformKeys::new())
    }

    pub(super) fn store_with(
        self: &Arc<Self>,
        automatic: AutomaticCertificates,
        given: PlatformKeys,
    ) -> PlatformKeyStore {
        let key = Apiv3Key::new(&self.keys.apiv3_key).expect("a key");
        automatic.store(given, key, &self.keys.mchid, self.outside())
    }

    pub(super) fn outside(self: &Arc<Self>) -> Arc<dyn Outside> {
        Arc::new(Handle(Arc::clone(self)))
    }

    /// WeChat Pay's public key, as it is configured.
    pub(super) fn public_key(&self) -> PlatformKeys {
        let key = PublicKey::from_pem(&self.keys.file("platform-public.pub.pem")).expect("a key");
        let keys = PlatformKeys::new().with_public_key(&self.serial(PUBLIC), key);
        keys.expect("an id")
    }

    pub(super) fn certificate(&self, name: &str) -> Certificate {
        Certificate::from_pem(&self.keys.file(&format!("{name}.crt.pem"))).expect("a certificate")
    }

    pub(super) fn serial(&self, name: &str) -> String {
        self.keys.serial(name)
    }

    pub(super) fn now(&self) -> u64 {
        self.now.load(Ordering::SeqCst)
    }

    pub(super) fn set_now(&self, now: u64) {
        self.now.store(now, Ordering::SeqCst);
    }

    pub(super) fn pass(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(super) fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }

    pub(super) fn most_in_flight(&self) -> usize {
        self.most_in_flight.load(Ordering::SeqCst)
    }

    pub(super) fn answer_from_now_on(&self, answer: Answer) {
        *self.answers.lock().expect("answers") = VecDeque::from([answer]);
    }

    /// Holds fetches up until they are let through.
    pub(super) fn hold(&self) {
        self.gated.store(true, Ordering::SeqCst);
    }

    pub(super) fn let_one_through(&self) {
        self.gate.add_permits(1);
    }

    /// Loses background tasks, as a runtime does that shuts down.
    pub(super) fn lose_tasks(&self, lose: bool) {
        self.idle.store(lose, Ordering::SeqCst);
    }

    /// How long those sleep who still do.
    pub(super) fn sleeping(&self) -> Vec<Duration> {
        let mut sleepers = self.sleepers.lock().expect("sleepers");
        sleepers.retain(|(_, wake)| !wake.is_closed());
        sleepers.iter().map(|(duration, _)| *duration).collect()
    }

    pub(super) fn wake(&self) {
        for (_, wake) in self.sleepers.lock().expect("sleepers").drain(..) {
            // Whoever slept may be gone.
            let _ = wake.send(());
        }
    }

    /// A signed reply with a body.
    pub(super) fn reply(&self, body: &str, signer: &str) -> Unverified {
        let lines = self
            .keys
            .signature_headers_of(signer, self.now(), body.as_bytes());
        let headers: HeaderMap = lines
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| {
                let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
                (name, HeaderValue::from_str(value).expect("a value"))
            })
            .collect();
        Unverified::new(200, headers, body.to_owned())
    }

    fn next_answer(&self) -> Answer {
        let mut answers = self.answers.lock().expect("answers");
        match answers.len() {
            0 | 1 => answers.front().cloned().expect("an answer"),
            _ => answers.pop_front().expect("an answer"),
        }
    }

    fn answered(&self, answer: Answer) -> Result<Unverified, Error> {
        match answer {
            Answer::List(names, signer) => {
                Ok(self.reply(&certificates::list(&self.keys, names), signer))
            }
            Answer::Body(body, signer) => Ok(self.reply(&body, signer)),
            Answer::Reply(vector) => {
                let headers = vector["headers"].as_object().expect("headers");
                let headers = headers.iter().map(|(name, value)| {
                    let value = value.as_str().expect("a text");
                    let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
                    (name, HeaderValue::from_str(value).expect("a value"))
                });
                let body = vector["body"].as_str().expect("a text").to_owned();
                Ok(Unverified::new(200, headers.collect(), body))
            }
            Answer::Nothing => {
                let kind = ErrorKind::Transport(TransportFailure::Timeout);
                Err(Report::new(kind, Outcome::Unknown, "no answer").into())
            }
            Answer::Panic => panic!("a transport that panics"),
        }
    }
}

/// Lets all other tasks go on until something is so.
pub(super) async fn until(what: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if what() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it never came to be");
}

/// Lets all other tasks go on for as far as they can.
pub(super) async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

struct InFlight(Arc<World>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The world, as a renewal sees it.
struct Handle(Arc<World>);

impl Outside for Handle {
    fn now(&self) -> u64 {
        self.0.now()
    }

    fn fetch(&self) -> BoxFuture<'static, Result<Unverified, Error>> {
        let world = Arc::clone(&self.0);
        Box::pin(async move {
            world.fetches.fetch_add(1, Ordering::SeqCst);
            let now_in_flight = world.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
            let in_flight = InFlight(Arc::clone(&world));
            world
                .most_in_flight
                .fetch_max(now_in_flight, Ordering::SeqCst);
            let answer = world.next_answer();
            if world.gated.load(Ordering::SeqCst) {
                world.gate.acquire().await.expect("open").forget();
            }
            drop(in_flight);
            world.answered(answer)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let (wake, woken) = oneshot::channel();
        let mut sleepers = self.0.sleepers.lock().expect("sleepers");
        sleepers.push((duration, wake));
        Box::pin(async move { drop(woken.await) })
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        if !self.0.idle.load(Ordering::SeqCst) {
            tokio::spawn(task);
        }
    }

    fn draw(&self, _: u64) -> u64 {
        0
    }
}
