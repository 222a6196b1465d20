//! The one door for generated code. Nothing here is meant to be called by hand, or kept stable for it.

pub use crate::call::Call;
pub use crate::client::Client;
pub use crate::operation::{Body, Host, Identity, Method, Operation, Repeatable, ReplyBody};
#[cfg(feature = "serde")]
pub use crate::serde_impls;
pub use crate::value::{
    CompactDateTime, Date, DateTime, Field, Form, JsonText, List, Map, MissingField, Object,
    OpenEnum, Pattern, Place, Sensitive, Shape, Slot, Value, View, debug,
};
#[cfg(feature = "serde")]
pub use crate::value::{deserialize, serialize};
#[cfg(feature = "serde")]
pub use serde;
