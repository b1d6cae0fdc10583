//! Logout: here, at ID-porten, at another service; and sessions that end by themselves.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use lambda_http::http::Method;
use serde_json::Value;
use standins::{
    http,
    idporten::{Signer, Token},
    wire::{Fault, Kind},
};

use crate::{
    support::{Kontobro, Person, minutes, number, old_account},
    telling::numbers,
    world::settings::CLIENT_ID,
};

const SESSION: &str = "__Host-kontobro";
const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

#[tokio::test]
async fn t25_logging_out_ends_both_sessions_and_leaves_no_cookie() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    assert_eq!(kontobro.world.idporten.sessions().len(), 1);
    kari.logs_out().await;
    kari.sees("Du er logget ut").reads("Du er også logget ut av andre tjenester");
    assert!(kari.cookies().get(SESSION).is_none());
    assert!(kontobro.world.idporten.sessions().is_empty());
    kari.opens("/sok").await;
    kari.is_at("/");
    kari.goes_to_idporten().await.sees("Logg inn");
}

#[tokio::test]
async fn nobody_is_told_to_be_logged_out_who_is_not() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await.opens("/logget-ut").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn t21_a_cookie_from_before_the_logout_is_refused() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let thief = kari.in_another_tab();
    kari.logs_out().await;
    for path in ["/sok", "/treff", "/sendt", "/profil", "/ferdig"] {
        let again = thief.in_another_tab();
        again.opens(path).await;
        again.sees("Du har blitt logget ut");
        assert_eq!(again.page().status, 403, "{path}");
        assert!(again.cookies().get(SESSION).is_none());
    }
    thief.types("epost", "kari@example.no").presses("Søk").await;
    thief.sees("Du har blitt logget ut");
    assert!(!thief.cookies().names().any(|name| name == "__Host-treff"));
}

#[tokio::test]
async fn t21_an_end_that_dynamodb_leaves_unread_at_first_is_an_end() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    assert_eq!(back_channel(&kontobro, &logout_token(&kontobro, &kari)).await, 200);
    kontobro.wire.fail(Fault::on("dynamodb", Kind::Partly).only("BatchGetItem").times(1));
    kari.opens("/sok").await;
    kari.sees("Du har blitt logget ut");
    assert_eq!(kontobro.wire.struck(), 1);
}

#[tokio::test]
async fn t24_a_logout_form_from_elsewhere_logs_nobody_out() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let csrf = kari.page().value("csrf").to_owned();
    let foreign = [FORM[0], ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    for (headers, body) in [(&FORM[..], String::new()), (&foreign[..], format!("csrf={csrf}"))] {
        let answer = kari.sends(Method::POST, "/logg-ut", headers, body).await;
        assert_eq!(answer.heading(), "Vi kunne ikke ta imot skjemaet");
    }
    // A browser keeps the cookies of a form from another site to itself.
    let without_cookies = kontobro.browser();
    let answer = without_cookies.sends(Method::POST, "/logg-ut?sprak=en", &foreign, "").await;
    assert_eq!(answer.heading(), "We could not accept the form");
    assert!(!answer.headers.contains_key("set-cookie"), "{:?}", answer.headers);
    // One that says nothing of the source is not believed either: there is nothing to end.
    let answer = without_cookies.sends(Method::POST, "/logg-ut", &FORM, "").await;
    assert!(!answer.headers.contains_key("set-cookie"), "{:?}", answer.headers);
    kari.opens("/sok").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn t25_idporten_being_down_does_not_keep_anyone_logged_in() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let before = kari.in_another_tab();
    kontobro.clock.passes(minutes(29));
    kontobro.breaks("idporten", Kind::CutBefore);
    let csrf = kari.page().value("csrf").to_owned();
    let answer = kari.sends(Method::POST, "/logg-ut", &FORM, format!("csrf={csrf}")).await;
    assert!(answer.status == 303 || answer.heading() == "Du er logget ut her", "{answer}");
    assert_eq!(answer.header("clear-site-data"), "\"cache\"");
    assert!(kari.cookies().get(SESSION).is_none());
    before.opens("/sok").await;
    before.sees("Du har blitt logget ut");
}

