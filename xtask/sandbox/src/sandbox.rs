//! A sandbox that runs, and how to start one.

use crate::alteration::Alteration;
use crate::arrival::{Arrival, Arrivals};
use crate::door::{Door, Order, Place};
use crate::fault::Faults;
use crate::listening::{Listening, listen};
use crate::log::{Log, ReceivedRequest};
use crate::play::{DEFAULT_FAMILY, PlatformKeyMode, Stage};
use crate::server::{Shared, serve};
use crate::tampering::Tampering;
use crate::{ClientMaterial, Clock, Error, SandboxKeys};
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use wechatpay_codegen::model::Api;

/// How many requests the log keeps unless it is told otherwise.
const KEPT_REQUESTS: usize = 1024;

/// How long [`Sandbox::shutdown`] waits for exchanges in flight.
const PATIENCE: Duration = Duration::from_secs(5);

/// WeChat Pay, played on loopback. It stops when it is dropped.
pub struct Sandbox {
    shared: Arc<Shared>,
    keys: SandboxKeys,
    /// Those of the default family come first, and each family's backups behind its first host.
    ports: Vec<Port>,
}

/// The port of a host. It is served until `stop` is dropped.
struct Port {
    family: String,
    host: usize,
    address: SocketAddr,
    orders: mpsc::Sender<Order>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

/// What a sandbox will be like.
#[derive(Debug)]
pub struct SandboxBuilder {
    api: Api,
    port: u16,
    backups: usize,
    clock: Clock,
    keys: Option<SandboxKeys>,
    platform_key_mode: Option<PlatformKeyMode>,
    bill_rows: u64,
    alteration: Alteration,
    tampering: Tampering,
    kept_requests: usize,
}

impl Sandbox {
    /// A sandbox that plays this API.
    pub fn builder(api: Api) -> SandboxBuilder {
        SandboxBuilder {
            api,
            port: 0,
            backups: 0,
            clock: Clock::system(),
            keys: None,
            platform_key_mode: None,
            bill_rows: 3,
            alteration: Alteration::default(),
            tampering: Tampering::default(),
            kept_requests: KEPT_REQUESTS,
        }
    }

    /// The base URL of the default host family's first host, without a slash at its end: `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        self.family_url(DEFAULT_FAMILY).unwrap_or_default()
    }

    /// The base URL of a host family's first host.
    pub fn family_url(&self, name: &str) -> Option<String> {
        let mut urls = self.family_urls();
        urls.find(|(family, _)| *family == name).map(|(_, url)| url)
    }

    /// All host families with the base URLs of their first hosts, the default one first.
    pub fn family_urls(&self) -> impl Iterator<Item = (&str, String)> {
        let first = self.ports.iter().filter(|port| port.host == 0);
        first.map(|port| (port.family.as_str(), port.url()))
    }

    /// The base URLs of all hosts of a family: the first one, then its backups.
    pub fn host_urls(&self, family: &str) -> Vec<String> {
        let own = self.ports.iter().filter(|port| port.family == family);
        own.map(Port::url).collect()
    }

    /// The keys of both sides, as they were when the sandbox started.
    pub fn keys(&self) -> &SandboxKeys {
        &self.keys
    }

    /// Plays with other keys from the next request on: `GET /v3/certificates` hands out their platform certificates, and the
    /// newest of them signs where no other is asked for. Requests that were received before are answered with the old ones.
    ///
    /// ```no_run
    /// # fn rotate(sandbox: &wechatpay_sandbox::Sandbox) -> Result<(), wechatpay_sandbox::Error> {
    /// let both = sandbox.keys().with_new_certificate()?;
    /// sandbox.change_keys(both.clone()); // the old one and the new one
    /// sandbox.change_keys(both.without_oldest_certificate()?); // the new one alone
    /// # Ok(()) }
    /// ```
    pub fn change_keys(&self, keys: SandboxKeys) {
        self.shared.change(|stage| stage.keys = keys);
    }

