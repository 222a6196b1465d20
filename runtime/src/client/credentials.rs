//! The builder's further forms of credentials: signers that hold the key elsewhere, PKCS#12 stores, the environment.

use super::builder::ClientBuilder;
use super::identity::{BRAND, MERCHANT};
use crate::config::{Config, name_variables};
use crate::sign::Signer;
#[cfg(feature = "pkcs12")]
use {
    crate::credentials::{KeyError, Pkcs12},
    zeroize::Zeroizing,
};

impl<C> ClientBuilder<C> {
    /// A builder that was given what the environment holds, as [`Config`] lists it: `WECHATPAY_MCHID`,
    /// `WECHATPAY_MERCHANT_PRIVATE_KEY_FILE` … What is given afterwards goes before it, as [`Config::into_builder`] says.
    ///
    /// ```no_run
    /// use wechatpay_runtime::{Client, ClientBuilder, Error};
    ///
    /// fn connect() -> Result<Client, Error> {
    ///     ClientBuilder::from_env().build()
    /// }
    /// ```
    #[inline]
    pub fn from_env() -> Self {
        Config::from_env().into_builder()
    }

    /// A signer that holds the private key of the merchant's API certificate elsewhere: in a key management service, or in a
    /// hardware module. It takes the place of the private key, and gives the serial number. Where the certificate is given too,
    /// each signature is checked with it.
    #[inline]
    pub fn merchant_signer(mut self, signer: impl Signer) -> Self {
        let setup = &mut *self.setup;
        setup.merchant.key_anew(&MERCHANT, &mut setup.faults);
        setup.merchant.signed_by(signer);
        self
    }

    /// A signer that holds the private key of the brand's API certificate elsewhere, as [`ClientBuilder::merchant_signer`].
    #[inline]
    pub fn brand_signer(mut self, signer: impl Signer) -> Self {
        let setup = &mut *self.setup;
        setup.brand.key_anew(&BRAND, &mut setup.faults);
        setup.brand.signed_by(signer);
        self
    }

    /// The merchant's certificate and private key as WeChat Pay hands them out in one file, `apiclient_cert.p12`: the serial
    /// number is taken from it too. It is opened by the merchant's number, unless
    /// [`ClientBuilder::merchant_pkcs12_passphrase`] says otherwise.
    ///
    /// ```no_run
    /// use std::path::Path;
    /// use wechatpay_runtime::{Client, Error};
    ///
    /// fn connect() -> Result<Client, Error> {
    ///     Client::builder()
    ///         .mchid("1900000109")
    ///         .merchant_pkcs12(Path::new("apiclient_cert.p12"))
    ///         .platform_public_key(Path::new("pub_key.pem"))
    ///         .platform_public_key_id("PUB_KEY_ID_0119000001092024")
    ///         .build()
    /// }
    /// ```
    #[cfg(feature = "pkcs12")]
    #[inline]
    pub fn merchant_pkcs12<T>(mut self, store: T) -> Self
    where
        T: TryInto<Pkcs12, Error: Into<KeyError>>,
    {
        let setup = &mut *self.setup;
        setup.merchant.key_anew(&MERCHANT, &mut setup.faults);
        self.setup.merchant.store = self.taken("merchant_pkcs12", store);
        self
    }

    /// The passphrase of the PKCS#12 store, where it is not the merchant's number.
    #[cfg(feature = "pkcs12")]
    #[inline]
    pub fn merchant_pkcs12_passphrase(mut self, passphrase: impl Into<String>) -> Self {
        self.setup.merchant.store_passphrase = Some(Zeroizing::new(passphrase.into()));
        self
    }

    /// What a configuration got wrong, to be told with everything else.
    #[inline]
    pub(crate) fn with_faults(
        mut self,
        faults: impl IntoIterator<Item = (&'static str, String)>,
        from_environment: bool,
    ) -> Self {
        let setup = &mut *self.setup;
        if from_environment {
            name_variables(setup.faults.as_mut_slice());
            setup.variables = Some(name_variables);
        }
        setup.faults.extend(faults);
        setup.faults.are_configured();
        setup.merchant.is_configured();
        setup.brand.is_configured();
        self
    }
}
