//! Each condition that guards what an operation has looked up itself: something happens between its look
//! and its write, as by another function, the portal or support.

use std::cell::{Cell, RefCell};

use hyper::Response;
use kontobro::{
    domain::{Decision, LogoutHandle, Session, Wish},
    store::{Claim, Fault, Look, NotAsked, NotErased, NotTakenBack},
};
use serde_json::{Value, json};
use standins::wire::{Answer, Outcome};

use crate::{
    conditions::{KARI, OTHER, asks, attempt, kari, kari_asks, kari_has_it, ola, wish},
    gathering::kari_has_gathered,
    support::{Kontobro, Service, hours, old_account, seconds, text},
};

/// Does this; before the nth call of this operation reaches the store, something happens.
async fn before<T>(
    kontobro: &Kontobro,
    (nth, operation): (usize, &str),
    happens: impl Fn(),
    done: impl Future<Output = T>,
) -> T {
    let mut held = kontobro.wire.hold();
    let seen = Cell::new(0);
    let lets_all_through = async {
        while let Some(held) = held.recv().await {
            if held.call.operation == operation {
                seen.set(seen.get() + 1);
                if seen.get() == nth {
                    happens();
                }
            }
            let answer = held.apply().await;
            held.answer(Outcome::Answer(answer));
        }
    };
    let done = tokio::select! {
        done = done => done,
        () = lets_all_through => unreachable!("the wire is there until the end"),
    };
    assert!(seen.get() >= nth, "{operation} came by {} times", seen.get());
    done
}

const WRITES: (usize, &str) = (1, "TransactWriteItems");

/// What may become of Kari's account meanwhile: somebody else's, changed, another gathered into it, not
/// what she has.
const CHANGES: [fn(&Kontobro); 4] = [
    |kontobro| kontobro.alters(KARI, "person", json!({ "S": ola().key().to_store() })),
    |kontobro| kontobro.alters(KARI, "version", json!({ "N": "7" })),
    |kontobro| kontobro.alters(KARI, "gathered", json!({ "SS": ["01J"] })),
    |kontobro| kontobro.gives_the_person_another_account(),
];

fn decision() -> Decision {
    Decision::new(["anne", "bo"], "Kari showed who she is").expect("a decision")
}

#[tokio::test]
async fn t99_what_changes_while_staff_take_a_link_back_stays_and_they_look_again() {
    for happens in CHANGES {
        let kontobro = Kontobro::start().await;
        let (store, account, _) = kari_has_it(&kontobro).await;
        let (now, decision, attempt) = (kontobro.clock.now(), decision(), attempt());
        let taking_back = store.take_back(account.id, (&decision, now), &attempt);
        let taken = before(&kontobro, WRITES, || happens(&kontobro), taking_back).await;
        assert!(matches!(taken, Err(NotTakenBack::Overtaken)));
        assert!(kontobro.books().account(KARI).get("person").is_some());
        assert_eq!(kontobro.books().of_kind("PERSON").len(), 1);
    }
}

#[tokio::test]
async fn t98_what_changes_while_staff_erase_an_account_stays_and_they_look_again() {
    for happens in CHANGES {
        let kontobro = Kontobro::start().await;
        let (store, account, _) = kari_has_it(&kontobro).await;
        let (now, decision, attempt) = (kontobro.clock.now(), decision(), attempt());
        let erasing = store.erase(account.id, (&decision, now), &attempt);
        let erased = before(&kontobro, WRITES, || happens(&kontobro), erasing).await;
        assert!(matches!(erased, Err(NotErased::Overtaken)));
        kontobro.books().account(KARI);
    }
}

#[tokio::test]
async fn t99_what_changes_while_staff_take_a_gathered_account_back_stays_and_they_look_again() {
    let changes: [fn(&Kontobro); 3] = [
        |kontobro| kontobro.alters(OTHER, "version", json!({ "N": "7" })),
        |kontobro| kontobro.alters(OTHER, "status", json!({ "S": "closed" })),
        |kontobro| kontobro.alters(KARI, "gathered", json!({ "SS": ["01J"] })),
    ];
    for happens in changes {
        let kontobro = Kontobro::start().await;
        let (store, _, gathered) = kari_has_gathered(&kontobro).await;
        let (now, decision, attempt) = (kontobro.clock.now(), decision(), attempt());
        let taking_back = store.take_back(gathered.id, (&decision, now), &attempt);
        let taken = before(&kontobro, WRITES, || happens(&kontobro), taking_back).await;
        assert!(matches!(taken, Err(NotTakenBack::Overtaken)));
        assert!(kontobro.books().account(OTHER).get("merged_into").is_some());
    }
}

