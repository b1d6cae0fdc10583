//! The tokens: who signed them, for whom, when. ID tokens and logout tokens take one path.
//!
//! The ready-made verifier of `openidconnect` knows ID tokens only, folds missing claims into one
//! error that repeats their content, and keeps claims in types that print: an identity number is
//! among them (T95), and a refusal must say which check refused (T06).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::Value;

use super::jwks::{Algorithm, Keys, SigningKey};
use crate::domain::limits::CLOCK_SKEW;

/// Bytes of a token (T10). ID-porten's have about 1,500.
const LENGTH: usize = 16 * 1024;
/// An older token is a replay, whatever its expiry says: ID-porten's live 120 or 300 s.
const AGE: SignedDuration = SignedDuration::from_mins(10);

/// Why a token is not believed: the check that refused it. Never holds anything of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason())]
pub enum TokenFault {
    /// Longer than any real one.
    Length,
    /// Not three parts of base64url with JSON in the first two, or a claim of an impossible type.
    Malformed,
    /// Signed with none of the algorithms that we take, or not at all.
    Algorithm,
    /// Signed with one of them, which the provider has not announced.
    NotAnnounced,
    /// The header demands an extension that we do not know.
    Critical,
    /// An ID token where a logout token is due, or the reverse.
    Kind,
    /// Signed with a key that the provider does not publish.
    UnknownKey,
    /// Names no key although the provider publishes several.
    AmbiguousKey,
    /// Not signed by that key.
    Signature,
    /// Not from the configured issuer.
    Issuer,
    /// Not for us, or not for us alone.
    Audience,
    /// Given to another client.
    AuthorizedParty,
    /// Too old, or never expiring.
    Expiry,
    /// Issued in the future, long ago, or at no time.
    IssuedAt,
    /// Not the answer to this attempt's question.
    Nonce,
    /// About nobody.
    Subject,
    /// Without the session that a logout would name.
    Session,
    /// Delivered with an access token that it does not speak of.
    AccessToken,
    /// Made in production for a test person, or by a test login.
    Synthetic,
    /// A logout token that reports no logout.
    Event,
    /// A logout token that cannot be told from its replay.
    TokenId,
}

impl TokenFault {
    /// A stable word for the audit trail.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Length => "token_length",
            Self::Malformed => "token_malformed",
            Self::Algorithm => "token_algorithm",
            Self::NotAnnounced => "token_algorithm_not_announced",
            Self::Critical => "token_crit",
            Self::Kind => "token_kind",
            Self::UnknownKey => "token_unknown_key",
            Self::AmbiguousKey => "token_ambiguous_key",
            Self::Signature => "token_signature",
            Self::Issuer => "token_iss",
            Self::Audience => "token_aud",
            Self::AuthorizedParty => "token_azp",
            Self::Expiry => "token_exp",
            Self::IssuedAt => "token_iat",
            Self::Nonce => "token_nonce",
            Self::Subject => "token_sub",
            Self::Session => "token_sid",
            Self::AccessToken => "token_at_hash",
            Self::Synthetic => "token_synthetic",
            Self::Event => "token_events",
            Self::TokenId => "token_jti",
        }
    }
}

/// What a token is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Logout,
}

impl Kind {
    /// An ID token need not say its type; a logout token must, so that neither passes as the other.
    fn is(self, typ: Option<&str>) -> bool {
        let typ = typ.map(str::to_ascii_lowercase);
        let typ = typ.as_deref().map(|typ| typ.strip_prefix("application/").unwrap_or(typ));
        match self {
            Self::Id => matches!(typ, None | Some("jwt")),
            Self::Logout => typ == Some("logout+jwt"),
        }
    }
}

/// The claims of a token whose signature is good. Everything else about it is still to be
/// checked. No `Debug`: an identity number is among them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Claims {
    iss: Option<String>,
    aud: Audience,
    azp: Option<String>,
    exp: Option<i64>,
    iat: Option<i64>,
    auth_time: Option<i64>,
    pub(super) sub: Option<String>,
    pub(super) sid: Option<String>,
    pub(super) jti: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) at_hash: Option<String>,
    pub(super) acr: Option<String>,
    pub(super) amr: Option<Value>,
    pub(super) pid: Option<Value>,
    pub(super) locale: Option<String>,
    pub(super) events: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Default for Audience {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    crit: Option<IgnoredAny>,
    // `jku`, `jwk`, `x5u` and `x5c` are not read: a token does not say which keys to trust.
}

