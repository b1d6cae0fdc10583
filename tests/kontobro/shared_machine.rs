//! A browser that was left logged in (T108): somebody asks for another's account and goes, and the owner
//! of the mailbox opens the mail there.

use kontobro::domain::RequestId;
use lambda_http::http::Method;

use crate::support::{Kontobro, Person, minutes, seconds, text};

const CONFIRM: &str = "Bekreft brukerkonto";
const CONFIRM_PAGE: &str = "Bekreft brukerkontoen din";
const LOG_IN_AGAIN: &str = "Logg inn på nytt for å bekrefte";
const NOT_ME: &str = "Ikke deg? Logg ut og logg inn selv";
const PROFILE: &str = "Se over profilen din";
const ANOTHERS: &str = "Lenken hører til en annen person";

/// Ola has asked for Kari's account, at a machine where both of them sit, and has gone.
async fn ola_has_asked_and_gone(kontobro: &Kontobro) -> (Person<'_>, Person<'_>, String) {
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    ola.logs_in().await.asks_for(kari.address).await;
    let link = kontobro.outbox().only_mail_to(kari.address).link();
    (kari, ola, link)
}

/// Kari's own way, at a machine of her own.
async fn kari_has_asked(kontobro: &Kontobro) -> (Person<'_>, String) {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let link = kontobro.outbox().only_mail_to(kari.address).link();
    (kari, link)
}

fn reference(kontobro: &Kontobro) -> String {
    let books = kontobro.books();
    let [request] = books.of_kind("REQUEST")[..] else { panic!("one request") };
    RequestId::parse(&text(request, "id")).expect("an id").reference()
}

fn nobody_has_an_account(kontobro: &Kontobro) {
    assert!(kontobro.books().of_kind("PERSON").is_empty());
}

#[tokio::test]
async fn t108_ten_minutes_after_the_login_the_link_asks_who_is_there_and_says_when_that_was() {
    for (wait, at_once) in [(minutes(10), true), (minutes(10) + seconds(1), false)] {
        let kontobro = Kontobro::start().await;
        let (kari, link) = kari_has_asked(&kontobro).await;
        let reference = reference(&kontobro);
        kontobro.clock.passes(wait);
        kari.opens_from_elsewhere(&link).await;
        if at_once {
            kari.sees(PROFILE);
            continue;
        }
        kari.sees(CONFIRM_PAGE).reads("i dag kl. 10.00").reads(&reference).reads("Ka••• No•••");
        nobody_has_an_account(&kontobro);
        kari.presses(CONFIRM).await;
        kari.sees(PROFILE);
    }
}

#[tokio::test]
async fn t108_half_an_hour_after_the_login_one_logs_in_again_and_that_confirms() {
    for (wait, is_recent) in [(minutes(30), true), (minutes(30) + seconds(1), false)] {
        let kontobro = Kontobro::start().await;
        let (kari, link) = kari_has_asked(&kontobro).await;
        kontobro.clock.passes(minutes(20));
        kari.opens_from_elsewhere(&link).await;
        kari.sees(CONFIRM_PAGE);
        let page = kari.in_another_tab();
        kontobro.clock.passes(wait - minutes(20));
        page.presses(CONFIRM).await;
        if is_recent {
            page.sees(PROFILE);
            continue;
        }
        page.sees(LOG_IN_AGAIN).reads("i dag kl. 10.00");
        nobody_has_an_account(&kontobro);
        page.goes_to_idporten().await;
        page.sees("Logg inn").identifies_as(kari.pid, "idporten-loa-substantial").await;
        page.sees(PROFILE);
        assert!(!page.cookies().names().any(|name| name == "__Host-lenke"), "parked no longer");
    }
}