#[tokio::test]
async fn t30_front_channel_logout_needs_no_cookie_and_always_answers_the_same() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let [sid] = &kontobro.world.idporten.sessions()[..] else { panic!("one session") };
    let issuer = &kontobro.world.urls.idporten;
    let idporten = kontobro.browser();
    let mut answers = Vec::new();
    for query in [
        format!("?iss={issuer}&sid=unknown"),
        format!("?iss=https://evil.example&sid={sid}"),
        format!("?sid={sid}"),
        format!("?iss={issuer}"),
        String::new(),
    ] {
        let path = format!("/utlogging/front{query}");
        answers.push(idporten.sends(Method::GET, &path, &[], "").await);
        kari.opens("/sok").await;
        kari.is_at("/sok");
    }
    let real = format!("/utlogging/front?iss={issuer}&sid={sid}");
    answers.push(idporten.sends(Method::GET, &real, &[], "").await);
    kari.opens("/sok").await;
    kari.sees("Du har blitt logget ut");
    answers.push(idporten.sends(Method::GET, &real, &[], "").await);
    for answer in &answers {
        assert_eq!((answer.status, &*answer.html), (200, ""));
        let policy = answer.header("content-security-policy");
        assert!(policy.contains(&format!("frame-ancestors {issuer}")), "{policy}");
        assert_eq!(policy, answers[0].header("content-security-policy"));
    }
}

#[tokio::test]
async fn t30_a_front_channel_logout_that_cannot_be_written_is_not_acknowledged() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let [sid] = &kontobro.world.idporten.sessions()[..] else { panic!("one session") };
    let path = format!("/utlogging/front?iss={}&sid={sid}", kontobro.world.urls.idporten);
    kontobro
        .breaks("dynamodb", Kind::Refuse { status: 400, error: "AccessDeniedException".into() });
    assert_eq!(kontobro.browser().sends(Method::GET, &path, &[], "").await.status, 503);
    kontobro.heals();
    kari.opens("/sok").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn s29_logging_out_of_another_service_logs_out_here() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let [sid] = &kontobro.world.idporten.sessions()[..] else { panic!("one session") };
    let frames = kontobro.world.idporten.log_out(sid).await;
    assert_eq!(frames.len(), 1);
    kari.opens("/sok").await;
    kari.sees("Du har blitt logget ut").goes_to_idporten().await;
    kari.identifies_as(kari.pid, "idporten-loa-high").await;
    kari.is_at("/sok");
}

#[tokio::test]
async fn t29_a_logout_that_comes_before_the_session_still_counts() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/logg-inn").await;
    kontobro.world.idporten.next_id_token(|token| token.claim("sid", "the-session"));
    let path = format!("/utlogging/front?iss={}&sid=the-session", kontobro.world.urls.idporten);
    kontobro.browser().sends(Method::GET, &path, &[], "").await;
    kari.identifies_as(kari.pid, "idporten-loa-high").await;
    kari.sees("Du har blitt logget ut");
    assert!(kari.cookies().get(SESSION).is_none());
    assert_eq!(numbers(&kontobro).get("Logins"), None);
}

/// Posts a logout token as ID-porten's server does.
async fn back_channel(kontobro: &Kontobro, token: &str) -> u16 {
    let url = format!("{}/utlogging/bak", kontobro.world.urls.kontobro);
    let answer = http::post_form(&url, &[("logout_token", token)]).await.expect("an answer");
    assert_eq!(answer.headers["cache-control"], "no-store");
    answer.status
}

/// What ID-porten's server posts when this person logs out of the one session there is.
fn logout_token(kontobro: &Kontobro, person: &Person<'_>) -> String {
    let idporten = &kontobro.world.idporten;
    let [sid] = &idporten.sessions()[..] else { panic!("one session") };
    idporten.mint(&idporten.logout_token(CLIENT_ID, person.pid, sid))
}

#[tokio::test]
async fn t21_an_end_is_kept_for_as_long_as_a_session_lives_and_its_token_while_it_is_good() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let token = logout_token(&kontobro, &kari);
    assert_eq!(back_channel(&kontobro, &token).await, 200);
    let claims = token.split('.').nth(1).expect("three parts");
    let claims: Value =
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).expect("base64"))
            .expect("JSON");
    let good_until = usize::try_from(claims["exp"].as_u64().expect("a moment")).expect("small");
    let (books, skew) = (kontobro.books(), 30);
    let (ends, tokens) = (books.of_kind("ENDED"), books.of_kind("JTI"));
    assert_eq!((ends.len(), tokens.len()), (1, 1));
    let kept = number(ends[0], "expires_at") - number(ends[0], "ended_at");
    assert_eq!(kept, 120 * 60 + skew);
    assert_eq!(number(tokens[0], "expires_at"), good_until + skew);
}

