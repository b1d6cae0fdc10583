//! The wait for the mail: what SES tells, whatever the order, and what the page's script hears.

use std::rc::Rc;

use kontobro::domain::request::MailState;
use lambda_http::http::Method;
use serde_json::Value;
use standins::ses::Fate;

use crate::support::{Kontobro, Page, Person, minutes, number};

/// What becomes of a mail, the state that it makes, and words of the waiting page.
const NEWS: [(Fate, MailState, &str); 14] = [
    (Fate::Sent, MailState::HandedOver, "Vi har sendt en e-post til"),
    (Fate::Delayed, MailState::Delayed, "er forsinket. Vi fortsetter å prøve"),
    (Fate::BouncedWith(4, 4, 7), MailState::Delayed, "er forsinket. Vi fortsetter å prøve"),
    (Fate::AnsweredByAbsence, MailState::Unclear, "eller bare et fraværssvar"),
    (Fate::BouncedUnclearly, MailState::Unclear, "eller bare et fraværssvar"),
    (Fate::Delivered, MailState::Delivered, "har tatt imot e-posten"),
    (Fate::BouncedTransiently, MailState::BoxFull, "er full. Rydd plass"),
    (Fate::BouncedWith(5, 2, 2), MailState::BoxFull, "er full. Rydd plass"),
    (Fate::BouncedForContent, MailState::Refused, "ble avvist på veien"),
    (Fate::Rejected, MailState::Refused, "ble avvist på veien"),
    (Fate::BouncedWith(5, 7, 1), MailState::Refused, "ble avvist på veien"),
    (Fate::BouncedWith(5, 1, 1), MailState::Dead, "Vi kan ikke sende flere e-poster til"),
    (Fate::BouncedWith(5, 4, 4), MailState::Dead, "Vi kan ikke sende flere e-poster til"),
    (Fate::Complained, MailState::Dead, "Vi kan ikke sende flere e-poster til"),
];

async fn kari_waits(kontobro: &Kontobro) -> Person<'_> {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kari
}

/// As the script asks.
async fn asks_for_news(person: &Person<'_>, shown: &str) -> Rc<Page> {
    let path = format!("/sendt/status?vist={shown}");
    let headers = [("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")];
    person.sends(Method::GET, &path, &headers, "").await
}

fn json(page: &Rc<Page>) -> Value {
    assert_eq!((page.status, page.header("content-type")), (200, "application/json"), "{page}");
    serde_json::from_str(&page.html).expect("JSON")
}

#[tokio::test]
async fn the_waiting_page_tells_what_became_of_the_mail() {
    for (fate, _, words) in NEWS {
        let kontobro = Kontobro::start().await;
        let kari = kari_waits(&kontobro).await;
        kontobro.outbox().tells(&kontobro.outbox().only_mail_to(kari.address), fate).await;
        kari.reloads().await;
        kari.reads(words);
    }
}

#[tokio::test]
async fn nobody_is_told_to_open_a_mail_that_their_mailbox_did_not_take() {
    for (fate, heading) in [
        (Fate::BouncedTransiently, "Innboksen er full"),
        (Fate::BouncedForContent, "E-posten ble avvist"),
        (Fate::Rejected, "E-posten ble avvist"),
    ] {
        let kontobro = Kontobro::start().await;
        let kari = kari_waits(&kontobro).await;
        let mail = kontobro.outbox().only_mail_to(kari.address);
        kontobro.outbox().tells(&mail, fate).await;
        assert_eq!(json(&asks_for_news(&kari, "handed-over").await), Value::Null, "another page");
        kari.reloads().await;
        kari.sees(heading).does_not_read("Bekreft brukerkonto");
        kari.does_not_read("Vi har sendt en e-post");
        assert_eq!(kari.page().buttons()[..2], ["Logg ut", "Send e-posten på nytt"]);
        kontobro.clock.passes(minutes(3));
        kari.presses("Send e-posten på nytt").await;
        kari.sees("Sjekk e-posten din");
        kari.follows_the_mail().await.sees("Se over profilen din");
    }
}

#[tokio::test]
async fn t74_news_in_any_order_twice_or_late_only_move_a_mail_forward() {
    let kontobro = Kontobro::start().await;
    let kari = kari_waits(&kontobro).await;
    let mail = kontobro.outbox().only_mail_to(kari.address);
    for (first, one, _) in NEWS {
        for (second, other, _) in NEWS {
            kontobro.mail_is(MailState::HandedOver);
            for fate in [first, second, first, second] {
                kontobro.outbox().tells(&mail, fate).await;
            }
            let books = kontobro.books();
            let is = number(books.of_kind("REQUEST")[0], "mail");
            assert_eq!(is, usize::from(one.max(other).rank()), "{first:?}, then {second:?}");
        }
    }
}

#[tokio::test]
async fn t74_late_news_of_an_older_mail_say_nothing_of_the_newest_but_that_the_address_is_dead() {
    for (fate, state) in [
        (Fate::BouncedTransiently, MailState::HandedOver),
        (Fate::Delivered, MailState::HandedOver),
        (Fate::Bounced, MailState::Dead),
    ] {
        let kontobro = Kontobro::start().await;
        let kari = kari_waits(&kontobro).await;
        let older = kontobro.outbox().only_mail_to(kari.address);
        kontobro.clock.passes(minutes(3));
        kari.presses("Send e-posten på nytt").await;
        kontobro.outbox().tells(&older, fate).await;
        let books = kontobro.books();
        let is = number(books.of_kind("REQUEST")[0], "mail");
        assert_eq!(is, usize::from(state.rank()), "{fate:?}");
    }
}

