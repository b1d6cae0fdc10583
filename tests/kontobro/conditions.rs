//! Each condition of the store by itself. Handlers look before they ask the store, so on any usual way
//! the condition behind the look has nothing to refuse. Here the store is asked as by somebody whose
//! look was made too early.

use std::time::{Duration, Instant};

use kontobro::{
    domain::{
        Account, Card, LinkKeys, Person, Pid, PidKeys, Request, RequestId, Wish, limits,
        profile::Profile,
        request::{Confirmed, MailState, Progress},
    },
    outbound::Outbound,
    settings::Settings,
    store::{
        Attempt, Fault, Glance, Imported, Ledger, NotAsked, NotGiven, NotSaved, NotStopped, Store,
    },
};

use standins::wire::{self, Kind};

use crate::support::{Kontobro, old_account, seconds, text};

pub const KARI: &str = "kari@example.no";
pub const OTHER: &str = "kari.gammel@example.no";

pub fn attempt() -> Attempt {
    Attempt::new(rand::random())
}

pub fn keys() -> LinkKeys {
    LinkKeys::new([(1, vec![7; 32])]).expect("one key")
}

pub fn person(pid: &str) -> Person {
    let keys = PidKeys::new([(1, vec![1; 32])]).expect("one key");
    keys.person(Pid::from_claim(pid).expect("eleven digits"))
}

pub fn kari() -> Person {
    person("01819010001")
}

pub fn ola() -> Person {
    person("01819010281")
}

/// A request of this person for this account as it is now, not asked yet.
pub fn wish(kontobro: &Kontobro, person: &Person, account: &Account, wish: Wish) -> Request {
    let now = kontobro.clock.now();
    Request {
        id: RequestId::new(now, rand::random()),
        generation: 1,
        person: person.key().clone(),
        wish,
        account: account.id,
        account_version: account.version,
        email: account.email.clone(),
        card: Card::new(["Kari", "Nordmann", "kari1"], None, None),
        language: "nb".into(),
        asked_at: now,
        expires_at: now + limits::LINK,
        progress: Progress::Open,
        mail: MailState::Queued,
        mailed_at: now,
        mails_today: 1,
        link_key: 1,
        earlier: Vec::new(),
    }
}

pub async fn asks(
    store: &Store,
    person: &Person,
    request: &Request,
    before: Option<&Request>,
) -> Result<(), NotAsked> {
    let digest = request.link(&keys()).expect("the key is there").digest();
    let seen = (before, &Ledger::default());
    store.ask((request, person), &digest, seen, None, &attempt()).await.map(|_| ())
}

pub fn confirmed(request: &Request, person: &Person) -> Confirmed {
    let digest = request.link(&keys()).expect("the key is there").digest();
    let request = request.clone();
    Confirmed { at: request.mailed_at + seconds(60), request, person: person.clone(), digest }
}

pub async fn gives(store: &Store, confirmed: &Confirmed) -> Result<(), NotGiven> {
    store.give_account(confirmed, &Ledger::default(), &attempt()).await
}

/// An old account of Kari's, and her request for it.
pub async fn kari_asks(kontobro: &Kontobro) -> (Store, Account, Request) {
    let (store, account) = (kontobro.world.store(), old_account("Kari Nordmann", KARI));
    kontobro.has(account.clone()).await;
    let request = wish(kontobro, &kari(), &account, Wish::Link);
    asks(&store, &kari(), &request, None).await.expect("nothing is in the way");
    (store, account, request)
}

/// The same account once it is hers, of version 2, and her request that was used.
pub async fn kari_has_it(kontobro: &Kontobro) -> (Store, Account, Request) {
    let (store, account, request) = kari_asks(kontobro).await;
    gives(&store, &confirmed(&request, &kari())).await.expect("nothing is in the way");
    let used = Request { progress: Progress::Confirmed, ..request };
    (store, Account { version: 2, ..account }, used)
}

