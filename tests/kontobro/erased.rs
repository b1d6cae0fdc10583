//! An account erased by two of the staff, as its person has a right to.

use kontobro::{
    domain::{AccountId, Decision},
    store::{Attempt, Imported, NotErased},
};

use crate::{
    conditions::{KARI, OTHER, attempt},
    support::{Kontobro, Service, minutes, old_account, text},
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