    /// The faults that requests will meet: none, unless they are queued here.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// What arrived, the oldest first, also where it was too little to be answered: every attempt of every client.
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.shared.arrivals.all()
    }

    /// Shuts a host (0 is the first of its family, its backups follow): its connections are cut, new ones refused.
    ///
    /// # Errors
    ///
    /// There is no such host, or its port was taken by somebody else in the meantime.
    pub async fn shut(&self, family: &str, host: usize) -> std::io::Result<()> {
        self.order(family, host, false).await
    }

    /// Opens a host that was shut.
    ///
    /// # Errors
    ///
    /// There is no such host, or its port was taken by somebody else in the meantime.
    pub async fn open(&self, family: &str, host: usize) -> std::io::Result<()> {
        self.order(family, host, true).await
    }

    async fn order(&self, family: &str, host: usize, open: bool) -> std::io::Result<()> {
        let gone = || std::io::Error::other(format!("no host {host} of {family} is served"));
        let mut ports = self.ports.iter();
        let port = ports
            .find(|port| port.family == family && port.host == host)
            .ok_or_else(gone)?;
        let (done, obeyed) = oneshot::channel();
        let order = Order { open, done };
        port.orders.send(order).await.map_err(|_| gone())?;
        obeyed.await.map_err(|_| gone())?
    }

    /// What a client needs, as texts.
    ///
    /// # Errors
    ///
    /// A public key can't be written as PEM.
    pub fn client_material(&self) -> Result<ClientMaterial, Error> {
        self.keys().client_material()
    }

    /// The latest requests, the oldest first. A request is there before its answer is sent.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.log.requests()
    }

    /// Stops, and waits up to five seconds for the exchanges in flight.
    pub async fn shutdown(self) {
        let (stops, servers): (Vec<_>, Vec<_>) = self
            .ports
            .into_iter()
            .map(|port| (port.stop, port.server))
            .unzip();
        drop(stops);
        let deadline = Instant::now() + PATIENCE;
        for mut server in servers {
            if timeout_at(deadline, &mut server).await.is_err() {
                server.abort();
            }
        }
    }
}

impl Port {
    fn open(listening: Listening, shared: &Arc<Shared>) -> Self {
        let Listening {
            family,
            host,
            address,
            listener,
        } = listening;
        let (stop, stopped) = oneshot::channel();
        let (orders, received) = mpsc::channel(1);
        let place = Place {
            family: family.as_str().into(),
            host,
        };
        let shared = Arc::clone(shared);
        let door = Door::new(
            place.clone(),
            address,
            listener,
            received,
            Arc::clone(&shared),
        );
        Self {
            family,
            host,
            address,
            orders,
            stop,
            server: tokio::spawn(serve(door, place, shared, stopped)),
        }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url())
            .field("keys", self.keys())
            .finish_non_exhaustive()
    }
}

impl SandboxBuilder {
    /// The port of the default host family; the others get the following ones, in the order of their names. 0, the default, takes any
    /// that are free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How many backup hosts each host family has, none unless it is told. They get the ports behind those of all first hosts.
    pub fn backups(mut self, count: usize) -> Self {
        self.backups = count;
        self
    }

    /// The clock, instead of the machine's.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The keys, instead of [`SandboxKeys::shared`].
    pub fn keys(mut self, keys: SandboxKeys) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Which of the platform's keys signs answers, instead of that which the request names by `Wechatpay-Serial` (the public key
    /// where it names none).
    pub fn platform_key_mode(mut self, mode: PlatformKeyMode) -> Self {
        self.platform_key_mode = Some(mode);
        self
    }

    /// How many rows the bills have that answers lead to, instead of 3. They are made while they are sent, so that they may have any size.
    /// With 0 there are no bills, and answers lead to what the description's examples say.
    pub fn bill_rows(mut self, rows: u64) -> Self {
        self.bill_rows = rows;
        self
    }

    /// What is done to the body of a successful answer before it is signed, to play a server that departs from its description.
    pub fn alteration(mut self, alteration: Alteration) -> Self {
        self.alteration = alteration;
        self
    }

    /// What is done to the body of an answer after it is signed, to play somebody who changes it on its way.
    pub fn tampering(mut self, tampering: Tampering) -> Self {
        self.tampering = tampering;
        self
    }

    /// How many requests the log keeps, instead of 1024.
    pub fn kept_requests(mut self, count: usize) -> Self {
        self.kept_requests = count;
        self
    }

    /// Starts to listen on loopback; must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// A port is taken, or the keys can't be made.
    pub async fn start(self) -> Result<Sandbox, Error> {
        let keys = match self.keys {
            Some(keys) => keys,
            None => shared_keys().await?,
        };
        let listening = listen(&self.api, self.port, self.backups).await?;
        let mut stage = Stage::new(self.api, keys.clone());
        stage.clock = self.clock;
        stage.platform_key_mode = self.platform_key_mode;
        stage.bill_rows = self.bill_rows;
        stage.alteration = self.alteration;
        stage.tampering = self.tampering;
        let shared = Arc::new(Shared {
            stage: RwLock::new(stage),
            faults: Faults::default(),
            arrivals: Arrivals::keeping(self.kept_requests),
            log: Log::keeping(self.kept_requests),
        });
        let ports = listening.into_iter().map(|one| Port::open(one, &shared));
        Ok(Sandbox {
            ports: ports.collect(),
            keys,
            shared,
        })
    }
}

/// Making keys takes a while, which must not hold up the runtime's other tasks.
async fn shared_keys() -> Result<SandboxKeys, Error> {
    tokio::task::spawn_blocking(SandboxKeys::shared)
        .await
        .map_err(|error| Error::cryptography("generating the keys", error))?
}
