//! What the tests share: keys, tokens made to measure, and a provider on loopback.

mod algorithms;
mod callback;
mod directory;
mod id_tokens;
mod logout_tokens;
mod provider;
mod request;
mod vectors;

use std::sync::LazyLock;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::{
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256,
        RSA_PSS_SHA256, RsaKeyPair,
    },
};
use rsa::pkcs8::EncodePrivateKey as _;
use serde_json::{Map, Value, json};

use super::{ClientKey, Keys, Provider};
use crate::{outbound::Outbound, settings::Settings};

const CLIENT: &str = "kontobro";
const BASE: &str = "https://konto.example.no";
const NONCE: &str = "the-nonce-of-this-attempt";

/// PKCS#8 keys in DER, made once a process: the provider's, and somebody else's. The first serves
/// as our client key too.
static KEYS: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    [(); 2].map(|()| {
        let key = rsa::RsaPrivateKey::new(&mut rand::thread_rng(), 2048).expect("a key");
        key.to_pkcs8_der().expect("an RSA key has that form").as_bytes().to_vec()
    })
});

/// The provider's key for ES256.
static P256: LazyLock<EcdsaKeyPair> = LazyLock::new(|| {
    let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let pair = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(algorithm, pair.as_ref(), &random).expect("our own key")
});

fn pair(key: usize) -> RsaKeyPair {
    RsaKeyPair::from_pkcs8(&KEYS[key]).expect("our own key")
}

fn now() -> Timestamp {
    "2026-10-01T12:00:00Z".parse().expect("a time")
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The public half of a key, as a JWK of that name.
fn jwk(key: usize, kid: &str) -> Value {
    let public = PublicKeyComponents::<Vec<u8>>::from(pair(key).public());
    json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": encode(public.n), "e": encode(public.e),
    })
}

/// The public half of [`P256`], as a JWK of that name.
fn p256_jwk(kid: &str) -> Value {
    let (x, y) = P256.public_key().as_ref()[1..].split_at(32);
    json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid,
        "x": encode(x), "y": encode(y),
    })
}

fn keys(jwks: &[Value]) -> Keys {
    serde_json::from_value(json!({ "keys": jwks })).expect("a key set")
}

/// A token before it is signed. Good, until a test spoils it.
struct Token {
    header: Map<String, Value>,
    claims: Map<String, Value>,
}

impl Token {
    fn new(header: Value, claims: Value) -> Self {
        let (Value::Object(header), Value::Object(claims)) = (header, claims) else {
            panic!("a token is two objects")
        };
        Self { header, claims }
    }

    /// An ID token of [`now`], from `issuer`.
    fn id(issuer: &str) -> Self {
        let at = now().as_second();
        Self::new(
            json!({ "alg": "RS256", "kid": "first" }),
            json!({
                "iss": issuer, "aud": CLIENT, "sub": "pairwise-subject", "sid": "session-1",
                "iat": at, "exp": at + 120, "nonce": NONCE, "acr": "idporten-loa-substantial",
                "amr": ["Minid-APP"], "pid": "01819010001", "locale": "nn", "jti": "token-1",
            }),
        )
    }

    /// A logout token of [`now`], from `issuer`.
    fn logout(issuer: &str) -> Self {
        let at = now().as_second();
        Self::new(
            json!({ "alg": "RS256", "kid": "first", "typ": "logout+jwt" }),
            json!({
                "iss": issuer, "aud": CLIENT, "sub": "01819010001", "sid": "session-1",
                "iat": at, "exp": at + 300, "jti": "logout-1",
                "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
            }),
        )
    }

    fn with(mut self, claim: &str, value: impl Into<Value>) -> Self {
        self.claims.insert(claim.into(), value.into());
        self
    }

    fn without(mut self, claim: &str) -> Self {
        self.claims.remove(claim).expect("a claim to leave out");
        self
    }

    fn header(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.header.insert(field.into(), value.into());
        self
    }

    fn signing_input(&self) -> String {
        let part = |part: &Map<String, Value>| encode(Value::from(part.clone()).to_string());
        format!("{}.{}", part(&self.header), part(&self.claims))
    }

    fn signed_by(&self, key: usize) -> String {
        let (input, pair) = (self.signing_input(), pair(key));
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input.as_bytes(), &mut signature)
            .expect("a signature");
        format!("{input}.{}", encode(signature))
    }

    fn signed(&self) -> String {
        self.signed_by(0)
    }

    /// Under this name of an algorithm, and signed by it with our key of that kind.
    fn signed_with(self, alg: &str) -> String {
        let input = self.header("alg", alg).signing_input();
        let (random, pair) = (SystemRandom::new(), pair(0));
        let mut signature = vec![0; pair.public().modulus_len()];
        match alg {
            "RS256" => pair.sign(&RSA_PKCS1_SHA256, &random, input.as_bytes(), &mut signature),
            "PS256" => pair.sign(&RSA_PSS_SHA256, &random, input.as_bytes(), &mut signature),
            "ES256" => P256.sign(&random, input.as_bytes()).map(|made| {
                signature = made.as_ref().to_vec();
            }),
            other => panic!("nobody here signs with {other}"),
        }
        .expect("a signature");
        format!("{input}.{}", encode(signature))
    }
}

/// The parts of a token, unverified.
fn read(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| {
        let json = BASE64_URL_SAFE_NO_PAD.decode(part).expect("base64url");
        serde_json::from_slice(&json).unwrap_or_default()
    });
    (parts.next().expect("a header"), parts.next().expect("claims"))
}

/// The provider as Kontobro sees it, at `issuer`.
fn provider_at(issuer: &str, production: bool) -> Provider<ClientKey> {
    let settings = [
        ("OIDC_ISSUER", issuer),
        ("OIDC_CLIENT_ID", CLIENT),
        ("BASE_URL", BASE),
        ("PRODUCTION", if production { "true" } else { "false" }),
    ];
    let settings = Settings::new(settings.map(|(name, value)| (name.into(), value.into())));
    let key = ClientKey::new("client-1".into(), &KEYS[0]).expect("our own key");
    let outbound = Outbound::new(&settings).expect("no setting is needed");
    Provider::from(&settings, &outbound).expect("good settings").signing_with(key)
}
