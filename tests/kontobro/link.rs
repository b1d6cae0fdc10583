//! The mailed link: two keys, one lock.

use lambda_http::http::Method;
use serde_json::json;

use crate::support::{Kontobro, Person, hours, minutes, old_account, seconds};

const NAVIGATION: [(&str, &str); 2] =
    [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];

/// Kari has asked, and the mail is there.
async fn kari_waits_for_the_mail(kontobro: &Kontobro) -> (Person<'_>, String) {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let link = kontobro.outbox().only_mail_to(kari.address).link();
    (kari, link)
}

fn nothing_is_linked(kontobro: &Kontobro) {
    assert!(kontobro.books().of_kind("PERSON").is_empty());
}

#[tokio::test]
async fn s25_in_the_same_browser_the_link_leads_straight_to_the_profile() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    kari.is_at("/profil").sees("Se over profilen din");
    kari.opens("/sendt").await;
    kari.is_at("/profil");
}

#[tokio::test]
async fn t46_on_another_device_one_logs_in_first_and_is_done() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    let phone = kari.on_another_device();
    phone.opens_from_elsewhere(&link).await;
    phone.sees("Logg inn for å bekrefte kontoen");
    nothing_is_linked(&kontobro);
    phone.goes_to_idporten().await;
    phone.identifies_as(kari.pid, "idporten-loa-high").await;
    phone.sees("Se over profilen din").is_at("/profil");
    assert!(!phone.cookies().names().any(|name| name == "__Host-lenke"), "parked no longer");
}

#[tokio::test]
async fn t46_a_link_that_was_parked_and_left_stands_in_the_way_of_no_later_login() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    let phone = kari.on_another_device();
    phone.opens_from_elsewhere(&link).await;
    phone.sees("Logg inn for å bekrefte kontoen");
    kontobro.clock.passes(minutes(61));
    phone.logs_in().await.sees("Sjekk e-posten din").is_at("/sendt");
}

#[tokio::test]
async fn after_half_an_hour_the_link_leads_through_the_login() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    kontobro.clock.passes(minutes(31));
    kari.opens_from_elsewhere(&link).await;
    kari.sees("Logg inn for å bekrefte kontoen").goes_to_idporten().await;
    kari.identifies_as(kari.pid, "idporten-loa-substantial").await;
    kari.sees("Se over profilen din");
}

#[tokio::test]
async fn t44_for_another_person_the_link_is_inert_and_its_owner_can_still_use_it() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.opens_from_elsewhere(&link).await;
    ola.sees("Lenken hører til en annen person");
    assert_eq!(ola.page().status, 403);
    ola.does_not_read("Kari").does_not_read("Ka•••").does_not_read(kari.address);
    let phone = ola.on_another_device();
    phone.opens_from_elsewhere(&link).await;
    phone.goes_to_idporten().await.identifies_as(ola.pid, "idporten-loa-high").await;
    phone.sees("Lenken hører til en annen person");
    phone.opens("/sok").await;
    phone.is_at("/sok");

    nothing_is_linked(&kontobro);
    let history = ["requested", "opened_by_another"];
    assert_eq!(kontobro.books().history_of(kari.address), history, "once for a mail");
    assert!(kontobro.log().contains("link_opened_by_another"));
    kari.opens_from_elsewhere(&link).await;
    kari.sees("Se over profilen din");
}

#[tokio::test]
async fn t44_who_waits_for_a_mail_of_their_own_is_another_person_too() {
    let kontobro = Kontobro::start().await;
    let (_, link) = kari_waits_for_the_mail(&kontobro).await;
    let ola = kontobro.person("Ola Nordmann");
    ola.has_an_old_account().await;
    ola.logs_in().await.asks_for(ola.address).await;
    ola.opens_from_elsewhere(&link).await;
    ola.sees("Lenken hører til en annen person");
    ola.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t45_a_scanner_that_tries_every_method_confirms_nothing() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    let scanner = kontobro.browser();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let token = link.split_once("t=").expect("a token").1;
    let head = scanner.sends(Method::HEAD, &link, &NAVIGATION, "").await;
    assert_eq!((head.status, &*head.html), (200, ""));
    let got = scanner.sends(Method::GET, &link, &NAVIGATION, "").await;
    assert_eq!(got.heading(), "Logg inn for å bekrefte kontoen");
    for body in [format!("t={token}"), format!("t={token}&csrf="), String::new()] {
        let posted = scanner.sends(Method::POST, "/b", &form, body).await;
        assert_eq!(posted.status, 403, "{posted}");
    }
    let posted = scanner.sends(Method::POST, &link, &form, "").await;
    assert_eq!(posted.status, 403, "{posted}");
    nothing_is_linked(&kontobro);
    kari.opens_from_elsewhere(&link).await;
    kari.sees("Se over profilen din");
}

