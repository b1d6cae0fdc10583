//! A neighbouring host plants a cookie in somebody's browser (T102): the session of an attacker who
//! has asked for the victim's account. The victim's own click must not give the account away.

use crate::support::{Kontobro, Person};

const SESSION: &str = "__Host-kontobro";

/// Ola has asked for Kari's account, and Kari is logged in: Kari, the link in her mailbox, and what
/// Ola's session is sealed into.
async fn ola_has_asked_for_karis_account(kontobro: &Kontobro) -> (Person<'_>, String, String) {
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.has_an_old_account().await;
    ola.logs_in().await.asks_for(kari.address).await;
    let session = ola.cookies().get(SESSION).expect("a session").to_owned();
    kari.logs_in().await;
    let link = kontobro.outbox().only_mail_to(kari.address).link();
    (kari, link, session)
}

fn nothing_is_linked(kontobro: &Kontobro) {
    assert!(kontobro.books().of_kind("PERSON").is_empty());
}

/// Browsers take such a name from any host of the domain, as it does not begin with `__Host-`, and
/// send the cookie with the longer path first.
#[tokio::test]
async fn t102_a_session_planted_under_a_name_that_only_looks_like_ours_is_nobodys() {
    for around in ["\u{2000}", "\u{a0}", "\u{3000}", "\u{feff}"] {
        for is_in_front in [true, false] {
            let kontobro = Kontobro::start().await;
            let (kari, link, session) = ola_has_asked_for_karis_account(&kontobro).await;
            let planted = format!("{around}{SESSION}={session}");
            kari.browser.change_cookies(|jar| jar.plant(&planted, is_in_front));
            kari.opens_from_elsewhere(&link).await;
            kari.sees("Lenken hører til en annen person");
            nothing_is_linked(&kontobro);
            kari.opens("/sok").await;
            kari.is_at("/sok").does_not_read("Sjekk e-posten din");

            let logged_out = kontobro.browser();
            logged_out.change_cookies(|jar| jar.plant(&planted, is_in_front));
            logged_out.opens_from_elsewhere(&link).await;
            logged_out.sees("Logg inn for å bekrefte kontoen");
            nothing_is_linked(&kontobro);
        }
    }
}

/// Old browsers and some gateways let a second cookie of the very name through.
#[tokio::test]
async fn t102_a_session_that_stands_twice_is_nobodys() {
    for is_in_front in [true, false] {
        let kontobro = Kontobro::start().await;
        let (kari, link, session) = ola_has_asked_for_karis_account(&kontobro).await;
        kari.browser.change_cookies(|jar| jar.plant(&format!("{SESSION}={session}"), is_in_front));
        kari.opens_from_elsewhere(&link).await;
        kari.sees("Logg inn for å bekrefte kontoen");
        kari.opens("/sok").await;
        kari.is_at("/");
        nothing_is_linked(&kontobro);
        assert!(kontobro.log().contains("session_cookie_doubled"));
    }
}