/// The three ways in which a request may no longer be as it was read.
fn misread(request: &Request) -> [Request; 3] {
    let id = RequestId::new(request.asked_at, rand::random());
    [
        Request { id, ..request.clone() },
        Request { generation: request.generation + 1, ..request.clone() },
        Request { progress: Progress::Confirmed, ..request.clone() },
    ]
}

#[tokio::test]
async fn t47_a_link_gives_nothing_when_it_is_not_the_newest_or_called_off_or_too_late() {
    let kontobro = Kontobro::start().await;
    let (store, _, request) = kari_asks(&kontobro).await;
    let good = || confirmed(&request, &kari());

    let newer = Request { generation: 2, ..request.clone() }
        .link(&keys())
        .expect("the key is there")
        .digest();
    let with_another_digest = Confirmed { digest: newer, ..good() };
    let too_late = Confirmed { at: request.expires_at, ..good() };
    for spent in [with_another_digest, too_late] {
        assert!(matches!(gives(&store, &spent).await, Err(NotGiven::LinkSpent)));
    }
    let now = kontobro.clock.now();
    store.cancel(&request, &Ledger::default(), now, &attempt()).await.expect("it waits");
    assert!(matches!(gives(&store, &good()).await, Err(NotGiven::LinkSpent)));
}

#[tokio::test]
async fn t43_a_link_gives_only_the_account_that_was_asked_for_as_it_was() {
    let kontobro = Kontobro::start().await;
    let (store, _, request) = kari_asks(&kontobro).await;
    let other = old_account("Kari Nordmann", OTHER).email;
    for changed in [
        Request { account_version: 2, ..request.clone() },
        Request { email: other, ..request.clone() },
    ] {
        let given = gives(&store, &confirmed(&changed, &kari())).await;
        assert!(matches!(given, Err(NotGiven::AccountChanged)));
    }
}

#[tokio::test]
async fn a_closed_account_is_given_to_nobody() {
    let kontobro = Kontobro::start().await;
    let (store, _, request) = kari_asks(&kontobro).await;
    kontobro.alters(KARI, "status", serde_json::json!({ "S": "closed" }));
    let given = gives(&store, &confirmed(&request, &kari())).await;
    assert!(matches!(given, Err(NotGiven::AccountTaken)));
}

#[tokio::test]
async fn t55_an_account_that_is_somebodys_is_given_to_nobody_else_whatever_its_version() {
    let kontobro = Kontobro::start().await;
    let (store, account, _) = kari_has_it(&kontobro).await;
    let request = wish(&kontobro, &ola(), &account, Wish::Link);
    asks(&store, &ola(), &request, None).await.expect("a request decides nothing");
    let given = gives(&store, &confirmed(&request, &ola())).await;
    assert!(matches!(given, Err(NotGiven::AccountTaken)));
}

#[tokio::test]
async fn t55_who_has_an_account_is_given_no_other() {
    let kontobro = Kontobro::start().await;
    let (store, _, used) = kari_has_it(&kontobro).await;
    let other = old_account("Kari Nordmann", OTHER);
    kontobro.has(other.clone()).await;
    let request = wish(&kontobro, &kari(), &other, Wish::Link);
    asks(&store, &kari(), &request, Some(&used)).await.expect("a request decides nothing");
    let given = gives(&store, &confirmed(&request, &kari())).await;
    assert!(matches!(given, Err(NotGiven::PersonHasAccount)));
}

#[tokio::test]
async fn t56_a_new_account_takes_the_place_of_none() {
    let kontobro = Kontobro::start().await;
    let (store, account, request) = kari_asks(&kontobro).await;
    let create = Request { wish: Wish::Create, ..request };
    assert!(gives(&store, &confirmed(&create, &kari())).await.is_err());
    assert_eq!(text(kontobro.books().account(KARI), "username"), account.username);
}

