//! How often a page waits for DynamoDB: a budget, counted at the wire.

use std::time::Duration;

use standins::wire::{Call, Fault, Kind, rounds};

use crate::{
    conditions::OTHER,
    gathering::kari_has_two,
    support::{Kontobro, Person},
};

/// Page and most round trips in a row; calls in parallel count once. `performance.md` says why.
const BUDGET: [(&str, usize); 16] = [
    ("GET /", 0),
    ("GET /logg-inn", 0),
    ("GET /logg-inn/svar", 2), // one to use up the attempt, before its code is redeemed
    ("GET /sok", 1),
    ("POST /sok", 2),
    ("GET /treff", 1),
    ("GET /bekreft", 1),
    ("POST /bekreft", 3), // two, and one more to note that SES has taken the mail
    ("GET /sendt", 1),
    ("POST /sendt: not used yet", 1),
    ("GET /b", 2),
    ("GET /profil", 1),
    ("POST /profil", 2),
    ("GET /ferdig", 1),
    ("POST /logg-ut", 1),
    ("GET /utlogging/front", 1),
];

/// Counts one request at a time. DynamoDB is slowed down, so that calls in parallel overlap.
struct Counter<'k> {
    kontobro: &'k Kontobro,
    counted: Vec<(&'static str, usize)>,
}

impl Counter<'_> {
    fn note(&mut self, page: &'static str) {
        let calls: Vec<Call> = self.kontobro.calls_to("dynamodb");
        self.counted.push((page, rounds(&calls)));
    }

    /// What a form leads to is two requests: the form's own, and the page after it.
    fn note_form(&mut self, form: &'static str, page: &'static str, of_the_page: usize) {
        let rounds = rounds(&self.kontobro.calls_to("dynamodb"));
        assert!(rounds >= of_the_page, "{page} after {form} waits {of_the_page} times");
        self.counted.push((form, rounds - of_the_page));
    }

    /// Nothing waits longer than it may.
    fn keeps_to_the_budget(&self) {
        for (page, rounds) in &self.counted {
            let (_, budget) = BUDGET.iter().find(|(it, _)| it == page).expect(page);
            assert!(rounds <= budget, "{page}: {rounds} round trips, {budget} at most");
        }
    }
}

async fn a_whole_way(kari: &Person<'_>, count: &mut Counter<'_>) {
    kari.opens("/").await;
    count.note("GET /");
    kari.goes_to_idporten().await;
    count.note("GET /logg-inn");
    kari.identifies_as(kari.pid, "idporten-loa-substantial").await;
    count.note_form("GET /logg-inn/svar", "GET /sok", 1);
    kari.opens("/sok").await;
    count.note("GET /sok");
    asks_for(kari, kari.address, count).await;
    kari.follows_the_mail().await;
    count.note_form("GET /b", "GET /profil", 1);
    kari.opens("/profil").await;
    count.note("GET /profil");
    kari.presses("Lagre").await;
    count.note_form("POST /profil", "GET /ferdig", 1);
    kari.opens("/ferdig").await;
    count.note("GET /ferdig");
}

async fn asks_for(kari: &Person<'_>, address: &str, count: &mut Counter<'_>) {
    kari.types("epost", address).presses("Søk").await;
    count.note_form("POST /sok", "GET /treff", 1);
    kari.opens("/treff").await;
    count.note("GET /treff");
    kari.presses("Slå sammen").await;
    count.note("GET /bekreft");
    kari.presses("Bekreft").await;
    count.note_form("POST /bekreft", "GET /sendt", 1);
    kari.opens("/sendt").await;
    count.note("GET /sendt");
    kari.presses("Jeg har brukt lenken, gå videre").await;
    count.note_form("POST /sendt: not used yet", "GET /sendt", 1);
}

#[tokio::test]
async fn every_page_keeps_to_its_round_trips() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.wire.fail(Fault::on("dynamodb", Kind::Slow(Duration::from_millis(20))));
    kontobro.wire.clear();
    let mut count = Counter { kontobro: &kontobro, counted: Vec::new() };
    a_whole_way(&kari, &mut count).await;

    let csrf = kari.page().value("csrf").to_owned();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    kari.sends("POST".parse().expect("a method"), "/logg-ut", &form, format!("csrf={csrf}")).await;
    count.note("POST /logg-ut");
    let front = format!("/utlogging/front?iss={}&sid=x", kontobro.world.urls.idporten);
    kari.sends("GET".parse().expect("a method"), &front, &[], "").await;
    count.note("GET /utlogging/front");

    assert_eq!(count.counted.len(), BUDGET.len());
    count.keeps_to_the_budget();
}

#[tokio::test]
async fn gathering_another_account_waits_no_oftener_than_linking_the_first() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = kari_has_two(&kontobro).await;
    kontobro.wire.fail(Fault::on("dynamodb", Kind::Slow(Duration::from_millis(20))));
    kontobro.wire.clear();
    let mut count = Counter { kontobro: &kontobro, counted: Vec::new() };
    kari.opens("/sok").await;
    count.note("GET /sok");
    asks_for(&kari, OTHER, &mut count).await;
    kari.opens(&kontobro.outbox().newest_mail_to(OTHER).link()).await;
    kari.is_at("/ferdig");
    count.note_form("GET /b", "GET /ferdig", 1);
    kari.opens("/ferdig").await;
    count.note("GET /ferdig");
    kari.opens("/profil").await;
    count.note("GET /profil");
    count.keeps_to_the_budget();
}

#[tokio::test]
async fn the_transaction_of_the_link_is_one_call() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kontobro.wire.clear();
    kari.follows_the_mail().await;
    let calls = kontobro.calls_to("dynamodb");
    let operations: Vec<_> = calls.iter().map(|call| &*call.operation).collect();
    assert_eq!(operations, ["BatchGetItem", "TransactWriteItems", "BatchGetItem"]);
}
