//! Tokens as anybody may bring them.

use std::sync::LazyLock;

use serde_json::json;

use crate::{
    now,
    signer::{CLIENT, ISSUER, KEYS, NONCE, PARTY, signed},
};

/// Tokens that our provider has given out: an ID token and a logout token.
pub static GIVEN: LazyLock<[String; 2]> = LazyLock::new(|| {
    let at = now().as_second();
    let login = json!({
        "iss": ISSUER, "aud": CLIENT, "sub": "subject", "sid": "session", "iat": at, "exp": at + 120,
        "nonce": NONCE, "acr": "idporten-loa-high", "pid": "01819010001", "locale": "nn",
    });
    let logout = json!({
        "iss": ISSUER, "aud": [CLIENT], "sid": "session", "iat": at, "exp": at + 120, "jti": "one",
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    let header = |typ| json!({ "alg": "RS256", "kid": "first", "typ": typ });
    [
        signed(&header("JWT"), login.to_string().as_bytes()),
        signed(&header("logout+jwt"), logout.to_string().as_bytes()),
    ]
});

/// A token that is believed is one that our provider has given out, for that use, to the letter.
pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let login = PARTY.id_token((&text, None), &KEYS, NONCE, now());
    assert_eq!(login.is_ok(), *text == *GIVEN[0]);
    let logout = PARTY.logout_token(&text, &KEYS, now());
    assert_eq!(logout.is_ok(), *text == *GIVEN[1]);
}
