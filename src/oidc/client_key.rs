//! How Kontobro proves to the provider that it is Kontobro: `private_key_jwt` (RFC 7523).

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use ring::{
    rand::{SystemRandom, generate},
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    domain::redacted,
    keys::{KeyStore, NoKey},
};

/// Seconds that an assertion lives. ID-porten takes 120 at most, our own limit is half (T12).
const LIFE: i64 = 60;

/// The key that signs our assertions: the first, current one of the secret `client`,
/// `{"keys": [{"kid": "…", "pkcs8": "<base64 DER>", "registered_until": "2027-11-25"}, …]}`, an RSA
/// key of 2048 bits or more. Its public half is registered with the provider under the same `kid`,
/// until that day; who leaves the day out is not warned of it.
pub struct ClientKey {
    kid: String,
    registered_until: Option<Date>,
    pair: RsaKeyPair,
    random: SystemRandom,
}
redacted!(ClientKey);

#[derive(Deserialize)]
struct Stored {
    kid: String,
    pkcs8: String,
    registered_until: Option<Date>,
}

impl ClientKey {
    /// Reads the secret `client`.
    pub(super) async fn from(keystore: &KeyStore) -> Result<Self, NoKey> {
        let current = keystore.set::<Stored>("client").await?.into_iter().next();
        let key = current.and_then(|key| {
            let pair = Self::new(key.kid, &BASE64_STANDARD.decode(key.pkcs8).ok()?)?;
            Some(Self { registered_until: key.registered_until, ..pair })
        });
        key.ok_or(NoKey::Malformed("client"))
    }

    /// `None` unless `pkcs8` is an RSA key that can sign, in DER.
    pub(super) fn new(kid: String, pkcs8: &[u8]) -> Option<Self> {
        let pair = RsaKeyPair::from_pkcs8(pkcs8).ok()?;
        Some(Self { kid, registered_until: None, pair, random: SystemRandom::new() })
    }

    /// Whole days until its registration ends: 0 on the last day and ever after (T12).
    pub(super) fn days_left(&self, now: Timestamp) -> Option<u64> {
        let today = now.to_zoned(TimeZone::UTC).date();
        Some(self.registered_until?.since(today).ok()?.get_days().try_into().unwrap_or(0))
    }

    /// An assertion for one call at `audience`: never the same twice.
    pub(super) fn assertion(&self, client_id: &str, audience: &str, now: Timestamp) -> String {
        let jti: [u8; 16] = generate(&self.random)
            .expect("the system's random generator works, or nothing is safe")
            .expose();
        let now = now.as_second();
        self.sign(&json!({
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "iat": now,
            "exp": now + LIFE,
            "jti": BASE64_URL_SAFE_NO_PAD.encode(jti),
        }))
    }

    fn sign(&self, claims: &serde_json::Value) -> String {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": self.kid });
        let encode = |part: &serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let input = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &self.random, input.as_bytes(), &mut signature)
            .expect("the signature has the length of the modulus");
        format!("{input}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }
}
