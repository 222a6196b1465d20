//! Settings from the environment's variables.

use super::settings::{self, PLATFORM_CERTIFICATE};
use super::{Config, Fault};
use std::ffi::{OsStr, OsString};
use zeroize::Zeroizing;

/// How the variables' names begin.
const PREFIX: &str = "WECHATPAY_";

/// The variable of a setting.
#[inline]
pub(super) fn variable(setting: &str) -> String {
    format!("{PREFIX}{}", setting.to_ascii_uppercase())
}

/// Adds to what the builder found wrong how the arguments are called in the environment.
#[inline]
pub(crate) fn name_variables(faults: &mut [Fault]) {
    for (argument, text) in faults {
        if settings::all().any(|setting| setting == *argument) {
            text.insert_str(0, &format!("(variable `{}`) ", variable(argument)));
        }
    }
}

impl Config {
    /// Reads the environment's variables.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), wechatpay_runtime::Error> {
    /// use wechatpay_runtime::{Client, Config};
    /// let client: Client = Config::from_env().into_builder().build()?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn from_env() -> Self {
        Self::from_variables(std::env::vars_os())
    }

    /// Reads variables that are not the process's own: those of a `.env` file, for example. Others than `WECHATPAY_…` are
    /// ignored; of those, one that is no setting is told in the log.
    ///
    /// ```
    /// use wechatpay_runtime::Config;
    /// let config = Config::from_variables([("WECHATPAY_MCHID", "1900000109"), ("HOME", "/root")]);
    /// assert!(format!("{config:?}").contains("1900000109"));
    /// ```
    #[inline]
    pub fn from_variables<K, V>(variables: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: Into<OsString>,
        V: Into<OsString>,
    {
        let mut config = Self::of_environment();
        for (name, value) in variables {
            let name = name.into();
            match settings::all().find(|own| variable(own).as_str() == name) {
                Some(setting) => config.take(setting, value.into()),
                None => unknown(&name),
            }
        }
        config
    }

    #[inline]
    fn of_environment() -> Self {
        Self {
            from_environment: true,
            ..Self::default()
        }
    }

    #[inline]
    fn take(&mut self, setting: &'static str, value: OsString) {
        if value.is_empty() {
            return;
        }
        let value = match value.into_string() {
            Ok(value) => Zeroizing::new(value),
            Err(_) => {
                self.fault(setting, format!("`{}` is not UTF-8", variable(setting)));
                return;
            }
        };
        let values = match setting == PLATFORM_CERTIFICATE.file {
            true => paths(&value),
            false => vec![value],
        };
        self.values.insert(setting, values);
    }
}

/// Several paths in one variable, as in `PATH`.
#[inline]
fn paths(value: &str) -> Vec<Zeroizing<String>> {
    let paths = std::env::split_paths(value);
    let texts = paths.map(|path| path.to_string_lossy().into_owned());
    texts.map(Zeroizing::new).collect()
}

/// Says of a variable that looks like a setting that it is none: it may be misspelt, or another program's.
#[inline]
fn unknown(name: &OsStr) {
    let name = name.to_string_lossy();
    if name.starts_with(PREFIX) {
        tracing::warn!(
            variable = &*name,
            "no setting has this name, so it is ignored"
        );
    }
}
