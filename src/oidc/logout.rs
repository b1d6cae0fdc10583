//! Logouts: our own to the provider, and those that the provider reports to us.

use jiff::Timestamp;
use openidconnect::{ClientId, CsrfToken, LogoutRequest};
use serde_json::Value;

use super::{
    Keys, Provider, RelyingParty, TokenFault, Unreachable,
    token::{Kind, open, required},
};
use crate::domain::redacted;

/// What makes a token a logout token. Source: OIDC Back-Channel Logout 1.0 §2.4.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A logout that the provider reports. At least one of `sid` and `subject` is there.
pub struct Logout {
    /// The session that ended.
    pub sid: Option<String>,
    /// Whose session it was: our name of them, or, as a published sample has it, their identity
    /// number (T28). Neither logged nor stored.
    pub subject: Option<String>,
    /// Tells this report from every other, for as long as it could be believed.
    pub jti: String,
    /// From when on the token is refused as too old, clock skew aside.
    pub expires_at: Timestamp,
}
redacted!(Logout);

/// Why a reported logout is not obeyed.
#[derive(Debug, thiserror::Error)]
pub enum LogoutRefused {
    /// The keys to check it with are not to be had.
    #[error(transparent)]
    NotReached(#[from] Unreachable),
    /// The token does not hold.
    #[error("the logout token is refused")]
    Untrusted(#[from] TokenFault),
}

impl LogoutRefused {
    /// A stable word for the audit trail.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NotReached(_) => "provider_not_reached",
            Self::Untrusted(fault) => fault.reason(),
        }
    }
}

impl<Key> Provider<Key> {
    /// Reads a logout token (T26). The caller keeps `jti`, and with it tells a replay.
    pub async fn logout_token(&self, token: &str, now: Timestamp) -> Result<Logout, LogoutRefused> {
        let directory = self.directory_for(token, Kind::Logout, now).await?;
        Ok(self.party.logout_token(token, &directory.keys, now)?)
    }

    /// Where to send a browser whose session here has ended, to end it with the provider too. It
    /// returns to `/logget-ut` with `state`: printable ASCII. Holds nothing about the person (T25).
    pub async fn end_session_url(
        &self,
        state: &str,
        now: Timestamp,
    ) -> Result<String, Unreachable> {
        let directory = self.directories.current(now).await?;
        let endpoint = directory.end_session.clone();
        let endpoint = endpoint.ok_or(Unreachable::Nonsense("metadata without end of session"))?;
        let request = LogoutRequest::from(endpoint)
            .set_client_id(ClientId::new(self.party.client_id.clone()))
            .set_post_logout_redirect_uri(self.post_logout_redirect_uri.clone())
            .set_state(CsrfToken::new(state.to_owned()));
        Ok(request.http_get_url().into())
    }

    /// Is this our issuer, as a front-channel logout names it? ID-porten's own sample has a slash
    /// at the end.
    pub fn is_issuer(&self, iss: &str) -> bool {
        iss.strip_suffix('/').unwrap_or(iss) == self.party.issuer.name()
    }
}

impl RelyingParty {
    /// Is it a logout token of our provider's to us, and of now? If so, what it reports.
    pub fn logout_token(
        &self,
        token: &str,
        keys: &Keys,
        now: Timestamp,
    ) -> Result<Logout, TokenFault> {
        let claims = open(token, Kind::Logout, keys)?;
        let expires_at = claims.addressed(self.issuer.name(), &self.client_id, now)?;
        if !claims.events.is_some_and(|events| events.get(EVENT).is_some_and(Value::is_object)) {
            return Err(TokenFault::Event);
        }
        if claims.nonce.is_some() {
            return Err(TokenFault::Nonce);
        }
        let filled = |claim: Option<String>| claim.filter(|claim| !claim.is_empty());
        let (sid, subject) = (filled(claims.sid), filled(claims.sub));
        if sid.is_none() && subject.is_none() {
            return Err(TokenFault::Session);
        }
        let jti = required(claims.jti, TokenFault::TokenId)?;
        Ok(Logout { sid, subject, jti, expires_at })
    }
}
