//! Trails of nobody: a new account was asked for, and never made. What is left is a ledger and entries,
//! under an id that no account has (T98).

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, TransactWriteItem};
use jiff::Timestamp;

use super::{
    Fault, NotErased, Store,
    audit::{Actor, Entry},
    history::{self, TrailEntry},
    items::{Key, text},
    transaction::{Attempt, Write as _},
};
use crate::domain::{AccountId, Decision, history::Event};

/// Entries that one transaction takes, beside what else is in it: DynamoDB takes a hundred parts.
const ENTRIES_AT_ONCE: usize = 90;

impl Store {
    /// Erases a trail of nobody. Its entries go; one stays that says so, and names no person. Of an
    /// erased account, whose trail stays, there is nothing to erase.
    pub(super) async fn erase_trail_of_nobody(
        &self,
        id: AccountId,
        (decision, at): (&Decision, Timestamp),
        attempt: &Attempt,
    ) -> Result<(), NotErased> {
        let ledger = self.ledger(id).await?;
        let trail = self.entries(id, &ledger).await?;
        if trail.is_empty() || trail.iter().any(|it| it.event == Event::Erased) {
            return Err(NotErased::NoAccount);
        }
        if trail.len() > ENTRIES_AT_ONCE {
            return Err(NotErased::TooLong);
        }
        let entry = Entry::of(Event::Erased, id, Actor::Staff(decision), at);
        let parts = |_: &_| {
            let no_account = ConditionCheck::builder()
                .table_name(&self.accounts)
                .set_key(Some(Key::account(id).into()))
                .condition_expression("attribute_not_exists(pk)");
            let entries = trail.iter().map(|entry| self.delete_entry(entry));
            let parts = [no_account.write()].into_iter().chain(entries);
            parts.map(|part| ((), part)).collect()
        };
        self.change(&entry, (&ledger, attempt), parts).await?;
        Ok(())
    }

    fn delete_entry(&self, entry: &TrailEntry) -> TransactWriteItem {
        let key = Key::audit(entry.account, entry.seq);
        Delete::builder().table_name(&self.accounts).set_key(Some(key.into())).write()
    }

    /// Ids without an account whose newest entry is older than `before`, and that were not erased. Reads
    /// the whole table: staff do it seldom.
    pub async fn trails_of_nobody(&self, before: Timestamp) -> Result<Vec<AccountId>, Fault> {
        #[derive(Default)]
        struct Found {
            is_kept: bool,
            newest: Option<TrailEntry>,
        }
        let mut found: HashMap<String, Found> = HashMap::new();
        let mut from: Option<HashMap<String, AttributeValue>> = None;
        loop {
            let page = self
                .client
                .scan()
                .table_name(&self.accounts)
                .consistent_read(true)
                .filter_expression("sk = :account OR begins_with(sk, :audit)")
                .expression_attribute_values(":account", text("ACCOUNT"))
                .expression_attribute_values(":audit", text("AUDIT#"))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(Fault::nothing_changed)?;
            for item in page.items.unwrap_or_default() {
                let key = Key::of(&item).ok_or(Fault::Unreadable("key"))?;
                let of = found.entry(key.pk).or_default();
                if key.sk == "ACCOUNT" {
                    of.is_kept = true;
                    continue;
                }
                let entry = history::read(item)?;
                of.is_kept |= entry.event == Event::Erased;
                if of.newest.as_ref().is_none_or(|newest| newest.seq < entry.seq) {
                    of.newest = Some(entry);
                }
            }
            from = page.last_evaluated_key;
            if from.is_none() {
                break;
            }
        }
        let nobodys = found.into_values().filter(|of| !of.is_kept);
        let old = nobodys.filter_map(|of| of.newest).filter(|newest| newest.at < before);
        let mut ids: Vec<_> = old.map(|newest| newest.account).collect();
        ids.sort_unstable();
        Ok(ids)
    }
}
