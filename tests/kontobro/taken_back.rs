//! A wrong link, taken back by two of the staff.

use kontobro::{
    domain::{Account, AccountId, Decision},
    store::{Attempt, NotTakenBack},
};

use crate::support::{Kontobro, Person, Service, minutes, old_account, text};

/// As `examples/staff.rs` does it.
pub async fn taken_back(
    kontobro: &Kontobro,
    account: AccountId,
    dice: u8,
) -> Result<String, NotTakenBack> {
    let decision = Decision::new(["anne", "bo"], "Kari showed who she is").expect("a decision");
    let (store, now) = (kontobro.world.store(), kontobro.clock.now());
    store.take_back(account, (&decision, now), &Attempt::new([dice; 16])).await
}

/// Ola can read Kari's mail, and has linked her account to himself.
pub async fn ola_has_karis_account(kontobro: &Kontobro) -> (Person<'_>, Person<'_>, AccountId) {
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    let account = kari.has_an_old_account().await;
    ola.logs_in().await.asks_for(kari.address).await;
    ola.opens_from_elsewhere(&kontobro.outbox().only_mail_to(kari.address).link()).await;
    ola.sees("Se over profilen din");
    ola.saves().await;
    (kari, ola, account)
}

#[tokio::test]
async fn t99_a_wrong_link_is_taken_back_and_the_account_is_its_owners() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, account) = ola_has_karis_account(&kontobro).await;
    let reference = taken_back(&kontobro, account, 1).await.expect("it is taken back");

    assert!(kontobro.books().of_kind("PERSON").is_empty());
    let history = kontobro.books().history_of(kari.address);
    assert_eq!(history, ["requested", "linked", "saved", "taken_back"]);
    let books = kontobro.books();
    let mut trail = books.of_kind("AUDIT#");
    trail.retain(|entry| text(entry, "event") == "taken_back");
    assert_eq!(text(trail[0], "actor"), "staff anne and bo");
    assert_eq!(text(trail[0], "reason"), "Kari showed who she is");
    ola.opens("/profil").await;
    ola.sees("Du har blitt logget ut");
    kontobro.clock.passes(minutes(1));
    ola.logs_in().await.searches_for(kari.address).await;
    ola.sees("Vi kan ikke slå sammen denne kontoen");

    kari.links_the_old_account().await.sees("Se over profilen din");
    let item = kontobro.books().account(kari.address).clone();
    assert_eq!(item["password_void"]["BOOL"], true, "nobody's old password opens it");
    assert!(item.get("saved_at").is_none(), "whose it is looks it over herself");
    assert!(matches!(taken_back(&kontobro, account, 2).await, Ok(other) if other != reference));
}

#[tokio::test]
async fn t99_what_is_nobodys_or_was_made_for_its_owner_is_not_taken_back() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    let account = kari.has_an_old_account().await;
    let refused = taken_back(&kontobro, account, 1).await;
    assert!(matches!(refused, Err(NotTakenBack::NotLinked)));
    let nobodys = AccountId::new(kontobro.clock.now(), [9; 10]);
    assert!(matches!(taken_back(&kontobro, nobodys, 2).await, Err(NotTakenBack::NoAccount)));

    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.searches_for(ola.address).await;
    ola.presses("Opprett en helt ny brukerkonto").await;
    ola.ticks("ny").presses("Bekreft").await;
    ola.follows_the_mail().await;
    let made = text(kontobro.books().account(ola.address), "account");
    let made = AccountId::parse(&made).expect("an id");
    assert!(matches!(taken_back(&kontobro, made, 3).await, Err(NotTakenBack::Made)));
}

#[tokio::test]
async fn t65_a_link_is_taken_back_under_every_key_of_the_person() {
    let service = Service::new();
    drop(service.starts_with_pid_keys(&[1]).await);
    let kontobro = service.starts_with_pid_keys(&[1, 2]).await;
    let (_, _, account) = ola_has_karis_account(&kontobro).await;
    assert_eq!(kontobro.books().of_kind("PERSON").len(), 2);
    taken_back(&kontobro, account, 1).await.expect("it is taken back");
    assert!(kontobro.books().of_kind("PERSON").is_empty());
}

#[tokio::test]
async fn t99_a_link_is_taken_back_among_more_than_one_answer_of_the_store_can_hold() {
    let kontobro = Kontobro::start().await;
    for n in 0..8 {
        // DynamoDB gives a megabyte at a time.
        let other = [("note".to_owned(), "x".repeat(300_000))].into();
        let account = old_account("Per Hansen", &format!("per{n}@example.no"));
        kontobro.has(Account { other, ..account }).await;
    }
    let (_, _, account) = ola_has_karis_account(&kontobro).await;
    taken_back(&kontobro, account, 1).await.expect("it is taken back");
    assert!(kontobro.books().of_kind("PERSON").is_empty());
}
