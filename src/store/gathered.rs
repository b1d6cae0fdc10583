//! Several accounts of one person: the first is theirs, later ones are gathered into it.
//!
//! An account that was gathered has no owner: it says `merged`, and into which. The other lists it in
//! `gathered`. Nothing of either is deleted, and staff can part them again. An account that others are
//! gathered into is neither taken back nor erased: those come first, or they would be whoever's it is next.

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;

use super::{
    Fault, NotTakenBack, Store, account,
    audit::{Actor, Entry},
    history::AT_A_TIME,
    items::{Key, attribute, moment, number, text},
    person::is_owned_by,
    transaction::{Attempt, Write as _},
};
use crate::domain::{
    Account, AccountId, Decision, Happened, Person, account::Status, history::Event,
};

impl Store {
    /// One more for the account that is this person's, if it still is and is not closed. What it says of
    /// them stays, and so does its version: nothing that is based on it is out of date.
    pub(super) fn gather(
        &self,
        account: AccountId,
        (into, person): (AccountId, &Person),
    ) -> TransactWriteItem {
        let (is_theirs, people) = is_owned_by(person);
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(into).into()))
            .update_expression("ADD gathered :one_more")
            .condition_expression(format!("{is_theirs} AND #status = :active"))
            .expression_attribute_names("#status", "status")
            .set_expression_attribute_values(Some(people.into_iter().collect()))
            .expression_attribute_values(":active", text("active"))
            .expression_attribute_values(":one_more", set_of(account))
            .write()
    }

    /// One less.
    pub(super) fn release(&self, account: AccountId, from: AccountId) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(from).into()))
            .update_expression("DELETE gathered :one_less")
            .condition_expression("contains(gathered, :account)")
            .expression_attribute_values(":one_less", set_of(account))
            .expression_attribute_values(":account", text(account.to_string()))
            .write()
    }

    /// The accounts that were gathered into this one, each with what has happened to it. One round trip,
    /// and one for each.
    pub async fn gathered(
        &self,
        account: &Account,
    ) -> Result<Vec<(Account, Vec<Happened>)>, Fault> {
        let keys = account.gathered.iter().map(|id| Key::account(*id)).collect::<Vec<_>>();
        let mut found = Vec::with_capacity(keys.len());
        for keys in keys.chunks(AT_A_TIME) {
            for item in self.batch(keys.to_vec(), vec![]).await? {
                let gathered = account::read(item)?;
                let ledger = self.ledger(gathered.id).await?;
                let history = self.history(gathered.id, &ledger).await?;
                found.push((gathered, history));
            }
        }
        Ok(found)
    }

    /// Takes a gathered account back: it is nobody's, and closed to whoever has the other.
    pub(super) async fn take_back_gathered(
        &self,
        found: &Account,
        into: AccountId,
        (decision, at): (&Decision, Timestamp),
        attempt: &Attempt,
    ) -> Result<String, NotTakenBack> {
        let item = self.batch(vec![Key::account(into)], vec![]).await?.pop();
        let owner = item.map(account::read).transpose()?.and_then(|other| other.owner);
        let owner = owner.ok_or(NotTakenBack::Overtaken)?;
        let ledger = self.ledger(found.id).await?;
        let trail = self.history(found.id, &ledger).await?;
        let gathered = trail.iter().rfind(|it| it.event == Event::Gathered);
        let reference = gathered.and_then(|it| it.reference.clone()).unwrap_or_default();
        let entry = Entry {
            reference: Some(reference.clone()),
            freezes: Some(&owner),
            ..Entry::of(Event::TakenBack, found.id, Actor::Staff(decision), at)
        };
        let parts =
            |_: &_| vec![((), self.part(found, into, at)), ((), self.release(found.id, into))];
        self.change(&entry, (&ledger, attempt), parts).await?;
        Ok(reference)
    }

    /// The account is as it was before it was gathered, but for its version; one that the portal has closed
    /// since stays closed.
    fn part(&self, account: &Account, from: AccountId, at: Timestamp) -> TransactWriteItem {
        let found = account.status;
        let status = if found == Status::Merged { Status::Active } else { found };
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(account.id).into()))
            .update_expression(
                "SET #status = :status, version = :next, sessions_void_before = :now REMOVE merged_into",
            )
            .condition_expression("merged_into = :from AND #status = :found AND version = :version")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", attribute(status))
            .expression_attribute_values(":found", attribute(found))
            .expression_attribute_values(":from", text(from.to_string()))
            .expression_attribute_values(":version", number(account.version))
            .expression_attribute_values(":next", number(account.version + 1))
            .expression_attribute_values(":now", moment(at))
            .write()
    }
}

fn set_of(account: AccountId) -> AttributeValue {
    AttributeValue::Ss(vec![account.to_string()])
}

/// The accounts gathered into this one, as staff are told of them.
pub(super) fn ids(account: &Account) -> String {
    account.gathered.iter().map(AccountId::to_string).collect::<Vec<_>>().join(", ")
}
