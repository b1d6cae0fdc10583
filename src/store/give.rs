//! The moment an account becomes a person's: one transaction, all or nothing (T55).

use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};

use super::{
    Fault, Ledger, Store, account,
    audit::{Entry, Event},
    items::{Item, Key, encoded, moment, number, text},
    request::progress,
    transaction::{Attempt, Denied, Write as _},
};
use crate::domain::{
    Account, AccountId, Standing, Wish,
    account::Status,
    request::{Confirmed, Progress},
};

/// Tries at a transaction that somebody else's work kept from happening.
const TRIES: usize = 3;

/// What each part of the transaction guards.
#[derive(Clone, Copy)]
enum Guard {
    Link,
    Person,
    Account,
    Ledger,
}

/// Why the account was not given.
#[derive(Debug, thiserror::Error)]
pub enum NotGiven {
    /// The link has done its work, or a newer one has taken its place.
    #[error("the link has been spent or replaced")]
    LinkSpent,
    /// This person has an account already.
    #[error("the person has an account")]
    PersonHasAccount,
    /// Somebody else was first, or the account was closed.
    #[error("the account is taken")]
    AccountTaken,
    /// The account's address or content is no longer as it was when it was asked for (T43).
    #[error("the account has changed since it was asked for")]
    AccountChanged,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Gives the person the account, unless someone got there first. All or nothing; safe to
    /// repeat with the same `attempt`.
    ///
    /// The link's condition stands first, so that the first refusal is the right answer.
    pub async fn give_account(
        &self,
        confirmed: &Confirmed,
        mut ledger: Ledger,
        attempt: &Attempt,
    ) -> Result<(), NotGiven> {
        for _ in 0..TRIES {
            let (guards, items): (Vec<_>, _) =
                self.gift(confirmed, &ledger, attempt).into_iter().unzip();
            let denied = match self.transact(&attempt.with(&ledger), items).await {
                Ok(()) => return Ok(()),
                Err(Denied::Condition(at, item)) => (guards[at], item),
                Err(Denied::Conflict) => (Guard::Ledger, None),
                Err(Denied::Ambiguous(fault)) => {
                    return self.settle(confirmed, attempt, fault).await;
                }
                Err(Denied::Failed(fault)) => return Err(fault.into()),
            };
            match denied {
                (Guard::Link, item) if is_ours(item.as_ref(), attempt) => return Ok(()),
                (Guard::Link, _) => return Err(NotGiven::LinkSpent),
                (Guard::Person, _) => return Err(NotGiven::PersonHasAccount),
                (Guard::Account, item) => return Err(why_not(item, confirmed)),
                (Guard::Ledger, _) => ledger = self.ledger(confirmed.request.account).await?,
            }
        }
        Err(Fault::NothingChanged("others were at the same account".into()).into())
    }

    /// LINK, PERSON under every live key, ACCOUNT, then the ledger and the audit entry.
    fn gift(
        &self,
        confirmed: &Confirmed,
        ledger: &Ledger,
        attempt: &Attempt,
    ) -> Vec<(Guard, TransactWriteItem)> {
        let request = &confirmed.request;
        let (event, account) = match request.wish {
            Wish::Link => (Event::Linked, self.link_account(confirmed)),
            Wish::Create => (Event::Created, self.create_account(confirmed)),
            Wish::ChangeEmail => (Event::EmailChanged, self.change_email(confirmed)),
        };
        let entry = Entry {
            event,
            account: request.account,
            actor: confirmed.person.key(),
            at: confirmed.at,
            reference: Some(request.id.reference()),
            receipt: (request.wish != Wish::ChangeEmail)
                .then_some((&request.language, &request.email)),
        };
        let [moved, audit] = self.chained(ledger, &entry).0;
        let link = (Guard::Link, self.spend_link(confirmed, attempt));
        let people = self.person_items(confirmed).into_iter().map(|item| (Guard::Person, item));
        let rest = [(Guard::Account, account), (Guard::Ledger, moved), (Guard::Ledger, audit)];
        [link].into_iter().chain(people).chain(rest).collect()
    }

    /// Who has the account: under every live key, and nothing where the person has it already.
    fn person_items(&self, confirmed: &Confirmed) -> Vec<TransactWriteItem> {
        let put = |key| {
            let mut item = Key::person(key).item();
            item.insert("account".into(), text(confirmed.request.account.to_string()));
            let put = Put::builder().table_name(&self.accounts).set_item(Some(item));
            put.condition_expression("attribute_not_exists(pk)").write()
        };
        let has_it = confirmed.request.wish == Wish::ChangeEmail;
        confirmed.person.keys().iter().filter(|_| !has_it).map(put).collect()
    }

