//! T01, T12: how a login begins.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU8, Ordering},
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::url::Url;
use ring::{
    digest::{SHA256, digest},
    signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents},
};
use serde_json::json;

use super::{BASE, CLIENT, encode, now, pair, provider::Stub, provider_at, read};
use crate::{
    ambient::Ambient,
    oidc::{Answer, Attempt, ClientKey, Unreachable},
};

/// A clock that stands still, and dice that never fall the same.
pub(super) fn ambient() -> Ambient {
    let count = AtomicU8::new(0);
    Ambient::new(now, move |bytes| bytes.fill(count.fetch_add(1, Ordering::Relaxed)))
}

fn query(url: &str) -> HashMap<String, String> {
    Url::parse(url).expect("a URL").query_pairs().into_owned().collect()
}

#[tokio::test]
async fn t01_a_request_is_pushed_and_the_browser_carries_a_reference() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    let (attempt, address) = provider.begin(&ambient(), "nn", false).await.expect("a way");
    let expected = json!({ "client_id": CLIENT, "request_uri": "urn:idporten:1" });
    assert_eq!(json!(query(&address)), expected);
    assert!(address.starts_with(&format!("{}/authorize?", stub.issuer)));

    let mut form = stub.form("/par");
    form.retain(|name, _| !name.starts_with("client_assertion"));
    let challenge = encode(digest(&SHA256, attempt.verifier.as_bytes()));
    let asked = json!({
        "response_type": "code", "response_mode": "query", "client_id": CLIENT,
        "redirect_uri": format!("{BASE}/logg-inn/svar"), "scope": "openid",
        "state": attempt.state, "nonce": attempt.nonce, "ui_locales": "nn",
        "code_challenge": challenge, "code_challenge_method": "S256",
        "acr_values": "idporten-loa-substantial",
    });
    assert_eq!(json!(form), asked);
}

#[tokio::test]
async fn without_par_the_browser_carries_the_request() {
    let stub = Stub::start();
    let mut metadata = stub.metadata();
    metadata["pushed_authorization_request_endpoint"] = json!(null);
    stub.announces(&metadata);
    let provider = provider_at(&stub.issuer, false);
    let (attempt, address) = provider.begin(&ambient(), "nb", true).await.expect("a way");
    let query = query(&address);
    assert_eq!((&query["state"], query["prompt"].as_str()), (&attempt.state, "login"));
    assert_eq!(query["redirect_uri"], format!("{BASE}/logg-inn/svar"));
    assert!(!query.contains_key("client_assertion"));
}

#[tokio::test]
async fn t01_state_nonce_and_verifier_have_256_bits_each_and_never_repeat() {
    let stub = Stub::start();
    let (provider, ambient) = (provider_at(&stub.issuer, false), ambient());
    let mut secrets = Vec::new();
    for _ in 0..2 {
        let (attempt, _) = provider.begin(&ambient, "nb", false).await.expect("a way");
        secrets.extend([attempt.state, attempt.nonce, attempt.verifier]);
    }
    assert!(secrets.iter().all(|secret| secret.len() == 43));
    secrets.sort();
    secrets.dedup();
    assert_eq!(secrets.len(), 6);
}

#[tokio::test]
async fn t12_an_assertion_is_ours_for_the_provider_and_for_a_minute() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    for _ in 0..2 {
        provider.begin(&ambient(), "nb", false).await.expect("a way");
    }
    let assertions: Vec<String> = stub.calls("/par").iter().map(|form| assertion(form)).collect();
    let (header, mut claims) = read(&assertions[0]);
    assert_eq!(header, json!({ "alg": "RS256", "typ": "JWT", "kid": "client-1" }));
    assert_ne!(claims["jti"], read(&assertions[1]).1["jti"]);
    assert_eq!(claims["jti"].take().as_str().map(str::len), Some(22));
    let at = now().as_second();
    let expected = json!({
        "iss": CLIENT, "sub": CLIENT, "aud": stub.issuer, "iat": at, "exp": at + 60, "jti": null,
    });
    assert_eq!(claims, expected);

    let (signed, signature) = assertions[0].rsplit_once('.').expect("three parts");
    let public = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(pair(0).public());
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).expect("base64url");
    RsaPublicKeyComponents { n: public.n, e: public.e }
        .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature)
        .expect("signed with our key");
}

pub(super) fn assertion(form: &str) -> String {
    let form: HashMap<_, _> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    assert_eq!(
        form["client_assertion_type"],
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
    form["client_assertion"].clone()
}

#[tokio::test]
async fn t18_a_provider_that_is_down_or_says_no_begins_nothing() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    let good = json!({ "request_uri": "urn:idporten:1", "expires_in": 120 });
    for (status, body) in [(500, &good), (400, &good), (302, &good), (201, &json!({}))] {
        stub.answers("/par", status, body);
        assert!(provider.begin(&ambient(), "nb", false).await.is_err(), "{status}");
    }
    let nobody = provider_at("http://127.0.0.1:1", false);
    let error = nobody.begin(&ambient(), "nb", false).await.expect_err("nobody listens");
    assert!(matches!(error, Unreachable::Call(_)));
}

#[test]
fn an_attempt_survives_its_cookie_and_is_never_printed() {
    let attempt = Attempt::new(&ambient());
    let sealed = serde_json::to_string(&attempt).expect("JSON");
    let opened: Attempt = serde_json::from_str(&sealed).expect("JSON");
    assert!(opened.matches_state(&attempt.state));
    assert!(!opened.matches_state(""));
    assert!(!opened.matches_state(&attempt.nonce));
    assert_eq!(format!("{attempt:?}"), "Attempt(redacted)");
}

#[test]
fn a_client_key_is_an_rsa_key() {
    assert!(ClientKey::new("kid".into(), b"no key").is_none());
}

#[test]
fn the_work_of_a_provider_may_move_between_threads() {
    fn sendable(_: impl Send) {}
    let (provider, ambient) = (provider_at("http://127.0.0.1:1", false), ambient());
    let attempt = Attempt::new(&ambient);
    sendable(provider.begin(&ambient, "nb", false));
    sendable(provider.code(&attempt, &Answer::default(), now()));
    sendable(provider.logout_token("", now()));
    sendable(provider.warm(now()));
}
