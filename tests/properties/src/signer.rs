//! A provider's keys, as made for tests: what it publishes, and tokens that it signed.

use std::sync::LazyLock;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use kontobro::{
    oidc::{Keys, RelyingParty},
    settings::Settings,
};
use ring::{
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use serde_json::{Value, json};

/// The provider's name.
pub const ISSUER: &str = "https://test.idporten.no";
/// Our name with it.
pub const CLIENT: &str = "kontobro";
/// The nonce of the one attempt there is.
pub const NONCE: &str = "the-nonce-of-this-attempt";

static KEY: LazyLock<RsaKeyPair> = LazyLock::new(|| {
    RsaKeyPair::from_pkcs8(include_bytes!("provider.pk8")).expect("a key made for tests")
});

/// What the provider publishes: its key, and one that it does not sign tokens with.
pub static JWKS: LazyLock<Value> = LazyLock::new(|| {
    let public = PublicKeyComponents::<Vec<u8>>::from(KEY.public());
    let (n, e) = (encoded(public.n), encoded(public.e));
    json!({ "keys": [
        { "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "first", "n": n, "e": e },
        { "kty": "RSA", "use": "enc", "kid": "second", "n": n, "e": e },
    ] })
});

/// The same, as it is read.
pub static KEYS: LazyLock<Keys> =
    LazyLock::new(|| serde_json::from_value(JWKS.clone()).expect("a key set"));

/// We, as a client of `issuer`.
pub fn settings(issuer: &str) -> Settings {
    let settings = [
        ("OIDC_ISSUER", issuer),
        ("OIDC_CLIENT_ID", CLIENT),
        ("BASE_URL", "https://konto.example.no"),
        ("PRODUCTION", "false"),
    ];
    Settings::new(settings.map(|(name, value)| (name.to_owned(), value.to_owned())))
}

/// The same, as tokens are judged.
pub static PARTY: LazyLock<RelyingParty> =
    LazyLock::new(|| RelyingParty::from(&settings(ISSUER)).expect("all is set"));

/// A token with this header and these claims, which need not be JSON.
pub fn signed(header: &Value, claims: &[u8]) -> String {
    let input = format!("{}.{}", encoded(header.to_string()), encoded(claims));
    let mut signature = vec![0; KEY.public().modulus_len()];
    KEY.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input.as_bytes(), &mut signature)
        .expect("the signature has the length of the modulus");
    format!("{input}.{}", encoded(signature))
}

/// Base64url without padding.
pub fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