#[tokio::test]
async fn t98_an_account_that_is_linked_while_staff_erase_it_stays() {
    let kontobro = Kontobro::start().await;
    let (store, account, _) = kari_asks(&kontobro).await;
    let (now, decision, attempt) = (kontobro.clock.now(), decision(), attempt());
    let erasing = store.erase(account.id, (&decision, now), &attempt);
    let changes = || kontobro.alters(KARI, "version", json!({ "N": "2" }));
    let erased = before(&kontobro, WRITES, changes, erasing).await;
    assert!(matches!(erased, Err(NotErased::Overtaken)));
}

#[tokio::test]
async fn t60_a_link_whose_request_was_replaced_while_it_is_looked_up_belongs_to_none() {
    let kontobro = Kontobro::start().await;
    let (store, _, request) = kari_asks(&kontobro).await;
    let looking = store.request_of_link(request.id, kontobro.clock.now());
    let replaced = || kontobro.is_asked_anew();
    let found = before(&kontobro, (2, "BatchGetItem"), replaced, looking).await;
    assert!(found.expect("an answer").newest().is_none());
}

/// A transaction whose first part was refused.
fn condition_failed() -> Answer {
    let error = "TransactionCanceledException";
    let reasons = [json!({ "Code": "ConditionalCheckFailed" })];
    let body = json!({ "__type": error, "CancellationReasons": reasons }).to_string();
    let answer = Response::builder().status(400).header("x-amzn-errortype", error);
    answer.body(body.into()).expect("an answer")
}

#[tokio::test]
async fn t57_a_refusal_after_an_answer_that_was_lost_is_no_answer_while_nobody_can_look() {
    let kontobro = Kontobro::start().await;
    let (store, account, request) = kari_asks(&kontobro).await;
    let kari = kari();
    let next = wish(&kontobro, &kari, &account, Wish::Link);
    let mut held = kontobro.wire.hold();
    let first_is_lost = async {
        let mut tries = 0;
        while let Some(held) = held.recv().await {
            let is_try = held.call.operation == "TransactWriteItems";
            tries += usize::from(is_try);
            if is_try && tries == 1 {
                held.apply().await;
            }
            held.answer(if is_try && tries > 1 {
                Outcome::Answer(condition_failed())
            } else {
                Outcome::Cut
            });
        }
    };
    let asked = tokio::select! {
        asked = asks(&store, &kari, &next, Some(&request)) => asked,
        () = first_is_lost => unreachable!("the wire is there until the end"),
    };
    assert!(matches!(asked, Err(NotAsked::Fault(Fault::NotConfirmed(_)))));
}

#[tokio::test]
async fn t57_what_somebody_else_has_written_is_no_sign_that_ones_own_lost_try_went_through() {
    let kontobro = Kontobro::start().await;
    let (store, account) = (kontobro.world.store(), old_account("Kari Nordmann", KARI));
    kontobro.has(account.clone()).await;
    let kari = kari();
    let wish = wish(&kontobro, &kari, &account, Wish::Link);
    let mut held = kontobro.wire.hold();
    let first_is_lost = async {
        let mut tries = 0;
        while let Some(held) = held.recv().await {
            tries += usize::from(held.call.operation == "TransactWriteItems");
            if tries == 1 && held.call.operation == "TransactWriteItems" {
                let body = serde_json::from_slice(held.body()).expect("JSON");
                kontobro.is_overtaken_by_the_like_of(&body);
                held.answer(Outcome::Cut);
            } else {
                let answer = held.apply().await;
                held.answer(Outcome::Answer(answer));
            }
        }
    };
    let asked = tokio::select! {
        asked = asks(&store, &kari, &wish, None) => asked,
        () = first_is_lost => unreachable!("the wire is there until the end"),
    };
    assert!(matches!(asked, Err(NotAsked::Overtaken)));
}