#[tokio::test]
async fn t53_an_address_is_changed_for_its_owner_and_in_the_account_that_they_saw() {
    let kontobro = Kontobro::start().await;
    let (store, account, used) = kari_has_it(&kontobro).await;
    let email = old_account("Kari Nordmann", OTHER).email;
    for (who, version, before) in [(ola(), 2, None), (kari(), 1, Some(&used))] {
        let asked = Account { version, email: email.clone(), ..account.clone() };
        let request = wish(&kontobro, &who, &asked, Wish::ChangeEmail);
        asks(&store, &who, &request, before).await.expect("a request decides nothing");
        assert!(gives(&store, &confirmed(&request, &who)).await.is_err());
    }
    kontobro.books().account(KARI);
}

#[tokio::test]
async fn t55_an_account_that_is_imported_again_keeps_its_owner() {
    let kontobro = Kontobro::start().await;
    let (store, account, _) = kari_has_it(&kontobro).await;
    let again = Account { version: 1, ..account };
    let imported = store.import(&again, &attempt()).await;
    assert_eq!(imported.expect("an answer"), Imported::There);
    kontobro.breaks("dynamodb", Kind::CutBefore);
    assert!(store.import(&again, &attempt()).await.is_err(), "nobody knows whether it is there");
    kontobro.heals();
    assert_eq!(text(kontobro.books().account(KARI), "person"), kari().key().to_store());
}

#[tokio::test]
async fn t57_an_import_whose_answer_is_lost_is_told_as_what_it_was() {
    let kontobro = Kontobro::start().await;
    let cut = wire::Fault::on("dynamodb", Kind::CutAfter).only("TransactWriteItems").times(1);
    kontobro.wire.fail(cut);
    let store = kontobro.world.store();
    let imported = store.import(&old_account("Kari Nordmann", KARI), &attempt()).await;
    assert_eq!(imported.expect("an answer"), Imported::New);
    kontobro.books().account(KARI);
}

#[tokio::test]
async fn a_request_takes_the_place_of_the_one_that_was_read_and_of_no_other() {
    let kontobro = Kontobro::start().await;
    let (store, account, request) = kari_asks(&kontobro).await;
    let next = wish(&kontobro, &kari(), &account, Wish::Link);
    let refused = |asked| matches!(asked, Err(NotAsked::Overtaken));
    assert!(refused(asks(&store, &kari(), &next, None).await));
    for read in misread(&request) {
        assert!(refused(asks(&store, &kari(), &next, Some(&read)).await));
    }
    asks(&store, &kari(), &next, Some(&request)).await.expect("it is as it was read");
}

#[tokio::test]
async fn t61_a_request_that_is_over_is_in_nobodys_way_and_belongs_to_no_link() {
    let kontobro = Kontobro::start().await;
    let (store, account, request) = kari_asks(&kontobro).await;
    kontobro.clock.passes(limits::LINK + limits::REQUEST_KEPT);
    let later = kontobro.clock.now();
    assert!(store.request_of_link(request.id, later).await.expect("an answer").newest().is_none());
    let next = wish(&kontobro, &kari(), &account, Wish::Link);
    asks(&store, &kari(), &next, None).await.expect("nothing that counts is there");
}

/// Kari while the pid key is changed: known by both, the newer first.
fn kari_under_two_keys() -> Person {
    let keys = PidKeys::new([(2, vec![2; 32]), (1, vec![1; 32])]).expect("two keys");
    keys.person(Pid::from_claim("01819010001").expect("eleven digits"))
}

