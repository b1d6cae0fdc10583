//! The keys that the provider publishes to have its tokens checked with, and that check: RS256 by `ring`.
//!
//! `openidconnect` reads the set and leaves out what it cannot read. It would check signatures by the
//! `rsa` crate, for several times the work.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::{
    JsonWebKey as _, JsonWebKeyAlgorithm, JsonWebKeyId, JsonWebKeySet, JsonWebKeyUse as _,
    core::{CoreJsonWebKey, CoreJsonWebKeyType, CoreJsonWebKeyUse, CoreJwsSigningAlgorithm},
};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::Deserialize;

use super::TokenFault;

/// Bytes of a modulus. Nobody's tokens are signed with longer ones, and each check would cost a
/// stranger nothing and us much (T10).
const LONGEST: usize = 4096 / 8;

/// The keys of a JWKS that could have signed a token: RSA, for signatures, for RS256.
#[derive(Clone, Deserialize)]
#[serde(from = "JsonWebKeySet<CoreJsonWebKey>")]
pub struct Keys(Vec<SigningKey>);

/// One of them (RFC 7518, section 6.3.1).
#[derive(Clone)]
pub(super) struct SigningKey {
    id: Option<JsonWebKeyId>,
    public: RsaPublicKeyComponents<Vec<u8>>,
}

impl From<JsonWebKeySet<CoreJsonWebKey>> for Keys {
    fn from(published: JsonWebKeySet<CoreJsonWebKey>) -> Self {
        Self(published.keys().iter().filter_map(SigningKey::of).collect())
    }
}

impl Keys {
    /// The key of that name; without a name, the only key that there is.
    pub(super) fn named(&self, kid: Option<&str>) -> Result<&SigningKey, TokenFault> {
        let is_named = |key: &&SigningKey| {
            kid.is_none_or(|kid| key.id.as_ref().is_some_and(|id| id.as_str() == kid))
        };
        let mut fitting = self.0.iter().filter(is_named);
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Ok(key),
            (Some(_), Some(_)) => Err(TokenFault::AmbiguousKey),
            (None, _) => Err(TokenFault::UnknownKey),
        }
    }
}

impl SigningKey {
    fn of(key: &CoreJsonWebKey) -> Option<Self> {
        let is_for_rs256 = *key.key_type() == CoreJsonWebKeyType::RSA
            && key.key_use().is_none_or(CoreJsonWebKeyUse::allows_signature)
            && match key.signing_alg() {
                JsonWebKeyAlgorithm::Unspecified => true,
                JsonWebKeyAlgorithm::Algorithm(algorithm) => {
                    *algorithm == CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256
                }
                JsonWebKeyAlgorithm::Unsupported => false,
            };
        let public = is_for_rs256.then(|| numbers(key)).flatten()?;
        Some(Self { id: key.key_id().cloned(), public })
    }

    /// Did this key sign it?
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> Result<(), TokenFault> {
        let checked = self.public.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature);
        checked.map_err(|_| TokenFault::Signature)
    }
}

/// Modulus and exponent, which the library's key tells only when it is written out again.
fn numbers(key: &CoreJsonWebKey) -> Option<RsaPublicKeyComponents<Vec<u8>>> {
    #[derive(Deserialize)]
    struct Written {
        n: String,
        e: String,
    }
    let written: Written = serde_json::from_value(serde_json::to_value(key).ok()?).ok()?;
    let [n, e] = [written.n, written.e].map(|number| {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(number).ok()?;
        // The standard forbids zeros in front; some libraries write one, and `ring` takes none.
        Some(bytes.into_iter().skip_while(|byte| *byte == 0).collect::<Vec<_>>())
    });
    n.zip(e).filter(|(n, _)| n.len() <= LONGEST).map(|(n, e)| RsaPublicKeyComponents { n, e })
}
