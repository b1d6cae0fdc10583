//! An account erased by two of the staff, as its person has a right to.

use kontobro::{
    domain::{AccountId, Decision},
    store::{Attempt, Imported, NotErased},
};

use serde_json::Value;

use crate::{
    conditions::{KARI, OTHER, attempt},
    support::{Kontobro, Person, Service, minutes, old_account, text},
};

/// As `examples/staff.rs` does it.
pub async fn erased(kontobro: &Kontobro, account: AccountId, dice: u8) -> Result<(), NotErased> {
    let decision = Decision::new(["anne", "bo"], "Kari asked in writing").expect("a decision");
    let (store, now) = (kontobro.world.store(), kontobro.clock.now());
    store.erase(account, (&decision, now), &Attempt::new([dice; 16])).await
}

#[tokio::test]
async fn t98_of_an_erased_account_only_its_trail_is_left_and_its_person_may_begin_anew() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    let account = kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await;
    erased(&kontobro, account, 1).await.expect("it is erased");

    let books = kontobro.books();
    for kind in ["ACCOUNT", "PERSON", "REQUEST"] {
        assert!(books.of_kind(kind).is_empty(), "{kind}");
    }
    let mut trail = books.of_kind("AUDIT#");
    trail.retain(|entry| text(entry, "event") == "erased");
    assert_eq!(text(trail[0], "actor"), "staff anne and bo");
    kari.opens("/profil").await;
    kari.sees("Du har blitt logget ut");
    assert!(matches!(erased(&kontobro, account, 2).await, Err(NotErased::NoAccount)));

    kontobro.clock.passes(minutes(1));
    kari.logs_in().await.searches_for(kari.address).await.sees("Vi fant ingen konto");
    kari.presses("Opprett en helt ny brukerkonto").await;
    kari.ticks("ny").presses("Bekreft").await;
    kari.follows_the_mail().await.sees("Fyll ut profilen din");
}

#[tokio::test]
async fn t98_an_export_brings_no_erased_account_back() {
    let kontobro = Kontobro::start().await;
    let exported = old_account("Kari Nordmann", KARI);
    kontobro.has(exported.clone()).await;
    erased(&kontobro, exported.id, 1).await.expect("it is erased");
    let (store, other) = (kontobro.world.store(), old_account("Ola Nordmann", OTHER));
    let imported = store.import(&exported, &attempt()).await;
    assert_eq!(imported.expect("an answer"), Imported::Erased);
    assert!(kontobro.books().of_kind("ACCOUNT").is_empty());
    let imported = store.import(&other, &attempt()).await;
    assert_eq!(imported.expect("an answer"), Imported::New, "others come in");
}

#[tokio::test]
async fn t98_a_mailed_link_to_an_erased_account_gives_nothing() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    let account = kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    erased(&kontobro, account, 1).await.expect("it is erased");
    kari.follows_the_mail().await.sees("Vi kan ikke slå sammen denne kontoen");
    assert!(kontobro.books().of_kind("PERSON").is_empty());
}

fn request_of(kontobro: &Kontobro, who: &Person<'_>) -> Value {
    let books = kontobro.books();
    let mut requests = books.of_kind("REQUEST").into_iter();
    requests.find(|item| text(item, "email") == who.address).expect("a request").clone()
}

/// Nora has asked for a new account: her key stands in the trail of an id that is no account's.
async fn nora_asks_for_a_new_account(kontobro: &Kontobro) -> (Person<'_>, AccountId) {
    let nora = kontobro.person("Nora Ny");
    nora.logs_in().await.searches_for(nora.address).await;
    nora.presses("Opprett en helt ny brukerkonto").await;
    nora.ticks("ny").presses("Bekreft").await;
    let account = text(&request_of(kontobro, &nora), "account");
    (nora, AccountId::parse(&account).expect("an id"))
}

#[tokio::test]
async fn t98_the_trail_of_an_account_that_never_was_is_erased_with_all_that_names_its_person() {
    let kontobro = Kontobro::start().await;
    let (nora, account) = nora_asks_for_a_new_account(&kontobro).await;
    nora.presses("Trekk tilbake forespørselen").await;
    let person = text(&request_of(&kontobro, &nora), "person");
    let names_her = |kontobro: &Kontobro| {
        kontobro.accounts().iter().filter(|item| item.to_string().contains(&person)).count()
    };
    assert_eq!(names_her(&kontobro), 2, "asked, and called off");
    erased(&kontobro, account, 1).await.expect("it is erased");
    assert_eq!(names_her(&kontobro), 0);
    let books = kontobro.books();
    let [left] = books.of_kind("AUDIT#")[..] else { panic!("one entry is left") };
    assert_eq!(
        (text(left, "event"), text(left, "actor")),
        ("erased".into(), "staff anne and bo".into())
    );
    assert!(matches!(erased(&kontobro, account, 2).await, Err(NotErased::NoAccount)));
}

#[tokio::test]
async fn t98_the_mailed_link_of_a_trail_that_was_erased_makes_no_account() {
    let kontobro = Kontobro::start().await;
    let (nora, account) = nora_asks_for_a_new_account(&kontobro).await;
    erased(&kontobro, account, 1).await.expect("it is erased");
    nora.follows_the_mail().await.sees("Vi kan ikke slå sammen denne kontoen");
    for kind in ["ACCOUNT", "PERSON"] {
        assert!(kontobro.books().of_kind(kind).is_empty(), "{kind}");
    }
}

#[tokio::test]
async fn t98_trails_of_nobody_are_found_by_their_age_and_those_of_accounts_are_not() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    let gone = kontobro.has(old_account("Ola Nordmann", OTHER)).await;
    erased(&kontobro, gone, 1).await.expect("it is erased");
    let (_, account) = nora_asks_for_a_new_account(&kontobro).await;
    let (store, asked_at) = (kontobro.world.store(), kontobro.clock.now());
    let found = store.trails_of_nobody(asked_at).await.expect("an answer");
    assert!(found.is_empty(), "not older than that");
    kontobro.clock.passes(minutes(1));
    let found = store.trails_of_nobody(kontobro.clock.now()).await.expect("an answer");
    assert_eq!(found, [account]);
    erased(&kontobro, account, 2).await.expect("it is erased");
    assert!(store.trails_of_nobody(kontobro.clock.now()).await.expect("an answer").is_empty());
}

#[tokio::test]
async fn t65_an_account_is_erased_under_every_key_of_its_person() {
    let service = Service::new();
    drop(service.starts_with_pid_keys(&[1]).await);
    let kontobro = service.starts_with_pid_keys(&[1, 2]).await;
    let kari = kontobro.person("Kari Nordmann");
    let account = kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    assert_eq!(kontobro.books().of_kind("PERSON").len(), 2);
    erased(&kontobro, account, 1).await.expect("it is erased");
    assert!(kontobro.books().of_kind("PERSON").is_empty());
}
