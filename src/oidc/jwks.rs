//! The keys that the provider publishes to have its tokens checked with, and that check by `ring`.
//!
//! Which algorithms may sign is fixed here, and the provider's metadata chooses among them. A token chooses
//! nothing: its header must name one that was announced, and its key must be of that kind.
//!
//! `openidconnect` reads the set and leaves out what it cannot read. It would check RSA signatures by the
//! `rsa` crate, for several times the work, and ECDSA not at all.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::{
    JsonWebKey as _, JsonWebKeyAlgorithm, JsonWebKeyId, JsonWebKeySet, JsonWebKeyUse as _,
    core::{CoreJsonWebKey, CoreJsonWebKeyType, CoreJsonWebKeyUse, CoreJwsSigningAlgorithm},
};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;

use super::TokenFault;

/// Bytes of a modulus. Nobody's tokens are signed with longer ones, and each check would cost a
/// stranger nothing and us much (T10).
const LONGEST: usize = 4096 / 8;
/// Bytes of a coordinate on P-256 (RFC 7518, section 6.2.1.2).
const COORDINATE: usize = 32;

/// What a token may be signed with (RFC 7518, section 3.1). There are no others: `none` is no signature,
/// and a secret shared with the provider is not among what we have (T06).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
}

impl Algorithm {
    /// By its name in a token's header, to the letter.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            _ => None,
        }
    }

    /// As metadata announce it, and keys name it.
    pub(super) fn of(announced: &CoreJwsSigningAlgorithm) -> Option<Self> {
        match announced {
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256 => Some(Self::Rs256),
            CoreJwsSigningAlgorithm::RsaSsaPssSha256 => Some(Self::Ps256),
            CoreJwsSigningAlgorithm::EcdsaP256Sha256 => Some(Self::Es256),
            _ => None,
        }
    }
}

/// The keys of a JWKS that could have signed a token, and the algorithms that the provider announces.
#[derive(Clone, Deserialize)]
#[serde(from = "JsonWebKeySet<CoreJsonWebKey>")]
pub struct Keys {
    keys: Vec<SigningKey>,
    algorithms: Vec<Algorithm>,
}

/// One of them (RFC 7518, section 6).
#[derive(Clone)]
pub(super) struct SigningKey {
    id: Option<JsonWebKeyId>,
    /// What alone it signs with, if it says so.
    only: Option<Algorithm>,
    public: PublicKey,
}

#[derive(Clone)]
enum PublicKey {
    Rsa(RsaPublicKeyComponents<Vec<u8>>),
    /// A point on P-256, uncompressed.
    P256(Vec<u8>),
}

/// A set by itself: RS256 is what every provider must have (OIDC Core 1.0, section 15.1).
impl From<JsonWebKeySet<CoreJsonWebKey>> for Keys {
    fn from(published: JsonWebKeySet<CoreJsonWebKey>) -> Self {
        Self::announced(&published, vec![Algorithm::Rs256])
    }
}

impl Keys {
    /// A set, of a provider that announces these algorithms.
    pub(super) fn announced(
        published: &JsonWebKeySet<CoreJsonWebKey>,
        algorithms: Vec<Algorithm>,
    ) -> Self {
        Self { keys: published.keys().iter().filter_map(SigningKey::of).collect(), algorithms }
    }

    /// A newer set of the same provider.
    pub(super) fn renewed(&self, published: &JsonWebKeySet<CoreJsonWebKey>) -> Self {
        Self::announced(published, self.algorithms.clone())
    }

    /// The algorithm that a token's header names, if the provider has announced it.
    pub(super) fn algorithm(&self, name: &str) -> Result<Algorithm, TokenFault> {
        let algorithm = Algorithm::named(name).ok_or(TokenFault::Algorithm)?;
        if self.algorithms.contains(&algorithm) {
            Ok(algorithm)
        } else {
            Err(TokenFault::NotAnnounced)
        }
    }

    /// The key of that name for this algorithm; without a name, the only one that there is.
    pub(super) fn named(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<&SigningKey, TokenFault> {
        let is_named = |key: &&SigningKey| {
            key.is_for(algorithm)
                && kid.is_none_or(|kid| key.id.as_ref().is_some_and(|id| id.as_str() == kid))
        };
        let mut fitting = self.keys.iter().filter(is_named);
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Ok(key),
            (Some(_), Some(_)) => Err(TokenFault::AmbiguousKey),
            (None, _) => Err(TokenFault::UnknownKey),
        }
    }
}

impl SigningKey {
    fn of(key: &CoreJsonWebKey) -> Option<Self> {
        if !key.key_use().is_none_or(CoreJsonWebKeyUse::allows_signature) {
            return None;
        }
        let only = match key.signing_alg() {
            JsonWebKeyAlgorithm::Unspecified => None,
            JsonWebKeyAlgorithm::Algorithm(algorithm) => Some(Algorithm::of(algorithm)?),
            JsonWebKeyAlgorithm::Unsupported => return None,
        };
        let public = PublicKey::of(key)?;
        Some(Self { id: key.key_id().cloned(), only, public })
    }

    fn is_for(&self, algorithm: Algorithm) -> bool {
        let fits = match self.public {
            PublicKey::Rsa(_) => matches!(algorithm, Algorithm::Rs256 | Algorithm::Ps256),
            PublicKey::P256(_) => algorithm == Algorithm::Es256,
        };
        fits && self.only.is_none_or(|only| only == algorithm)
    }

    /// Did this key sign it, with this algorithm?
    pub(super) fn signed(
        &self,
        algorithm: Algorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), TokenFault> {
        let checked = match (&self.public, algorithm) {
            (PublicKey::Rsa(key), Algorithm::Rs256) => {
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            (PublicKey::Rsa(key), Algorithm::Ps256) => {
                key.verify(&RSA_PSS_2048_8192_SHA256, message, signature)
            }
            (PublicKey::P256(point), Algorithm::Es256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            (PublicKey::Rsa(_), Algorithm::Es256)
            | (PublicKey::P256(_), Algorithm::Rs256 | Algorithm::Ps256) => {
                return Err(TokenFault::Algorithm);
            }
        };
        checked.map_err(|_| TokenFault::Signature)
    }
}

/// The numbers of a key, which the library tells only when it writes the key out again.
#[derive(Deserialize)]
struct Written {
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl PublicKey {
    fn of(key: &CoreJsonWebKey) -> Option<Self> {
        let written: Written = serde_json::from_value(serde_json::to_value(key).ok()?).ok()?;
        match key.key_type() {
            CoreJsonWebKeyType::RSA => Self::rsa(number(written.n)?, number(written.e)?),
            CoreJsonWebKeyType::EllipticCurve if written.crv.as_deref() == Some("P-256") => {
                Self::p256(&number(written.x)?, &number(written.y)?)
            }
            _ => None,
        }
    }

    /// The standard forbids zeros in front; some libraries write one, and `ring` takes none.
    fn rsa(n: Vec<u8>, e: Vec<u8>) -> Option<Self> {
        let [n, e] = [n, e]
            .map(|number| number.into_iter().skip_while(|byte| *byte == 0).collect::<Vec<_>>());
        (n.len() <= LONGEST).then_some(Self::Rsa(RsaPublicKeyComponents { n, e }))
    }

    fn p256(x: &[u8], y: &[u8]) -> Option<Self> {
        let is_whole = [x, y].iter().all(|coordinate| coordinate.len() == COORDINATE);
        is_whole.then(|| Self::P256([&[4], x, y].concat()))
    }
}

fn number(written: Option<String>) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(written?).ok()
}
