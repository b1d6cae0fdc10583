//! T09, T10: what is believed about the provider, and for how long.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Token, jwk, now, provider::Stub, provider_at};
use crate::oidc::{ClientKey, LogoutRefused, Provider, TokenFault, Unreachable};

const METADATA: &str = "/.well-known/openid-configuration";
const JWKS: &str = "/jwks.json";

fn after(span: SignedDuration) -> Timestamp {
    now() + span
}

/// Can a token under the name of this key be read?
async fn reads(provider: &Provider<ClientKey>, token: &Token, at: Timestamp) -> bool {
    match provider.logout_token(&token.signed(), at).await {
        Ok(_) => true,
        Err(LogoutRefused::Untrusted(TokenFault::UnknownKey)) => false,
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn t09_metadata_is_fetched_once_a_day() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    provider.warm(now()).await;
    provider.warm(after(SignedDuration::from_mins(1439))).await;
    assert_eq!((stub.calls(METADATA).len(), stub.calls(JWKS).len()), (1, 1));
    provider.warm(after(SignedDuration::from_hours(24))).await;
    assert_eq!((stub.calls(METADATA).len(), stub.calls(JWKS).len()), (2, 2));
}

#[tokio::test]
async fn t09_the_last_good_metadata_outlives_a_failed_refresh() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    provider.warm(now()).await;
    stub.answers(METADATA, 500, &json!({}));
    let tomorrow = after(SignedDuration::from_hours(25));
    for _ in 0..3 {
        provider.end_session_url("state", tomorrow).await.expect("the last good metadata");
    }
    assert_eq!(stub.calls(METADATA).len(), 2, "one failure a minute is enough");
    stub.announces(&stub.metadata());
    provider.warm(tomorrow + SignedDuration::from_mins(1)).await;
    assert_eq!(stub.calls(METADATA).len(), 3);
}

#[tokio::test]
async fn t09_a_failed_start_is_made_good_at_the_first_request() {
    let stub = Stub::start();
    stub.answers(METADATA, 503, &json!({}));
    let provider = provider_at(&stub.issuer, false);
    provider.warm(now()).await;
    stub.announces(&stub.metadata());
    provider.end_session_url("state", now()).await.expect("metadata");
}

#[tokio::test]
async fn t09_metadata_of_another_issuer_or_with_foreign_endpoints_is_refused() {
    let stub = Stub::start();
    for field in [
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "pushed_authorization_request_endpoint",
        "end_session_endpoint",
    ] {
        let mut metadata = stub.metadata();
        metadata[field] = json!("https://evil.example/");
        stub.announces(&metadata);
        let provider = provider_at(&stub.issuer, false);
        let error = provider.end_session_url("state", now()).await.expect_err("foreign");
        match field {
            "issuer" => {
                let another = matches!(error, Unreachable::Nonsense("metadata of another issuer"));
                assert!(another, "{error}");
            }
            _ => assert!(matches!(error, Unreachable::ForeignHost), "{field}: {error}"),
        }
    }
}

#[tokio::test]
async fn t09_metadata_behind_a_redirect_or_without_sense_is_refused() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    for (status, body) in [(302, stub.metadata()), (404, json!({})), (200, json!([]))] {
        stub.answers(METADATA, status, &body);
        let error = provider.end_session_url("state", now()).await.expect_err("no metadata");
        let says = matches!(error, Unreachable::Status(said) if said.as_u16() == status);
        assert_eq!(says, status != 200, "{status}: {error}");
    }
    assert!(stub.calls("/elsewhere").is_empty());
}

#[tokio::test]
async fn t10_a_new_key_is_found_at_its_first_token() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    provider.warm(now()).await;
    stub.answers(JWKS, 200, &json!({ "keys": [jwk(1, "first"), jwk(0, "second")] }));
    let token = Token::logout(&stub.issuer).header("kid", "second");
    assert!(reads(&provider, &token, now()).await);
    assert!(reads(&provider, &token, now()).await);
    assert_eq!((stub.calls(METADATA).len(), stub.calls(JWKS).len()), (1, 2));
}

#[tokio::test]
async fn t10_tokens_of_a_known_key_fetch_nothing() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    assert!(reads(&provider, &Token::logout(&stub.issuer), now()).await);
    assert_eq!((stub.calls(METADATA).len(), stub.calls(JWKS).len()), (1, 1));
}

#[tokio::test]
async fn t10_a_flood_of_unknown_keys_fetches_once_a_minute() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    for kid in ["a", "b", "c"] {
        let token = Token::logout(&stub.issuer).header("kid", kid);
        assert!(!reads(&provider, &token, now()).await);
    }
    assert_eq!(stub.calls(JWKS).len(), 2, "the first fetch, and one more");
    let token = Token::logout(&stub.issuer).header("kid", "d");
    assert!(!reads(&provider, &token, after(SignedDuration::from_secs(59))).await);
    assert_eq!(stub.calls(JWKS).len(), 2);
    assert!(!reads(&provider, &token, after(SignedDuration::from_secs(60))).await);
    assert_eq!(stub.calls(JWKS).len(), 3);
}

#[tokio::test]
async fn t10_keys_that_cannot_be_fetched_leave_the_old_ones() {
    let stub = Stub::start();
    let provider = provider_at(&stub.issuer, false);
    provider.warm(now()).await;
    stub.answers(JWKS, 500, &json!({}));
    let unknown = Token::logout(&stub.issuer).header("kid", "second");
    assert!(!reads(&provider, &unknown, now()).await);
    assert!(reads(&provider, &Token::logout(&stub.issuer), now()).await);
}

#[tokio::test]
async fn t10_a_huge_key_set_is_refused_and_the_largest_is_read() {
    let padded = |bytes| json!({ "keys": [jwk(0, "first")], "padding": "x".repeat(bytes) });
    let most = 150 * 1024 - padded(0).to_string().len();
    for (padding, fits) in [(most, true), (most + 1, false)] {
        let stub = Stub::start();
        stub.answers(JWKS, 200, &padded(padding));
        let provider = provider_at(&stub.issuer, false);
        let found = provider.end_session_url("state", now()).await;
        let is_too_long = matches!(found, Err(Unreachable::Nonsense("too long")));
        assert_eq!((found.is_ok(), is_too_long), (fits, !fits), "{padding}");
    }
}

#[tokio::test]
async fn t10_keys_of_other_kinds_do_no_harm() {
    let stub = Stub::start();
    let odd = json!({ "kty": "AKP", "alg": "ML-DSA-65", "kid": "later", "pub": "AA" });
    stub.answers(JWKS, 200, &json!({ "keys": [odd, {}, jwk(0, "first")] }));
    let provider = provider_at(&stub.issuer, false);
    assert!(reads(&provider, &Token::logout(&stub.issuer), now()).await);
}
