//! A provider that is wrong in every way we know: nobody is logged in, nothing is written, the
//! person gets a page, and the log says which check it was (T06 to T11).

use std::time::Instant;

use serde_json::{Value, json};
use standins::{
    idporten::{Signer, Token},
    wire::{Fault, Kind},
};

use crate::support::Kontobro;

/// How a login goes wrong.
enum Wrong {
    /// The ID token.
    Token(fn(&mut Token)),
    /// The answer that it comes in.
    Answer(fn(&mut Value)),
    /// What the browser brings.
    Callback(fn(&mut Vec<(String, String)>)),
    /// The way to the token endpoint.
    Wire(Kind),
}
use Wrong::{Answer, Callback, Token as IdToken, Wire};

fn set(parameters: &mut [(String, String)], name: &str, value: &str) {
    let known = parameters.iter_mut().find(|(known, _)| known == name).expect("it is there");
    value.clone_into(&mut known.1);
}

/// What is wrong, the word that the log has for it, and the page's first words.
type Case = (&'static str, Wrong, &'static str, &'static str);

const FAILED: &str = "Vi fikk ikke logget deg inn";
const OLD: &str = "Innloggingen ble ikke fullført";
const DOWN: &str = "Vi får ikke kontakt med ID-porten";
const NO_PID: &str = "Vi kan ikke koble kontoen med denne";
const WEAK: &str = "Du må logge inn med en sikrere";

fn claims() -> Vec<Case> {
    vec![
        (
            "iss of another",
            IdToken(|t| t.claim("iss", "https://idporten.example")),
            "token_iss",
            FAILED,
        ),
        ("no iss", IdToken(|t| t.claim("iss", Value::Null)), "token_iss", FAILED),
        ("aud of another", IdToken(|t| t.claim("aud", "another")), "token_aud", FAILED),
        (
            "a second aud",
            IdToken(|t| t.claim("aud", json!(["kontobro", "another"]))),
            "token_aud",
            FAILED,
        ),
        ("no aud", IdToken(|t| t.claim("aud", Value::Null)), "token_aud", FAILED),
        ("azp of another", IdToken(|t| t.claim("azp", "another")), "token_azp", FAILED),
        ("iat to come", IdToken(|t| t.claim("iat", 9_999_999_999_i64)), "token_iat", FAILED),
        ("iat of long ago", IdToken(|t| t.claim("iat", 1_000_000_000_i64)), "token_iat", FAILED),
        ("no iat", IdToken(|t| t.claim("iat", Value::Null)), "token_iat", FAILED),
        ("exp past", IdToken(|t| t.claim("exp", 1_000_000_000_i64)), "token_exp", FAILED),
        ("no exp", IdToken(|t| t.claim("exp", Value::Null)), "token_exp", FAILED),
        ("nonce of another", IdToken(|t| t.claim("nonce", "another")), "token_nonce", FAILED),
        ("no nonce", IdToken(|t| t.claim("nonce", Value::Null)), "token_nonce", FAILED),
        ("empty sub", IdToken(|t| t.claim("sub", "")), "token_sub", FAILED),
        ("no sub", IdToken(|t| t.claim("sub", Value::Null)), "token_sub", FAILED),
        ("no sid", IdToken(|t| t.claim("sid", Value::Null)), "token_sid", FAILED),
        ("a number for a name", IdToken(|t| t.claim("sub", 7)), "token_malformed", FAILED),
        ("no pid", IdToken(|t| t.claim("pid", Value::Null)), "no identity number", NO_PID),
        ("a short pid", IdToken(|t| t.claim("pid", "2485929713")), "no identity number", NO_PID),
        (
            "pid as a number",
            IdToken(|t| t.claim("pid", 24_859_297_131_i64)),
            "no identity number",
            NO_PID,
        ),
        ("a low acr", IdToken(|t| t.claim("acr", "idporten-loa-low")), "below the level", WEAK),
        (
            "an unknown acr",
            IdToken(|t| t.claim("acr", "idporten-loa-higher")),
            "below the level",
            WEAK,
        ),
        ("no acr", IdToken(|t| t.claim("acr", Value::Null)), "below the level", WEAK),
    ]
}

fn signatures_answers_and_ways() -> Vec<Case> {
    vec![
        ("a broken signature", IdToken(|t| t.sign_by(Signer::Broken)), "token_signature", FAILED),
        ("another signer", IdToken(|t| t.sign_by(Signer::Stranger)), "token_signature", FAILED),
        ("no signature", IdToken(|t| t.sign_by(Signer::Nobody)), "token_algorithm", FAILED),
        ("ES256", IdToken(|t| t.sign_by(Signer::Es256)), "token_algorithm", FAILED),
        (
            "HS256 with the public key",
            IdToken(|t| t.sign_by(Signer::Hs256(b"public".to_vec()))),
            "token_algorithm",
            FAILED,
        ),
        (
            "an unknown kid",
            IdToken(|t| header(t, "kid", json!("unknown"))),
            "token_unknown_key",
            FAILED,
        ),
        (
            "a logout token",
            IdToken(|t| header(t, "typ", json!("logout+jwt"))),
            "token_kind",
            FAILED,
        ),
        (
            "an unknown extension",
            IdToken(|t| header(t, "crit", json!(["exp"]))),
            "token_crit",
            FAILED,
        ),
        ("no token", Answer(|a| *a = json!({})), "cannot be reached", DOWN),
        ("no JSON", Answer(|a| *a = json!("nonsense")), "cannot be reached", DOWN),
        (
            "a huge token",
            Answer(|a| a["id_token"] = "e30.".repeat(8_000).into()),
            "token_length",
            FAILED,
        ),
        (
            "iss of another in the answer",
            Callback(|c| set(c, "iss", "https://idporten.example")),
            "answer_iss",
            FAILED,
        ),
        ("state of nobody", Callback(|c| set(c, "state", "nobodys")), "unknown or too old", OLD),
        ("a code of nobody", Callback(|c| set(c, "code", "nobodys")), "unknown or too old", OLD),
        ("no code", Callback(|c| c.retain(|(name, _)| name != "code")), "answer_code", FAILED),
        (
            "503",
            Wire(Kind::Refuse { status: 503, error: "busy".into() }),
            "cannot be reached",
            DOWN,
        ),
        ("cut before", Wire(Kind::CutBefore), "cannot be reached", DOWN),
        ("cut after", Wire(Kind::CutAfter), "cannot be reached", DOWN),
        ("no answer", Wire(Kind::Hang), "cannot be reached", DOWN),
    ]
}

fn header(token: &mut Token, name: &str, value: Value) {
    token.header.insert(name.to_owned(), value);
}

#[tokio::test]
async fn a_faulty_login_is_told_apart_and_changes_nothing() {
    for (what, wrong, word, page) in claims().into_iter().chain(signatures_answers_and_ways()) {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        let (before, idporten) = (kontobro.books(), &kontobro.world.idporten);
        match wrong {
            IdToken(change) => idporten.next_id_token(change),
            Answer(change) => idporten.next_token_answer(change),
            Callback(change) => idporten.next_callback(change),
            Wire(kind) => kontobro.wire.fail(Fault::on("idporten", kind).only("POST /token")),
        }
        let began = Instant::now();
        kari.logs_in().await;
        assert!(began.elapsed().as_secs() < 10, "{what} takes {:?}", began.elapsed());
        assert!(kari.page().heading().starts_with(page), "{what}: {}", kari.page());
        assert!(kari.cookies().get("__Host-kontobro").is_none(), "{what}: a session");
        // But that the attempt has been used up.
        let (after, kept) = (kontobro.books(), "ATTEMPT");
        assert_eq!(after.but_for(kept), before.but_for(kept), "{what}: something was written");
        let log = kontobro.log();
        let told = log.lines().rfind(|line| line.contains("/logg-inn/svar")).expect("a line");
        assert!(told.contains(word), "{what}: {told}");
        kontobro.heals();
        kari.logs_in().await.is_at("/sok");
    }
}
