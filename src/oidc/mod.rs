//! Kontobro as a relying party of ID-porten: OIDC, code flow, PKCE, `private_key_jwt`.
//!
//! Owns the protocol: what is asked of the provider, what of its answers is believed, and the word
//! for each refusal. Knows no cookie, no store and no page; keeps no token; logs nothing. The
//! identity number leaves it only as [`crate::domain::Pid`].
//!
//! Read [`Provider::begin`], [`Provider::finish`] and [`Provider::logout_token`], in that order.

mod attempt;
mod callback;
mod client_key;
mod directory;
mod issuer;
mod logout;
mod request;
#[cfg(test)]
mod tests;
mod token;
mod wire;

use jiff::Timestamp;
use openidconnect::{PostLogoutRedirectUrl, RedirectUrl};

pub use self::{
    attempt::Attempt,
    callback::{Answer, Login, LoginRefused},
    client_key::ClientKey,
    issuer::Issuer,
    logout::{Logout, LogoutRefused},
    token::TokenFault,
    wire::Unreachable,
};
use self::{
    directory::Directories,
    token::{Claims, Kind},
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
    issuer: Issuer,
    client_id: String,
    /// Where people come back to after a login, and after a logout.
    redirect_uri: RedirectUrl,
    post_logout_redirect_uri: PostLogoutRedirectUrl,
    production: bool,
    directories: Directories,
    key: Key,
}

impl Provider {
    /// For logouts. Reads `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `BASE_URL`.
    pub fn from(settings: &Settings, outbound: &Outbound) -> Result<Self, BadSetting> {
        let issuer = Issuer::from(settings)?;
        let base_url = settings.url("BASE_URL")?;
        let at = |path| format!("{base_url}{path}");
        let no_url = |_| BadSetting::Impossible { name: "BASE_URL", reason: "is not a URL" };
        let wire = Wire::new(outbound.clone(), issuer.clone());
        Ok(Self {
            client_id: settings.required("OIDC_CLIENT_ID")?.to_owned(),
            redirect_uri: RedirectUrl::new(at("/logg-inn/svar")).map_err(no_url)?,
            post_logout_redirect_uri: PostLogoutRedirectUrl::new(at("/logget-ut"))
                .map_err(no_url)?,
            production: settings.production(),
            directories: Directories::new(wire, issuer.clone()),
            issuer,
            key: (),
        })
    }

    /// For the login and its callback: with the secret `client`.
    pub async fn with_key(self, keystore: &KeyStore) -> Result<Provider<ClientKey>, NoKey> {
        Ok(self.signing_with(ClientKey::from(keystore).await?))
    }

    fn signing_with(self, key: ClientKey) -> Provider<ClientKey> {
        Provider {
            issuer: self.issuer,
            client_id: self.client_id,
            redirect_uri: self.redirect_uri,
            post_logout_redirect_uri: self.post_logout_redirect_uri,
            production: self.production,
            directories: self.directories,
            key,
        }
    }
}

impl<Key> Provider<Key> {
    /// Fetches metadata and keys while the function starts.
    pub async fn warm(&self, now: Timestamp) {
        ahead(self.directories.current(now)).await;
    }

    /// Reads a token that the provider signed, with newer keys if its key is not known (T10).
    async fn open<E>(&self, token: &str, kind: Kind, now: Timestamp) -> Result<Claims, E>
    where
        E: From<TokenFault> + From<Unreachable>,
    {
        let directory = self.directories.current(now).await?;
        let opened = match token::open(token, kind, &directory.keys) {
            Err(TokenFault::UnknownKey) => match self.directories.with_newer_keys(now).await {
                Some(newer) => token::open(token, kind, &newer.keys),
                None => Err(TokenFault::UnknownKey),
            },
            opened => opened,
        };
        Ok(opened?)
    }
}
