//! One call against a plan: what the client did, and what arrived.

use crate::class::{Class, Success};
use crate::kind::LONGEST_REPLY;
use crate::plan::Plan;
use crate::transport::{ATTEMPT, Course, Played};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use wechatpay_openapi::{ClientBuilder, Error, Host, RetryPolicy, WechatPay};
use wechatpay_sandbox::{Arrival, Sandbox, SandboxKeys};

/// The time that a call may take: more than all its attempts.
const CALL: Duration = Duration::from_secs(100 * 60 * 60);

/// A sandbox with a backup host, for one call after the other.
pub(crate) struct Stage {
    pub(crate) sandbox: Arc<Sandbox>,
}

/// What became of a call.
pub(crate) struct Done {
    pub(crate) course: Course,
    /// What arrived of its attempts.
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) result: Result<Success, Error>,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
        let api = wechatpay_codegen::read_dir(&spec).expect("a good description");
        let keys = SandboxKeys::shared().expect("keys");
        let builder = Sandbox::builder(api).keys(keys).backups(1);
        let sandbox = builder.kept_requests(256).start().await;
        Self {
            sandbox: Arc::new(sandbox.expect("a sandbox")),
        }
    }

    /// Makes a call by a client of its own, whose attempts meet what the plan says.
    pub(crate) async fn play(&self, class: Class, number: &str, plan: Plan) -> Done {
        self.play_by(RetryPolicy::new(), class, number, plan).await
    }

    /// Makes a call by another policy than the default one.
    pub(crate) async fn play_by(
        &self,
        policy: RetryPolicy,
        class: Class,
        number: &str,
        plan: Plan,
    ) -> Done {
        self.sandbox.faults().clear();
        let before = self.last_arrival();
        let transport = Played::new(Arc::clone(&self.sandbox), plan);
        let wxpay = self.client(transport.clone(), policy);
        let result = class.call(&wxpay, number).await;
        Done {
            course: transport.course(),
            arrivals: self.arrived_after(before),
            result,
        }
    }

    pub(crate) fn client(&self, transport: Played, policy: RetryPolicy) -> WechatPay {
        let material = self.sandbox.client_material().expect("keys");
        self.builder(transport, policy)
            .platform_public_key_id(&material.public_key_id)
            .platform_public_key(material.public_key.as_str())
            .build()
            .expect("a client")
    }

    /// A client without any key of the platform.
    pub(crate) fn builder(
        &self,
        transport: Played,
        policy: RetryPolicy,
    ) -> ClientBuilder<WechatPay> {
        let material = self.sandbox.client_material().expect("keys");
        let urls = self.sandbox.host_urls("default");
        WechatPay::builder()
            .mchid(&material.mchid)
            .merchant_serial_no(&material.serial_no)
            .merchant_private_key(material.private_key.as_str())
            .base_url(&urls[0])
            .host_backup_urls(Host::DEFAULT, &urls[1..])
            .transport(transport)
            .retry(policy.attempt_timeout(ATTEMPT))
            .timeout(CALL)
            .max_reply_bytes(LONGEST_REPLY)
    }

    /// The arrivals after that of a number.
    pub(crate) fn arrived_after(&self, number: u64) -> Vec<Arrival> {
        let arrivals = self.sandbox.arrivals().into_iter();
        arrivals.filter(|it| it.number > number).collect()
    }

    /// The number of the last arrival.
    pub(crate) fn last_arrival(&self) -> u64 {
        self.sandbox.arrivals().pop().map_or(0, |it| it.number)
    }
}
