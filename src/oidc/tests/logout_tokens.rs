//! T26, T28: which logout tokens end a session, and the word for each that does not.

use serde_json::json;

use super::{CLIENT, Token, jwk, keys, now, provider_at};
use crate::oidc::{
    Logout, TokenFault,
    token::{Kind, open},
};

const ISSUER: &str = "https://test.idporten.no";

fn logout(token: &Token) -> Result<Logout, TokenFault> {
    let party = provider_at(ISSUER, false).party;
    party.logout_token(&token.signed(), &keys(&[jwk(0, "first")]), now())
}

fn good() -> Token {
    Token::logout(ISSUER)
}

#[track_caller]
fn refused(token: &Token, fault: TokenFault) {
    assert_eq!(logout(token).expect_err("a token that must be refused"), fault);
}

#[test]
fn a_good_logout_token_names_session_and_report() {
    let logout = logout(&good()).expect("a good token");
    assert_eq!(logout.sid.as_deref(), Some("session-1"));
    assert_eq!(logout.jti, "logout-1");
    assert_eq!(logout.expires_at.as_second(), now().as_second() + 300);
}

#[test]
fn t28_a_subject_alone_is_enough_and_is_not_printed() {
    let logout = logout(&good().without("sid")).expect("a good token");
    assert_eq!((logout.sid.as_deref(), logout.subject.as_deref()), (None, Some("01819010001")));
    assert_eq!(format!("{logout:?}"), "Logout(redacted)");
}

#[test]
fn t26_a_logout_token_names_somebody() {
    assert!(logout(&good().without("sub")).is_ok());
    refused(&good().without("sub").without("sid"), TokenFault::Session);
    refused(&good().with("sub", "").with("sid", ""), TokenFault::Session);
}

#[test]
fn t26_an_id_token_ends_no_session() {
    refused(&Token::id(ISSUER), TokenFault::Kind);
    for typ in ["JWT", "", "logout", "jwt+logout"] {
        refused(&good().header("typ", typ), TokenFault::Kind);
    }
    assert!(logout(&good().header("typ", "application/logout+jwt")).is_ok());
}

#[test]
fn t26_a_logout_token_reports_a_logout() {
    refused(&good().without("events"), TokenFault::Event);
    for events in [
        json!({}),
        json!([]),
        json!("http://schemas.openid.net/event/backchannel-logout"),
        json!({ "http://schemas.openid.net/event/backchannel-logout": true }),
        json!({ "http://schemas.openid.net/event/other": {} }),
    ] {
        refused(&good().with("events", events), TokenFault::Event);
    }
}

#[test]
fn t26_a_logout_token_with_nonce_is_refused() {
    refused(&good().with("nonce", "any"), TokenFault::Nonce);
}

#[test]
fn t26_a_logout_token_can_be_told_from_its_replay() {
    refused(&good().without("jti"), TokenFault::TokenId);
    refused(&good().with("jti", ""), TokenFault::TokenId);
}

#[test]
fn t26_a_logout_token_is_of_now_for_us_and_from_our_issuer() {
    let at = now().as_second();
    refused(&good().with("iss", "https://idporten.no"), TokenFault::Issuer);
    refused(&good().with("aud", json!([CLIENT, "other"])), TokenFault::Audience);
    refused(&good().with("exp", at - 30), TokenFault::Expiry);
    refused(&good().without("exp"), TokenFault::Expiry);
    refused(&good().with("iat", at - 601), TokenFault::IssuedAt);
    refused(&good().without("iat"), TokenFault::IssuedAt);
}

#[test]
fn t26_a_forged_logout_token_is_refused() {
    let open = |token: &str| open(token, Kind::Logout, &keys(&[jwk(0, "first")])).err();
    assert_eq!(open(&good().signed_by(1)), Some(TokenFault::Signature));
    assert_eq!(open(&good().header("alg", "HS256").signed()), Some(TokenFault::Algorithm));
    assert_eq!(open(&good().header("crit", json!(["exp"])).signed()), Some(TokenFault::Critical));
    assert_eq!(open("not a token"), Some(TokenFault::Malformed));
}

#[test]
fn t26_a_report_need_not_be_kept_longer_than_it_is_believed() {
    let logout = logout(&good().with("exp", 4_000_000_000_i64)).expect("a good token");
    assert_eq!(logout.expires_at.as_second(), now().as_second() + 600);
}
