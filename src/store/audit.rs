//! The audit trail of an account: append-only entries, each carrying the hash of the one before
//! (T97), and the ledger that holds the newest hash and counts the account's mails.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use jiff::Timestamp;
use ring::digest;
use serde::{Deserialize, Serialize};

use super::{
    Store,
    items::{Item, Key, day, encoded, moment, number, text},
    transaction::{ATTEMPT, Attempt, Write as _},
};
use crate::domain::{AccountId, Email, PersonKey, limits};

/// The newest state of an account's audit chain, read consistently before a change and held to by
/// that change's condition.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Entries so far.
    seq: u64,
    /// Hash of the newest entry; empty before the first.
    #[serde(default)]
    head: String,
    /// The UTC day that `mails` counts.
    #[serde(default)]
    mail_day: i64,
    #[serde(default)]
    mails: u32,
}

impl Ledger {
    /// Mails with a link about this account on the UTC day of `at`, over all persons (T39).
    pub fn mails_on_day_of(&self, at: Timestamp) -> u32 {
        if self.mail_day == day(at) { self.mails } else { 0 }
    }

    /// The place of the newest entry in the trail, from 1.
    pub(super) fn seq(&self) -> u64 {
        self.seq
    }

    /// Eight characters that tell one state of a ledger from every other.
    pub(super) fn mark(&self) -> &str {
        self.head.get(..8).unwrap_or_default()
    }

    /// May one more be sent?
    pub fn has_room(&self, at: Timestamp) -> bool {
        self.mails_on_day_of(at) < limits::MAILS_PER_ACCOUNT_AND_DAY
    }
}

/// What happened to an account. Written once, never changed.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Event {
    Requested,
    Resent,
    Cancelled,
    Linked,
    Created,
    Saved,
    EmailRequested,
    EmailChanged,
    Rekeyed,
}

impl Event {
    /// Does it put a mail with a link under way?
    pub fn sends_a_link(self) -> bool {
        matches!(self, Self::Requested | Self::Resent | Self::EmailRequested)
    }
}

/// One entry, before it is chained.
pub(super) struct Entry<'a> {
    pub event: Event,
    pub account: AccountId,
    pub actor: &'a PersonKey,
    pub at: Timestamp,
    /// The reference that screen and mail showed, where there is one.
    pub reference: Option<String>,
    /// The receipt that this entry owes, if any: its language, and the address as it is now. A
    /// later change of address must not carry the news away from whoever has the old mailbox.
    pub receipt: Option<(&'a str, &'a Email)>,
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
}

impl Store {
    /// The entry, and the ledger moved on to it: always both, always in the transaction of the
    /// change they tell of. The entry names the attempt that wrote it.
    pub(super) fn chained(
        &self,
        ledger: &Ledger,
        entry: &Entry<'_>,
        attempt: &Attempt,
    ) -> ([TransactWriteItem; 2], Ledger) {
        let seq = ledger.seq + 1;
        let hashed = Hashed {
            account: entry.account.to_string(),
            seq,
            event: entry.event,
            actor: entry.actor.to_store(),
            at: entry.at.as_second(),
            reference: entry.reference.as_deref(),
            before: &ledger.head,
        };
        let mails = u32::from(entry.event.sends_a_link());
        let after = Ledger {
            seq,
            head: hash(&hashed),
            mail_day: day(entry.at),
            mails: ledger.mails_on_day_of(entry.at) + mails,
        };
        let moved = self.move_ledger(entry.account, ledger, &after);
        ([moved, self.put_entry(&hashed, &after.head, entry, attempt)], after)
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
            .update_expression("SET seq = :seq, head = :head, mail_day = :day, mails = :mails")
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
                ],
                (ledger.seq > 0).then(|| (":read", text(&ledger.head))),
            )))
            .write()
    }

    fn put_entry(
        &self,
        hashed: &Hashed<'_>,
        hash: &str,
        entry: &Entry<'_>,
        attempt: &Attempt,
    ) -> TransactWriteItem {
        let mut item = Key::audit(entry.account, hashed.seq).item();
        let fields: Item = serde_dynamo::to_item(hashed).expect("plain fields make an item");
        item.extend(fields);
        item.insert("hash".into(), text(hash));
        item.insert(ATTEMPT.into(), text(attempt.name()));
        if let Some((language, to)) = entry.receipt {
            item.insert("receipt_due".into(), text("receipt"));
            item.insert("receipt_at".into(), moment(entry.at));
            item.insert("language".into(), text(language));
            item.insert("receipt_to".into(), text(to.as_given()));
        }
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