#[tokio::test]
async fn t59_another_state_of_the_ledger_makes_another_transaction_of_another_name() {
    let kontobro = Kontobro::start().await;
    let (store, account, request) = kari_asks(&kontobro).await;
    let kari = kari();
    let next = wish(&kontobro, &kari, &account, Wish::Link);
    let mut held = kontobro.wire.hold();
    let names = RefCell::new(Vec::new());
    let takes_names = async {
        while let Some(held) = held.recv().await {
            let body: Value = serde_json::from_slice(held.body()).expect("JSON");
            names.borrow_mut().extend(body["ClientRequestToken"].as_str().map(str::to_owned));
            let answer = held.apply().await;
            held.answer(Outcome::Answer(answer));
        }
    };
    let asked = tokio::select! {
        asked = asks(&store, &kari, &next, Some(&request)) => asked,
        () = takes_names => unreachable!("the wire is there until the end"),
    };
    asked.expect("the ledger is read anew");
    let names = names.into_inner();
    let [stale, fresh] = &names[..] else { panic!("{} tries", names.len()) };
    assert_ne!(stale, fresh);
}

#[tokio::test]
async fn t65_a_login_writes_an_account_under_the_new_key_only_if_it_is_theirs_still() {
    let service = Service::new();
    let kontobro = service.starts_with_pid_keys(&[1]).await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    drop(kontobro);
    let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
    let kari = kontobro.person("Kari Nordmann");
    let olas = ola().key().to_store();
    let happens = || kontobro.alters(kari.address, "person", json!({ "S": olas }));
    before(&kontobro, WRITES, happens, kari.logs_in()).await;
    assert_eq!(text(kontobro.books().account(kari.address), "person"), olas);
}

#[tokio::test]
async fn t70_a_sweep_that_clears_an_expired_mail_away_leaves_the_next_mail_of_that_request() {
    let kontobro = Kontobro::start().await;
    let (store, ..) = kari_asks(&kontobro).await;
    kontobro.clock.passes(hours(25));
    let is_sent_again = || kontobro.is_mailed_again();
    let now = kontobro.clock.now();
    let due = store.mails_due(now).await.expect("an index");
    let [due] = &due[..] else { panic!("one mail is due, not {}", due.len()) };
    let claim = Claim::new([1; 16]);
    let claims = store.claim_mail(due, &claim, now);
    let claimed = before(&kontobro, (2, "UpdateItem"), is_sent_again, claims).await;
    assert!(claimed.expect("a sweep").is_none());
    let books = kontobro.books();
    let [request] = books.of_kind("REQUEST")[..] else { panic!("one request") };
    assert!(request.get("outbox_due").is_some(), "somebody is sending it");
}

#[tokio::test]
async fn t51_an_account_stays_closed_to_who_asks_for_another_meanwhile() {
    let kontobro = Kontobro::start().await;
    let (store, account, used) = kari_has_it(&kontobro).await;
    let (now, decision, attempt) = (kontobro.clock.now(), decision(), attempt());
    store.take_back(account.id, (&decision, now), &attempt).await.expect("it is hers");
    let other = old_account("Kari Nordmann", OTHER);
    kontobro.has(other.clone()).await;
    let next = wish(&kontobro, &kari(), &other, Wish::Link);
    asks(&store, &kari(), &next, Some(&used)).await.expect("nothing is in the way");
    let session = Session {
        id: [1; 16],
        csrf: [2; 16],
        person: kari(),
        sid: LogoutHandle::of("sid"),
        subject: LogoutHandle::of("sub"),
        started_at: now + seconds(1),
        identified_at: now,
        attempt_began_at: now + seconds(301),
        known_logouts: vec![],
        seen_at: now,
        account: None,
    };
    let look = Look { account: Some(account.id), ledger: true, request: true };
    // DynamoDB answers a batch in no order: often enough for each.
    for _ in 0..16 {
        let glance =
            store.glance(&session, look, now + seconds(1)).await.expect("she is logged in");
        assert_eq!(glance.request.expect("it waits").account, other.id);
        assert!(glance.ledger.bars(&kari()), "the ledger of the other account");
    }
}

#[tokio::test]
async fn t98_an_account_is_erased_only_with_all_that_its_trail_owed_when_it_was_looked_at() {
    let kontobro = Kontobro::start().await;
    let (store, account, _) = kari_has_it(&kontobro).await;
    let (decision, now, attempt) = (decision(), kontobro.clock.now(), attempt());
    let erases = store.erase(account.id, (&decision, now), &attempt);
    let erased = before(&kontobro, WRITES, || kontobro.moves_the_ledger_on(), erases).await;
    assert!(matches!(erased, Err(NotErased::Overtaken)));
    assert_eq!(kontobro.books().of_kind("ACCOUNT").len(), 1, "somebody has to look again");
}
