//! Kontobro as a relying party of ID-porten: OIDC, code flow, PKCE, `private_key_jwt`.
//!
//! Owns the protocol: what is asked of the provider, what of its answers is believed, and the word
//! for each refusal. Knows no cookie, no store and no page; keeps no token; logs nothing. The
//! identity number leaves it only as [`crate::domain::Pid`].
//!
//! Read [`Provider::begin`], [`Provider::code`], [`Provider::redeem`] and [`Provider::logout_token`], in
//! that order.

mod attempt;
mod callback;
mod client_key;
mod directory;
mod issuer;
mod jwks;
mod logout;
mod party;
mod request;
#[cfg(test)]
mod tests;
mod token;
mod wire;

use std::sync::Arc;

use jiff::Timestamp;
use openidconnect::{PostLogoutRedirectUrl, RedirectUrl};

pub use self::{
    attempt::{Attempt, fingerprint},
    callback::{Answer, Code, Login, LoginRefused},
    client_key::ClientKey,
    issuer::Issuer,
    jwks::Keys,
    logout::{Logout, LogoutRefused},
    party::RelyingParty,
    token::TokenFault,
    wire::Unreachable,
};
use self::{
    directory::{Directories, Directory},
    token::{Kind, Outdated},
    wire::Wire,
};
use crate::{
    keys::{KeyStore, NoKey},
    outbound::{Outbound, ahead},
    settings::{BadSetting, Settings},
};

/// The level that is asked for, as a minimum.
const SUBSTANTIAL: &str = "idporten-loa-substantial";
/// The level above, accepted too. There are no others: an unknown level is no level (T07).
const HIGH: &str = "idporten-loa-high";

/// The provider, seen from one of our functions. With a [`ClientKey`] it can log people in;
/// without, it can only log them out.
pub struct Provider<Key = ()> {
    party: RelyingParty,
    /// Where people come back to after a login, and after a logout.
    redirect_uri: RedirectUrl,
    post_logout_redirect_uri: PostLogoutRedirectUrl,
    directories: Directories,
    key: Key,
}

impl Provider {
    /// For logouts. Reads `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `BASE_URL`.
    pub fn from(settings: &Settings, outbound: &Outbound) -> Result<Self, BadSetting> {
        let party = RelyingParty::from(settings)?;
        let base_url = settings.url("BASE_URL")?;
        let at = |path| format!("{base_url}{path}");
        let no_url = |_| BadSetting::Impossible { name: "BASE_URL", reason: "is not a URL" };
        let wire = Wire::new(outbound.clone(), party.issuer.clone());
        Ok(Self {
            redirect_uri: RedirectUrl::new(at("/logg-inn/svar")).map_err(no_url)?,
            post_logout_redirect_uri: PostLogoutRedirectUrl::new(at("/logget-ut"))
                .map_err(no_url)?,
            directories: Directories::new(wire, party.issuer.clone()),
            party,
            key: (),
        })
    }

    /// For the login and its callback: with the secret `client`.
    pub async fn with_key(self, keystore: &KeyStore) -> Result<Provider<ClientKey>, NoKey> {
        Ok(self.signing_with(ClientKey::from(keystore).await?))
    }

    fn signing_with(self, key: ClientKey) -> Provider<ClientKey> {
        Provider {
            party: self.party,
            redirect_uri: self.redirect_uri,
            post_logout_redirect_uri: self.post_logout_redirect_uri,
            directories: self.directories,
            key,
        }
    }
}

impl Provider<ClientKey> {
    /// Whole days until the client's key is no longer registered, if anyone has said when.
    pub fn days_registered(&self, now: Timestamp) -> Option<u64> {
        self.key.days_left(now)
    }
}

impl<Key> Provider<Key> {
    /// Fetches metadata and keys while the function starts.
    pub async fn warm(&self, now: Timestamp) {
        ahead(self.directories.current(now)).await;
    }

    /// What the provider publishes, newer if this was signed with a key or in a way that is not among
    /// what is known (T10).
    async fn directory_for(
        &self,
        token: &str,
        kind: Kind,
        now: Timestamp,
    ) -> Result<Arc<Directory>, Unreachable> {
        let directory = self.directories.current(now).await?;
        let newer = match token::outdated(token, kind, &directory.keys) {
            None => None,
            Some(Outdated::Keys) => self.directories.with_newer_keys(now).await,
            Some(Outdated::Metadata) => self.directories.anew(now).await,
        };
        Ok(newer.unwrap_or(directory))
    }
}
