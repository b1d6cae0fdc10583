//! T06–T08: which ID tokens log somebody in, and the word for each that does not.

use ring::hmac;
use serde_json::{Value, json};

use super::{NONCE, Token, encode, jwk, keys, now, provider_at};
use crate::oidc::{Login, LoginRefused, TokenFault};

const ISSUER: &str = "https://test.idporten.no";
const REAL: &str = "https://idporten.no";

fn judged(token: &str, jwks: &[Value], issuer: &str) -> Result<Login, LoginRefused> {
    let party = provider_at(issuer, issuer == REAL).party;
    party.id_token((token, Some("access")), &keys(jwks), NONCE, now())
}

fn login(token: &Token) -> Result<Login, LoginRefused> {
    judged(&token.signed(), &[jwk(0, "first")], ISSUER)
}

fn id() -> Token {
    Token::id(ISSUER)
}

#[track_caller]
fn refused(token: &Token, fault: TokenFault) {
    let refusal = login(token).expect_err("a token that must be refused");
    assert!(matches!(refusal, LoginRefused::Untrusted(f) if f == fault), "{refusal:?}");
}

#[track_caller]
fn welcome(token: &Token) {
    login(token).expect("a token that must be accepted");
}

#[test]
fn a_good_token_says_who_it_is() {
    let login = login(&id()).expect("a good token");
    assert_eq!((login.sid.as_str(), login.subject.as_str()), ("session-1", "pairwise-subject"));
    assert_eq!((login.locale.as_deref(), login.at), (Some("nn"), now()));
    assert!(login.pid.is_synthetic());
}

#[test]
fn t06_only_the_configured_issuer_is_believed() {
    for iss in ["https://idporten.no", "https://test.idporten.no/", "test.idporten.no", ""] {
        refused(&id().with("iss", iss), TokenFault::Issuer);
    }
    refused(&id().without("iss"), TokenFault::Issuer);
}

#[test]
fn t06_a_token_is_for_us_and_nobody_else() {
    welcome(&id().with("aud", json!(["kontobro"])));
    for aud in [json!("other"), json!([]), json!(["kontobro", "other"]), json!("kontobro ")] {
        refused(&id().with("aud", aud), TokenFault::Audience);
    }
    refused(&id().without("aud"), TokenFault::Audience);
}

#[test]
fn t06_a_token_given_to_another_client_is_refused() {
    welcome(&id().with("azp", "kontobro"));
    refused(&id().with("azp", "other"), TokenFault::AuthorizedParty);
}

#[test]
fn t06_an_expired_token_is_refused_after_the_clock_skew() {
    let at = now().as_second();
    welcome(&id().with("exp", at - 29));
    refused(&id().with("exp", at - 30), TokenFault::Expiry);
    refused(&id().with("exp", i64::MAX), TokenFault::Expiry);
    refused(&id().without("exp"), TokenFault::Expiry);
}

#[test]
fn t06_a_token_of_the_future_or_of_long_ago_is_refused() {
    let at = now().as_second();
    welcome(&id().with("iat", at + 30));
    welcome(&id().with("iat", at - 600));
    refused(&id().with("iat", at + 31), TokenFault::IssuedAt);
    refused(&id().with("iat", at - 601), TokenFault::IssuedAt);
    refused(&id().with("iat", i64::MIN), TokenFault::IssuedAt);
    refused(&id().without("iat"), TokenFault::IssuedAt);
}

#[test]
fn t06_a_token_answers_this_attempt_and_no_other() {
    refused(&id().with("nonce", "the-nonce-of-another"), TokenFault::Nonce);
    refused(&id().without("nonce"), TokenFault::Nonce);
}

#[test]
fn t06_a_token_without_subject_or_session_is_refused() {
    refused(&id().without("sub"), TokenFault::Subject);
    refused(&id().with("sub", ""), TokenFault::Subject);
    refused(&id().without("sid"), TokenFault::Session);
    refused(&id().with("sid", ""), TokenFault::Session);
}

#[test]
fn t106_what_is_not_announced_is_no_signature_and_what_is_not_on_our_list_never_is() {
    for alg in ["none", "None", "HS256", "RS384", "PS384", "ES384", "EdDSA", "rs256", ""] {
        refused(&id().header("alg", alg), TokenFault::Algorithm);
    }
    for alg in ["PS256", "ES256"] {
        refused(&id().header("alg", alg), TokenFault::NotAnnounced);
    }
    let unsigned = format!("{}.", id().header("alg", "none").signing_input());
    let refusal = judged(&unsigned, &[jwk(0, "first")], ISSUER).expect_err("not signed at all");
    assert_eq!(refusal.reason(), "token_algorithm");
}

