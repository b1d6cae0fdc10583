//! Logged out, and logged in again while ID-porten's own session goes on: the same `sid` in a new login
//! (T105). And what must never come of that: a login of before the logout that lives on (T29).

use std::cell::Cell;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use lambda_http::http::Method;
use serde_json::Value;
use standins::{http, wire::Outcome};

use crate::{
    support::{Kontobro, Person, minutes, seconds},
    world::settings::CLIENT_ID,
};

const SESSION: &str = "__Host-kontobro";
const MINID: &str = "idporten-loa-substantial";
const ENDED: &str = "Du har blitt logget ut";
const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

/// «Logg ut», and away before ID-porten's own logout page has done anything: its session goes on.
async fn logs_out_here_alone(person: &Person<'_>) {
    let csrf = person.page().value("csrf").to_owned();
    let answer = person.sends(Method::POST, "/logg-ut", &FORM, format!("csrf={csrf}")).await;
    assert_eq!(answer.status, 303);
    assert!(person.cookies().get(SESSION).is_none());
}

/// The one session that ID-porten has.
fn sid(kontobro: &Kontobro) -> String {
    let [sid] = &kontobro.world.idporten.sessions()[..] else { panic!("one session") };
    sid.clone()
}

async fn front_channel(kontobro: &Kontobro, sid: &str) {
    let path = format!("/utlogging/front?iss={}&sid={sid}", kontobro.world.urls.idporten);
    assert_eq!(kontobro.browser().sends(Method::GET, &path, &[], "").await.status, 200);
}

async fn back_channel(kontobro: &Kontobro, token: &str) -> u16 {
    let url = format!("{}/utlogging/bak", kontobro.world.urls.kontobro);
    http::post_form(&url, &[("logout_token", token)]).await.expect("an answer").status
}

fn logout_token(kontobro: &Kontobro, pid: &str, sid: &str) -> String {
    let idporten = &kontobro.world.idporten;
    idporten.mint(&idporten.logout_token(CLIENT_ID, pid, sid))
}

fn questions(kontobro: &Kontobro) -> usize {
    let calls = kontobro.calls_to("idporten");
    calls.iter().filter(|call| call.operation == "GET /authorize").count()
}

#[tokio::test]
async fn t105_who_logs_out_here_and_in_again_by_single_sign_on_is_in_at_once() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let first = sid(&kontobro);
    for _ in 0..3 {
        logs_out_here_alone(&kari).await;
        kari.opens("/logg-inn").await;
        kari.is_at("/sok");
        kari.opens("/sok").await;
        kari.is_at("/sok");
        assert_eq!(sid(&kontobro), first, "the same session at ID-porten");
    }
}

#[tokio::test]
async fn t105_who_logs_out_here_and_shows_who_they_are_again_is_in_at_once() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await;
    let first = sid(&kontobro);
    kari.opens("/profil").await;
    logs_out_here_alone(&kari).await;
    kari.opens("/logg-inn?til=profil").await;
    kari.sees("Logg inn").identifies_as(kari.pid, MINID).await;
    kari.is_at("/profil");
    assert_eq!(sid(&kontobro), first, "the same session at ID-porten");
}

#[tokio::test]
async fn t105_a_cookie_of_before_the_logout_stays_dead_after_the_next_login() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let thief = kari.in_another_tab();
    logs_out_here_alone(&kari).await;
    kari.opens("/logg-inn").await;
    kari.is_at("/sok");
    for wait in [0, 10] {
        kontobro.clock.passes(minutes(wait));
        let again = thief.in_another_tab();
        again.opens("/sok").await;
        again.sees(ENDED);
        kari.opens("/sok").await;
        kari.is_at("/sok");
    }
}

