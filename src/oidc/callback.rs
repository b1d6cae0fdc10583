//! The way back: from what the browser brings to who it is, or to why nobody is logged in.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use form_urlencoded::Serializer;
use jiff::Timestamp;
use openidconnect::http::StatusCode;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use serde_json::Value;

use super::{
    Attempt, ClientKey, HIGH, Keys, Provider, RelyingParty, SUBSTANTIAL, TokenFault, Unreachable,
    directory::Directory,
    token::{Kind, open, required},
};
use crate::domain::{Pid, redacted};

/// What the browser brought from the provider: each parameter at most once, percent-decoded.
#[derive(Clone, Copy, Default)]
pub struct Answer<'a> {
    /// The code, good once and for seconds.
    pub code: Option<&'a str>,
    /// Which attempt it answers.
    pub state: Option<&'a str>,
    /// Who answers (RFC 9207).
    pub iss: Option<&'a str>,
    /// Why there is no code.
    pub error: Option<&'a str>,
}

/// A code that answers an attempt of ours, not redeemed yet.
pub struct Code(String);

/// Who logged in.
pub struct Login {
    /// The identity number. It ends with the request that it came in.
    pub pid: Pid,
    /// The session with ID-porten, as logouts will name it.
    pub sid: String,
    /// The person, as ID-porten names them to us: logouts may name it instead of `sid`.
    pub subject: String,
    /// The language the person chose at ID-porten, where it says so unasked.
    pub locale: Option<String>,
    /// When.
    pub at: Timestamp,
    /// When the person showed the provider who they are: now, or earlier for another service.
    pub identified_at: Timestamp,
}
redacted!(Code, Login);

/// Why nobody is logged in.
#[derive(Debug, thiserror::Error)]
pub enum LoginRefused {
    /// The person pressed «Avbryt».
    #[error("cancelled at the provider")]
    Cancelled,
    /// The provider says that it cannot just now.
    #[error("the provider asks to try later")]
    TryLater,
    /// The provider says no, with a code that a person can do nothing about.
    #[error("the provider reports an error")]
    ProviderError,
    /// The provider did not answer, or not sensibly.
    #[error(transparent)]
    NotReached(#[from] Unreachable),
    /// The attempt is too old, or its code is spent: begin again.
    #[error("the attempt is over")]
    StaleAttempt,
    /// Not an answer to this attempt, or not from our provider. Nothing was asked of anyone.
    #[error("the answer does not belong to the attempt: {0}")]
    ForeignAnswer(&'static str),
    /// A good login of someone without a Norwegian identity number.
    #[error("the login has no identity number")]
    NoIdentityNumber,
    /// A good login by a means that is not good enough.
    #[error("the login is too weak")]
    TooWeak,
    /// The provider's token does not hold.
    #[error("the ID token is refused")]
    Untrusted(#[from] TokenFault),
}

impl LoginRefused {
    /// A stable word for the audit trail, never of the answer's own making.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::TryLater => "provider_try_later",
            Self::ProviderError => "provider_error",
            Self::NotReached(_) => "provider_not_reached",
            Self::StaleAttempt => "attempt_stale",
            Self::ForeignAnswer(parameter) => parameter,
            Self::NoIdentityNumber => "no_identity_number",
            Self::TooWeak => "acr_too_weak",
            Self::Untrusted(fault) => fault.reason(),
        }
    }

    /// From the parameter `error`. Its description is not looked at (T05).
    fn reported(error: &str) -> Self {
        match error {
            "access_denied" => Self::Cancelled,
            "temporarily_unavailable" | "server_error" => Self::TryLater,
            _ => Self::ProviderError,
        }
    }
}

/// The answer of the token endpoint; lives as long as the callback (T13).
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

#[derive(Deserialize)]
struct TokenError {
    error: String,
}

impl Provider<ClientKey> {
    /// The code, if the answer is the attempt's own and brings one. The provider is not asked about it.
    pub async fn code(
        &self,
        attempt: &Attempt,
        answer: &Answer<'_>,
        now: Timestamp,
    ) -> Result<Code, LoginRefused> {
        if attempt.expires_at() <= now {
            return Err(LoginRefused::StaleAttempt);
        }
        if !answer.state.is_some_and(|state| attempt.matches_state(state)) {
            return Err(LoginRefused::ForeignAnswer("answer_state"));
        }
        if let Some(error) = answer.error {
            return Err(LoginRefused::reported(error));
        }
        if answer.iss.is_some_and(|iss| iss != self.party.issuer.name()) {
            return Err(LoginRefused::ForeignAnswer("answer_iss"));
        }
        let code = answer.code.ok_or(LoginRefused::ForeignAnswer("answer_code"))?;
        let directory = self.directories.current(now).await?;
        if answer.iss.is_none() && directory.announces_iss {
            return Err(LoginRefused::ForeignAnswer("answer_iss"));
        }
        Ok(Code(code.to_owned()))
    }

