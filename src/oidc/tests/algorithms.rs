//! T106: a fixed list of algorithms, of which the provider's metadata choose, for ID tokens and logout
//! tokens alike.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{NONCE, Token, jwk, now, p256_jwk, provider::Stub, provider_at};
use crate::oidc::{ClientKey, LoginRefused, LogoutRefused, Provider, TokenFault, Unreachable};

const METADATA: &str = "/.well-known/openid-configuration";

/// A provider that announces these, with a key for each kind, and one that says of itself what it is for.
fn announcing(algorithms: &[&str]) -> Stub {
    let stub = Stub::start();
    stub.answers(
        "/jwks.json",
        200,
        &json!({ "keys": [jwk(0, "first"), pss_jwk(), p256_jwk("curve")] }),
    );
    announce(&stub, algorithms);
    stub
}

fn announce(stub: &Stub, algorithms: &[&str]) {
    let mut metadata = stub.metadata();
    metadata["id_token_signing_alg_values_supported"] = json!(algorithms);
    stub.announces(&metadata);
}

fn pss_jwk() -> Value {
    let mut key = jwk(0, "pss");
    key["alg"] = json!("PS256");
    key
}

fn kid(algorithm: &str) -> &'static str {
    match algorithm {
        "PS256" => "pss",
        "ES256" => "curve",
        _ => "first",
    }
}

/// What an ID token and a logout token come to, signed so: they always agree.
async fn judged(
    provider: &Provider<ClientKey>,
    stub: &Stub,
    alg: &str,
    kid: &str,
) -> Option<TokenFault> {
    let id = Token::id(&stub.issuer).header("kid", kid).signed_with(alg);
    let directory = provider.directory_for(&id, super::super::Kind::Id, now()).await;
    let keys = &directory.expect("a directory").keys;
    let id = match provider.party.id_token((&id, Some("access")), keys, NONCE, now()) {
        Ok(_) => None,
        Err(LoginRefused::Untrusted(fault)) => Some(fault),
        Err(other) => panic!("{other}"),
    };
    let logout = Token::logout(&stub.issuer).header("kid", kid).signed_with(alg);
    let logout = match provider.logout_token(&logout, now()).await {
        Ok(_) => None,
        Err(LogoutRefused::Untrusted(fault)) => Some(fault),
        Err(other) => panic!("{other}"),
    };
    assert_eq!(id, logout, "{alg} with {kid}");
    id
}

#[tokio::test]
async fn t106_each_algorithm_of_our_list_is_taken_where_it_is_announced() {
    for alg in ["RS256", "PS256", "ES256"] {
        for announced in
            [&[alg][..], &["RS256", "PS256", "ES256"], &["HS256", "none", "EdDSA", alg]]
        {
            let stub = announcing(announced);
            let provider = provider_at(&stub.issuer, false);
            assert_eq!(
                judged(&provider, &stub, alg, kid(alg)).await,
                None,
                "{alg} of {announced:?}"
            );
        }
    }
}

#[tokio::test]
async fn t106_an_algorithm_that_is_not_announced_is_refused_although_its_key_is_published() {
    for (alg, announced) in [
        ("PS256", ["RS256", "ES256"]),
        ("ES256", ["RS256", "PS256"]),
        ("RS256", ["PS256", "ES256"]),
    ] {
        let stub = announcing(&announced);
        let provider = provider_at(&stub.issuer, false);
        let fault = judged(&provider, &stub, alg, kid(alg)).await;
        assert_eq!(fault, Some(TokenFault::NotAnnounced), "{alg}");
    }
}

