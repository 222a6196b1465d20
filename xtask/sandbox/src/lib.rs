//! A local server that plays WeChat Pay from the description, for tests and demonstrations.
//!
//! [`Sandbox`] listens on loopback, on a port for each host family. It authenticates every request with the merchant's (or the brand's) certificate, checks it
//! against the description, and answers with the described example, signed with a platform key. What it refuses it answers as
//! WeChat Pay would: status, code, message, detail. [`SandboxKeys`] holds all the keys of both sides, so that a client can be set
//! up from [`Sandbox::client_material`].
//!
//! Nothing of the SDK's runtime is used here, and the cryptography is RustCrypto's: what the sandbox accepts and the client
//! verifies has two independent witnesses.
//!
//! ```no_run
//! # async fn play(api: wechatpay_codegen::model::Api) -> Result<(), wechatpay_sandbox::Error> {
//! use wechatpay_sandbox::{Sandbox, SandboxKeys};
//!
//! let sandbox = Sandbox::builder(api).keys(SandboxKeys::shared()?).start().await?;
//! println!("WeChat Pay is played at {}", sandbox.url());
//! // … call it …
//! for request in sandbox.requests() {
//!     println!("{} {}: {:?}", request.method, request.target, request.verdict);
//! }
//! sandbox.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! The steps of an exchange are pure functions, a module each: [`authorization`] and [`authenticate`], [`route`],
//! [`form`] and [`digest`], [`check_request`] and [`check_value`], [`answer`] with [`example`], [`echo`] and [`file`](mod@file), [`sign`] and
//! [`seal`], [`refusal`]; [`play`] puts them in order, and `server` brings them to a socket. What may go wrong on purpose is a
//! [`fault`]: connections that break, answers that are none, signatures that must be refused. [`Sandbox::arrivals`] tells what
//! arrived of each attempt.

pub mod alteration;
pub mod answer;
mod arrival;
pub mod authenticate;
pub mod authorization;
pub mod bill;
pub mod check_request;
pub mod check_value;
pub mod clock;
pub mod digest;
mod door;
pub mod echo;
pub mod encrypt_value;
pub mod error;
pub mod example;
pub mod fault;
pub mod file;
pub mod form;
pub mod keys;
mod line;
mod listening;
pub mod log;
pub mod play;
mod receive;
pub mod refusal;
pub mod route;
mod sandbox;
pub mod seal;
mod server;
pub mod sign;
pub mod tampering;
pub mod target;

pub use alteration::{Alteration, Answering};
pub use arrival::{Arrival, End, Reached};
pub use bill::{BillKind, SandboxBill};
pub use check_request::{Accepted, UploadedFile};
pub use clock::Clock;
pub use error::Error;
pub use fault::{AnswerFault, Fault, Faults, LineFault, RetryAfter, Rotation, SignatureFault};
pub use keys::{BrandMaterial, ClientMaterial, KeyMaterial, PlatformMaterial, SandboxKeys};
pub use log::{ReceivedRequest, Verdict};
pub use play::PlatformKeyMode;
pub use sandbox::{Sandbox, SandboxBuilder};
pub use tampering::Tampering;
