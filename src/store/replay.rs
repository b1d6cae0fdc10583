//! What a restore from backup has forgotten, done again from the entries of the trail that outlived it
//! (T114).
//!
//! Only what keeps an account from somebody ([`Event::protects`]). What gives one to somebody is never
//! replayed: that takes a mail and a login. Each replay is one transaction with an entry of its own, by
//! the two of the staff who restored.

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;
use serde_json::Value;

use super::{
    Fault, NotErased, NotLifted, NotTakenBack, Store, account,
    audit::{Actor, Entry},
    change::NotChanged,
    history::{self, TrailEntry},
    items::{Key, moment, number, text},
    transaction::{Attempt, Write as _},
};
use crate::domain::{Account, AccountId, Decision, PersonKey, history::Event};

/// An audit entry that was read from what outlived the restore: the old table, or the second copy.
pub struct LostEntry(TrailEntry);

/// That is no audit entry.
#[derive(Debug, thiserror::Error)]
#[error("this is no audit entry")]
pub struct NotAnEntry;

/// What came of replaying an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replayed {
    /// It has happened again.
    Done,
    /// It is here: it was not lost, or has been replayed.
    There,
    /// It closes nothing to anybody.
    NothingToDo,
}

/// Why an entry was not replayed.
#[derive(Debug, thiserror::Error)]
pub enum NotReplayed {
    /// The account came after the moment that was restored.
    #[error("the account is not in this table: bring it in again, then replay once more")]
    NoAccount,
    /// No entry of its reference names a person.
    #[error("no entry says whom it is about: close the account in the portal")]
    NobodyNamed,
    /// The account that it was gathered into is not that person's here.
    #[error(
        "both accounts are free here, or somebody else's: close them in the portal until their person has come"
    )]
    NotTheirs,
    /// Others were at the account.
    #[error("something else happened first: replay once more")]
    Overtaken,
    /// The link was not taken back.
    #[error(transparent)]
    NotTakenBack(#[from] NotTakenBack),
    /// The account was not erased.
    #[error(transparent)]
    NotErased(#[from] NotErased),
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Which part of gathering anew was refused.
#[derive(Clone, Copy)]
enum Guard {
    Gathered,
    Into,
}

impl LostEntry {
    /// Reads a line: an item as `aws dynamodb scan` writes it, or an event of the second copy. `None` for
    /// what is neither an audit entry nor new: that is no loss.
    ///
    /// # Errors
    /// The line is no JSON, or an entry that cannot be read.
    pub fn read(line: &str) -> Result<Option<Self>, NotAnEntry> {
        let line: Value = serde_json::from_str(line).map_err(|_| NotAnEntry)?;
        let item = match line.get("dynamodb") {
            Some(change) if line["eventName"] == "INSERT" => &change["NewImage"],
            Some(_) => return Ok(None),
            None => &line,
        };
        let fields = item.as_object().ok_or(NotAnEntry)?;
        if !item["sk"]["S"].as_str().ok_or(NotAnEntry)?.starts_with("AUDIT#") {
            return Ok(None);
        }
        let fields = fields.iter().filter_map(|(name, it)| Some((name.clone(), attribute(it)?)));
        history::read(fields.collect()).map(|entry| Some(Self(entry))).map_err(|_| NotAnEntry)
    }

    /// Its kind.
    pub fn event(&self) -> Event {
        self.0.event
    }

    /// The account that it is about.
    pub fn account(&self) -> AccountId {
        self.0.account
    }

    /// The reason that stands in the entry of its replay: the staff's words, and what is replayed.
    pub fn reason(&self, why: &str) -> String {
        format!("{why} (replay of entry {} of {})", self.0.seq, self.0.at)
    }

    /// In the order in which they happened, those of one account as they are chained.
    pub fn in_order(mut lost: Vec<Self>) -> Vec<Self> {
        lost.sort_by_key(|LostEntry(entry)| (entry.at, entry.account, entry.seq));
        lost
    }
}

impl Store {
    /// Replays an entry, if it protects somebody and is not here. `all` are the entries that outlived the
    /// restore: some tell whom others are about. Repeatable.
    ///
    /// # Errors
    /// Nothing has changed, unless the fault says that nobody knows.
    pub async fn replay(
        &self,
        LostEntry(lost): &LostEntry,
        all: &[LostEntry],
        (decision, at): (&Decision, Timestamp),
        attempt: &Attempt,
    ) -> Result<Replayed, NotReplayed> {
        let ledger = self.ledger(lost.account).await?;
        let here = self.entries(lost.account, &ledger).await?;
        if here.iter().any(|it| it.event == lost.event && it.reference == lost.reference) {
            return Ok(Replayed::There);
        }
        let trail = Trail { here: &here, all, lost };
        let item = self.batch(vec![Key::account(lost.account)], vec![]).await?.pop();
        let found = item.map(account::read).transpose()?;
        match lost.event {
            Event::Erased if found.is_none() && here.is_empty() => {
                let entry = Entry::of(Event::Erased, lost.account, Actor::Staff(decision), at);
                self.close(&entry, &[], attempt).await
            }
            Event::Erased => {
                self.erase(lost.account, (decision, at), attempt).await?;
                Ok(Replayed::Done)
            }
            Event::FreezeLifted => self.lift_again(lost, (decision, at), attempt).await,
            Event::Stopped if trail.is_of_an_address() => Ok(Replayed::NothingToDo),
            Event::TakenBack if found.is_some() && trail.is_linked() => {
                self.take_back(lost.account, (decision, at), attempt).await?;
                Ok(Replayed::Done)
            }
            Event::Stopped | Event::TakenBack => {
                let found = found.ok_or(NotReplayed::NoAccount)?;
                let person = trail.person().ok_or(NotReplayed::NobodyNamed)?;
                let entry = Entry {
                    reference: lost.reference.clone(),
                    freezes: Some(&person),
                    ..Entry::of(lost.event, lost.account, Actor::Staff(decision), at)
                };
                match lost.event {
                    Event::TakenBack => {
                        self.close(&entry, &[self.renew(&found, at)], attempt).await
                    }
                    _ => self.close(&entry, &[], attempt).await,
                }
            }
            Event::Gathered => {
                let found = found.ok_or(NotReplayed::NoAccount)?;
                let into = lost.into.ok_or(NotReplayed::NobodyNamed)?;
                let person = trail.person().ok_or(NotReplayed::NobodyNamed)?;
                let entry = Entry {
                    reference: lost.reference.clone(),
                    into: Some(into),
                    ..Entry::of(Event::Gathered, lost.account, Actor::Staff(decision), at)
                };
                self.gather_again(&found, (into, &person), &entry, attempt).await
            }
            _ => Ok(Replayed::NothingToDo),
        }
    }

    /// Writes an entry that changes the ledger: it closes the account to somebody, or to an import.
    async fn close(
        &self,
        entry: &Entry<'_>,
        parts: &[TransactWriteItem],
        attempt: &Attempt,
    ) -> Result<Replayed, NotReplayed> {
        let ledger = self.ledger(entry.account).await?;
        let parts = |_: &_| parts.iter().map(|part| ((), part.clone())).collect();
        match self.change(entry, (&ledger, attempt), parts).await {
            Ok(_) => Ok(Replayed::Done),
            Err(NotChanged::Fault(fault)) => Err(fault.into()),
            Err(NotChanged::Refused(..) | NotChanged::NotAllowed(_)) => Err(NotReplayed::Overtaken),
        }
    }

    /// Nobody has it, as after any take-back, and what was asked of it before is out of date.
    fn renew(&self, account: &Account, at: Timestamp) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(account.id).into()))
            .update_expression("SET version = :next, sessions_void_before = :now")
            .condition_expression(
                "attribute_not_exists(person) AND attribute_not_exists(merged_into) AND version = :version",
            )
            .expression_attribute_values(":version", number(account.version))
            .expression_attribute_values(":next", number(account.version + 1))
            .expression_attribute_values(":now", moment(at))
            .write()
    }

    async fn lift_again(
        &self,
        lost: &TrailEntry,
        decided: (&Decision, Timestamp),
        attempt: &Attempt,
    ) -> Result<Replayed, NotReplayed> {
        let reference = lost.reference.as_deref().unwrap_or_default();
        match self.lift_freeze(lost.account, reference, decided, attempt).await {
            Ok(()) => Ok(Replayed::Done),
            Err(NotLifted::NotFrozen) => Ok(Replayed::NothingToDo),
            Err(NotLifted::Fault(fault)) => Err(fault.into()),
        }
    }

    /// As when it was gathered (`Store::give_account`), but for the link: that was spent.
    async fn gather_again(
        &self,
        account: &Account,
        (into, person): (AccountId, &PersonKey),
        entry: &Entry<'_>,
        attempt: &Attempt,
    ) -> Result<Replayed, NotReplayed> {
        let ledger = self.ledger(account.id).await?;
        let parts = |_: &_| {
            vec![
                (Guard::Gathered, self.merge_again(account, into, entry.at)),
                (Guard::Into, self.list_again(account.id, (into, person))),
            ]
        };
        match self.change(entry, (&ledger, attempt), parts).await {
            Ok(_) => Ok(Replayed::Done),
            Err(NotChanged::Refused(Guard::Into, _)) => Err(NotReplayed::NotTheirs),
            Err(NotChanged::Fault(fault)) => Err(fault.into()),
            Err(NotChanged::Refused(Guard::Gathered, _) | NotChanged::NotAllowed(_)) => {
                Err(NotReplayed::Overtaken)
            }
        }
    }

    fn merge_again(&self, account: &Account, into: AccountId, at: Timestamp) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(account.id).into()))
            .update_expression(
                "SET #status = :merged, merged_into = :into, version = :next, password_void = :true, sessions_void_before = :now",
            )
            .condition_expression(
                "attribute_not_exists(person) AND attribute_not_exists(merged_into) AND #status = :active AND version = :version",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":active", text("active"))
            .expression_attribute_values(":merged", text("merged"))
            .expression_attribute_values(":into", text(into.to_string()))
            .expression_attribute_values(":version", number(account.version))
            .expression_attribute_values(":next", number(account.version + 1))
            .expression_attribute_values(":true", AttributeValue::Bool(true))
            .expression_attribute_values(":now", moment(at))
            .write()
    }

    fn list_again(
        &self,
        account: AccountId,
        (into, person): (AccountId, &PersonKey),
    ) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(into).into()))
            .update_expression("ADD gathered :one_more")
            .condition_expression("person = :person AND #status = :active")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":active", text("active"))
            .expression_attribute_values(":person", text(person.to_store()))
            .expression_attribute_values(":one_more", AttributeValue::Ss(vec![account.to_string()]))
            .write()
    }
}

