//! What every call of the generated SDK rests on: credentials, signing, verification, encryption, transport.
//!
//! Applications use the crate `wechatpay-openapi`, which re-exports what is needed from here.

pub mod emitted;
pub mod operation;
pub mod value;
