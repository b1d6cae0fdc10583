//! Each condition that guards what an operation has looked up itself: something happens between its look
//! and its write, as by another function, the portal or support.

use std::cell::Cell;

use kontobro::{
    domain::Decision,
    store::{NotErased, NotTakenBack},
};
use serde_json::json;
use standins::wire::Outcome;

use crate::{
    conditions::{KARI, attempt, kari_asks, kari_has_it, ola},
    support::{Kontobro, Service, hours, text},
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

/// What may become of Kari's account meanwhile: somebody else's, changed, not what she has.
const CHANGES: [fn(&Kontobro); 3] = [
    |kontobro| kontobro.alters(KARI, "person", json!({ "S": ola().key().to_store() })),
    |kontobro| kontobro.alters(KARI, "version", json!({ "N": "7" })),
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
    let found = before(&kontobro, (1, "BatchGetItem"), replaced, looking).await;
    assert!(found.expect("an answer").is_none());
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
    let claimed = before(&kontobro, (2, "UpdateItem"), is_sent_again, store.claim_mails(now)).await;
    assert!(claimed.expect("a sweep").is_empty());
    let books = kontobro.books();
    let [request] = books.of_kind("REQUEST")[..] else { panic!("one request") };
    assert!(request.get("outbox_due").is_some(), "somebody is sending it");
}
