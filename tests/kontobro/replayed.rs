//! A restore from backup forgets what kept accounts from strangers: it is replayed from the trail that
//! outlived it.

use kontobro::{
    domain::{AccountId, Decision, history::Event},
    store::{Attempt, Imported, LostEntry, NotReplayed, Replayed},
};
use serde_json::{Value, json};

use crate::{
    conditions::{OTHER, attempt},
    erased::erased,
    gathering::kari_has_two,
    stopping::{kari_has_stopped_ola, reference_of_the_stop},
    support::{Kontobro, Person, minutes, number, old_account, text},
    taken_back::{ola_has_karis_account, taken_back},
};

/// The accounts table as a backup has it.
struct Backup(Vec<Value>);

impl Backup {
    fn of(kontobro: &Kontobro) -> Self {
        Self(kontobro.accounts())
    }

    /// From when the one account's trail had so many entries, and nobody was kept from it.
    fn with_entries(&self, entries: usize) -> Self {
        let entry = |item: &Value| text(item, "sk").starts_with("AUDIT#");
        let mut items = self.0.clone();
        items.retain(|item| if entry(item) { number(item, "seq") <= entries } else { true });
        let newest = items.iter().filter(|item| entry(item)).max_by_key(|it| number(it, "seq"));
        let head = newest.map(|newest| newest["hash"].clone());
        items.retain(|item| text(item, "sk") != "LEDGER" || entries > 0);
        for ledger in items.iter_mut().filter(|item| text(item, "sk") == "LEDGER") {
            ledger["seq"] = json!({ "N": entries.to_string() });
            ledger["head"] = head.clone().expect("an entry");
            ledger["frozen"] = json!({ "M": {} });
        }
        Self(items)
    }

    /// Restores it, and returns the trail of what was there, one entry a line.
    fn restored(&self, kontobro: &Kontobro) -> Vec<String> {
        let before = kontobro.accounts();
        kontobro.has_only(&self.0);
        let entries = before.into_iter().filter(|item| text(item, "sk").starts_with("AUDIT#"));
        entries.map(|entry| entry.to_string()).collect()
    }
}

/// As `examples/staff.rs` does it: what came of each entry that protects somebody.
async fn replayed(
    kontobro: &Kontobro,
    lines: &[String],
) -> Vec<(Event, Result<Replayed, NotReplayed>)> {
    let read = |line: &String| LostEntry::read(line).expect("an entry");
    let lost = LostEntry::in_order(lines.iter().filter_map(read).collect());
    let store = kontobro.world.store();
    let mut came_of = Vec::new();
    for entry in lost.iter().filter(|entry| entry.event().protects()) {
        let decision = Decision::new(["anne", "bo"], &entry.reason("Restored to 08:00"));
        let decided = (&decision.expect("a decision"), kontobro.clock.now());
        let attempt = Attempt::new(rand::random());
        came_of.push((entry.event(), store.replay(entry, &lost, decided, &attempt).await));
    }
    came_of
}

/// All was replayed, and a second time changes nothing.
async fn all_is_replayed(kontobro: &Kontobro, lines: &[String], expected: &[Event]) {
    let came_of = replayed(kontobro, lines).await;
    let events: Vec<_> = came_of.iter().map(|(event, _)| *event).collect();
    assert_eq!(events, expected);
    for (event, came_of) in came_of {
        assert!(matches!(came_of, Ok(Replayed::Done)), "{event:?}: {came_of:?}");
    }
    let books = kontobro.books().0;
    for (event, came_of) in replayed(kontobro, lines).await {
        assert!(matches!(came_of, Ok(Replayed::There)), "{event:?}: {came_of:?}");
    }
    assert_eq!(kontobro.books().0, books);
    kontobro.books().balance();
}

async fn cannot_have_karis_account(kontobro: &Kontobro, ola: &Person<'_>, address: &str) {
    kontobro.clock.passes(minutes(1));
    ola.logs_in().await.searches_for(address).await;
    if ola.page().buttons().contains(&"Slå sammen") {
        ola.presses("Slå sammen").await;
    }
    assert!(!ola.page().buttons().contains(&"Bekreft"), "{}", ola.page());
}

#[tokio::test]
async fn t114_who_lost_an_account_by_a_take_back_does_not_get_it_again_by_a_restore() {
    let kontobro = Kontobro::start().await;
    let free = {
        // Once restored to before the link, once to before the take-back.
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        Backup::of(&kontobro)
    };
    let (kari, ola, account) = ola_has_karis_account_again(&kontobro).await;
    let linked = Backup::of(&kontobro);
    taken_back(&kontobro, account, 1).await.expect("it is taken back");
    let whole = Backup::of(&kontobro);
    for backup in [linked, free] {
        whole.restored(&kontobro);
        let lost = backup.restored(&kontobro);
        all_is_replayed(&kontobro, &lost, &[Event::TakenBack]).await;
        assert!(kontobro.books().of_kind("PERSON").is_empty());
        cannot_have_karis_account(&kontobro, &ola, kari.address).await;
        let books = kontobro.books();
        let mut trail = books.of_kind("AUDIT#");
        trail.retain(|entry| text(entry, "event") == "taken_back");
        assert_eq!(text(trail[0], "actor"), "staff anne and bo");
        assert!(text(trail[0], "reason").starts_with("Restored to 08:00 (replay of entry 4 of "));
    }
    kari.links_the_old_account().await.sees("Se over profilen din");
}

