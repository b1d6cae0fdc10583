//! Receipts: what is owed stands in the outbox alone, and nothing of it stays.

use kontobro::domain::AccountId;
use serde_json::Value;
use standins::wire::{Fault, Kind};

use crate::{
    erased::erased,
    support::{Kontobro, Person, hours, minutes, number, text},
    telling::numbers,
};

const NEW: &str = "kari.ny@example.org";

/// Kari has linked her old account, and asks for another address: two receipts are owed.
async fn two_receipts_are_owed(kontobro: &Kontobro) -> (Person<'_>, AccountId) {
    let kari = kontobro.person("Kari Nordmann");
    let account = kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kontobro.secrets.address(NEW);
    kari.types("E-post", NEW).presses("Lagre").await;
    assert_eq!(kontobro.books().of_kind("RECEIPT").len(), 2);
    (kari, account)
}

fn trail(kontobro: &Kontobro) -> Vec<Value> {
    kontobro.books().of_kind("AUDIT#").into_iter().cloned().collect()
}

/// Mails to her old address that have no link.
fn receipts_to(kontobro: &Kontobro, kari: &Person<'_>) -> usize {
    let mails = kontobro.outbox().mails_to(kari.address);
    mails.iter().filter(|mail| !mail.has_link()).count()
}

#[tokio::test]
async fn t97_an_entry_is_written_once_whatever_becomes_of_its_receipt() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = two_receipts_are_owed(&kontobro).await;
    let before = trail(&kontobro);
    assert!(before.iter().all(|entry| !entry.to_string().contains('@')), "{before:?}");
    kontobro.breaks("ses", standins::ses::paused());
    kontobro.sweeps().await;
    kontobro.heals();
    kontobro.clock.passes(minutes(6));
    kontobro.sweeps().await;
    assert_eq!(receipts_to(&kontobro, &kari), 2);
    assert_eq!(trail(&kontobro), before);
    assert!(kontobro.books().of_kind("RECEIPT").is_empty(), "what was sent is owed no more");
}

#[tokio::test]
async fn t98_a_receipt_that_is_given_up_leaves_no_address_behind() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = two_receipts_are_owed(&kontobro).await;
    let before = trail(&kontobro);
    kontobro.breaks("ses", Kind::CutBefore);
    for _ in 0..4 {
        kontobro.sweeps().await;
        kontobro.clock.passes(minutes(2));
    }
    assert_eq!(receipts_to(&kontobro, &kari), 0);
    assert!(kontobro.books().of_kind("RECEIPT").is_empty());
    assert_eq!(numbers(&kontobro).get("MailsGivenUp"), Some(&2));
    assert_eq!(trail(&kontobro), before);
}

#[tokio::test]
async fn t98_a_receipt_that_has_had_its_time_is_sent_no_more() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = two_receipts_are_owed(&kontobro).await;
    kontobro.clock.passes(hours(30 * 24));
    kontobro.sweeps().await;
    assert_eq!(receipts_to(&kontobro, &kari), 0);
    assert!(kontobro.books().of_kind("RECEIPT").is_empty());
    assert_eq!(numbers(&kontobro).get("MailsGivenUp"), Some(&2));
}

#[tokio::test]
async fn t98_of_an_erased_account_no_receipt_is_left_and_none_goes_out() {
    let kontobro = Kontobro::start().await;
    let (kari, account) = two_receipts_are_owed(&kontobro).await;
    erased(&kontobro, account, 1).await.expect("it is erased");
    let books = kontobro.books();
    let left = books.0.iter().filter(|item| item.to_string().contains(kari.address));
    assert_eq!(left.count(), 0, "items with her address");
    kontobro.sweeps().await;
    assert_eq!(receipts_to(&kontobro, &kari), 0);
}

#[tokio::test]
async fn t110_a_receipt_whose_claim_lost_its_answer_goes_out_once() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = two_receipts_are_owed(&kontobro).await;
    let lost = Fault::on("dynamodb", Kind::CutAfter).only("UpdateItem").times(1);
    kontobro.wire.fail(lost);
    kontobro.sweeps().await;
    assert_eq!(receipts_to(&kontobro, &kari), 2);
}

#[tokio::test]
async fn t71_a_receipt_that_ses_refuses_loses_no_try() {
    let kontobro = Kontobro::start().await;
    let (kari, _) = two_receipts_are_owed(&kontobro).await;
    kontobro.breaks("ses", standins::ses::paused());
    // Each refusal is noted twice, as by an SDK that lost the answer.
    kontobro.wire.fail(Fault::on("dynamodb", Kind::Twice).only("UpdateItem"));
    for _ in 0..4 {
        kontobro.sweeps().await;
        kontobro.clock.passes(minutes(6));
    }
    for receipt in kontobro.books().of_kind("RECEIPT") {
        assert_eq!(number(receipt, "outbox_tries"), 0, "{}", text(receipt, "sk"));
    }
    kontobro.heals();
    kontobro.sweeps().await;
    assert_eq!(receipts_to(&kontobro, &kari), 2);
}