#[test]
fn t53_a_token_that_does_not_say_when_somebody_showed_who_they_are_was_never_fresh() {
    let (at, never) = (now().as_second(), 0);
    let identified_at =
        |token: &Token| login(token).expect("a good token").identified_at.as_second();
    assert_eq!(identified_at(&id()), never, "issued just now");
    assert_eq!(identified_at(&id().with("auth_time", at - 90)), at - 90);
    assert_eq!(identified_at(&id().with("auth_time", at + 30)), at, "their clock is ahead");
    for odd in [at + 31, at + 3_600, i64::MAX, i64::MIN] {
        assert_eq!(identified_at(&id().with("auth_time", odd)), never, "{odd}");
    }
}

#[test]
fn t06_the_public_key_is_no_shared_secret() {
    let input = id().header("alg", "HS256").signing_input();
    let public = jwk(0, "first")["n"].to_string();
    let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, public.as_bytes()), input.as_bytes());
    let forged = format!("{input}.{}", encode(mac));
    let refusal = judged(&forged, &[jwk(0, "first")], ISSUER).expect_err("forged");
    assert_eq!(refusal.reason(), "token_algorithm");
}

#[test]
fn t06_a_changed_token_or_another_signer_is_noticed() {
    let jwks = [jwk(0, "first")];
    let (theirs, mine) = (id().with("pid", "41819010186").signed(), id().signed());
    let (claims, _) = theirs.rsplit_once('.').expect("three parts");
    let (_, signature) = mine.rsplit_once('.').expect("three parts");
    for forged in [format!("{claims}.{signature}"), id().signed_by(1), format!("{claims}.")] {
        let refusal = judged(&forged, &jwks, ISSUER).expect_err("forged");
        assert_eq!(refusal.reason(), "token_signature");
    }
}

#[test]
fn t06_a_key_in_the_token_itself_is_ignored() {
    for (field, key) in [
        ("jwk", jwk(1, "first")),
        ("x5c", json!(["MIIB"])),
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/cert.pem")),
    ] {
        welcome(&id().header(field, key.clone()));
        let forged = id().header(field, key).signed_by(1);
        let refusal = judged(&forged, &[jwk(0, "first")], ISSUER).expect_err("forged");
        assert_eq!(refusal.reason(), "token_signature", "{field}");
    }
}

#[test]
fn t06_an_extension_that_must_be_understood_is_refused() {
    refused(&id().header("crit", json!(["b64"])).header("b64", false), TokenFault::Critical);
    refused(&id().header("crit", json!([])), TokenFault::Critical);
}

#[test]
fn t06_a_logout_token_logs_nobody_in() {
    welcome(&id().header("typ", "JWT"));
    for typ in ["logout+jwt", "application/logout+jwt", "at+jwt", ""] {
        refused(&id().header("typ", typ), TokenFault::Kind);
    }
    let event = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
    refused(&id().with("events", event), TokenFault::Kind);
}

#[test]
fn t06_an_access_token_of_another_login_is_noticed() {
    // The left half of SHA-256("access").
    welcome(&id().with("at_hash", crate::oidc::callback::at_hash("access")));
    refused(
        &id().with("at_hash", crate::oidc::callback::at_hash("other")),
        TokenFault::AccessToken,
    );
    let (party, token) = (provider_at(ISSUER, false).party, id().with("at_hash", "x").signed());
    let refusal = party.id_token((&token, None), &keys(&[jwk(0, "first")]), NONCE, now());
    assert_eq!(refusal.expect_err("no access token").reason(), "token_at_hash");
}

#[test]
fn t06_the_hash_of_an_access_token_is_the_one_of_the_standard() {
    // OpenID Connect Core 1.0, appendix A.3: access token and `at_hash` of the sample.
    let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    assert_eq!(crate::oidc::callback::at_hash(token), "77QmUPtjPfzWtF2AnpK9RQ");
}

#[test]
fn t06_what_is_no_token_is_refused() {
    let jwks = [jwk(0, "first")];
    let long = id().with("padding", "x".repeat(17_000)).signed();
    assert_eq!(judged(&long, &jwks, ISSUER).expect_err("long").reason(), "token_length");
    let longest = "x".repeat(16 * 1024);
    let refusal = judged(&longest, &jwks, ISSUER).expect_err("no token, but not too long");
    assert_eq!(refusal.reason(), "token_malformed");
    let good = id().signed();
    for garbled in ["", ".", "..", "a.b.c", "{}", &good.replace('.', "!"), &format!("{good}.x")] {
        let refusal = judged(garbled, &jwks, ISSUER).expect_err("garbled");
        assert_eq!(refusal.reason(), "token_malformed", "{garbled}");
    }
    refused(&id().with("exp", "tomorrow"), TokenFault::Malformed);
    refused(&id().with("aud", json!({ "kontobro": true })), TokenFault::Malformed);
}