#[tokio::test]
async fn t73_a_dead_address_is_told_and_never_mailed_again() {
    let kontobro = Kontobro::start().await;
    let kari = kari_waits(&kontobro).await;
    let waiting = kari.in_another_tab();
    kontobro.outbox().tells(&kontobro.outbox().only_mail_to(kari.address), Fate::Bounced).await;
    kari.reloads().await;
    kari.sees("Vi når ikke e-postadressen").reads("søker du med en annen adresse");
    kari.reads("skriver til support@nakos.example");
    assert_eq!(kari.page().buttons(), ["Logg ut", "Trekk tilbake forespørselen"]);
    kontobro.clock.passes(minutes(5));
    waiting.presses("Send e-posten på nytt").await;
    kari.asks_for(kari.address).await.sees("Vi når ikke e-postadressen");
    assert_eq!(kari.page().status, 409);
    kontobro.outbox().only_mail_to(kari.address);
    kari.follows_the_mail().await.sees("Se over profilen din"); // it came all the same
}

#[tokio::test]
async fn the_script_hears_what_is_new_and_nothing_else() {
    let kontobro = Kontobro::start().await;
    let kari = kari_waits(&kontobro).await;
    let mail = kontobro.outbox().only_mail_to(kari.address);
    let quiet = asks_for_news(&kari, "handed-over").await;
    assert_eq!((quiet.status, &*quiet.html), (204, ""));
    kontobro.outbox().tells(&mail, Fate::Delivered).await;
    let news = json(&asks_for_news(&kari, "handed-over").await);
    assert_eq!(news["state"], "delivered");
    assert!(news["html"].as_str().expect("a part").contains("har tatt imot"));
    assert_eq!(asks_for_news(&kari, "delivered").await.status, 204);
    for strange in ["", "x", "%3Cscript%3E"] {
        assert_eq!(json(&asks_for_news(&kari, strange).await), Value::Null, "{strange}");
    }
    kontobro.outbox().tells(&mail, Fate::Complained).await;
    assert_eq!(json(&asks_for_news(&kari, "delivered").await), Value::Null, "another page");
}

#[tokio::test]
async fn the_script_hears_when_the_link_was_used_elsewhere_and_the_page_goes_on_by_itself() {
    let kontobro = Kontobro::start().await;
    let kari = kari_waits(&kontobro).await;
    let phone = kari.on_another_device();
    phone.opens_from_elsewhere(&kontobro.outbox().only_mail_to(kari.address).link()).await;
    phone.goes_to_idporten().await.identifies_as(kari.pid, "idporten-loa-high").await;
    assert_eq!(json(&asks_for_news(&kari, "handed-over").await), Value::Null);
    kari.reloads().await; // as the script then does
    kari.sees("Se over profilen din");
}

#[tokio::test]
async fn t21_news_are_for_whoever_is_logged_in_and_of_their_own_request() {
    let kontobro = Kontobro::start().await;
    let kari = kari_waits(&kontobro).await;
    let id = kontobro.books().of_kind("REQUEST")[0]["id"]["S"].as_str().expect("an id").to_owned();
    let nobody = kontobro.browser();
    let answer = nobody.sends(Method::GET, "/sendt/status?vist=queued", &[], "").await;
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await;
    for shown in ["queued".to_owned(), format!("queued&id={id}"), format!("queued&person={id}")] {
        assert_eq!(json(&asks_for_news(&ola, &shown).await), Value::Null, "{shown}");
    }
    let cookies = kari.cookies().clone();
    kari.logs_out().await;
    kari.change_cookies(|jar| *jar = cookies);
    let answer = asks_for_news(&kari, "queued").await;
    assert_ne!(answer.status, 200, "{answer}");
    assert!(!answer.html.contains("kari"), "{answer}");
}

#[tokio::test]
async fn t22_a_page_that_asks_by_itself_keeps_no_session_alive() {
    let kontobro = Kontobro::start().await;
    let kari = kari_waits(&kontobro).await;
    for _ in 0..29 {
        kontobro.clock.passes(minutes(1));
        let answer = asks_for_news(&kari, "handed-over").await;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.header("set-cookie"), "");
    }
    kontobro.clock.passes(minutes(1));
    let told = asks_for_news(&kari, "handed-over").await;
    assert_eq!(told.heading(), "Du har blitt logget ut");
    assert_eq!(told.header("set-cookie"), "", "the person has not been told");
    kari.reloads().await;
    kari.sees("Du har blitt logget ut").reads("Du var ikke aktiv på 30 minutter.");
}

#[tokio::test]
async fn who_was_stopped_hears_it_on_the_page_that_waits() {
    let kontobro = Kontobro::start().await;
    let kari = kari_waits(&kontobro).await;
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await;
    ola.opens_from_elsewhere(&kontobro.outbox().only_mail_to(kari.address).link()).await;
    ola.says_not_me().await;
    assert_eq!(json(&asks_for_news(&kari, "handed-over").await), Value::Null);
    kari.reloads().await;
    kari.sees("Vi kunne ikke fullføre dette");
}
