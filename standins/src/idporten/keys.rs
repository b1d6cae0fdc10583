//! Keys: RSA pairs made once a process, and signatures of other kinds, for tokens of the wrong one.

use std::{
    collections::HashMap,
    env, fs,
    path::PathBuf,
    process,
    sync::{Arc, Mutex, OnceLock},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_2048_8192_SHA256,
        RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair, RsaPublicKeyComponents,
    },
};
use rsa::{
    RsaPrivateKey,
    pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey},
    pkcs8::{EncodePrivateKey, LineEnding},
    traits::PublicKeyParts,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::locked;

/// How the provider may sign tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA, PKCS #1 v1.5, as it does today.
    #[default]
    Rs256,
    /// RSA, PSS.
    Ps256,
    /// ECDSA on P-256.
    Es256,
}

impl Algorithm {
    /// As tokens and metadata name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
        }
    }
}

/// An RSA pair of 2048 bits, for RS256 and, under another name, PS256.
pub struct RsaKey {
    pair: RsaKeyPair,
    kid: String,
    public: Value,
    pem: String,
}

/// Names a folder that the pairs are kept in. Making one takes longer than most tests, and who starts
/// a test many thousand times has no use for fresh ones. Without it nothing outlives the process.
const KEPT_IN: &str = "STANDINS_RSA_KEPT_IN";

/// The pair of this name: made at the first call, then the same as long as the process lives.
/// Tests and clients may take keys of their own names here.
pub fn rsa(name: &str) -> Arc<RsaKey> {
    static KEYS: OnceLock<Mutex<HashMap<String, Arc<RsaKey>>>> = OnceLock::new();
    let mut keys = locked(KEYS.get_or_init(Mutex::default));
    keys.entry(name.to_owned()).or_insert_with(|| Arc::new(RsaKey::new(&pair(name)))).clone()
}

/// `rsa` makes the pair, as `ring` makes none.
fn pair(name: &str) -> RsaPrivateKey {
    let file = env::var_os(KEPT_IN).map(|folder| PathBuf::from(folder).join(name));
    let kept = file.as_ref().and_then(|file| fs::read(file).ok());
    if let Some(kept) = kept {
        return RsaPrivateKey::from_pkcs1_der(&kept).expect("a pair that was kept");
    }
    let key = RsaPrivateKey::new(&mut rand::thread_rng(), 2048).expect("2048 is a valid size");
    if let Some(file) = file {
        let der = key.to_pkcs1_der().expect("a fresh key encodes");
        // Whole or not at all, for whoever reads it meanwhile.
        let whole = file.with_extension(process::id().to_string());
        fs::write(&whole, der.as_bytes()).expect("the folder can be written to");
        fs::rename(whole, file).expect("the folder can be written to");
    }
    key
}

impl RsaKey {
    /// `ring` signs, as it is some times as fast as `rsa`.
    fn new(key: &RsaPrivateKey) -> Self {
        let der = key.to_pkcs1_der().expect("a key encodes");
        let pem = key.to_pkcs8_pem(LineEnding::LF).expect("a key encodes").to_string();
        let number = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        let (n, e) = (number(key.n()), number(key.e()));
        let kid = URL_SAFE_NO_PAD.encode(&Sha256::digest(&n)[..12]);
        let public =
            json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e });
        let pair = RsaKeyPair::from_der(der.as_bytes()).expect("a key of two primes is sound");
        Self { pair, kid, public, pem }
    }

    /// Key id, derived from the key: another process never reuses it for another key.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half, as a JWK for signatures.
    pub fn public_jwk(&self) -> Value {
        self.public.clone()
    }

    /// The same public half, published for PS256 under a name of its own.
    pub(super) fn pss_jwk(&self) -> Value {
        let mut jwk = self.public.clone();
        (jwk["alg"], jwk["kid"]) = (json!("PS256"), json!(self.pss_kid()));
        jwk
    }

    pub(super) fn pss_kid(&self) -> String {
        format!("{}-pss", self.kid)
    }

    /// The private half, PKCS #8 in PEM.
    pub fn private_pem(&self) -> &str {
        &self.pem
    }

    /// RS256 signature, base64url without padding.
    pub(super) fn sign(&self, message: &[u8]) -> String {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .expect("the signature has the length of the modulus");
        URL_SAFE_NO_PAD.encode(signature)
    }

    /// PS256 signature, base64url without padding.
    pub(super) fn sign_pss(&self, message: &[u8]) -> String {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(&RSA_PSS_SHA256, &SystemRandom::new(), message, &mut signature)
            .expect("the signature has the length of the modulus");
        URL_SAFE_NO_PAD.encode(signature)
    }

    /// A JWT with these claims, `alg` and `kid` set; such as a client assertion.
    pub fn jwt(&self, claims: &Value) -> String {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": self.kid });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&header), part(claims));
        format!("{message}.{}", self.sign(message.as_bytes()))
    }
}

/// The header of a JWT, whoever made it.
pub(super) fn header(jwt: &str) -> Option<Value> {
    let (header, _) = jwt.split_once('.')?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()
}

/// The claims of a JWT whose RS256 signature this public JWK verifies. Nothing else is checked.
pub(super) fn verified(jwt: &str, jwk: &Value) -> Option<Value> {
    let number = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str()?).ok();
    let key = RsaPublicKeyComponents { n: number("n")?, e: number("e")? };
    let (message, signature) = jwt.rsplit_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    key.verify(&RSA_PKCS1_2048_8192_SHA256, message.as_bytes(), &signature).ok()?;
    let (_, claims) = message.split_once('.')?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

/// HS256 signature with any bytes as the secret.
pub(super) fn sign_hs256(secret: &[u8], message: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    URL_SAFE_NO_PAD.encode(hmac::sign(&key, message))
}

/// A pair on P-256, for ES256.
pub(super) struct P256Key(EcdsaKeyPair);

impl P256Key {
    fn fresh() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pair = EcdsaKeyPair::generate_pkcs8(algorithm, &random)
            .and_then(|pair| Ok(EcdsaKeyPair::from_pkcs8(algorithm, pair.as_ref(), &random)?));
        Self(pair.expect("a fresh pair is sound"))
    }

    /// The provider's: the same as long as the process lives.
    pub(super) fn of_the_provider() -> &'static Self {
        static KEY: OnceLock<P256Key> = OnceLock::new();
        KEY.get_or_init(Self::fresh)
    }

    pub(super) fn kid(&self) -> String {
        URL_SAFE_NO_PAD.encode(&Sha256::digest(self.0.public_key().as_ref())[..12])
    }

    /// The public half, as a JWK for signatures.
    pub(super) fn public_jwk(&self) -> Value {
        // 4, then two numbers of 32 bytes.
        let (x, y) = self.0.public_key().as_ref()[1..].split_at(32);
        let [x, y] = [x, y].map(|number| URL_SAFE_NO_PAD.encode(number));
        let kid = self.kid();
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid, "x": x, "y": y })
    }

    /// ES256 signature, base64url without padding.
    pub(super) fn sign(&self, message: &[u8]) -> String {
        let signature = self.0.sign(&SystemRandom::new(), message);
        URL_SAFE_NO_PAD.encode(signature.expect("the system has random bytes"))
    }
}

/// ES256 signature by a pair that is published nowhere, and never used again.
pub(super) fn sign_es256(message: &[u8]) -> String {
    P256Key::fresh().sign(message)
}