#[test]
fn t10_a_token_without_key_name_needs_a_single_key_that_fits() {
    let mut token = id();
    token.header.remove("kid");
    let mut encryption = jwk(1, "second");
    encryption["use"] = json!("enc");
    let mut other = jwk(1, "third");
    other["alg"] = json!("RS512");
    let elliptic = json!({ "kty": "EC", "crv": "P-256", "kid": "fourth", "x": "AA", "y": "AA" });
    let reason = |jwks: &[Value]| match judged(&token.signed(), jwks, ISSUER) {
        Ok(_) => "welcome",
        Err(refusal) => refusal.reason(),
    };
    assert_eq!(reason(&[jwk(0, "first"), encryption.clone(), other, elliptic]), "welcome");
    assert_eq!(reason(&[jwk(0, "first"), jwk(1, "second")]), "token_ambiguous_key");
    assert_eq!(reason(&[encryption]), "token_unknown_key");
    assert_eq!(reason(&[]), "token_unknown_key");
}

#[test]
fn t10_a_key_name_must_be_known_and_fit() {
    refused(&id().header("kid", "second"), TokenFault::UnknownKey);
    let mut encryption = jwk(0, "first");
    encryption["use"] = json!("enc");
    let refusal = judged(&id().signed(), &[encryption], ISSUER).expect_err("no signing key");
    assert_eq!(refusal.reason(), "token_unknown_key");
}

#[test]
fn t07_substantial_and_high_are_enough_and_nothing_else_is() {
    welcome(&id().with("acr", "idporten-loa-high"));
    for acr in [
        "idporten-loa-low",
        "idporten-loa-substantial-limited",
        "idporten-loa-highest",
        "selfregistered-email",
        "eidas-loa-high",
        "Level4",
        "",
    ] {
        let refusal = login(&id().with("acr", acr)).expect_err("too weak");
        assert!(matches!(refusal, LoginRefused::TooWeak), "{acr}");
    }
    let refusal = login(&id().without("acr")).expect_err("no level");
    assert!(matches!(refusal, LoginRefused::TooWeak));
}

#[test]
fn t07_the_means_of_login_decides_nothing() {
    welcome(&id().with("amr", json!(["a-means-of-2031"])));
    welcome(&id().with("amr", json!({ "odd": 1 })));
    welcome(&id().without("amr"));
}

#[test]
fn t08_without_eleven_digits_in_a_string_nobody_is_logged_in() {
    for pid in [
        json!("0181901000"),
        json!("018190100011"),
        json!("0181901000x"),
        json!("٠١٨١٩٠١٠٠٠١"),
        json!(41_819_010_186_u64),
        json!(["01819010001"]),
        json!(null),
        json!(""),
    ] {
        let refusal = login(&id().with("pid", pid.clone())).expect_err("no identity number");
        assert!(matches!(refusal, LoginRefused::NoIdentityNumber), "{pid}");
    }
    let refusal = login(&id().without("pid")).expect_err("no identity number");
    assert!(matches!(refusal, LoginRefused::NoIdentityNumber));
}

#[test]
fn t08_production_refuses_made_up_people_and_test_logins() {
    let jwks = [jwk(0, "first")];
    let real = || Token::id(REAL).with("pid", "01010199999");
    judged(&real().signed(), &jwks, REAL).expect("a number that a person could have");
    for test in [
        real().with("pid", "01819010001"),
        real().with("pid", "41419010001"),
        real().with("amr", json!(["TestID"])),
        real().with("amr", json!("TestID")),
    ] {
        let refusal = judged(&test.signed(), &jwks, REAL).expect_err("a test person");
        assert_eq!(refusal.reason(), "token_synthetic");
    }
}

#[test]
fn t08_what_a_page_tells_is_only_told_of_a_proven_token() {
    let weak = || id().with("acr", "selfregistered-email").without("pid");
    let refusal = judged(&weak().signed_by(1), &[jwk(0, "first")], ISSUER).expect_err("forged");
    assert_eq!(refusal.reason(), "token_signature");
    refused(&weak().with("iss", "https://evil.example"), TokenFault::Issuer);
    refused(&weak().with("aud", "other"), TokenFault::Audience);
    refused(&weak().with("nonce", "other"), TokenFault::Nonce);
}

#[test]
fn t95_neither_a_login_nor_a_refusal_repeats_the_identity_number() {
    let login = login(&id()).expect("a good token");
    assert_eq!(format!("{login:?}"), "Login(redacted)");
    let refusal = super::id_tokens::login(&id().with("exp", "01819010001")).expect_err("no time");
    assert!(!format!("{refusal:?} {refusal}").contains("01819010001"));
}
