//! Everything one request needs to know, in one consistent read over both tables.
//!
//! The only way to a session's data goes through here, and it always asks whether ID-porten has
//! ended the session (T21): no handler can forget to.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use jiff::Timestamp;

use super::{
    Fault, Ledger, Owned, Store, account,
    items::{Item, Key},
    logout::past_logout,
    request,
};
use crate::domain::{
    Account, AccountId, LogoutId, PastLogout, Person, Request, Session, logout::Order,
};

/// How often keys that DynamoDB left out of an answer are asked for again.
const ROUNDS: usize = 3;

/// What to look up besides the session itself.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// The person's request.
    pub request: bool,
    /// An account.
    pub account: Option<AccountId>,
    /// The account's ledger too.
    pub ledger: bool,
}

/// What was found. Expired items are absent.
#[derive(Default)]
pub struct Glance {
    /// The person's request.
    pub request: Option<Request>,
    /// The account.
    pub account: Option<Account>,
    /// The account's ledger; without one to look at, the request's account's as the request left it.
    pub ledger: Ledger,
}

impl Glance {
    /// For an account that does not exist yet, and has no ledger.
    #[must_use]
    pub fn without_ledger(self) -> Self {
        Self { ledger: Ledger::default(), ..self }
    }
}

/// What a person who has just logged in comes back to.
pub struct Arrival {
    /// Is the login over before it begins? (T29)
    pub over: Option<Over>,
    /// Those of the logouts known to the session that are about it.
    pub known_logouts: Vec<LogoutId>,
    /// The account this person has.
    pub owned: Option<Owned>,
    /// The person's request.
    pub request: Option<Request>,
}

/// A session that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    /// By which logout. The browser is told its name, and what it begins then is newer.
    pub by: Option<LogoutId>,
    /// Perhaps it began after that logout: only the clocks say so, and not clearly enough.
    pub unclear: bool,
}