#[tokio::test]
async fn t105_each_logout_ends_the_session_that_followed_the_one_before() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    logs_out_here_alone(&kari).await;
    kari.opens("/logg-inn").await;
    let second = kari.is_at("/sok").copy();
    logs_out_here_alone(&kari).await;
    second.opens("/sok").await;
    second.sees(ENDED);
    kari.opens("/logg-inn").await;
    let third = kari.is_at("/sok").copy();
    front_channel(&kontobro, &sid(&kontobro)).await;
    third.opens("/sok").await;
    third.sees(ENDED);
}

/// A page that says so is how the browser learns of a logout elsewhere.
#[tokio::test]
async fn t105_who_was_told_of_a_logout_elsewhere_is_in_at_once_by_single_sign_on() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    front_channel(&kontobro, &sid(&kontobro)).await;
    kari.opens("/sok").await;
    kari.sees(ENDED).follows("Logg inn med ID-porten").await;
    kari.is_at("/sok");
}

/// Who was not told is asked for once more, and notices nothing: a login that seems later is proved to be.
#[tokio::test]
async fn t105_a_logout_that_the_browser_knows_nothing_of_is_settled_by_one_more_question() {
    let kontobro = Kontobro::start().await;
    for (wait, asked) in [(seconds(1), 2), (minutes(5), 2), (minutes(5) + seconds(1), 1)] {
        let kari = kontobro.person("Kari Nordmann");
        kari.logs_in().await;
        let sid = kontobro.world.idporten.sessions().pop().expect("a session");
        front_channel(&kontobro, &sid).await;
        kontobro.clock.passes(wait);
        kontobro.wire.clear();
        kari.opens("/logg-inn").await;
        kari.is_at("/sok");
        assert_eq!(questions(&kontobro), asked, "after {wait}");
        kari.opens("/sok").await;
        kari.is_at("/sok");
        kari.logs_out().await;
    }
}

/// … and who has logged out at ID-porten meanwhile is asked who they are.
#[tokio::test]
async fn t105_one_more_question_lets_nobody_in_whom_idporten_has_logged_out() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    front_channel(&kontobro, "the-session").await;
    kontobro.clock.passes(seconds(10));
    kari.opens("/logg-inn").await;
    let idporten = &kontobro.world.idporten;
    idporten.next_id_token(|token| token.claim("sid", "the-session"));
    let identifies = async {
        kari.identifies_as(kari.pid, MINID).await;
    };
    before_the_session_is_written(&kontobro, || idporten.forget(), identifies).await;
    kari.sees("Logg inn");
    assert!(kari.cookies().get(SESSION).is_none());
}

/// Does this; when the callback asks the store who has come, something has happened.
async fn before_the_session_is_written(
    kontobro: &Kontobro,
    happens: impl Fn(),
    done: impl Future<Output = ()>,
) {
    let mut held = kontobro.wire.hold();
    let has_happened = Cell::new(false);
    let lets_all_through = async {
        while let Some(held) = held.recv().await {
            if held.call.operation == "BatchGetItem" && !has_happened.replace(true) {
                happens();
            }
            let answer = held.apply().await;
            held.answer(Outcome::Answer(answer));
        }
    };
    tokio::select! {
        () = done => {}
        () = lets_all_through => panic!("the wire is there until the end"),
    }
    assert!(has_happened.get(), "the store was asked");
}

#[tokio::test]
async fn t29_a_logout_by_either_channel_before_the_callback_ends_that_login() {
    for by_token in [true, false] {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.opens("/logg-inn").await;
        kontobro.clock.passes(minutes(1));
        if by_token {
            let token = logout_token(&kontobro, kari.pid, "the-session");
            assert_eq!(back_channel(&kontobro, &token).await, 200);
        } else {
            front_channel(&kontobro, "the-session").await;
        }
        kontobro.clock.passes(minutes(7));
        kontobro.world.idporten.next_id_token(|token| {
            token.claim("sid", "the-session");
            let at = token.claims["auth_time"].as_i64().expect("a moment") - 8 * 60;
            token.claim("auth_time", at);
        });
        kari.identifies_as(kari.pid, MINID).await;
        kari.sees(ENDED);
        assert!(kari.cookies().get(SESSION).is_none());
        // The way on is one click.
        kari.follows("Logg inn med ID-porten").await;
        kari.is_at("/sok");
    }
}

