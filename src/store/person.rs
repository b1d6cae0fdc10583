//! Which account a person has, under every live version of the pid key (T65).
//!
//! An account names its owner by one key, in `person`. A person has an item under each live key: it
//! points at the account and repeats that `person`, so that one read at login tells whether all of
//! it is of the current version.

use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem, Update};
use jiff::Timestamp;

use super::{
    Fault, Ledger, Store,
    audit::{Actor, Entry},
    change::NotChanged,
    items::{Item, Key, moment, text},
    transaction::{Attempt, Write as _},
};
use crate::domain::{AccountId, Person, PersonKey, history::Event};

/// What a person's items say of their account.
pub struct Owned {
    /// The account.
    pub account: AccountId,
    /// When its profile was first saved.
    pub saved_at: Option<Timestamp>,
    /// The owner that the account names.
    owner: PersonKey,
    /// Has the person an item under the current key?
    is_current: bool,
}

impl Owned {
    /// Reads the items of one person: the one under the current key, if there is one.
    pub(super) fn read(items: &[Item], person: &Person) -> Result<Option<Self>, Fault> {
        let current = Key::person(person.key()).pk;
        let is_current = |item: &&Item| of(item, "pk").is_some_and(|pk| *pk == current);
        let found = items.iter().find(is_current).or(items.first());
        found.map(|item| Self::of(item, is_current(&item))).transpose()
    }

    fn of(item: &Item, is_current: bool) -> Result<Self, Fault> {
        let unreadable = || Fault::Unreadable("person");
        let account = of(item, "account").and_then(|id| AccountId::parse(id));
        let owner = of(item, "person").and_then(|key| PersonKey::from_store(key));
        let saved_at = super::read::seconds(item, "saved_at");
        Ok(Self {
            account: account.ok_or_else(unreadable)?,
            saved_at: saved_at.and_then(|second| Timestamp::from_second(second).ok()),
            owner: owner.ok_or_else(unreadable)?,
            is_current,
        })
    }

    /// Is anything of it still written under an older key?
    pub fn is_outdated(&self, person: &Person) -> bool {
        !self.is_current || self.owner != *person.key()
    }
}

fn of<'a>(item: &'a Item, name: &str) -> Option<&'a String> {
    item.get(name)?.as_s().ok()
}

#[derive(Clone, Copy)]
enum Guard {
    Account,
    Person,
}

impl Store {
    /// Writes a person and their account under the current key, with an audit entry of its own.
    /// Changes nothing of what the account says. Two round trips.
    ///
    /// # Errors
    /// The store failed, or the account is no longer as the person's items said.
    pub async fn rekey(
        &self,
        person: &Person,
        owned: &Owned,
        at: Timestamp,
        attempt: &Attempt,
    ) -> Result<(), Fault> {
        let account = owned.account;
        let actor = person.key();
        let entry = Entry::of(Event::Rekeyed, account, Actor::Person(actor), at);
        let parts = |_: &Ledger| {
            let owner = Update::builder()
                .table_name(&self.accounts)
                .set_key(Some(Key::account(account).into()))
                .update_expression("SET person = :current")
                .condition_expression("person = :owner")
                .expression_attribute_values(":current", text(actor.to_store()))
                .expression_attribute_values(":owner", text(owned.owner.to_store()));
            let people = self.remember(person, account, owned.saved_at);
            let people = people.into_iter().map(|item| (Guard::Person, item));
            [(Guard::Account, owner.write())].into_iter().chain(people).collect()
        };
        let ledger = self.ledger(account).await?;
        match self.change(&entry, (&ledger, attempt), parts).await {
            Ok(_) => Ok(()),
            Err(NotChanged::Fault(fault)) => Err(fault),
            Err(NotChanged::Refused(Guard::Account, _)) => {
                Err(Fault::NothingChanged("the account names another owner".into()))
            }
            Err(NotChanged::Refused(Guard::Person, _) | NotChanged::NotAllowed(_)) => {
                Err(Fault::NothingChanged("the person has another account".into()))
            }
        }
    }

    /// A person's first items: nothing is there yet.
    pub(super) fn introduce(&self, person: &Person, account: AccountId) -> Vec<TransactWriteItem> {
        let put = |key: &PersonKey| {
            let mut item = Key::person(key).item();
            item.insert("account".into(), text(account.to_string()));
            item.insert("person".into(), text(person.key().to_store()));
            let put = Put::builder().table_name(&self.accounts).set_item(Some(item));
            put.condition_expression("attribute_not_exists(pk)").write()
        };
        person.keys().iter().map(put).collect()
    }

    /// A person's items as they must be now, whichever of them are there.
    pub(super) fn remember(
        &self,
        person: &Person,
        account: AccountId,
        saved_at: Option<Timestamp>,
    ) -> Vec<TransactWriteItem> {
        let update = |key: &PersonKey| {
            let update = Update::builder()
                .table_name(&self.accounts)
                .set_key(Some(Key::person(key).into()))
                .condition_expression("attribute_not_exists(pk) OR account = :account")
                .expression_attribute_values(":account", text(account.to_string()))
                .expression_attribute_values(":owner", text(person.key().to_store()));
            let say = "SET account = :account, person = :owner";
            match saved_at {
                None => update.update_expression(say),
                Some(at) => update
                    .update_expression(format!("{say}, saved_at = if_not_exists(saved_at, :saved)"))
                    .expression_attribute_values(":saved", moment(at)),
            }
            .write()
        };
        person.keys().iter().map(update).collect()
    }
}

/// The condition that an account is this person's, under any live key, with its values.
pub(super) fn is_owned_by(person: &Person) -> (String, Vec<(String, AttributeValue)>) {
    let keys = person.keys().iter().enumerate();
    let values: Vec<_> =
        keys.map(|(n, key)| (format!(":person{n}"), text(key.to_store()))).collect();
    let names: Vec<_> = values.iter().map(|(name, _)| name.as_str()).collect();
    (format!("person IN ({})", names.join(", ")), values)
}
