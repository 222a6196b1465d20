//! `serde` for described types: what applications store or log.
//!
//! The mapping is the one that travels, with two differences. Encrypted members are left out when a value is serialised: what
//! is stored is in clear. And a required member that cannot be absent must be there when a value is deserialised.

use super::Value;
use crate::drift::DriftKind;
use crate::read::{Fill, Filled, Reading};
use crate::write::{Protect, Written};
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// Serialises a value, without its encrypted members.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(value: &dyn Value, to: S) -> Result<S::Ok, S::Error> {
    let written = Written {
        value: value.view(),
        protect: Protect::LeaveOut,
    };
    written.serialize(to)
}

/// Deserialises a described value from a format that describes itself, as JSON does. It is as lenient as reading a reply is,
/// but a required member that cannot be absent must be there: in a request each of them is such a one, in a reply none.
///
/// # Errors
/// Those of the deserializer, a missing member, and a document of another shape.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    let mut reading = Reading::store();
    let fill = Fill {
        slot: value.slot(),
        reading: &mut reading,
    };
    match fill.deserialize(from)? {
        Filled::Put => Ok(value),
        Filled::Null => Err(D::Error::custom("expected an object, found null")),
        Filled::Wrong => match reading.drift.first().map(|drift| drift.kind) {
            Some(DriftKind::Type { expected, found }) => Err(D::Error::custom(format_args!(
                "expected {expected}, found {found}"
            ))),
            _ => Err(D::Error::custom("expected an object")),
        },
    }
}

/// Implements `serde::Serialize` and `serde::Deserialize` for described objects and enumerations.
#[macro_export]
macro_rules! serde_impls {
    ($($name:ty),* $(,)?) => {
        $(
            impl $crate::emitted::serde::Serialize for $name {
                fn serialize<S: $crate::emitted::serde::Serializer>(
                    &self,
                    to: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    $crate::emitted::serialize(self, to)
                }
            }

            impl<'de> $crate::emitted::serde::Deserialize<'de> for $name {
                fn deserialize<D: $crate::emitted::serde::Deserializer<'de>>(
                    from: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    $crate::emitted::deserialize(from)
                }
            }
        )*
    };
}
