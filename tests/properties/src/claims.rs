//! Claims that the provider signed, whatever they say: only the checks stand between.

use kontobro::domain::Pid;
use serde_json::{Value, json};

use crate::{
    now,
    signer::{CLIENT, ISSUER, KEYS, NONCE, PARTY, signed},
};

/// Who is logged in is who the claims say, and they say everything that T06 to T08 ask for.
pub fn id_claims_hold(data: &[u8]) {
    let token = signed(&json!({ "alg": "RS256", "kid": "first", "typ": "JWT" }), data);
    let Ok(login) = PARTY.id_token((&token, None), &KEYS, NONCE, now()) else { return };
    let claims = addressed(data);
    assert_eq!(claims["nonce"], NONCE);
    assert!(claims["events"].is_null() && claims["at_hash"].is_null());
    assert_eq!(claims["sid"], login.sid);
    assert_eq!(claims["sub"], login.subject);
    assert!(!login.sid.is_empty() && !login.subject.is_empty());
    assert!(Pid::from_claim(claims["pid"].as_str().expect("a string")).is_ok());
    let acr = claims["acr"].as_str().expect("a string");
    assert!(["idporten-loa-substantial", "idporten-loa-high"].contains(&acr));
    assert_eq!(login.at, now());
    assert!(PARTY.logout_token(&token, &KEYS, now()).is_err());
}

/// What is reported is what the claims say, and they say everything that T26 asks for.
pub fn logout_claims_hold(data: &[u8]) {
    let token = signed(&json!({ "alg": "RS256", "kid": "first", "typ": "logout+jwt" }), data);
    assert!(PARTY.id_token((&token, None), &KEYS, NONCE, now()).is_err());
    let Ok(logout) = PARTY.logout_token(&token, &KEYS, now()) else { return };
    let claims = addressed(data);
    let event = &claims["events"]["http://schemas.openid.net/event/backchannel-logout"];
    assert!(event.is_object() && claims["nonce"].is_null());
    assert!(logout.sid.is_some() || logout.subject.is_some());
    for (said, claim) in [(&logout.sid, "sid"), (&logout.subject, "sub")] {
        let claim = claims[claim].as_str().filter(|claim| !claim.is_empty());
        assert_eq!(said.as_deref(), claim);
    }
    assert!(claims["jti"] == logout.jti && !logout.jti.is_empty());
    let lasts = logout.expires_at.as_second() - now().as_second();
    assert!((-30..=630).contains(&lasts), "{lasts} s");
}

/// From our provider, for us alone, and of now.
fn addressed(data: &[u8]) -> Value {
    let claims: Value = serde_json::from_slice(data).expect("claims are JSON");
    assert_eq!(claims["iss"], ISSUER);
    assert!(claims["aud"] == CLIENT || claims["aud"] == json!([CLIENT]));
    assert!(claims["azp"].is_null() || claims["azp"] == CLIENT);
    let time = |name: &str| claims[name].as_i64().expect("a number") - now().as_second();
    assert!(time("exp") > -30);
    assert!((-600..=30).contains(&time("iat")));
    claims
}
