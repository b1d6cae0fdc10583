//! Whose tokens we believe, and who we are to them. Knows no network: keys come in as values.

use super::Issuer;
use crate::settings::{BadSetting, Settings};

/// We, as one provider knows us: one client of one issuer.
pub struct RelyingParty {
    pub(super) issuer: Issuer,
    pub(super) client_id: String,
    pub(super) production: bool,
}

impl RelyingParty {
    /// Reads `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `PRODUCTION`.
    pub fn from(settings: &Settings) -> Result<Self, BadSetting> {
        Ok(Self {
            issuer: Issuer::from(settings)?,
            client_id: settings.required("OIDC_CLIENT_ID")?.to_owned(),
            production: settings.production(),
        })
    }
}