#[tokio::test]
async fn t29_a_logout_between_the_code_and_the_session_ends_the_session() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.opens("/logg-inn").await;
    kontobro.world.idporten.next_id_token(|token| token.claim("sid", "the-session"));
    // Written by another instance of ours, at the very moment when the callback looks.
    let logout = || kontobro.has_ended("the-session");
    let identifies = async {
        kari.identifies_as(kari.pid, MINID).await;
    };
    before_the_session_is_written(&kontobro, logout, identifies).await;
    kari.sees(ENDED);
    assert!(kari.cookies().get(SESSION).is_none());
}

/// A token that was long under way ends what began before it was made, and what began meanwhile too.
#[tokio::test]
async fn t29_a_logout_token_that_comes_late_ends_every_session_of_its_sid_so_far() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let token = logout_token(&kontobro, kari.pid, &sid(&kontobro));
    kontobro.clock.passes(minutes(2));
    logs_out_here_alone(&kari).await;
    kari.opens("/logg-inn").await;
    let second = kari.is_at("/sok").copy();
    assert_eq!(back_channel(&kontobro, &token).await, 200);
    second.opens("/sok").await;
    second.sees(ENDED);
}

#[tokio::test]
async fn t26_a_replayed_logout_token_does_not_end_the_next_session() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let token = logout_token(&kontobro, kari.pid, &sid(&kontobro));
    assert_eq!(back_channel(&kontobro, &token).await, 200);
    kari.opens("/sok").await;
    kari.sees(ENDED).follows("Logg inn med ID-porten").await;
    kari.is_at("/sok");
    assert_eq!(back_channel(&kontobro, &token).await, 400);
    kari.opens("/sok").await;
    kari.is_at("/sok");
}

/// A token that names a person and no session: their next login is a new one at once, too.
#[tokio::test]
async fn t105_a_logout_by_subject_ends_the_logins_of_before_and_no_later_one() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    let phone = kari.on_another_device();
    phone.opens("/logg-inn").await;
    kontobro.clock.passes(minutes(1));
    let idporten = &kontobro.world.idporten;
    let mut token = idporten.logout_token(CLIENT_ID, kari.pid, "any");
    token.claim("sid", Value::Null);
    assert_eq!(back_channel(&kontobro, &idporten.mint(&token)).await, 200);
    kontobro.clock.passes(seconds(2));
    kontobro.world.idporten.next_id_token(|token| {
        let at = token.claims["auth_time"].as_i64().expect("a moment") - 62;
        token.claim("auth_time", at);
    });
    phone.identifies_as(phone.pid, MINID).await;
    phone.sees(ENDED); // its attempt had begun before
    kari.logs_in().await.is_at("/sok");
    kari.opens("/sok").await;
    kari.is_at("/sok");
}

/// What the browser keeps of a logout says nothing about anyone, and opens nothing.
#[tokio::test]
async fn t105_what_a_browser_knows_of_a_logout_is_sealed_and_no_session() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    logs_out_here_alone(&kari).await;
    let known = kari.cookies().get("__Host-utlogget").expect("a cookie").to_owned();
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(&known).expect("sealed");
    assert!(!String::from_utf8_lossy(&sealed).contains("value"));
    let stranger = kontobro.browser();
    stranger.change_cookies(|jar| jar.set("__Host-utlogget", &known));
    stranger.opens("/sok").await;
    stranger.is_at("/");
    stranger.opens("/logg-inn").await;
    stranger.sees("Logg inn");
    // Forged, it is nothing: the login is settled by one more question instead.
    kontobro.clock.passes(seconds(2));
    kari.change_cookies(|jar| jar.set("__Host-utlogget", &known[1..]));
    kari.opens("/logg-inn").await;
    kari.is_at("/sok");
}