#[tokio::test]
async fn t45_what_is_no_navigation_gets_a_button_even_with_the_session() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    for headers in [
        vec![],
        vec![("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")],
        vec![("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")],
        [&NAVIGATION[..], &[("sec-purpose", "prefetch;prerender")]].concat(),
        [&NAVIGATION[..], &[("purpose", "prefetch")]].concat(),
    ] {
        let page = kari.sends(Method::GET, &link, &headers, "").await;
        assert_eq!(page.heading(), "Bekreft brukerkontoen din", "{headers:?}");
        assert!(page.buttons().contains(&"Bekreft brukerkonto"));
    }
    let head = kari.sends(Method::HEAD, &link, &NAVIGATION, "").await;
    assert_eq!((head.status, &*head.html), (200, ""));
    nothing_is_linked(&kontobro);

    let page = kari.sends(Method::GET, &link, &[], "").await;
    let (_, _, body) = kari.filled_in(&page, "Bekreft brukerkonto");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let done = kari.sends(Method::POST, "/b", &form, body).await;
    assert_eq!((done.status, done.header("location")), (303, "/profil"));
    kari.opens("/profil").await;
    kari.sees("Se over profilen din");
}

#[tokio::test]
async fn t45_the_button_needs_the_form_of_its_own_session() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    let page = kari.sends(Method::GET, &link, &[], "").await;
    let (_, _, body) = kari.filled_in(&page, "Bekreft brukerkonto");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let token = body.split('&').find(|field| field.starts_with("t=")).expect("the token");
    let foreign = kari.sends(Method::POST, "/b", &[form], token).await;
    assert_eq!(foreign.heading(), "Vi kunne ikke ta imot skjemaet");
    let elsewhere = [form, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let foreign = kari.sends(Method::POST, "/b", &elsewhere, body).await;
    assert_eq!(foreign.heading(), "Vi kunne ikke ta imot skjemaet");
    nothing_is_linked(&kontobro);
}

#[tokio::test]
async fn t43_the_link_works_until_but_not_at_twenty_four_hours() {
    for (wait, works) in [(hours(24) - seconds(1), true), (hours(24), false)] {
        let kontobro = Kontobro::start().await;
        let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
        kontobro.clock.passes(wait);
        let again = kari.on_another_device();
        again.opens_from_elsewhere(&link).await;
        again.goes_to_idporten().await.identifies_as(kari.pid, "idporten-loa-high").await;
        if works {
            again.sees("Se over profilen din");
        } else {
            again.sees("Lenken er for gammel").reads("En lenke virker i 24 timer.");
            assert_eq!(again.page().status, 410);
            again.opens("/sendt").await;
            again.reads("Lenken gikk ut");
            nothing_is_linked(&kontobro);
        }
    }
}

#[tokio::test]
async fn an_expired_request_is_told_on_the_waiting_page_and_can_be_sent_again() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = kari_waits_for_the_mail(&kontobro).await;
    kontobro.clock.passes(hours(25));
    kari.logs_in().await.sees("Lenken er for gammel");
    kari.reads("Lenken gikk ut 5. mars 2030 kl. 10.00.");
    kari.presses("Send e-posten på nytt").await;
    assert_eq!(kontobro.outbox().mails_to(kari.address).len(), 2);
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t61_a_request_of_last_week_is_gone_whatever_has_been_swept() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    kontobro.clock.passes(hours(8 * 24));
    kari.logs_in().await.is_at("/sok");
    kari.opens_from_elsewhere(&link).await;
    kari.sees("Lenken er for gammel");
    kari.asks_for(kari.address).await.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t47_used_by_its_owner_the_link_leads_to_the_profile_again() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    for _ in 0..2 {
        kari.opens_from_elsewhere(&link).await;
        kari.sees("Se over profilen din");
    }
    let phone = kari.on_another_device();
    phone.opens_from_elsewhere(&link).await;
    phone.sees("Logg inn for å bekrefte kontoen").goes_to_idporten().await;
    phone.identifies_as(kari.pid, "idporten-loa-high").await;
    phone.sees("Se over profilen din");
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked"]);
}

#[tokio::test]
async fn t42_a_garbled_link_is_told_so_with_and_without_a_session() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    let stranger = kontobro.browser();
    let mut last_bit = link.clone();
    let end = if last_bit.ends_with('A') { 'B' } else { 'A' };
    last_bit.replace_range(link.len() - 1.., &end.to_string());
    let cut = &link[..link.len() - 5];
    for garbled in [cut, &last_bit, &format!("{link}%0A"), "/b?t=", "/b", "/b?t=%ff%fe", "/b?t=x"] {
        for browser in [&stranger, &kari.browser] {
            browser.opens_from_elsewhere(garbled).await;
            browser.sees("Lenken virker ikke");
            assert_eq!(browser.page().status, 404);
        }
    }
    nothing_is_linked(&kontobro);
}

