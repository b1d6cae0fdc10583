//! Many at once: the same step, or two that cannot both be, from 64 tabs released together. One wins,
//! and each of the others is told the truth (L5). Whoever wins, the books balance when a round ends.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use lambda_http::http::Method;
use standins::{
    idporten,
    wire::{Fault, Kind},
};

use crate::{
    figures,
    support::{Kontobro, Person, old_account},
};

/// Tabs in a round.
const TABS: usize = 64;

/// Rounds of each race: two in every run, as many as one likes in a long one.
fn rounds() -> usize {
    std::env::var("RACES").map_or(2, |rounds| rounds.parse().expect("a number of rounds"))
}

async fn race(round: impl AsyncFn(&Kontobro)) {
    for _ in 0..rounds() {
        round(&Kontobro::start().await).await;
    }
    figures::adds(
        "Races",
        &[("races", 1), ("rounds", rounds()), ("tabs at once", rounds() * TABS)],
    );
}

/// So many tabs of a person, each on the page that they are on.
fn tabs<'k>(person: &Person<'k>, count: usize) -> Vec<Person<'k>> {
    (0..count).map(|_| person.in_another_tab()).collect()
}

/// How often each heading is seen.
fn headings(people: &[Person<'_>]) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    for person in people {
        *seen.entry(person.page().heading().to_owned()).or_default() += 1;
    }
    seen
}

fn are(seen: &[(&str, usize)]) -> BTreeMap<String, usize> {
    seen.iter().map(|(heading, count)| ((*heading).to_owned(), *count)).collect()
}