#[tokio::test]
async fn t108_a_busy_session_of_half_an_hour_is_sent_to_the_login_by_the_link_itself() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_has_asked(&kontobro).await;
    for _ in 0..2 {
        kontobro.clock.passes(minutes(16));
        kari.opens("/sendt").await;
    }
    kari.opens_from_elsewhere(&link).await;
    kari.sees(LOG_IN_AGAIN).reads("i dag kl. 10.00").goes_to_idporten().await;
    kari.identifies_as(kari.pid, "idporten-loa-substantial").await;
    kari.sees(PROFILE);
}

#[tokio::test]
async fn t108_whoever_finds_anothers_browser_logs_out_and_in_and_the_link_is_kept() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_has_asked_and_gone(&kontobro).await;
    kontobro.clock.passes(minutes(15));
    // Kari, at the machine that Ola has left.
    ola.opens_from_elsewhere(&link).await;
    ola.sees(CONFIRM_PAGE).reads("i dag kl. 10.00").presses(NOT_ME).await;
    ola.sees("Logg inn for å bekrefte kontoen").goes_to_idporten().await;
    ola.sees("Logg inn").identifies_as(kari.pid, "idporten-loa-substantial").await;
    ola.sees(ANOTHERS);
    nobody_has_an_account(&kontobro);
}

#[tokio::test]
async fn t108_single_sign_on_in_a_browser_that_was_left_is_no_login_of_whoever_sits_there() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, link) = ola_has_asked_and_gone(&kontobro).await;
    // ID-porten remembers Ola: each session is new, and he was seen at ten.
    kontobro.clock.passes(minutes(20));
    ola.opens("/logg-inn").await;
    ola.is_at("/sendt").opens_from_elsewhere(&link).await;
    ola.sees(CONFIRM_PAGE).reads("i dag kl. 10.00");
    kontobro.clock.passes(minutes(15));
    ola.opens("/logg-inn").await;
    ola.is_at("/sendt").opens_from_elsewhere(&link).await;
    ola.sees(LOG_IN_AGAIN).reads("i dag kl. 10.00");
    nobody_has_an_account(&kontobro);
    ola.goes_to_idporten().await;
    ola.sees("Logg inn").identifies_as(kari.pid, "idporten-loa-substantial").await;
    ola.sees(ANOTHERS);
    nobody_has_an_account(&kontobro);
}

#[tokio::test]
async fn t108_who_comes_by_single_sign_on_and_asks_is_served_at_once() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await;
    kontobro.clock.passes(minutes(20));
    kari.opens("/logg-inn").await;
    kari.is_at("/sok");
    kari.asks_for(kari.address).await.follows_the_mail().await.sees(PROFILE);
}

#[tokio::test]
async fn t108_the_button_to_log_out_needs_the_form_of_its_own_session_and_parks_for_it_alone() {
    let kontobro = Kontobro::start().await;
    let (_, ola, link) = ola_has_asked_and_gone(&kontobro).await;
    kontobro.clock.passes(minutes(15));
    ola.opens_from_elsewhere(&link).await;
    let (_, _, body) = ola.filled_in(&ola.page(), NOT_ME);
    let form = ("content-type", "application/x-www-form-urlencoded");
    let elsewhere = [form, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    ola.sends(Method::POST, "/logg-ut", &elsewhere, body).await;
    assert!(!ola.cookies().names().any(|name| name == "__Host-lenke"), "nothing is parked");
    ola.opens("/sendt").await;
    ola.is_at("/sendt");
    // An ordinary logout keeps no link for whoever comes next.
    ola.opens_from_elsewhere(&link).await;
    ola.logs_out().await.sees("Du er logget ut");
}

#[tokio::test]
async fn t45_the_page_with_the_button_shows_which_account_and_which_mail() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_has_asked(&kontobro).await;
    let reference = reference(&kontobro);
    let page = kari.sends(Method::GET, &link, &[], "").await;
    assert_eq!(page.heading(), CONFIRM_PAGE);
    for shown in ["Ka••• No•••", "2014", &reference, "i dag kl. 10.00"] {
        assert!(page.text.contains(shown), "«{shown}» does not stand on {page}");
    }
    assert!(!page.text.contains("Nordmann"), "the account is masked: {page}");
}