#[tokio::test]
async fn two_people_asked_the_first_wins_and_the_other_is_told() {
    let kontobro = Kontobro::start().await;
    let (kari, kari_link) = kari_waits_for_the_mail(&kontobro).await;
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.asks_for(kari.address).await.sees("Sjekk e-posten din");
    let ola_link = kontobro.outbox().newest_mail_to(kari.address).link();
    kari.opens_from_elsewhere(&kari_link).await;
    kari.sees("Se over profilen din");
    ola.opens_from_elsewhere(&ola_link).await;
    ola.sees("Vi kan ikke slå sammen denne kontoen");
    assert_eq!(ola.page().status, 409);
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "requested", "linked"]);
}

#[tokio::test]
async fn t43_an_account_that_was_changed_meanwhile_is_not_given_away() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    for (attribute, value) in
        [("version", json!({ "N": "2" })), ("email", json!({ "S": "x@y.no" }))]
    {
        kontobro.alters(kari.address, attribute, value);
        kari.opens_from_elsewhere(&link).await;
        kari.sees("Kontoen er endret siden du ba om e-posten");
        assert_eq!(kari.page().status, 409);
        nothing_is_linked(&kontobro);
    }
}

#[tokio::test]
async fn an_account_that_was_closed_meanwhile_is_not_given_away() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    kontobro.alters(kari.address, "status", json!({ "S": "closed" }));
    kari.opens_from_elsewhere(&link).await;
    kari.sees("Vi kan ikke slå sammen denne kontoen");
    nothing_is_linked(&kontobro);
}

#[tokio::test]
async fn t55_eight_clicks_at_once_make_one_link() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    let tabs: Vec<_> = (0..8).map(|_| kari.in_another_tab()).collect();
    let clicks = tabs.iter().map(|tab| tab.opens_from_elsewhere(&link));
    for page in futures_util::future::join_all(clicks).await {
        assert_eq!(page.heading(), "Se over profilen din", "{page}");
    }
    assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked"]);
}

#[tokio::test]
async fn t55_two_people_at_once_one_gets_the_account() {
    let kontobro = Kontobro::start().await;
    let (kari, kari_link) = kari_waits_for_the_mail(&kontobro).await;
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.asks_for(kari.address).await;
    let ola_link = kontobro.outbox().newest_mail_to(kari.address).link();
    let (one, two) =
        tokio::join!(kari.opens_from_elsewhere(&kari_link), ola.opens_from_elsewhere(&ola_link));
    let mut headings = [one.heading(), two.heading()];
    headings.sort_unstable();
    assert_eq!(headings, ["Se over profilen din", "Vi kan ikke slå sammen denne kontoen"]);
}

#[tokio::test]
async fn t52_what_could_open_the_old_account_opens_it_no_more() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    kari.opens_from_elsewhere(&link).await;
    let books = kontobro.books();
    let account = books.account(kari.address);
    assert_eq!(account["password_void"]["BOOL"], true);
    assert_eq!(account["sessions_void_before"], account["linked_at"]);
    assert_eq!(account["other"]["M"]["employer"]["S"], "Fjordby ambulansestasjon");
}

#[tokio::test]
async fn a_person_with_an_account_gets_no_second_one() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    let other = "kari.gammel@example.no";
    kontobro.has(old_account("Kari Nordmann", other)).await;
    // On her phone she has come as far as «Bekreft» in two tabs, before she has one.
    let phone = kari.on_another_device();
    phone.logs_in().await;
    let old = phone.in_another_tab();
    old.searches_for(other).await;
    old.presses("Slå sammen").await;
    let new = old.in_another_tab();
    new.searches_for("kari.tredje@example.no").await;
    new.presses("Opprett en helt ny brukerkonto").await;
    kari.links_the_old_account().await;
    phone.opens("/profil").await; // now the phone knows of it

    old.shares_cookies_with(&phone);
    old.presses("Bekreft").await;
    old.sees("Du har allerede en konto");
    assert_eq!(old.page().status, 409);
    new.shares_cookies_with(&phone);
    new.ticks("ny").presses("Bekreft").await;
    new.sees("Du har allerede en konto").follows("Gå videre").await;
    new.sees("Se over profilen din");
    assert_eq!(kontobro.outbox().all().len(), 1);
}

#[tokio::test]
async fn t55_a_request_from_before_the_person_got_an_account_is_refused_by_the_link() {
    let kontobro = Kontobro::start().await;
    let (kari, link) = kari_waits_for_the_mail(&kontobro).await;
    let account = kontobro.has(old_account("Kari Nordmann", "kari.gammel@example.no")).await;
    kontobro.gives_whoever_waits(account);
    kari.opens_from_elsewhere(&link).await;
    kari.sees("Du har allerede en konto");
    assert_eq!(kontobro.books().history_of(kari.address), ["requested"]);
}