async fn press(people: &[Person<'_>], label: &str) {
    join_all(people.iter().map(|person| person.presses(label))).await;
}

async fn open(people: &[Person<'_>], address: &str) {
    join_all(people.iter().map(|person| person.opens_from_elsewhere(address))).await;
}

async fn waits_for_the_mail<'k>(
    kontobro: &'k Kontobro,
    name: &str,
    address: &str,
) -> (Person<'k>, String) {
    let person = kontobro.person(name);
    person.logs_in().await.asks_for(address).await;
    let link = kontobro.outbox().newest_mail_to(address).link();
    (person, link)
}

/// One callback, with the same cookie from everywhere: one session, and the code is sent once.
#[tokio::test]
async fn t02_one_callback_in_many_tabs_logs_in_once() {
    race(async |kontobro| {
        let kari = kontobro.person(KARI.0);
        let begun = kari.sends(Method::GET, "/logg-inn", &[], "").await;
        let back = idporten::log_in(begun.header("location"), kari.pid, "idporten-loa-high").await;
        let callback = back.expect("ID-porten answers").location();
        let tabs = tabs(&kari, TABS);
        open(&tabs, &callback).await;
        let mut seen = headings(&tabs);
        assert_eq!(seen.remove(SEARCH), Some(1), "{seen:?}");
        // Whose store took too long in the crowd is told that, and may try again.
        let told = ["Innloggingen ble ikke fullført", "Beklager, vi får ikke gjort dette nå"];
        assert!(seen.keys().all(|heading| told.contains(&heading.as_str())), "{seen:?}");
        let sessions = tabs.iter().filter(|tab| tab.cookies().get("__Host-kontobro").is_some());
        assert_eq!(sessions.count(), 1);
        let calls = kontobro.calls_to("idporten");
        assert_eq!(calls.iter().filter(|call| call.operation == "POST /token").count(), 1);
    })
    .await;
}

const SEARCH: &str = "Hvilken e-postadresse har du brukt hos NAKOS?";
const KARI: (&str, &str) = ("Kari Nordmann", "kari.nordmann@example.no");

#[tokio::test]
async fn t71_bekreft_from_many_tabs_asks_once_and_mails_once() {
    race(async |kontobro| {
        let kari = kontobro.person(KARI.0);
        kari.has_an_old_account().await;
        kari.logs_in().await.searches_for(KARI.1).await.presses("Slå sammen").await;
        let tabs = tabs(&kari, TABS);
        press(&tabs, "Bekreft").await;
        assert_eq!(headings(&tabs), are(&[("Sjekk e-posten din", TABS)]));
        assert_eq!(kontobro.books().history_of(KARI.1), ["requested"]);
        kontobro.outbox().only_mail_to(KARI.1);
    })
    .await;
}

#[tokio::test]
async fn t55_one_link_in_many_tabs_links_once() {
    race(async |kontobro| {
        kontobro.person(KARI.0).has_an_old_account().await;
        let (kari, link) = waits_for_the_mail(kontobro, KARI.0, KARI.1).await;
        let tabs = tabs(&kari, TABS);
        open(&tabs, &link).await;
        assert_eq!(headings(&tabs), are(&[("Se over profilen din", TABS)]));
        assert_eq!(kontobro.books().history_of(KARI.1), ["requested", "linked"]);
    })
    .await;
}

#[tokio::test]
async fn t55_of_two_people_in_many_tabs_one_gets_the_account_and_the_other_is_told() {
    race(async |kontobro| {
        kontobro.person(KARI.0).has_an_old_account().await;
        let (kari, kari_link) = waits_for_the_mail(kontobro, KARI.0, KARI.1).await;
        let (ola, ola_link) = waits_for_the_mail(kontobro, "Ola Nordmann", KARI.1).await;
        let (karis, olas) = (tabs(&kari, TABS / 2), tabs(&ola, TABS / 2));
        tokio::join!(open(&karis, &kari_link), open(&olas, &ola_link));
        let (won, lost) = ("Se over profilen din", "Vi kan ikke slå sammen denne kontoen");
        let (won, lost) = (are(&[(won, TABS / 2)]), are(&[(lost, TABS / 2)]));
        let seen = [headings(&karis), headings(&olas)];
        assert!(seen == [won.clone(), lost.clone()] || seen == [lost, won], "{seen:?}");
        let history = kontobro.books().history_of(KARI.1);
        assert_eq!(history.iter().filter(|event| *event == "linked").count(), 1, "{history:?}");
    })
    .await;
}

#[tokio::test]
async fn t55_of_one_who_links_and_one_who_gathers_in_many_tabs_one_gets_the_account() {
    race(async |kontobro| {
        let other = "kari.gammel@example.no";
        let kari = kontobro.person(KARI.0);
        kari.has_an_old_account().await;
        kontobro.has(old_account(KARI.0, other)).await;
        kari.links_the_old_account().await.saves().await;
        kari.asks_for(other).await;
        let karis_link = kontobro.outbox().newest_mail_to(other).link();
        let (ola, olas_link) = waits_for_the_mail(kontobro, "Ola Nordmann", other).await;
        let (karis, olas) = (tabs(&kari, TABS / 2), tabs(&ola, TABS / 2));
        tokio::join!(open(&karis, &karis_link), open(&olas, &olas_link));
        let all = |heading| are(&[(heading, TABS / 2)]);
        let seen = [headings(&karis), headings(&olas)];
        let lost = "Vi kan ikke slå sammen denne kontoen";
        let kari_won = [all("Kontoene er slått sammen"), all(lost)];
        let ola_won = [all(lost), all("Se over profilen din")];
        assert!(seen == kari_won || seen == ola_won, "{seen:?}");
        let history = kontobro.books().history_of(other);
        let gains = history.iter().filter(|event| ["linked", "gathered"].contains(&event.as_str()));
        assert_eq!(gains.count(), 1, "{history:?}");
    })
    .await;
}

#[tokio::test]
async fn t56_a_link_and_a_new_account_at_once_make_one_account() {
    race(async |kontobro| {
        kontobro.person(KARI.0).has_an_old_account().await;
        let (kari, link) = waits_for_the_mail(kontobro, KARI.0, KARI.1).await;
        kari.searches_for("kari.ny@example.org").await;
        kari.presses("Opprett en helt ny brukerkonto").await;
        kari.ticks("ny");
        let (links, news) = (tabs(&kari, TABS / 2), tabs(&kari, TABS / 2));
        for tab in &news {
            tab.ticks("ny");
        }
        tokio::join!(open(&links, &link), press(&news, "Bekreft"));
        let books = kontobro.books();
        let linked = books.history_of(KARI.1).contains(&"linked".to_owned());
        let told = headings(&links).contains_key("Se over profilen din");
        assert_eq!(told, linked, "{:?} and {:?}", headings(&links), headings(&news));
        assert_eq!(books.of_kind("PERSON").len(), usize::from(linked));
    })
    .await;
}

#[tokio::test]
async fn t47_a_link_and_its_cancellation_at_once_are_one_or_the_other() {
    race(async |kontobro| {
        kontobro.person(KARI.0).has_an_old_account().await;
        let (kari, link) = waits_for_the_mail(kontobro, KARI.0, KARI.1).await;
        let (links, cancels) = (tabs(&kari, TABS / 2), tabs(&kari, TABS / 2));
        tokio::join!(open(&links, &link), press(&cancels, kari.texts().sent.cancel));
        let history = kontobro.books().history_of(KARI.1);
        let linked = history == ["requested", "linked"];
        assert!(linked || history == ["requested", "cancelled"], "{history:?}");
        let seen = headings(&links);
        assert_eq!(seen.contains_key("Se over profilen din"), linked, "{seen:?}");
    })
    .await;
}

#[tokio::test]
async fn t116_a_stop_and_a_confirmation_at_once_are_one_or_the_other() {
    race(async |kontobro| {
        kontobro.world.dynamodb.keep_journal();
        kontobro.person(KARI.0).has_an_old_account().await;
        let (ola, link) = waits_for_the_mail(kontobro, "Ola Nordmann", KARI.1).await;
        let kari = kontobro.person(KARI.0);
        kari.logs_in().await.opens_from_elsewhere(&link).await;
        kari.follows(kari.texts().stop.not_asked_button).await;
        kontobro.wire.fail(Fault::on("dynamodb", Kind::Stale(50)));
        let (links, stops) = (tabs(&ola, TABS / 2), tabs(&kari, TABS / 2));
        tokio::join!(open(&links, &link), press(&stops, kari.texts().stop.button));
        let books = kontobro.books();
        let linked = !books.of_kind("PERSON").is_empty();
        let told = |heading| are(&[(heading, TABS / 2)]);
        let seen = [headings(&links), headings(&stops)];
        let given = [told("Se over profilen din"), told("Det er for sent å stoppe dette her")];
        let stopped = [told("Vi kunne ikke fullføre dette"), told("Takk, nå er det stoppet")];
        assert_eq!(seen, if linked { given } else { stopped });
        let last = if linked { "linked" } else { "stopped" };
        assert_eq!(books.history_of(KARI.1), ["requested", "opened_by_another", last]);
    })
    .await;
}

#[tokio::test]
async fn t66_lagre_from_many_tabs_saves_once_and_loses_nothing_typed() {
    race(async |kontobro| {
        kontobro.person(KARI.0).has_an_old_account().await;
        let (kari, _) = waits_for_the_mail(kontobro, KARI.0, KARI.1).await;
        kari.follows_the_mail().await;
        let tabs = tabs(&kari, TABS);
        for (n, tab) in tabs.iter().enumerate() {
            tab.types("fornavn", &format!("Kari {n}"));
        }
        press(&tabs, "Lagre").await;
        let (saved, not): (Vec<_>, Vec<_>) =
            tabs.iter().enumerate().partition(|(_, tab)| tab.page().heading() == "Du er ferdig");
        assert_eq!((saved.len(), not.len()), (1, TABS - 1));
        for (n, tab) in not {
            assert_eq!(tab.page().value("fornavn"), format!("Kari {n}"));
            tab.reads("Profilen er endret i en annen fane eller på en annen enhet.");
        }
        assert_eq!(kontobro.books().history_of(KARI.1), ["requested", "linked", "saved"]);
    })
    .await;
}

#[tokio::test]
async fn t64_many_searches_at_once_beat_no_limit() {
    race(async |kontobro| {
        let kari = kontobro.person(KARI.0);
        kari.logs_in().await;
        kontobro.secrets.address("nobody@example.no");
        let tabs = tabs(&kari, TABS);
        for tab in &tabs {
            tab.types("epost", "nobody@example.no");
        }
        press(&tabs, "Søk").await;
        let found = tabs.iter().filter(|tab| tab.page().path() == "/treff").count();
        assert_eq!(found, 10, "{:?}", headings(&tabs));
    })
    .await;
}

#[tokio::test]
async fn t21_once_a_logout_is_told_no_tab_gets_in() {
    race(async |kontobro| {
        let kari = kontobro.person(KARI.0);
        kari.logs_in().await;
        let (leave, stay) = (tabs(&kari, TABS / 2), tabs(&kari, TABS / 2));
        let out = press(&leave, kari.texts().common.log_out);
        tokio::join!(out, open(&stay, "/sok"));
        open(&stay, "/sok").await;
        let is_inside = |tab: &&Person<'_>| tab.page().path() == "/sok" && tab.page().status == 200;
        let inside = stay.iter().filter(is_inside).count();
        assert_eq!(inside, 0, "{:?}", headings(&stay));
    })
    .await;
}

#[tokio::test]
async fn t71_many_sweeps_at_once_send_one_mail_once() {
    race(async |kontobro| {
        let kari = kontobro.person(KARI.0);
        kari.has_an_old_account().await;
        kari.logs_in().await;
        kontobro.breaks("ses", Kind::CutBefore);
        kari.asks_for(KARI.1).await;
        kontobro.heals();
        kontobro.clock.passes(crate::support::minutes(6));
        join_all((0..TABS).map(|_| kontobro.sweeps())).await;
        kontobro.outbox().only_mail_to(KARI.1);
    })
    .await;
}
