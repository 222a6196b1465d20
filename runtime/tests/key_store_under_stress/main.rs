//! The key store with 64 callers at once, while certificates change and fetches fail.

#[path = "../promises/support/certificates.rs"]
#[allow(dead_code)]
mod certificates;
#[path = "../promises/support/keys.rs"]
#[allow(dead_code)]
mod keys;
mod platform;

use platform::{Handle, PATIENCE, Platform, Tallies};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant, UNIX_EPOCH};
use tokio::task::JoinHandle;
use wechatpay_runtime::{AutomaticCertificates, Client, ErrorKind, Method, Outcome, RetryPolicy};

const CALLERS: usize = 64;
const HOUR: u64 = 60 * 60;

fn client(platform: &Arc<Platform>) -> Client {
    let keys = &platform.keys;
    let clock = Arc::clone(platform);
    Client::builder()
        .mchid(&keys.mchid)
        .merchant_certificate(keys.file("merchant.crt.pem"))
        .merchant_private_key(keys.file("merchant.key.pem"))
        .apiv3_key(&keys.apiv3_key)
        .platform_certificates_automatic(AutomaticCertificates::new())
        .retry(RetryPolicy::never())
        .clock(move || UNIX_EPOCH + Duration::from_secs(clock.now()))
        .transport(Handle(Arc::clone(platform)))
        .build()
        .expect("a client")
}

/// Callers that call until they are told to stop.
struct Callers {
    stop: Arc<AtomicBool>,
    made: Arc<AtomicUsize>,
    tasks: Vec<JoinHandle<()>>,
}

impl Callers {
    fn start(client: &Client, platform: &Arc<Platform>) -> Self {
        let (stop, made): (Arc<AtomicBool>, Arc<AtomicUsize>) = Default::default();
        let tasks = (0..CALLERS).map(|_| {
            let (client, platform) = (client.clone(), Arc::clone(platform));
            let (stop, made) = (Arc::clone(&stop), Arc::clone(&made));
            tokio::spawn(call_until(client, platform, stop, made))
        });
        Self {
            tasks: tasks.collect(),
            stop,
            made,
        }
    }

    /// Waits until all callers together have made so many calls more.
    async fn more(&self, calls: usize) {
        let goal = self.made.load(Ordering::SeqCst) + calls;
        let began = Instant::now();
        while self.made.load(Ordering::SeqCst) < goal {
            assert!(began.elapsed() < PATIENCE, "callers hang");
            assert!(self.tasks.iter().all(|task| !task.is_finished()));
            tokio::task::yield_now().await;
        }
    }

    /// Lets an hour pass between some calls and some more, until something is so.
    async fn hours_until(&self, platform: &Platform, what: impl Fn(Tallies) -> bool) {
        while !what(platform.tallies()) {
            platform.pass(HOUR).await;
            self.more(8).await;
        }
    }

    async fn stop(self) -> usize {
        self.stop.store(true, Ordering::SeqCst);
        for task in self.tasks {
            task.await.expect("a caller that was not lost");
        }
        self.made.load(Ordering::SeqCst)
    }
}

async fn call_until(
    client: Client,
    platform: Arc<Platform>,
    stop: Arc<AtomicBool>,
    made: Arc<AtomicUsize>,
) {
    let store = client.platform_key_store("default").expect("a store");
    while !stop.load(Ordering::SeqCst) {
        let traffic = platform.traffic.read().await;
        let reply = client.request(Method::Get, "/v3/example").await;
        drop(traffic);
        reply.expect("a reply, and its key");
        assert!(!store.snapshot().is_empty());
        made.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keys_change_and_fetches_fail_under_64_callers() {
    let platform = Platform::new(&["platform-old"], "platform-old");
    let client = client(&platform);
    let callers = Callers::start(&client, &platform);
    callers.more(CALLERS).await;
    assert_eq!(platform.fetches(), 1);
    // Fetches fail while old keys serve.
    platform.fail(true);
    callers
        .hours_until(&platform, |tallies| tallies.failed >= 6)
        .await;
    platform.fail(false);
    callers
        .hours_until(&platform, |tallies| tallies.listed >= 2)
        .await;
    // A new certificate is listed, and signs before any refresh was due.
    for (listed, signer) in [
        (&["platform-old", "platform-new"][..], "platform-new"),
        (&["platform-new"], "platform-new"),
        (&["platform-new", "platform-old"], "platform-old"),
        (&["platform-old", "platform-new"], "platform-new"),
    ] {
        let before = platform.tallies().listed;
        platform.serve(listed, signer);
        callers.more(4 * CALLERS).await;
        callers
            .hours_until(&platform, |tallies| tallies.listed > before)
            .await;
        callers.more(CALLERS).await;
    }
    let made = callers.stop().await;
    let Tallies {
        fetches,
        most_at_once,
        failed,
        listed,
    } = platform.tallies();
    println!("{made} calls, {fetches} fetches, {failed} failed, {listed} listed");
    assert_eq!(most_at_once, 1, "two fetches at once");
    assert!(made >= 20 * CALLERS);
    assert!(fetches < 100, "{fetches}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_without_any_key_share_failures_too() {
    let platform = Platform::new(&["platform-new"], "platform-new");
    let client = client(&platform);
    platform.fail(true);
    for round in 1..=4 {
        let calls: Vec<_> = (0..CALLERS)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.request(Method::Get, "/v3/example").await })
            })
            .collect();
        for call in calls {
            let error = call.await.expect("a caller").expect_err("no key");
            assert_eq!(error.kind(), &ErrorKind::PlatformKeys);
            assert_eq!(error.outcome(), Outcome::NotSent);
        }
        assert_eq!(platform.fetches(), round);
        // The clock moves for calls only: nobody who sleeps wakes.
        platform.pass_asleep(60);
    }
    platform.fail(false);
    let callers = Callers::start(&client, &platform);
    callers.more(CALLERS).await;
    callers.stop().await;
    assert_eq!(platform.fetches(), 5);
    assert_eq!(platform.tallies().most_at_once, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_that_give_up_take_nothing_from_the_others() {
    let platform = Platform::new(&["platform-new"], "platform-new");
    let client = client(&platform);
    platform.hold(true);
    let calls: Vec<_> = (0..CALLERS)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.request(Method::Get, "/v3/example").await })
        })
        .collect();
    platform.until(|tallies| tallies.fetches == 1).await;
    let (gone, patient): (Vec<_>, Vec<_>) = calls
        .into_iter()
        .enumerate()
        .partition(|(number, _)| number % 2 == 0);
    for (_, call) in gone {
        call.abort();
    }
    platform.hold(false);
    for (_, call) in patient {
        call.await.expect("a caller").expect("a reply");
    }
    assert_eq!(platform.fetches(), 1);
}