/// Why there is no glance.
#[derive(Debug, thiserror::Error)]
pub enum LoggedOut {
    /// A logout has ended the session.
    #[error("the session was ended by a logout")]
    Elsewhere(Over),
    /// The store did not answer.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Looks things up for a live session; one round trip.
    pub async fn glance(
        &self,
        session: &Session,
        look: Look,
        at: Timestamp,
    ) -> Result<Glance, LoggedOut> {
        if self.is_from_before(session.started_at) {
            return Err(LoggedOut::Elsewhere(Over::BEFORE_THE_RESTORE));
        }
        let endings = endings(session);
        let requests = session.person.keys().iter().filter(|_| look.request).map(Key::request);
        let pending = endings.into_iter().chain(requests).collect();
        let ledger = look.account.filter(|_| look.ledger).map(Key::ledger);
        let accounts = look.account.map(Key::account).into_iter().chain(ledger).collect();
        let mut found = Glance::default();
        let items = self.batch(accounts, pending).await?;
        if let Some(over) = Over::by(&items, session) {
            return Err(LoggedOut::Elsewhere(over));
        }
        for item in items {
            match kind(&item) {
                "REQUEST" if !has_expired(&item, at) => {
                    let ledger = request::ledger(&item);
                    if newest(&mut found.request, self.read_request(item)?) && !look.ledger {
                        found.ledger = ledger;
                    }
                }
                "ACCOUNT" => found.account = Some(account::read(item)?),
                "LEDGER" => {
                    found.ledger =
                        serde_dynamo::from_item(item).map_err(|_| Fault::Unreadable("ledger"))?;
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// Which of these accounts are closed to the person of a live session; one round trip.
    pub async fn closed_to(
        &self,
        session: &Session,
        accounts: &[AccountId],
    ) -> Result<BTreeSet<AccountId>, LoggedOut> {
        if self.is_from_before(session.started_at) {
            return Err(LoggedOut::Elsewhere(Over::BEFORE_THE_RESTORE));
        }
        let pending = endings(session);
        let ledgers = accounts.iter().copied().map(Key::ledger).collect();
        let mut closed = BTreeSet::new();
        let items = self.batch(ledgers, pending).await?;
        if let Some(over) = Over::by(&items, session) {
            return Err(LoggedOut::Elsewhere(over));
        }
        for item in items {
            let whose = Key::of(&item).and_then(|key| key.account_of_it());
            if let Some(account) = whose.filter(|_| kind(&item) == "LEDGER") {
                let ledger: Ledger =
                    serde_dynamo::from_item(item).map_err(|_| Fault::Unreadable("ledger"))?;
                closed.extend(ledger.bars(&session.person).then_some(account));
            }
        }
        Ok(closed)
    }

    /// Looks up who has just logged in; one round trip.
    pub async fn arrival(&self, session: &Session, at: Timestamp) -> Result<Arrival, Fault> {
        let person = &session.person;
        let accounts = person.keys().iter().map(Key::person).collect();
        let requests = person.keys().iter().map(Key::request);
        let pending = endings(session).into_iter().chain(requests).collect();
        let items = self.batch(accounts, pending).await?;
        let is_from_before = self.is_from_before(session.started_at);
        let over = is_from_before.then_some(Over::BEFORE_THE_RESTORE);
        let mut arrival = Arrival {
            over: over.or_else(|| Over::by(&items, session)),
            known_logouts: logouts(&items).filter_map(|logout| logout.id).collect(),
            owned: None,
            request: None,
        };
        arrival.known_logouts.retain(|id| session.known_logouts.contains(id));
        let mut people = Vec::new();
        for item in items {
            match kind(&item) {
                "PERSON" => people.push(item),
                "REQUEST" if !has_expired(&item, at) => {
                    newest(&mut arrival.request, self.read_request(item)?);
                }
                _ => {}
            }
        }
        arrival.owned = Owned::read(&people, person)?;
        Ok(arrival)
    }

    /// The account a person has, for a session that has not learnt it yet; one round trip.
    pub async fn account_of(&self, person: &Person) -> Result<Option<AccountId>, Fault> {
        let items = self.batch(person.keys().iter().map(Key::person).collect(), vec![]).await?;
        Ok(Owned::read(&items, person)?.map(|owned| owned.account))
    }

    /// Known keys of both tables, consistently.
    pub(super) async fn batch(
        &self,
        accounts: Vec<Key>,
        pending: Vec<Key>,
    ) -> Result<Vec<Item>, Fault> {
        let tables = [(&self.accounts, accounts), (&self.pending, pending)];
        let tables = tables.into_iter().filter(|(_, keys)| !keys.is_empty());
        let mut wanted =
            Some(tables.map(|(table, keys)| (table.clone(), consistently(keys))).collect());
        let mut items = Vec::new();
        for _ in 0..ROUNDS {
            let answer = self.client.batch_get_item().set_request_items(wanted).send().await;
            let answer = answer.map_err(Fault::nothing_changed)?;
            items.extend(answer.responses.unwrap_or_default().into_values().flatten());
            wanted = answer.unprocessed_keys.filter(|keys| !keys.is_empty());
            if wanted.is_none() {
                return Ok(items);
            }
        }
        Err(Fault::NothingChanged("some keys were left unread".into()))
    }
}

fn consistently(keys: Vec<Key>) -> KeysAndAttributes {
    let keys = keys.into_iter().map(Item::from).collect();
    KeysAndAttributes::builder()
        .set_keys(Some(keys))
        .consistent_read(true)
        .build()
        .expect("the keys are given")
}

/// The three items that can end a session.
fn endings(session: &Session) -> Vec<Key> {
    let people = session.person.keys().iter().map(Key::ended_person);
    [Key::ended_sid(&session.sid), Key::ended_subject(&session.subject)]
        .into_iter()
        .chain(people)
        .collect()
}

/// The logouts among what was read for a session: all of them name it.
fn logouts(items: &[Item]) -> impl Iterator<Item = PastLogout> {
    items.iter().filter(|item| kind(item) == "ENDED").map(past_logout)
}

impl Over {
    /// By the restore of a backup, which nobody can be told of.
    const BEFORE_THE_RESTORE: Self = Self { by: None, unclear: false };

    /// The first of the logouts that ends the session; one that certainly does before one that perhaps
    /// does.
    fn by(items: &[Item], session: &Session) -> Option<Self> {
        let by = |order: Order| {
            let ends = logouts(items).find(|logout| session.order(logout) == order);
            ends.map(|logout| Self { by: logout.id, unclear: order == Order::Unclear })
        };
        by(Order::Before).or_else(|| by(Order::Unclear))
    }
}

pub(super) fn has_expired(item: &Item, at: Timestamp) -> bool {
    seconds(item, "expires_at").is_none_or(|expires_at| expires_at <= at.as_second())
}

/// While two pid keys live a person may have a request under each: the one with the newer mail counts.
/// Is it this one? DynamoDB gives them in any order, and two mails may have gone in one second: the
/// later has counted the earlier.
fn newest(found: &mut Option<Request>, request: Request) -> bool {
    let age = |request: &Request| (request.mailed_at, request.mails_today);
    let is_newer = found.as_ref().is_none_or(|other| age(other) < age(&request));
    if is_newer {
        *found = Some(request);
    }
    is_newer
}

fn kind(item: &Item) -> &str {
    item.get("sk").and_then(|sk| sk.as_s().ok()).map_or("", String::as_str)
}

pub(super) fn seconds(item: &Item, name: &str) -> Option<i64> {
    item.get(name)
        .and_then(|value| AttributeValue::as_n(value).ok())
        .and_then(|number| number.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Card, Email, Pid, PidKeys, RequestId, Wish, request};

    fn mailed_at(second: i64, mails_today: u32) -> Request {
        let at = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(second);
        let keys = PidKeys::new([(1, vec![1; 32])]).expect("one key");
        let person = keys.person(Pid::from_claim("01819010001").expect("eleven digits"));
        Request {
            id: RequestId::new(at, [0; 10]),
            generation: 1,
            person: person.key().clone(),
            wish: Wish::Link,
            account: AccountId::new(at, [0; 10]),
            account_version: 1,
            email: Email::parse("kari@example.no").expect("an address"),
            card: Card::new([""; 3], None, None),
            language: "nb".into(),
            asked_at: at,
            expires_at: at,
            progress: request::Progress::Open,
            mail: request::MailState::Queued,
            mailed_at: at,
            mails_today,
            link_key: 1,
            earlier: Vec::new(),
        }
    }

    #[test]
    fn t65_of_two_requests_the_one_with_the_newer_mail_counts_in_whatever_order_they_come() {
        let (older, same_second, newer) = ((1, 2), (1, 3), (2, 1));
        for (less, more) in [(older, newer), (older, same_second), (same_second, newer)] {
            for (first, second) in [(less, more), (more, less)] {
                let mut found = None;
                assert!(newest(&mut found, mailed_at(first.0, first.1)));
                assert_eq!(newest(&mut found, mailed_at(second.0, second.1)), second == more);
                assert_eq!(found.expect("one of them").mails_today, more.1);
            }
        }
    }
}
