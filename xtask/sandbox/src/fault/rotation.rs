//! Platform certificates that change while requests are on their way.

use crate::SandboxKeys;
use crate::play::{PlatformKeyMode, Stage};

/// WeChat Pay begins to use a new platform certificate: the answer to the request that meets this and all later ones are signed with the
/// newest, whatever `Wechatpay-Serial` the requests name, and the list of certificates has it. Requests that came before are answered as they
/// would have been.
///
/// ```
/// # fn rotate(sandbox: &wechatpay_sandbox::Sandbox) -> Result<(), wechatpay_sandbox::Error> {
/// use wechatpay_sandbox::Rotation;
///
/// let both = sandbox.keys().with_new_certificate()?;
/// sandbox.faults().queue([None, None, Some(Rotation::to(both).into())]); // in the third request
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    keys: SandboxKeys,
}

impl Rotation {
    /// To these keys. They should have the old certificates too: both are valid for a while.
    pub fn to(keys: SandboxKeys) -> Self {
        Self { keys }
    }

    /// Changes who plays.
    pub(crate) fn apply(&self, stage: &mut Stage) {
        stage.keys = self.keys.clone();
        stage.platform_key_mode = Some(PlatformKeyMode::NewestCertificate);
    }
}
