//! Changing the pid key while people go on (T65): `[1]`, then `[1, 2]` until every function and
//! every session knows the new key, then `[2, 1]`, and `[2]` once nobody is left under the old.

use std::time::Duration;

use standins::{
    ses::Fate,
    wire::{Fault, Kind, rounds},
};

use crate::support::{Kontobro, Person, Service, minutes, old_account, text};

/// Version of the key that this account names its owner by.
fn version(kontobro: &Kontobro, of: &Person<'_>) -> String {
    text(kontobro.books().account(of.address), "person")[..1].to_owned()
}

async fn links_and_saves(person: &Person<'_>) {
    person.has_an_old_account().await;
    person.links_the_old_account().await.saves().await.sees("Du er ferdig");
}

fn is_at_the_portal(kontobro: &Kontobro, person: &Person<'_>) {
    let (page, portal) = (person.page(), &kontobro.world.urls.portal);
    assert!(page.url.starts_with(portal.as_str()), "{page}");
}

#[tokio::test]
async fn t65_whoever_logs_in_while_both_keys_live_goes_on_when_the_old_one_is_gone() {
    const KARI: &str = "Kari Nordmann";
    const OLA: &str = "Ola Nordmann";
    const INGRID: &str = "Ingrid Vik";
    const SARA: &str = "Sárá Joks";
    let service = Service::new();
    {
        let kontobro = service.starts_with_pid_keys(&[1]).await;
        links_and_saves(&kontobro.person(KARI)).await;
        links_and_saves(&kontobro.person(SARA)).await;
        let ola = kontobro.person(OLA);
        ola.has_an_old_account().await;
        ola.logs_in().await.asks_for(ola.address).await;
    }
    {
        let kontobro = service.starts_with_pid_keys(&[1, 2]).await;
        links_and_saves(&kontobro.person(INGRID)).await;
        let kari = kontobro.person(KARI);
        kari.logs_in().await;
        assert_eq!(kontobro.books().history_of(kari.address), ["requested", "linked", "saved"]);
    }
    {
        let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
        let (kari, ola) = (kontobro.person(KARI), kontobro.person(OLA));
        assert_eq!(version(&kontobro, &kari), "1");
        for _ in 0..2 {
            kari.logs_in().await;
            is_at_the_portal(&kontobro, &kari);
            assert_eq!(version(&kontobro, &kari), "2");
        }
        kari.opens("/profil").await;
        kari.saves().await.sees("Endringene er lagret");
        let rekeyed_once = ["requested", "linked", "saved", "rekeyed", "saved"];
        assert_eq!(kontobro.books().history_of(kari.address), rekeyed_once);

        ola.logs_in().await.sees("Sjekk e-posten din");
        let asked_before = kontobro.outbox().only_mail_to(ola.address).token();
        ola.opens(&format!("/b?t={asked_before}")).await;
        ola.saves().await.sees("Du er ferdig");
        assert_eq!(version(&kontobro, &ola), "2");
    }
    let kontobro = service.starts_with_pid_keys(&[2]).await;
    for name in [KARI, OLA, INGRID] {
        let person = kontobro.person(name);
        person.logs_in().await;
        is_at_the_portal(&kontobro, &person);
        person.opens("/profil").await;
        person.saves().await.sees("Endringene er lagret");
        assert_eq!(version(&kontobro, &person), "2", "{name}");
    }
    let sara = kontobro.person(SARA);
    sara.logs_in().await.is_at("/sok"); // never here while both keys lived
    sara.searches_for(sara.address).await.sees("Vi kan ikke slå sammen denne kontoen");
}

#[tokio::test]
async fn t65_a_request_under_the_old_key_goes_on_under_the_new_one() {
    let service = Service::new();
    let (kari, ola) = ("Kari Nordmann", "Ola Nordmann");
    let other = "kari.gammel@example.no";
    {
        let kontobro = service.starts_with_pid_keys(&[1]).await;
        kontobro.has(old_account("Kari Nordmann", other)).await;
        for name in [kari, ola] {
            let person = kontobro.person(name);
            person.has_an_old_account().await;
            person.logs_in().await.asks_for(person.address).await;
        }
    }
    service.clock.passes(minutes(5));
    let first_link = {
        let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
        let (kari, ola) = (kontobro.person(kari), kontobro.person(ola));
        let first_mail = kontobro.outbox().only_mail_to(kari.address);
        kontobro.outbox().tells(&first_mail, Fate::Delivered).await;
        kari.logs_in().await.reads("har tatt imot e-posten");
        kari.presses("Send e-posten på nytt").await;
        kari.reads("Vi har sendt en ny e-post.");
        kari.opens(&format!("/b?t={}", first_mail.token())).await;
        kari.sees("Du har fått en nyere e-post");

        ola.logs_in().await.asks_for(other).await.sees("Sjekk e-posten din").reads(other);
        let replaced = kontobro.outbox().only_mail_to(ola.address).token();
        ola.opens(&format!("/b?t={replaced}")).await;
        ola.sees("Du har bedt om noe annet siden");
        ola.opens("/sendt").await;
        ola.presses("Trekk tilbake forespørselen").await;
        ola.reads("Du har trukket tilbake forespørselen. Ingen konto er koblet til deg");
        ola.opens("/sendt").await;
        ola.is_at("/sok");
        let books = kontobro.books();
        let requests = books.of_kind("REQUEST").into_iter();
        let open: Vec<_> = requests.filter(|request| text(request, "progress") == "open").collect();
        let [karis] = open[..] else { panic!("{open:?}") };
        assert_eq!(text(karis, "email"), kari.address);
        kontobro.outbox().newest_mail_to(kari.address).token()
    };
    let kontobro = service.starts_with_pid_keys(&[2]).await;
    let kari = kontobro.person(kari);
    kari.logs_in().await.sees("Sjekk e-posten din");
    kari.opens(&format!("/b?t={first_link}")).await;
    kari.saves().await.sees("Du er ferdig");
}

