//! The form of parameters: named texts, written as JSON under the names that the front end expects.

use core::fmt;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Names and texts, as a JSON object in their order.
pub(super) struct Members<'a>(pub(super) &'a [(&'static str, &'a str)]);

impl Serialize for Members<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The JSON of what is made of texts alone, which always has one.
#[inline]
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Shows the members; the signature is as good as the payer's leave to pay, and is hidden.
#[inline]
pub(super) fn debug(
    name: &str,
    members: &[(&'static str, &str)],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in members {
        match *name {
            "sign" | "paySign" => shown.field(name, &format_args!("<hidden>")),
            name => shown.field(name, value),
        };
    }
    shown.finish()
}

/// Parameters made of texts: each member with its name for the front end.
macro_rules! parameters {
    ($(#[$about:meta])* $type:ident { $($(#[$doc:meta])* $member:ident = $name:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $type {
            $($(#[$doc])* pub $member: String,)*
        }

        impl $type {
            /// The members under the names that the front end expects, in their order.
            #[inline]
            pub fn members(&self) -> Vec<(&'static str, &str)> {
                vec![$(($name, self.$member.as_str()),)*]
            }

            /// The JSON that the front end expects.
            #[inline]
            pub fn to_json(&self) -> String {
                $crate::cashier::parameters::json(&$crate::cashier::parameters::Members(&self.members()))
            }
        }

        impl core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::cashier::parameters::debug(stringify!($type), &self.members(), f)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            #[inline]
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::cashier::parameters::Members(&self.members()).serialize(serializer)
            }
        }
    };
}

pub(super) use parameters;
