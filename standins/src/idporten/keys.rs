//! Keys: RSA pairs made once a process, and one elliptic pair, for tokens of the wrong kind.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, crypto};
use rsa::{
    RsaPrivateKey,
    pkcs1::EncodeRsaPrivateKey,
    pkcs8::{EncodePrivateKey, LineEnding},
    traits::PublicKeyParts,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::locked;

/// An RSA pair of 2048 bits, for RS256.
pub struct RsaKey {
    signing: EncodingKey,
    kid: String,
    public: Value,
    pem: String,
}

/// The pair of this name: made at the first call, then the same as long as the process lives.
/// Tests and clients may take keys of their own names here.
pub fn rsa(name: &str) -> Arc<RsaKey> {
    static KEYS: OnceLock<Mutex<HashMap<String, Arc<RsaKey>>>> = OnceLock::new();
    let mut keys = locked(KEYS.get_or_init(Mutex::default));
    keys.entry(name.to_owned()).or_insert_with(|| Arc::new(RsaKey::generate())).clone()
}

impl RsaKey {
    fn generate() -> Self {
        let key = RsaPrivateKey::new(&mut rand::thread_rng(), 2048).expect("2048 is a valid size");
        let der = key.to_pkcs1_der().expect("a fresh key encodes");
        let pem = key.to_pkcs8_pem(LineEnding::LF).expect("a fresh key encodes").to_string();
        let number = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        let (n, e) = (number(key.n()), number(key.e()));
        let kid = URL_SAFE_NO_PAD.encode(&Sha256::digest(&n)[..12]);
        let public =
            json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e });
        Self { signing: EncodingKey::from_rsa_der(der.as_bytes()), kid, public, pem }
    }

    /// Key id, derived from the key: another process never reuses it for another key.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half, as a JWK for signatures.
    pub fn public_jwk(&self) -> Value {
        self.public.clone()
    }

    /// The private half, PKCS #8 in PEM.
    pub fn private_pem(&self) -> &str {
        &self.pem
    }

    /// RS256 signature, base64url without padding.
    pub(super) fn sign(&self, message: &[u8]) -> String {
        crypto::sign(message, &self.signing, Algorithm::RS256).expect("the key is for RS256")
    }

    /// A JWT with these claims, `alg` and `kid` set; such as a client assertion.
    pub fn jwt(&self, claims: &Value) -> String {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": self.kid });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&header), part(claims));
        format!("{message}.{}", self.sign(message.as_bytes()))
    }
}

/// The claims of a JWT whose RS256 signature this public JWK verifies. Nothing else is checked.
pub(super) fn verified(jwt: &str, jwk: &Value) -> Option<Value> {
    let key = DecodingKey::from_rsa_components(jwk["n"].as_str()?, jwk["e"].as_str()?).ok()?;
    let (message, signature) = jwt.rsplit_once('.')?;
    let right = crypto::verify(signature, message.as_bytes(), &key, Algorithm::RS256);
    let (_, claims) = message.split_once('.').filter(|_| right.unwrap_or(false))?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

/// HS256 signature with any bytes as the secret.
pub(super) fn sign_hs256(secret: &[u8], message: &[u8]) -> String {
    let key = EncodingKey::from_secret(secret);
    crypto::sign(message, &key, Algorithm::HS256).expect("any bytes are a secret")
}

/// ES256 signature by a pair that is published nowhere.
pub(super) fn sign_es256(message: &[u8]) -> String {
    let secret = p256::SecretKey::from_slice(&[7; 32]).expect("a scalar below the order");
    let der = secret.to_pkcs8_der().expect("a valid key encodes");
    let key = EncodingKey::from_ec_der(der.as_bytes());
    crypto::sign(message, &key, Algorithm::ES256).expect("the key is for ES256")
}
