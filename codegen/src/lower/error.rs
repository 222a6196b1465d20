use std::fmt;

/// Why something cannot be emitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowerError {
    /// Where: `POST /v3/…: body.detail`, `shapes/payscore/Fee.yaml: amount`.
    pub place: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for LowerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// All that was found, never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowerErrors {
    /// In the order of the description.
    pub errors: Vec<LowerError>,
}

impl fmt::Display for LowerErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LowerErrors {}

/// Collects errors, so that all are told at once.
#[derive(Default)]
pub(super) struct Problems {
    errors: Vec<LowerError>,
}

impl Problems {
    pub(super) fn add(&mut self, place: impl Into<String>, message: impl Into<String>) {
        let error = LowerError {
            place: place.into(),
            message: message.into(),
        };
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    pub(super) fn into_result<T>(self, value: T) -> Result<T, LowerErrors> {
        if self.errors.is_empty() {
            Ok(value)
        } else {
            Err(LowerErrors {
                errors: self.errors,
            })
        }
    }
}