#[tokio::test]
async fn t26_a_good_logout_token_works_once() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let token = logout_token(&kontobro, &kari);
    assert_eq!(back_channel(&kontobro, &token).await, 200);
    kari.opens("/sok").await;
    kari.sees("Du har blitt logget ut");
    assert_eq!(back_channel(&kontobro, &token).await, 400, "a replay");
    let idporten = &kontobro.world.idporten;
    let unknown = idporten.mint(&idporten.logout_token(CLIENT_ID, kari.pid, "unknown"));
    assert_eq!(back_channel(&kontobro, &unknown).await, 200);
}

#[tokio::test]
async fn t26_a_logout_token_of_the_wrong_kind_logs_nobody_out() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let idporten = &kontobro.world.idporten;
    let [sid] = &idporten.sessions()[..] else { panic!("one session") };
    let good = || idporten.logout_token(CLIENT_ID, kari.pid, sid);
    let with = |change: fn(&mut Token)| {
        let mut token = good();
        change(&mut token);
        idporten.mint(&token)
    };
    for wrong in [
        String::new(),
        "garbled".to_owned(),
        "a.b.c".to_owned(),
        idporten.mint(&good().signed_by(Signer::Stranger)),
        idporten.mint(&good().signed_by(Signer::Broken)),
        idporten.mint(&good().signed_by(Signer::Nobody)),
        idporten.mint(&idporten.id_token(CLIENT_ID, kari.pid, sid)),
        with(|token| token.claim("nonce", "n")),
        with(|token| token.claim("aud", "other")),
        with(|token| token.claim("iss", "https://evil.example")),
        with(|token| token.claim("events", serde_json::Value::Null)),
        with(|token| token.claim("exp", 1)),
    ] {
        assert_eq!(back_channel(&kontobro, &wrong).await, 400, "{wrong}");
        kari.opens("/sok").await;
        kari.is_at("/sok");
    }
}

#[tokio::test]
async fn t28_a_token_without_sid_ends_every_session_of_its_person_so_far() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    let phone = kari.on_another_device();
    kari.logs_in().await;
    phone.logs_in().await;
    let idporten = &kontobro.world.idporten;
    let mut token = idporten.logout_token(CLIENT_ID, kari.pid, "any");
    token.claim("sid", serde_json::Value::Null);
    assert_eq!(back_channel(&kontobro, &idporten.mint(&token)).await, 200);
    for device in [&kari, &phone] {
        device.opens("/sok").await;
        device.sees("Du har blitt logget ut");
    }
    kontobro.clock.passes(minutes(1));
    kari.logs_in().await.is_at("/sok");
}

#[tokio::test]
async fn t26_a_logout_whose_answer_was_lost_is_acknowledged_and_no_replay() {
    let once_or_always = [(Kind::CutAfter, 2), (Kind::Conflict, 2), (Kind::CutAfter, usize::MAX)];
    for (kind, times) in once_or_always {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.logs_in().await;
        let token = logout_token(&kontobro, &kari);
        kontobro.wire.fail(Fault::on("dynamodb", kind).only("TransactWriteItems").times(times));
        assert_eq!(back_channel(&kontobro, &token).await, 200);
        kontobro.heals();
        kari.opens("/sok").await;
        kari.sees("Du har blitt logget ut");
        assert_eq!(back_channel(&kontobro, &token).await, 400, "this one is a replay");
    }
}

#[tokio::test]
async fn t26_a_logout_token_that_could_not_be_kept_may_come_again() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let token = logout_token(&kontobro, &kari);
    let down = Kind::Refuse { status: 400, error: "AccessDeniedException".into() };
    kontobro.wire.fail(Fault::on("dynamodb", down).times(1));
    assert_eq!(back_channel(&kontobro, &token).await, 503);
    assert_eq!(back_channel(&kontobro, &token).await, 200);
    kari.opens("/sok").await;
    kari.sees("Du har blitt logget ut");
}

