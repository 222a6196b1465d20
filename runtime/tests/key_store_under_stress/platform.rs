//! WeChat Pay within the program: a transport that answers by itself, with a clock that stands still until it is moved.

use crate::certificates;
use crate::keys::Keys;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{RwLock, oneshot};
use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Transport};

/// For how long a test waits before it fails instead of hanging.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Platform {
    pub(crate) keys: Keys,
    signers: BTreeMap<&'static str, KeyPair>,
    now: AtomicU64,
    served: Mutex<Served>,
    sleepers: Mutex<Vec<(u64, oneshot::Sender<()>)>>,
    /// Calls share it; the clock is moved between them, or their replies would seem to be old.
    pub(crate) traffic: RwLock<()>,
}

/// What is served now, and what was until now.
struct Served {
    listed: String,
    signer: &'static str,
    failing: bool,
    held: bool,
    at_once: usize,
    tallies: Tallies,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Tallies {
    pub(crate) fetches: usize,
    pub(crate) most_at_once: usize,
    pub(crate) failed: usize,
    pub(crate) listed: usize,
}

impl Platform {
    pub(crate) fn new(listed: &[&str], signer: &'static str) -> Arc<Self> {
        let keys = Keys::load();
        let signers = ["platform-old", "platform-new"].map(|name| {
            let pem = keys.file(&format!("{name}.key.pem"));
            let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
            let der = STANDARD.decode(base64).expect("base64");
            (name, KeyPair::from_pkcs8(&der).expect("a key"))
        });
        Arc::new(Self {
            now: AtomicU64::new(keys.now),
            signers: signers.into(),
            served: Mutex::new(Served {
                listed: certificates::list(&keys, listed),
                signer,
                failing: false,
                held: false,
                at_once: 0,
                tallies: Tallies::default(),
            }),
            sleepers: Mutex::default(),
            traffic: RwLock::default(),
            keys,
        })
    }

    pub(crate) fn now(&self) -> u64 {
        self.now.load(Ordering::SeqCst)
    }

    /// Moves the clock, and wakes who has slept for long enough.
    pub(crate) async fn pass(&self, seconds: u64) {
        let between_calls = self.traffic.write().await;
        self.pass_asleep(seconds);
        drop(between_calls);
        let now = self.now();
        let mut sleepers = self.sleepers.lock().expect("sleepers");
        let (awake, asleep) = sleepers.drain(..).partition(|(end, _)| *end <= now);
        *sleepers = asleep;
        drop(sleepers);
        let awake: Vec<(u64, oneshot::Sender<()>)> = awake;
        for (_, wake) in awake {
            // Whoever slept may be gone.
            let _ = wake.send(());
        }
    }

    /// Moves the clock, and wakes nobody.
    pub(crate) fn pass_asleep(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn serve(&self, listed: &[&str], signer: &'static str) {
        let listed = certificates::list(&self.keys, listed);
        let mut served = self.served.lock().expect("served");
        served.listed = listed;
        served.signer = signer;
    }

    pub(crate) fn fail(&self, failing: bool) {
        self.served.lock().expect("served").failing = failing;
    }

    pub(crate) fn hold(&self, held: bool) {
        self.served.lock().expect("served").held = held;
    }

    pub(crate) fn tallies(&self) -> Tallies {
        self.served.lock().expect("served").tallies
    }

    pub(crate) fn fetches(&self) -> usize {
        self.tallies().fetches
    }

    pub(crate) async fn until(&self, what: impl Fn(Tallies) -> bool) {
        let began = Instant::now();
        while !what(self.tallies()) {
            assert!(began.elapsed() < PATIENCE, "it never came to be");
            tokio::task::yield_now().await;
        }
    }

    async fn certificates(&self) -> Result<(String, &'static str), Failure> {
        let fetch = Fetch::begin(&self.served);
        // Others have time to come in between.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        while self.served.lock().expect("served").held {
            tokio::task::yield_now().await;
        }
        drop(fetch);
        let mut served = self.served.lock().expect("served");
        if served.failing {
            served.tallies.failed += 1;
            return Err(Failure::interrupted("a failure that was asked for"));
        }
        served.tallies.listed += 1;
        Ok((served.listed.clone(), served.signer))
    }

    fn signed(&self, body: String, signer: &str) -> Response<Incoming> {
        let (now, nonce) = (self.now().to_string(), "nonce-of-the-reply");
        let text = format!("{now}\n{nonce}\n{body}\n");
        let key = self.signers.get(signer).expect("a signer");
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            text.as_bytes(),
            &mut signature,
        )
        .expect("signed");
        let mut response = Response::new(Incoming::from(Bytes::from(body)));
        for (name, value) in [
            ("wechatpay-timestamp", now.as_str()),
            ("wechatpay-nonce", nonce),
            ("wechatpay-serial", &self.keys.serial(signer)),
            ("wechatpay-signature", &STANDARD.encode(signature)),
        ] {
            let value = HeaderValue::from_str(value).expect("a value");
            response.headers_mut().insert(name, value);
        }
        response
    }
}

/// A fetch that is on its way. It may be dropped in between, since its time may be over when the clock is moved.
struct Fetch<'p>(&'p Mutex<Served>);

impl<'p> Fetch<'p> {
    fn begin(served: &'p Mutex<Served>) -> Self {
        let mut now = served.lock().expect("served");
        now.at_once += 1;
        now.tallies.fetches += 1;
        now.tallies.most_at_once = now.tallies.most_at_once.max(now.at_once);
        Self(served)
    }
}

impl Drop for Fetch<'_> {
    fn drop(&mut self) {
        self.0.lock().expect("served").at_once -= 1;
    }
}

/// A handle, since the builder takes the transport itself.
pub(crate) struct Handle(pub(crate) Arc<Platform>);

impl Transport for Handle {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Incoming>, Failure>> {
        Box::pin(async move {
            let platform = &self.0;
            if request.uri().path() == "/v3/certificates" {
                let (listed, signer) = platform.certificates().await?;
                return Ok(platform.signed(listed, signer));
            }
            tokio::task::yield_now().await;
            let signer = platform.served.lock().expect("served").signer;
            Ok(platform.signed("{}".to_owned(), signer))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let (wake, woken) = oneshot::channel();
        let end = self.0.now().saturating_add(duration.as_secs());
        let mut sleepers = self.0.sleepers.lock().expect("sleepers");
        sleepers.retain(|(_, wake)| !wake.is_closed());
        sleepers.push((end, wake));
        Box::pin(async move { drop(woken.await) })
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }
}