#[tokio::test]
async fn t65_a_request_takes_the_place_of_an_older_one_under_the_other_key_and_of_no_newer() {
    let kontobro = Kontobro::start().await;
    let (store, account, request) = kari_asks(&kontobro).await;
    let older = Request { progress: Progress::Cancelled, ..request.clone() };
    store
        .cancel(&request, &Ledger::default(), kontobro.clock.now(), &attempt())
        .await
        .expect("it waits");
    kontobro.clock.passes(seconds(60));
    let kari = kari_under_two_keys();
    let under_the_other = wish(&kontobro, &kari, &account, Wish::Link);
    asks(&store, &kari, &under_the_other, Some(&older)).await.expect("it is the newest");

    let next = wish(&kontobro, &kari, &account, Wish::Link);
    let asked = asks(&store, &kari, &next, Some(&older)).await;
    assert!(matches!(asked, Err(NotAsked::Overtaken)));
    kontobro.clock.passes(limits::LINK + limits::REQUEST_KEPT);
    let next = wish(&kontobro, &kari, &account, Wish::Link);
    asks(&store, &kari, &next, Some(&older)).await.expect("what is newer is over");
}

#[tokio::test]
async fn t51_what_is_closed_to_somebody_is_neither_asked_for_nor_given_by_who_looked_before() {
    let kontobro = Kontobro::start().await;
    let (store, account, first) = kari_asks(&kontobro).await;
    let (kari, now) = (kari_under_two_keys(), kontobro.clock.now());
    let second = wish(&kontobro, &kari, &account, Wish::Link);
    asks(&store, &kari, &second, None).await.expect("nothing is there under this key");
    let found =
        store.request_of_link(first.id, now).await.expect("an answer").newest().expect("a request");
    store.stop(&found, &ola(), now, &attempt()).await.expect("it waits");

    let next = wish(&kontobro, &kari, &account, Wish::Link);
    let asked = asks(&store, &kari, &next, Some(&second)).await;
    assert!(matches!(asked, Err(NotAsked::Barred)));
    let given = gives(&store, &confirmed(&second, &kari)).await;
    assert!(matches!(given, Err(NotGiven::AccountTaken)));
}

#[tokio::test]
async fn t65_a_request_that_moved_to_another_key_is_found_there() {
    for was_cancelled in [false, true] {
        let kontobro = Kontobro::start().await;
        let (store, _, first) = kari_asks(&kontobro).await;
        kontobro.clock.passes(seconds(180));
        let (kari, now) = (kari_under_two_keys(), kontobro.clock.now());
        if was_cancelled {
            let cancelled = store.cancel(&first, &Ledger::default(), now, &attempt()).await;
            cancelled.expect("it waits");
        }
        let before = store.request_of_link(first.id, now).await.expect("an answer").newest();
        let before = before.expect("a request").request;
        let moved =
            Request { progress: Progress::Open, ..before.clone() }.resent(&kari, &keys(), now);
        asks(&store, &kari, &moved, Some(&before)).await.expect("it is as it was read");
        let found = store.request_of_link(first.id, now).await.expect("an answer").newest();
        let found = found.expect("a request").request;
        assert_eq!((found.person, found.generation), (kari.key().clone(), 2));
        assert_eq!(found.progress, Progress::Open);
    }
}

#[tokio::test]
async fn t116_a_link_whose_asker_is_not_to_be_found_is_not_called_dead_while_it_may_live() {
    let kontobro = Kontobro::start().await;
    let (store, _, request) = kari_asks(&kontobro).await;
    let of = |second| RequestId::new(request.asked_at + seconds(second), [9; 10]);
    let kept = limits::LINK + limits::REQUEST_KEPT;
    let at = request.asked_at + kept;
    let lives = store.request_of_link(of(1), at).await;
    assert!(matches!(lives, Err(Fault::NothingChanged(_))), "nobody knows");
    assert!(
        store.request_of_link(of(0), at).await.expect("an answer").newest().is_none(),
        "too old"
    );
}

#[tokio::test]
async fn t98_who_asked_is_kept_no_longer_than_what_they_asked() {
    let kontobro = Kontobro::start().await;
    kari_asks(&kontobro).await;
    let books = kontobro.books();
    let ([request], [asker]) = (&books.of_kind("REQUEST")[..], &books.of_kind("ASKER")[..]) else {
        panic!("one each")
    };
    assert_eq!(asker["expires_at"], request["expires_at"]);
    assert_eq!(asker["person"], request["person"]);
    assert_eq!(asker.as_object().expect("an item").len(), 4, "a key, who, and until when");
}