    fn spend_link(&self, confirmed: &Confirmed, attempt: &Attempt) -> TransactWriteItem {
        let request = &confirmed.request;
        Update::builder()
            .table_name(&self.pending)
            .set_key(Some(Key::request(&request.person).into()))
            .update_expression(
                "SET progress = :confirmed, attempt = :attempt REMOVE outbox_due, outbox_at",
            )
            .condition_expression(
                "digest = :digest AND progress = :open AND link_expires_at > :now",
            )
            .expression_attribute_values(":confirmed", progress(Progress::Confirmed))
            .expression_attribute_values(":open", progress(Progress::Open))
            .expression_attribute_values(":digest", text(encoded(confirmed.digest.bytes())))
            .expression_attribute_values(":now", moment(confirmed.at))
            .expression_attribute_values(":attempt", text(attempt.as_str()))
            .write()
    }

    /// The old account, if it is as it was when asked for. What could open it before opens it no
    /// more: the portal obeys `password_void` and `sessions_void_before` (T52).
    fn link_account(&self, confirmed: &Confirmed) -> TransactWriteItem {
        let request = &confirmed.request;
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(request.account).into()))
            .update_expression(
                "SET person = :person, linked_at = :now, version = :next, password_void = :true, sessions_void_before = :now",
            )
            .condition_expression(
                "attribute_not_exists(person) AND #status = :active AND version = :version AND email = :email",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":person", text(confirmed.person.key().to_store()))
            .expression_attribute_values(":now", moment(confirmed.at))
            .expression_attribute_values(":true", aws_sdk_dynamodb::types::AttributeValue::Bool(true))
            .expression_attribute_values(":active", text("active"))
            .expression_attribute_values(":version", number(request.account_version))
            .expression_attribute_values(":next", number(request.account_version + 1))
            .expression_attribute_values(":email", text(request.email.as_given()))
            .write()
    }

    fn create_account(&self, confirmed: &Confirmed) -> TransactWriteItem {
        let request = &confirmed.request;
        let account = Account {
            id: request.account,
            version: 1,
            email: request.email.clone(),
            username: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            phone: String::new(),
            created_on: Some(confirmed.at.to_zoned(jiff::tz::TimeZone::UTC).date()),
            last_used_on: None,
            status: Status::Active,
            owner: Some(confirmed.person.key().clone()),
            linked_at: Some(confirmed.at),
            saved_at: None,
            other: std::collections::BTreeMap::new(),
        };
        let put =
            Put::builder().table_name(&self.accounts).set_item(Some(account::write(&account)));
        put.condition_expression("attribute_not_exists(pk)").write()
    }

    /// A proved address, for an account that is this person's and unchanged since they asked.
    fn change_email(&self, confirmed: &Confirmed) -> TransactWriteItem {
        let request = &confirmed.request;
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(request.account).into()))
            .update_expression("SET email = :email, email_key = :key, version = :next")
            .condition_expression("person = :person AND version = :version")
            .expression_attribute_values(":email", text(request.email.as_given()))
            .expression_attribute_values(":key", text(request.email.key()))
            .expression_attribute_values(":person", text(request.person.to_store()))
            .expression_attribute_values(":version", number(request.account_version))
            .expression_attribute_values(":next", number(request.account_version + 1))
            .write()
    }

    /// After an answer that never came: what the link's item says is what happened (T57).
    async fn settle(
        &self,
        confirmed: &Confirmed,
        attempt: &Attempt,
        fault: Fault,
    ) -> Result<(), NotGiven> {
        let items = self.batch(vec![], vec![Key::request(&confirmed.request.person)]).await;
        match items.as_deref() {
            Ok([item]) if is_ours(Some(item), attempt) => Ok(()),
            _ => Err(fault.into()),
        }
    }

    /// An account's ledger as it is now; one round trip.
    pub async fn ledger(&self, account: AccountId) -> Result<Ledger, Fault> {
        let mut items = self.batch(vec![Key::ledger(account)], vec![]).await?;
        let ledger = items.pop().map(serde_dynamo::from_item).transpose();
        Ok(ledger.map_err(|_| Fault::Unreadable("ledger"))?.unwrap_or_default())
    }
}

/// Was the link spent by this very attempt, in an answer that was lost?
fn is_ours(item: Option<&Item>, attempt: &Attempt) -> bool {
    let spent_by = item.and_then(|item| item.get("attempt")).and_then(|by| by.as_s().ok());
    spent_by.is_some_and(|by| by == attempt.as_str())
}

/// What the account's item says of why it could not be given.
fn why_not(item: Option<Item>, confirmed: &Confirmed) -> NotGiven {
    let Some(Ok(account)) = item.map(account::read) else { return NotGiven::AccountTaken };
    match account.standing(&confirmed.person) {
        Standing::Taken => NotGiven::AccountTaken,
        Standing::Open | Standing::Mine => NotGiven::AccountChanged,
    }
}
