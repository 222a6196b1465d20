//! The one door for generated code. Nothing here is meant to be called by hand, or kept stable for it.

pub use crate::operation::{Body, Host, Identity, Method, Operation, Repeatable, ReplyBody};
pub use crate::value::{
    Field, Form, List, Map, Object, OpenEnum, Pattern, Place, Shape, Slot, Value, View,
};
