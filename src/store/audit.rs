//! The audit trail of an account: append-only entries, each carrying the hash of the one before
//! (T97). The ledger moves on with each. An entry is written once and never touched again, and holds
//! no address: the receipt that it may owe is an item of its own.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use jiff::Timestamp;
use ring::digest;
use serde::Serialize;

use super::{
    Ledger, Store,
    items::{Item, Key, attribute, encoded, number, text},
    transaction::{ATTEMPT, Attempt, Write as _},
};
use crate::domain::{AccountId, Decision, Person, PersonKey, Receipt, history::Event};

/// Who did it.
#[derive(Clone, Copy)]
pub(super) enum Actor<'a> {
    Person(&'a PersonKey),
    Staff(&'a Decision),
}

/// One entry, before it is chained. Written once, never changed.
pub(super) struct Entry<'a> {
    pub event: Event,
    pub account: AccountId,
    pub actor: Actor<'a>,
    pub at: Timestamp,
    /// The reference that screen and mail showed, where there is one.
    pub reference: Option<String>,
    /// The account that this one is gathered into.
    pub into: Option<AccountId>,
    /// Not to be done if the account is closed to this person (T51).
    pub unless_barred: Option<&'a Person>,
    /// Whom it closes the account to, if it has a reference; with [`Event::FreezeLifted`] nobody.
    pub freezes: Option<&'a PersonKey>,
    /// The receipt that this entry owes, if any.
    pub receipt: Option<Receipt>,
    /// Not to be done if the ledger has moved on from this.
    pub follows: Option<&'a Ledger>,
}

impl<'a> Entry<'a> {
    /// What was done, and no more than that.
    pub fn of(event: Event, account: AccountId, actor: Actor<'a>, at: Timestamp) -> Self {
        let (reference, into, unless_barred, freezes) = (None, None, None, None);
        let (receipt, follows) = (None, None);
        Self {
            event,
            account,
            actor,
            at,
            reference,
            into,
            unless_barred,
            freezes,
            receipt,
            follows,
        }
    }
}

impl Actor<'_> {
    fn to_store(self) -> String {
        match self {
            Self::Person(key) => key.to_store(),
            Self::Staff(decision) => format!("staff {}", decision.by().join(" and ")),
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Person(_) => None,
            Self::Staff(decision) => Some(decision.reason()),
        }
    }
}

/// What the hash covers: every field that never changes, in this order.
#[derive(Serialize)]
struct Hashed<'a> {
    account: String,
    seq: u64,
    event: Event,
    actor: String,
    at: i64,
    reference: Option<&'a str>,
    before: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    into: Option<String>,
}

impl Store {
    /// The entry, and the ledger moved on to it: always both, always in the transaction of the
    /// change they tell of; and the receipt that is owed for it. The entry names the attempt that wrote it.
    pub(super) fn chained(
        &self,
        ledger: &Ledger,
        entry: &Entry<'_>,
        attempt: &Attempt,
    ) -> (Vec<TransactWriteItem>, Ledger) {
        let seq = ledger.seq + 1;
        let hashed = Hashed {
            account: entry.account.to_string(),
            seq,
            event: entry.event,
            actor: entry.actor.to_store(),
            at: entry.at.as_second(),
            reference: entry.reference.as_deref(),
            before: &ledger.head,
            reason: entry.actor.reason(),
            into: entry.into.map(|id| id.to_string()),
        };
        let after = ledger.after(entry, hash(&hashed));
        let moved = self.move_ledger(entry.account, ledger, &after);
        let written = self.put_entry(&hashed, &after.head, entry.account, attempt);
        let receipt = entry.receipt.as_ref();
        let receipt = receipt.map(|receipt| self.put_receipt(receipt, (entry.account, seq)));
        ([moved, written].into_iter().chain(receipt).collect(), after)
    }

    fn move_ledger(
        &self,
        account: AccountId,
        ledger: &Ledger,
        after: &Ledger,
    ) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::ledger(account).into()))
            .update_expression(
                "SET seq = :seq, head = :head, mail_day = :day, mails = :mails, frozen = :frozen, erased = :erased",
            )
            .condition_expression(if ledger.seq == 0 {
                "attribute_not_exists(pk)"
            } else {
                "head = :read"
            })
            .set_expression_attribute_values(Some(values(
                [
                    (":seq", number(after.seq)),
                    (":head", text(&after.head)),
                    (":day", number(after.mail_day)),
                    (":mails", number(after.mails)),
                    (":frozen", attribute(&after.frozen)),
                    (":erased", attribute(after.erased)),
                ],
                (ledger.seq > 0).then(|| (":read", text(&ledger.head))),
            )))
            .write()
    }

    fn put_entry(
        &self,
        hashed: &Hashed<'_>,
        hash: &str,
        account: AccountId,
        attempt: &Attempt,
    ) -> TransactWriteItem {
        let mut item = Key::audit(account, hashed.seq).item();
        let fields: Item = serde_dynamo::to_item(hashed).expect("plain fields make an item");
        item.extend(fields);
        item.insert("hash".into(), text(hash));
        item.insert(ATTEMPT.into(), text(attempt.name()));
        Put::builder()
            .table_name(&self.accounts)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)")
            .write()
    }
}

fn values<const N: usize>(
    fixed: [(&str, aws_sdk_dynamodb::types::AttributeValue); N],
    more: Option<(&str, aws_sdk_dynamodb::types::AttributeValue)>,
) -> Item {
    fixed.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect()
}

fn hash(entry: &Hashed<'_>) -> String {
    let bytes = serde_json::to_vec(entry).expect("plain fields make JSON");
    encoded(digest::digest(&digest::SHA256, &bytes).as_ref())
}
