//! A wrong link, taken back: what two of the staff have decided, in one transaction (T99).
//!
//! The account is nobody's again, and closed to whoever had it. What they saved in its profile stays,
//! and so does the end of the old password: who is right is to come by ID-porten too.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem, Update};
use jiff::Timestamp;

use super::{
    Fault, Ledger, Store, account,
    audit::{Actor, Entry},
    change::NotChanged,
    gathered,
    items::{Key, moment, number, text},
    logout::{Ending, Logout, tombstone},
    transaction::{Attempt, Write as _},
};
use crate::domain::{Account, AccountId, Decision, LogoutId, PersonKey, history::Event};

/// Why a link was not taken back.
#[derive(Debug, thiserror::Error)]
pub enum NotTakenBack {
    /// There is no such account.
    #[error("there is no such account")]
    NoAccount,
    /// Nobody has it.
    #[error("the account is linked to nobody")]
    NotLinked,
    /// It was made for its owner, and was nobody's before.
    #[error("the account was made for its owner: close it in the portal")]
    Made,
    /// Others were gathered into it, and would go with it.
    #[error("other accounts were gathered into it: take these back first: {0}")]
    HasGathered(String),
    /// It is no longer as it was read: look again.
    #[error("something else happened first: look again")]
    Overtaken,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<NotChanged<()>> for NotTakenBack {
    fn from(not_changed: NotChanged<()>) -> Self {
        match not_changed {
            NotChanged::Refused((), _) => Self::Overtaken,
            NotChanged::Fault(fault) => Self::Fault(fault),
            NotChanged::NotAllowed(_) => unreachable!("it asks nothing of the ledger"),
        }
    }
}

impl Store {
    /// Takes an account back from whoever it is linked to, and ends their sessions; one that was
    /// gathered is parted from the other, which stays theirs.
    ///
    /// # Returns
    /// The reference of the link: the account is closed to that person until
    /// [`Store::lift_freeze`] opens it by the same.
    ///
    /// # Errors
    /// Nothing has changed, whatever the reason.
    pub async fn take_back(
        &self,
        id: AccountId,
        (decision, at): (&Decision, Timestamp),
        attempt: &Attempt,
    ) -> Result<String, NotTakenBack> {
        let item = self.batch(vec![Key::account(id)], vec![]).await?.pop();
        let found = account::read(item.ok_or(NotTakenBack::NoAccount)?)?;
        if let Some(into) = found.merged_into {
            return self.take_back_gathered(&found, into, (decision, at), attempt).await;
        }
        if !found.gathered.is_empty() {
            return Err(NotTakenBack::HasGathered(gathered::ids(&found)));
        }
        let owner = found.owner.clone().ok_or(NotTakenBack::NotLinked)?;
        let ledger = self.ledger(id).await?;
        let trail = self.history(id, &ledger).await?;
        let given = trail.iter().rfind(|it| matches!(it.event, Event::Linked | Event::Created));
        let link = given.filter(|it| it.event == Event::Linked).ok_or(NotTakenBack::Made)?;
        let reference = link.reference.clone().unwrap_or_default();
        let people = self.items_pointing_at(id).await?;
        let entry = Entry {
            reference: Some(reference.clone()),
            freezes: Some(&owner),
            ..Entry::of(Event::TakenBack, id, Actor::Staff(decision), at)
        };
        let parts = |_: &Ledger| {
            let people = people.iter().flat_map(|key| self.forget(key, id, at));
            let parts = [self.give_up(&found, &owner, at)].into_iter().chain(people);
            parts.map(|part| ((), part)).collect()
        };
        self.change(&entry, (&ledger, attempt), parts).await?;
        Ok(reference)
    }

    /// Under which keys a person has this account: one, and one more while the pid key changes. Reads
    /// the whole table, as nothing else says so; staff do it seldom.
    pub(super) async fn items_pointing_at(
        &self,
        account: AccountId,
    ) -> Result<Vec<PersonKey>, Fault> {
        let mut keys = Vec::new();
        let mut from: Option<HashMap<String, AttributeValue>> = None;
        loop {
            let page = self
                .client
                .scan()
                .table_name(&self.accounts)
                .consistent_read(true)
                .filter_expression("sk = :person AND account = :account")
                .expression_attribute_values(":person", text("PERSON"))
                .expression_attribute_values(":account", text(account.to_string()))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(Fault::nothing_changed)?;
            for item in page.items() {
                let key = Key::of(item).and_then(|key| key.person_of_it());
                keys.push(key.ok_or(Fault::Unreadable("person"))?);
            }
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(keys);
            }
        }
    }

    /// The account is as it was before the link, but for its version: what was asked for or opened
    /// while it was linked is out of date.
    fn give_up(&self, account: &Account, owner: &PersonKey, at: Timestamp) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(account.id).into()))
            .update_expression(
                "SET version = :next, sessions_void_before = :now REMOVE person, linked_at, saved_at",
            )
            .condition_expression(
                "person = :owner AND version = :version AND attribute_not_exists(gathered)",
            )
            .expression_attribute_values(":owner", text(owner.to_store()))
            .expression_attribute_values(":version", number(account.version))
            .expression_attribute_values(":next", number(account.version + 1))
            .expression_attribute_values(":now", moment(at))
            .write()
    }

    /// The person has no account, and no session that says so.
    pub(super) fn forget(
        &self,
        key: &PersonKey,
        account: AccountId,
        at: Timestamp,
    ) -> [TransactWriteItem; 2] {
        let person = Delete::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::person(key).into()))
            .condition_expression("account = :account")
            .expression_attribute_values(":account", text(account.to_string()));
        let id = LogoutId::of(&format!("{account} {at}"));
        let ended = tombstone(&Ending::Person(key), &Logout { id, at });
        let sessions = Put::builder().table_name(&self.pending).set_item(Some(ended));
        [person.write(), sessions.write()]
    }
}
