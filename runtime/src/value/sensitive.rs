//! A value that travels encrypted.

use super::{ReadSealed, Slot, Value, View, WriteSealed};
use zeroize::Zeroize;

/// A value that is encrypted before it is sent and decrypted when it is received: a name, a bank card's number.
///
/// `Debug` hides it, its memory is wiped when it is dropped, and only [`Sensitive::expose`] shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sensitive<T: Zeroize = String>(T);

impl<T: Zeroize> Sensitive<T> {
    /// Wraps a plain value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The plain value. Take care where it goes.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Sensitive<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> core::fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(super::debug::HIDDEN)
    }
}

impl From<String> for Sensitive<String> {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Sensitive<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl Value for Sensitive<String> {
    fn empty() -> Self {
        Self(String::new())
    }
    fn view(&self) -> View<'_> {
        View::Sensitive(&self.0, WriteSealed::new())
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Sensitive(&mut self.0, ReadSealed::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_plain_value() {
        let name = Sensitive::from("张三");
        assert_eq!(format!("{name:?}"), "<hidden>");
        assert_eq!(name.expose(), "张三");
    }
}