/// What is known of the account of a lost entry.
struct Trail<'a> {
    /// The entries of the restored table.
    here: &'a [TrailEntry],
    /// Those that outlived the restore, of all accounts.
    all: &'a [LostEntry],
    lost: &'a TrailEntry,
}

impl Trail<'_> {
    /// Every known entry of the same request.
    fn of_the_reference(&self) -> impl Iterator<Item = &TrailEntry> {
        let all = self.all.iter().map(|LostEntry(entry)| entry);
        all.chain(self.here).filter(|entry| {
            entry.account == self.lost.account && entry.reference == self.lost.reference
        })
    }

    /// Was another address asked for? Stopping that closes no account.
    fn is_of_an_address(&self) -> bool {
        self.of_the_reference().any(|entry| entry.event == Event::EmailRequested)
    }

    /// Has whoever asked by this reference the account here?
    fn is_linked(&self) -> bool {
        let gives = |it: &&TrailEntry| {
            matches!(it.event, Event::Linked | Event::Created | Event::Gathered | Event::TakenBack)
        };
        self.here.iter().rfind(gives).is_some_and(|given| {
            matches!(given.event, Event::Linked | Event::Gathered)
                && given.reference == self.lost.reference
        })
    }

    /// Who asked, or was given it, by this reference; by the key that they were last known by.
    fn person(&self) -> Option<PersonKey> {
        let names = |entry: &TrailEntry| match entry.event {
            Event::Requested | Event::Resent | Event::Linked | Event::Gathered => {
                Some((entry.seq, PersonKey::from_store(&entry.actor)?))
            }
            _ => None,
        };
        let named = self.of_the_reference().filter_map(names);
        named.max_by_key(|(seq, _)| *seq).map(|(_, person)| person)
    }
}

/// A text or a number; an entry has nothing else that counts here.
fn attribute(value: &Value) -> Option<AttributeValue> {
    let text = |kind: &str| value.get(kind)?.as_str().map(str::to_owned);
    text("S").map(AttributeValue::S).or_else(|| text("N").map(AttributeValue::N))
}