/// A token in its parts, and the key that is to have signed it.
struct Parts<'a> {
    key: &'a SigningKey,
    algorithm: Algorithm,
    signed: &'a str,
    claims: &'a str,
    signature: &'a str,
}

impl<'a> Parts<'a> {
    /// Everything but the signature and the claims.
    fn of(token: &'a str, kind: Kind, keys: &'a Keys) -> Result<Self, TokenFault> {
        if token.len() > LENGTH {
            return Err(TokenFault::Length);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenFault::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(TokenFault::Malformed)?;
        let header: Header = json(header)?;
        let algorithm = keys.algorithm(&header.alg)?;
        if header.crit.is_some() {
            return Err(TokenFault::Critical);
        }
        if !kind.is(header.typ.as_deref()) {
            return Err(TokenFault::Kind);
        }
        let key = keys.named(header.kid.as_deref(), algorithm)?;
        Ok(Self { key, algorithm, signed, claims, signature })
    }
}

/// Reads a token that one of `keys` signed.
pub(super) fn open(token: &str, kind: Kind, keys: &Keys) -> Result<Claims, TokenFault> {
    let parts = Parts::of(token, kind, keys)?;
    let signature = decoded(parts.signature)?;
    parts.key.signed(parts.algorithm, parts.signed.as_bytes(), &signature)?;
    json(parts.claims)
}

/// What of the provider must be fetched anew before a token can be judged, because it has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outdated {
    /// None of the keys is the token's.
    Keys,
    /// The provider did not sign like this when it was last asked.
    Metadata,
}

/// Is it a fine token as far as can be seen, but of a newer key, or a newer algorithm of those we take?
pub(super) fn outdated(token: &str, kind: Kind, keys: &Keys) -> Option<Outdated> {
    match Parts::of(token, kind, keys).err()? {
        TokenFault::UnknownKey => Some(Outdated::Keys),
        TokenFault::NotAnnounced => Some(Outdated::Metadata),
        _ => None,
    }
}

fn decoded(part: &str) -> Result<Vec<u8>, TokenFault> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenFault::Malformed)
}

fn json<T: DeserializeOwned>(part: &str) -> Result<T, TokenFault> {
    serde_json::from_slice(&decoded(part)?).map_err(|_| TokenFault::Malformed)
}

impl Claims {
    /// Is the token from `issuer`, for `client_id` alone, and of now? Gives the time from which on
    /// the answer will be no, clock skew aside.
    pub(super) fn addressed(
        &self,
        issuer: &str,
        client_id: &str,
        now: Timestamp,
    ) -> Result<Timestamp, TokenFault> {
        let audience = match &self.aud {
            Audience::One(audience) => std::slice::from_ref(audience),
            Audience::Many(audiences) => audiences,
        };
        if self.iss.as_deref() != Some(issuer) {
            return Err(TokenFault::Issuer);
        }
        if audience != [client_id] {
            return Err(TokenFault::Audience);
        }
        if self.azp.as_ref().is_some_and(|party| party != client_id) {
            return Err(TokenFault::AuthorizedParty);
        }
        let time = |claim: Option<i64>| Timestamp::from_second(claim?).ok();
        let expires_at = time(self.exp).filter(|at| now - CLOCK_SKEW < *at);
        let expires_at = expires_at.ok_or(TokenFault::Expiry)?;
        let issued_at = time(self.iat).filter(|at| now - AGE <= *at && *at <= now + CLOCK_SKEW);
        let issued_at = issued_at.ok_or(TokenFault::IssuedAt)?;
        Ok(expires_at.min(issued_at + AGE))
    }

    /// When the person showed who they are, as the token says; never later than now. A token that does
    /// not say, or says what cannot be, was never fresh (T53): the beginning of 1970.
    pub(super) fn identified_at(&self, now: Timestamp) -> Timestamp {
        let said = self.auth_time.and_then(|at| Timestamp::from_second(at).ok());
        said.filter(|at| *at <= now + CLOCK_SKEW).unwrap_or_default().min(now)
    }
}

/// A claim that must be there, and say something.
pub(super) fn required(claim: Option<String>, fault: TokenFault) -> Result<String, TokenFault> {
    claim.filter(|claim| !claim.is_empty()).ok_or(fault)
}