#[tokio::test]
async fn t106_a_key_signs_with_what_it_is_published_for_and_nothing_else() {
    let stub = announcing(&["RS256", "PS256", "ES256"]);
    let provider = provider_at(&stub.issuer, false);
    for (alg, other) in
        [("RS256", "pss"), ("PS256", "first"), ("ES256", "first"), ("RS256", "curve")]
    {
        let fault = judged(&provider, &stub, alg, other).await;
        assert_eq!(fault, Some(TokenFault::UnknownKey), "{alg} with {other}");
    }
    // One that says nothing is for both kinds of RSA, and for no curve.
    let mut any = jwk(0, "any");
    any.as_object_mut().expect("a key").remove("alg");
    stub.answers("/jwks.json", 200, &json!({ "keys": [any] }));
    let provider = provider_at(&stub.issuer, false);
    for (alg, fault) in [("RS256", None), ("PS256", None), ("ES256", Some(TokenFault::UnknownKey))]
    {
        assert_eq!(judged(&provider, &stub, alg, "any").await, fault, "{alg}");
    }
}

#[tokio::test]
async fn t106_a_signature_of_one_kind_is_none_of_another() {
    let stub = announcing(&["RS256", "PS256", "ES256"]);
    let provider = provider_at(&stub.issuer, false);
    for (alg, other) in [("RS256", "PS256"), ("PS256", "RS256"), ("ES256", "PS256")] {
        let right = Token::logout(&stub.issuer).header("kid", kid(other)).signed_with(alg);
        let (_, signature) = right.rsplit_once('.').expect("three parts");
        let input = Token::logout(&stub.issuer)
            .header("kid", kid(other))
            .header("alg", other)
            .signing_input();
        let fault = provider.logout_token(&format!("{input}.{signature}"), now()).await;
        assert!(matches!(fault, Err(LogoutRefused::Untrusted(TokenFault::Signature))), "{alg}");
    }
}

#[tokio::test]
async fn t106_a_curve_of_another_name_or_half_a_point_is_no_key() {
    for (field, value) in [("crv", "P-384"), ("x", "AAAA"), ("y", ""), ("kty", "OKP")] {
        let stub = announcing(&["RS256", "ES256"]);
        let mut key = p256_jwk("curve");
        key[field] = json!(value);
        stub.answers("/jwks.json", 200, &json!({ "keys": [jwk(0, "first"), key] }));
        let provider = provider_at(&stub.issuer, false);
        let fault = judged(&provider, &stub, "ES256", "curve").await;
        assert_eq!(fault, Some(TokenFault::UnknownKey), "{field}");
    }
}

/// The provider changes: the first token that is signed anew makes us ask, once a minute at most.
#[tokio::test]
async fn t106_a_change_of_algorithm_is_noticed_at_its_first_token() {
    let stub = announcing(&["RS256"]);
    let provider = provider_at(&stub.issuer, false);
    provider.warm(now()).await;
    let token = |jti: &str| Token::logout(&stub.issuer).with("jti", jti).header("kid", "pss");
    for jti in ["a", "b"] {
        let refused = provider.logout_token(&token(jti).signed_with("PS256"), now()).await;
        let is_right = matches!(refused, Err(LogoutRefused::Untrusted(TokenFault::NotAnnounced)));
        assert!(is_right, "{refused:?}");
    }
    assert_eq!(stub.calls(METADATA).len(), 2, "the first fetch, and one more");
    announce(&stub, &["RS256", "PS256"]);
    let later = now() + SignedDuration::from_mins(1);
    provider.logout_token(&token("c").signed_with("PS256"), later).await.expect("announced now");
    provider.logout_token(&token("d").signed_with("PS256"), later).await.expect("and kept");
    assert_eq!(stub.calls(METADATA).len(), 3);
}

#[tokio::test]
async fn t106_metadata_without_any_algorithm_of_ours_are_no_metadata() {
    let stub = announcing(&["none", "HS256", "EdDSA"]);
    let provider = provider_at(&stub.issuer, false);
    let error = provider.end_session_url("state", now()).await.expect_err("nothing to trust");
    assert!(matches!(error, Unreachable::Nonsense(_)), "{error}");
}