#[tokio::test]
async fn t65_another_address_asked_for_before_the_change_is_proved_after_it() {
    let service = Service::new();
    let new = "kari.ny@example.org";
    {
        let kontobro = service.starts_with_pid_keys(&[1]).await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kari.links_the_old_account().await.types("E-post", new);
        kontobro.secrets.address(new);
        kari.saves().await.sees("Du er ferdig");
    }
    let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
    kontobro.secrets.address(new);
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    assert_eq!(version(&kontobro, &kari), "2");
    let proof = kontobro.outbox().only_mail_to(new).token();
    kari.opens(&format!("/b?t={proof}")).await;
    kari.reads("E-postadressen din er nå kari.ny@example.org.");
}

#[tokio::test]
async fn t65_a_session_that_knows_the_old_key_alone_loses_nothing_and_the_next_login_mends_it() {
    let service = Service::new();
    let cookies = {
        let kontobro = service.starts_with_pid_keys(&[1]).await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kari.logs_in().await.asks_for(kari.address).await;
        kari.cookies().clone()
    };
    let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
    let kari = kontobro.person("Kari Nordmann");
    kari.browser.change_cookies(|jar| *jar = cookies);
    let link = kontobro.outbox().only_mail_to(kari.address).token();
    kari.opens(&format!("/b?t={link}")).await;
    kari.saves().await.sees("Du er ferdig");
    assert_eq!(version(&kontobro, &kari), "1");
    let kari = kari.on_another_device();
    kari.logs_in().await;
    is_at_the_portal(&kontobro, &kari);
    assert_eq!(version(&kontobro, &kari), "2");
}

/// An order of events that the model found: one person, a tab from before the last step of the
/// change and one from after it, each asking in turn.
#[tokio::test]
async fn t65_whichever_session_asked_last_the_other_can_ask_anew() {
    let (service, other) = (Service::new(), "kari.gammel@example.no");
    drop(service.starts_with_pid_keys(&[1]).await);
    let before = {
        let kontobro = service.starts_with_pid_keys(&[1, 2]).await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kontobro.has(old_account("Kari Nordmann", other)).await;
        kari.logs_in().await.cookies().clone()
    };
    let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
    let kari = kontobro.person("Kari Nordmann");
    let tab = kari.on_another_device();
    tab.browser.change_cookies(|jar| *jar = before);
    kari.logs_in().await.asks_for(kari.address).await;
    service.clock.passes(minutes(1));
    tab.opens("/sok").await;
    tab.asks_for(other).await.sees("Sjekk e-posten din").reads(other);
    service.clock.passes(minutes(1));
    kari.opens("/sok").await;
    kari.asks_for(kari.address).await.sees("Sjekk e-posten din").reads(kari.address);
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t65_a_login_that_cannot_change_the_key_is_a_login_all_the_same() {
    let service = Service::new();
    {
        let kontobro = service.starts_with_pid_keys(&[1]).await;
        links_and_saves(&kontobro.person("Kari Nordmann")).await;
    }
    let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
    let kari = kontobro.person("Kari Nordmann");
    for kind in [Kind::CutBefore, Kind::Conflict, Kind::CutAfter] {
        kontobro.wire.fail(Fault::on("dynamodb", kind).only("TransactWriteItems"));
        let kari = kari.on_another_device();
        kari.logs_in().await;
        is_at_the_portal(&kontobro, &kari);
        kontobro.heals();
    }
    assert_eq!(kontobro.log().matches("not_rekeyed").count(), 2);
    assert_eq!(version(&kontobro, &kari), "2", "the third was done, and seen to be");
    let history = ["requested", "linked", "saved", "rekeyed"];
    assert_eq!(kontobro.books().history_of(kari.address), history);
}

#[tokio::test]
async fn t65_only_a_login_that_changes_the_key_waits_for_more_than_any_other() {
    let service = Service::new();
    {
        let kontobro = service.starts_with_pid_keys(&[1]).await;
        links_and_saves(&kontobro.person("Kari Nordmann")).await;
    }
    let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
    let kari = kontobro.person("Kari Nordmann");
    kontobro.breaks("dynamodb", Kind::Slow(Duration::from_millis(20)));
    // One round trip to use up the attempt, one read; and two more where the key changes.
    for expected in [4, 2] {
        kontobro.wire.clear();
        kari.on_another_device().logs_in().await;
        assert_eq!(rounds(&kontobro.calls_to("dynamodb")), expected);
    }
}