    /// Redeems the code of an attempt: who has logged in? The caller consumes the attempt first, so that
    /// no code of it is sent a second time (T02).
    pub async fn redeem(
        &self,
        attempt: &Attempt,
        Code(code): Code,
        now: Timestamp,
    ) -> Result<Login, LoginRefused> {
        let directory = self.directories.current(now).await?;
        let tokens = self.exchange(&directory, &code, &attempt.verifier, now).await?;
        let (id_token, access_token) = (&*tokens.id_token, tokens.access_token.as_deref());
        let directory = self.directory_for(id_token, Kind::Id, now).await?;
        self.party.id_token((id_token, access_token), &directory.keys, &attempt.nonce, now)
    }

    /// Turns the code into tokens. Once: the code may be spent although no answer came (T11).
    async fn exchange(
        &self,
        directory: &Directory,
        code: &str,
        verifier: &str,
        now: Timestamp,
    ) -> Result<Tokens, LoginRefused> {
        let form = Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("code_verifier", verifier)
            .append_pair("client_id", &self.party.client_id)
            .finish();
        let form = self.authenticated(form, now);
        let answer = self.directories.wire.post(&directory.token, form, now).await?;
        if answer.status() == StatusCode::OK {
            return serde_json::from_slice(answer.body())
                .map_err(|_| Unreachable::Nonsense("the answer of the token endpoint").into());
        }
        match serde_json::from_slice(answer.body()) {
            Ok(TokenError { error }) if error == "invalid_grant" => Err(LoginRefused::StaleAttempt),
            _ => Err(Unreachable::Status(answer.status()).into()),
        }
    }
}

impl RelyingParty {
    /// Is it an ID token of our provider's to us, of now, and the answer to the attempt with this
    /// nonce? If so, who logged in. `access_token` came with it.
    ///
    /// Every check of the claims (T06–T08). Those that a page tells the person about come last: by
    /// then the token is known to be the provider's answer to us.
    pub fn id_token(
        &self,
        (token, access_token): (&str, Option<&str>),
        keys: &Keys,
        nonce: &str,
        now: Timestamp,
    ) -> Result<Login, LoginRefused> {
        let claims = open(token, Kind::Id, keys)?;
        claims.addressed(self.issuer.name(), &self.client_id, now)?;
        if claims.events.is_some() {
            return Err(TokenFault::Kind.into());
        }
        if claims.nonce.as_deref() != Some(nonce) {
            return Err(TokenFault::Nonce.into());
        }
        if claims.at_hash.is_some() && claims.at_hash != access_token.map(at_hash) {
            return Err(TokenFault::AccessToken.into());
        }
        let identified_at = claims.identified_at(now);
        let subject = required(claims.sub, TokenFault::Subject)?;
        let sid = required(claims.sid, TokenFault::Session)?;
        let pid = claims.pid.as_ref().and_then(Value::as_str).map(Pid::from_claim);
        let Some(Ok(pid)) = pid else { return Err(LoginRefused::NoIdentityNumber) };
        if !claims.acr.is_some_and(|acr| [SUBSTANTIAL, HIGH].contains(&acr.as_str())) {
            return Err(LoginRefused::TooWeak);
        }
        if self.production && (pid.is_synthetic() || is_test_login(claims.amr.as_ref())) {
            return Err(TokenFault::Synthetic.into());
        }
        Ok(Login { pid, sid, subject, locale: claims.locale, at: now, identified_at })
    }
}

/// Half of the access token's SHA-256. Source: OIDC Core 1.0 §3.1.3.6.
pub(super) fn at_hash(access_token: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&digest(&SHA256, access_token.as_bytes()).as_ref()[..16])
}

/// `TestID` logs in whoever it is told to, in the test environment only.
fn is_test_login(amr: Option<&Value>) -> bool {
    let methods = amr.and_then(Value::as_array).into_iter().flatten();
    amr.into_iter().chain(methods).any(|method| method == "TestID")
}