#[tokio::test]
async fn t22_thirty_idle_minutes_end_a_session_and_the_same_step_goes_on() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kontobro.clock.passes(minutes(29));
    kari.opens("/sendt").await;
    kari.sees("Sjekk e-posten din");
    kontobro.clock.passes(minutes(30));
    kari.presses("Jeg har brukt lenken, gå videre").await;
    kari.sees("Du har blitt logget ut").reads("Du var ikke aktiv på 30 minutter.");
    assert!(kari.cookies().get(SESSION).is_none());
    kari.goes_to_idporten().await.identifies_as(kari.pid, "idporten-loa-high").await;
    kari.sees("Sjekk e-posten din");
}

#[tokio::test]
async fn t22_two_busy_hours_end_a_session_too() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    for _ in 0..5 {
        kontobro.clock.passes(minutes(20));
        kari.opens("/sok").await;
        kari.is_at("/sok");
    }
    kontobro.clock.passes(minutes(20));
    kari.opens("/sok").await;
    kari.sees("Du har blitt logget ut");
}

#[tokio::test]
async fn t20_the_session_is_a_new_one_after_login_and_after_linking() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await;
    let first = kari.page().value("csrf").to_owned();
    kari.asks_for(kari.address).await;
    assert_eq!(kari.page().value("csrf"), first);
    kari.follows_the_mail().await;
    let linked = kari.page().value("csrf").to_owned();
    assert_ne!(linked, first);
    kari.logs_out().await;
    kari.logs_in().await;
    assert_ne!(kari.page().value("csrf"), linked);
}

#[tokio::test]
async fn d7_a_page_that_cannot_open_the_session_offers_logg_ut_and_claims_nothing() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let claim = "Du er logget inn med ID-porten";
    assert!(kari.page().plain_html().contains(claim));
    for path in ["/", "/hjelp", "/personvern", "/tilgjengelighet", "/finnes-ikke"] {
        kari.opens(path).await;
        kari.does_not_read(claim);
        assert_eq!(kari.page().link("Logg ut"), "/logg-ut", "{path}");
    }
    kari.opens("/logg-ut").await;
    assert!(kari.page().plain_html().contains(claim), "here it is known");
    kari.opens("/").await;
    assert_eq!(
        kari.page().link("Gå videre"),
        "/logg-inn",
        "back to where she is, without a question"
    );
    assert!(!kari.page().links.iter().any(|link| link.label.contains("Logg inn")));
    kari.opens("/sok").await;
    kari.logs_out().await.opens("/").await;
    assert!(!kari.page().links.iter().any(|link| link.label == "Logg ut"));
    assert_eq!(kari.page().link("Logg inn med ID-porten"), "/logg-inn");
}

/// The house rules look for «Logg ut» on every page that a browser with a session sees; here are
/// the pages that no other journey comes by.
#[tokio::test]
async fn d7_logg_ut_stands_on_every_page_of_whoever_is_logged_in() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.has(old_account("Kari Nordmann", "kari.gammel@example.no")).await;
    kari.logs_in().await;
    for path in ["/sok", "/treff", "/sendt", "/profil", "/ny", "/ferdig", "/bekreft?konto=x"] {
        kari.opens(path).await;
        assert!(kari.page().buttons().contains(&"Logg ut"), "{path}");
        assert!(kari.page().html.contains("mailto:support@nakos.example"), "{path}");
    }
    for (method, path) in
        [(Method::POST, "/sok"), (Method::GET, "/sok?a=1&a=2"), (Method::POST, "/b")]
    {
        let page = kari.sends(method, path, &FORM, "").await;
        assert!(page.status >= 400 && page.buttons().contains(&"Logg ut"), "{page}");
    }
}

/// A try whose answer was lost may have ended the session, whatever became of the next.
#[tokio::test]
async fn t57_a_logout_whose_answer_is_lost_is_told_as_unknown_and_may_be_repeated() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    kontobro.wire.fail(Fault::on("dynamodb", Kind::CutAfter).only("PutItem"));
    kari.logs_out().await;
    kari.sees("Vi vet ikke om det gikk i orden");
    assert_eq!(kari.page().status, 503);
    kontobro.heals();
    kari.opens("/sok").await;
    kari.sees("Du har blitt logget ut");
}