#[tokio::test]
async fn t57_what_never_reached_the_store_has_not_happened_and_a_refusal_is_not_looked_up() {
    let kontobro = Kontobro::start().await;
    let (store, account, _) = kari_asks(&kontobro).await;
    let next = wish(&kontobro, &kari(), &account, Wish::Link);
    kontobro.wire.clear();
    let refused = asks(&store, &kari(), &next, None).await;
    assert!(matches!(refused, Err(NotAsked::Overtaken)));
    let calls = kontobro.calls_to("dynamodb").into_iter().map(|call| call.operation);
    assert_eq!(calls.collect::<Vec<_>>(), ["TransactWriteItems"]);

    let nobody = [("AWS_ENDPOINT_URL_DYNAMODB".to_owned(), "http://127.0.0.1:1".to_owned())];
    let settings = kontobro.world.settings_of("merge-request").into_iter().chain(nobody);
    let settings = Settings::new(settings);
    let outbound = Outbound::new(&settings).expect("good settings");
    let store = Store::from(&settings, &outbound).expect("good settings");
    let (digest, ledger, attempt) = (
        next.link(&keys()).expect("the key is there").digest(),
        Ledger::default(),
        Attempt::new([255; 16]),
    );
    let begun = Instant::now();
    let asked = store.ask((&next, &kari()), &digest, (None, &ledger), None, &attempt).await;
    assert!(matches!(asked, Err(NotAsked::Fault(Fault::NothingChanged(_)))));
    // 73 ms after the first try, and twice that after the second.
    assert!(begun.elapsed() >= Duration::from_millis(3 * 73), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn t57_what_begins_when_its_time_is_over_is_not_begun() {
    let kontobro = Kontobro::start().await;
    let (store, account, request) = kari_asks(&kontobro).await;
    let next = wish(&kontobro, &kari(), &account, Wish::Link);
    let (digest, ledger, attempt) =
        (next.link(&keys()).expect("the key is there").digest(), Ledger::default(), attempt());
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(4)).await;
    tokio::time::resume();
    let seen = (Some(&request), &ledger);
    let asked = store.ask((&next, &kari()), &digest, seen, None, &attempt).await;
    assert!(matches!(asked, Err(NotAsked::Fault(Fault::NothingChanged(_)))));
}

#[tokio::test]
async fn a_request_is_called_off_as_it_was_read_or_not_at_all() {
    let kontobro = Kontobro::start().await;
    let (store, _, request) = kari_asks(&kontobro).await;
    let now = kontobro.clock.now();
    for read in misread(&request) {
        let cancelled = store.cancel(&read, &Ledger::default(), now, &attempt()).await;
        assert!(matches!(cancelled, Err(NotAsked::Overtaken)));
    }
}

#[tokio::test]
async fn a_request_is_stopped_and_its_opening_noted_only_while_it_is_the_one_that_was_found() {
    let kontobro = Kontobro::start().await;
    let (store, account, request) = kari_asks(&kontobro).await;
    let now = kontobro.clock.now();
    let found = async || {
        let found = store.request_of_link(request.id, now).await.expect("an answer").newest();
        found.expect("a request")
    };
    let events = || kontobro.books().history_of(KARI);
    let (first, second) = (found().await, found().await);
    for opened in [&first, &second] {
        store.note_opening(opened, &ola(), now, &attempt()).await.expect("noted, or noted before");
    }
    assert_eq!(events(), ["requested", "opened_by_another"]);
    for entry in kontobro.books().of_kind("AUDIT#") {
        assert_eq!(text(entry, "reference"), request.id.reference());
    }
    kontobro.wire.clear();
    let opened = found().await;
    store.note_opening(&opened, &ola(), now, &attempt()).await.expect("noted before");
    let writes = kontobro.calls_to("dynamodb");
    assert!(writes.iter().all(|call| call.operation != "TransactWriteItems"), "what is known");

    let next = wish(&kontobro, &kari(), &account, Wish::Link);
    asks(&store, &kari(), &next, Some(&request)).await.expect("it is as it was read");
    store.note_opening(&second, &ola(), now, &attempt()).await.expect("too late to note");
    let stopped = store.stop(&second, &ola(), now, &attempt()).await;
    assert!(matches!(stopped, Err(NotStopped::Overtaken)));
    let newest =
        store.request_of_link(next.id, now).await.expect("an answer").newest().expect("a request");
    store.cancel(&next, &Ledger::default(), now, &attempt()).await.expect("it waits");
    let stopped = store.stop(&newest, &ola(), now, &attempt()).await;
    assert!(matches!(stopped, Err(NotStopped::Overtaken)));
    assert_eq!(events(), ["requested", "opened_by_another", "requested", "cancelled"]);
}

#[tokio::test]
async fn news_of_a_mail_is_for_that_mail_and_goes_only_forward() {
    let kontobro = Kontobro::start().await;
    let (store, _, request) = kari_asks(&kontobro).await;
    let moved = async |request: &Request, state| {
        let mail = (&request.person, request.id, request.generation);
        store.mail_moved(mail, state).await.expect("an answer")
    };
    let [another, newer, _] = misread(&request);
    for mail in [&another, &newer] {
        assert!(!moved(mail, MailState::Delivered).await);
    }
    assert!(moved(&request, MailState::Delivered).await);
    for state in [MailState::Delivered, MailState::Delayed] {
        assert!(!moved(&request, state).await);
    }
    kontobro.breaks("dynamodb", Kind::CutBefore);
    let mail = (&request.person, request.id, request.generation);
    assert!(store.mail_moved(mail, MailState::Dead).await.is_err(), "nobody knows");
    kontobro.heals();
}

#[tokio::test]
async fn t66_lagre_is_for_the_owner_and_for_what_they_saw() {
    let kontobro = Kontobro::start().await;
    let (store, account, _) = kari_has_it(&kontobro).await;
    let profile = Profile::check(["Kari", "Nordmann", KARI, ""], None).expect("a good profile");
    let (now, seen) = (kontobro.clock.now(), Glance::default());
    for (who, version) in [(ola(), 2), (kari(), 1), (kari(), 3)] {
        let what = (account.id, version);
        let saved = store.save_profile(what, &who, &profile, (&seen, now), &attempt()).await;
        assert!(matches!(saved, Err(NotSaved::ChangedElsewhere)));
    }
    kontobro.gives_the_person_another_account();
    let what = (account.id, 2);
    let saved = store.save_profile(what, &kari(), &profile, (&seen, now), &attempt()).await;
    assert!(saved.is_err(), "it is not what she has");
}

#[tokio::test]
async fn t53_lagre_takes_along_only_the_request_that_it_saw() {
    let kontobro = Kontobro::start().await;
    let (store, account, used) = kari_has_it(&kontobro).await;
    let asked = Account { email: old_account("Kari Nordmann", OTHER).email, ..account.clone() };
    let request = wish(&kontobro, &kari(), &asked, Wish::ChangeEmail);
    asks(&store, &kari(), &request, Some(&used)).await.expect("it is as it was read");
    let profile = Profile::check(["Kari", "Nordmann", KARI, ""], None).expect("a good profile");
    let now = kontobro.clock.now();
    let saves = async |seen: &Request| {
        let seen = Glance { request: Some(seen.clone()), ..Glance::default() };
        let what = (account.id, account.version);
        store.save_profile(what, &kari(), &profile, (&seen, now), &attempt()).await
    };
    let [another, ..] = misread(&request);
    assert!(matches!(saves(&another).await, Err(NotSaved::Overtaken)));
    store.cancel(&request, &Ledger::default(), now, &attempt()).await.expect("it waits");
    assert!(matches!(saves(&request).await, Err(NotSaved::Overtaken)));
}