#[tokio::test]
async fn t114_who_was_stopped_stays_out_after_a_restore_and_who_was_let_in_again_does_not() {
    let kontobro = Kontobro::start().await;
    let (kari, ola, _) = kari_has_stopped_ola(&kontobro).await;
    let account = text(kontobro.books().account(kari.address), "account");
    let account = AccountId::parse(&account).expect("an id");
    let whole = Backup::of(&kontobro);
    for entries in [1, 0] {
        whole.restored(&kontobro);
        let lost = whole.with_entries(entries).restored(&kontobro);
        all_is_replayed(&kontobro, &lost, &[Event::Stopped]).await;
        cannot_have_karis_account(&kontobro, &ola, kari.address).await;
    }

    whole.restored(&kontobro);
    let reference = reference_of_the_stop(&kontobro);
    let decision = Decision::new(["anne", "bo"], "It is his").expect("a decision");
    let (store, now) = (kontobro.world.store(), kontobro.clock.now());
    store.lift_freeze(account, &reference, (&decision, now), &attempt()).await.expect("lifted");
    let lost = whole.with_entries(0).restored(&kontobro);
    all_is_replayed(&kontobro, &lost, &[Event::Stopped, Event::FreezeLifted]).await;
    kontobro.clock.passes(minutes(10));
    ola.logs_in().await.asks_for(kari.address).await.sees("Sjekk e-posten din");
}

#[tokio::test]
async fn t114_a_gathered_account_is_not_free_after_a_restore() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = kari_has_two(&kontobro).await;
    let before = Backup::of(&kontobro);
    kari.asks_for(OTHER).await;
    kari.opens_from_elsewhere(&kontobro.outbox().newest_mail_to(OTHER).link()).await;
    let lost = before.restored(&kontobro);
    all_is_replayed(&kontobro, &lost, &[Event::Gathered]).await;
    assert_eq!(text(kontobro.books().account(OTHER), "status"), "merged");
    let account = AccountId::parse(&text(kontobro.books().account(OTHER), "account"));
    kontobro.clock.passes(minutes(1));
    let taken = taken_back(&kontobro, account.expect("an id"), 7).await;
    taken.expect("it can still be taken back");
}

#[tokio::test]
async fn t114_what_was_erased_is_not_alive_after_a_restore_nor_after_a_later_import() {
    let kontobro = Kontobro::start().await;
    let empty = Backup::of(&kontobro);
    let kari = kontobro.person("Kari Nordmann");
    let exported = old_account(kari.name, kari.address);
    let account = kontobro.has(exported.clone()).await;
    kari.links_the_old_account().await.saves().await;
    let saved = Backup::of(&kontobro);
    erased(&kontobro, account, 1).await.expect("it is erased");
    let whole = Backup::of(&kontobro);
    for backup in [saved, empty] {
        whole.restored(&kontobro);
        let lost = backup.restored(&kontobro);
        all_is_replayed(&kontobro, &lost, &[Event::Erased]).await;
        for kind in ["ACCOUNT", "PERSON"] {
            assert!(kontobro.books().of_kind(kind).is_empty(), "{kind}");
        }
        let imported = kontobro.world.store().import(&exported, &attempt()).await;
        assert_eq!(imported.expect("an answer"), Imported::Erased);
    }
}

#[tokio::test]
async fn t114_what_cannot_be_replayed_is_told_and_changes_nothing() {
    let kontobro = Kontobro::start().await;
    let empty = Backup::of(&kontobro);
    let (_, _, account) = ola_has_karis_account(&kontobro).await;
    taken_back(&kontobro, account, 1).await.expect("it is taken back");
    let lost = empty.restored(&kontobro);
    let came_of = replayed(&kontobro, &lost).await;
    assert!(
        matches!(came_of[..], [(Event::TakenBack, Err(NotReplayed::NoAccount))]),
        "{came_of:?}"
    );
    assert!(kontobro.accounts().is_empty());
}

#[tokio::test]
async fn t114_the_second_copy_of_the_trail_is_read_like_the_first() {
    let kontobro = Kontobro::start().await;
    let (_, _, account) = ola_has_karis_account(&kontobro).await;
    let linked = Backup::of(&kontobro);
    taken_back(&kontobro, account, 1).await.expect("it is taken back");
    let lost = linked.restored(&kontobro);
    let event = |name: &str, line: &String| {
        format!(r#"{{"eventName":"{name}","dynamodb":{{"NewImage":{line}}}}}"#)
    };
    for other in ["MODIFY", "REMOVE"] {
        let changed: Vec<_> = lost.iter().map(|line| event(other, line)).collect();
        assert!(replayed(&kontobro, &changed).await.is_empty(), "{other} is no loss");
    }
    let copy: Vec<_> = lost.iter().map(|line| event("INSERT", line)).collect();
    all_is_replayed(&kontobro, &copy, &[Event::TakenBack]).await;
    for wrong in ["", "{}", "[]", r#"{"pk":{"S":"x"}}"#, r#"{"sk":{"S":"AUDIT#0000000001"}}"#] {
        assert!(LostEntry::read(wrong).is_err(), "{wrong}");
    }
    let other = LostEntry::read(r#"{"sk":{"S":"LEDGER"}}"#).expect("an item");
    assert!(other.is_none(), "a ledger is no entry");
}

/// Kari's account is there already.
async fn ola_has_karis_account_again(kontobro: &Kontobro) -> (Person<'_>, Person<'_>, AccountId) {
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    let account = text(kontobro.books().account(kari.address), "account");
    ola.logs_in().await.asks_for(kari.address).await;
    ola.opens_from_elsewhere(&kontobro.outbox().only_mail_to(kari.address).link()).await;
    ola.saves().await;
    (kari, ola, AccountId::parse(&account).expect("an id"))
}
