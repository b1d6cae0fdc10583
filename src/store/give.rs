//! The moment an account becomes a person's: one transaction, all or nothing (T55).

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::{
    AttributeValue, Put, TransactWriteItem, Update, builders::UpdateBuilder,
};

use super::{
    Fault, Ledger, Store, account,
    audit::{Actor, Entry},
    change::NotChanged,
    items::{Item, Key, encoded, moment, number, text},
    person::is_owned_by,
    request::progress,
    transaction::{Attempt, Write as _},
};
use crate::domain::{
    Account, AccountId, Receipt, Standing, Wish,
    account::Status,
    history::Event,
    receipt::Owed,
    request::{Confirmed, Progress},
};

/// What each part of the transaction guards.
#[derive(Clone, Copy)]
enum Guard {
    Link,
    Person,
    Account,
    /// The account that another is gathered into.
    Into,
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
    /// Somebody else was first, or the account was closed, to everyone or to this person.
    #[error("the account is taken")]
    AccountTaken,
    /// The account's address or content is no longer as it was when it was asked for (T43), or the one
    /// it was to be gathered into is no longer the person's, or closed.
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
        ledger: &Ledger,
        attempt: &Attempt,
    ) -> Result<(), NotGiven> {
        let request = &confirmed.request;
        let (event, into, owed) = match request.wish {
            Wish::Link => (Event::Linked, None, Some(Owed::Linked)),
            Wish::Create => (Event::Created, None, Some(Owed::Created)),
            Wish::ChangeEmail => (Event::EmailChanged, None, None),
            Wish::Gather { into } => (Event::Gathered, Some(into), Some(Owed::Gathered)),
        };
        let receipt = owed.map(|event| Receipt {
            event,
            card: request.card.clone(),
            to: request.email.clone(),
            language: request.language.clone(),
            at: confirmed.at,
            reference: request.id.reference(),
        });
        let actor = Actor::Person(confirmed.person.key());
        let entry = Entry {
            reference: Some(request.id.reference()),
            into,
            unless_barred: request.wish.is_for_an_old_account().then_some(&confirmed.person),
            receipt,
            ..Entry::of(event, request.account, actor, confirmed.at)
        };
        let given = self.change(&entry, (ledger, attempt), |_| self.gift(confirmed)).await;
        given.map(|_| ()).map_err(|not_given| match not_given {
            NotChanged::Refused(Guard::Link, _) => NotGiven::LinkSpent,
            NotChanged::Refused(Guard::Person, _) => NotGiven::PersonHasAccount,
            NotChanged::Refused(Guard::Account, item) => why_not(item, confirmed),
            NotChanged::Refused(Guard::Into, _) => NotGiven::AccountChanged,
            // Nothing else is asked of the ledger when a link is used.
            NotChanged::NotAllowed(_) => NotGiven::AccountTaken,
            NotChanged::Fault(fault) => fault.into(),
        })
    }

    /// LINK, PERSON under every live key unless the person has an account already, ACCOUNT.
    fn gift(&self, confirmed: &Confirmed) -> Vec<(Guard, TransactWriteItem)> {
        let (person, id) = (&confirmed.person, confirmed.request.account);
        let introduced = || self.introduce(person, id).into_iter().map(|it| (Guard::Person, it));
        let (whose, account): (Vec<_>, _) = match confirmed.request.wish {
            Wish::Link => (introduced().collect(), self.link_account(confirmed)),
            Wish::Create => (introduced().collect(), self.create_account(confirmed)),
            Wish::ChangeEmail => (vec![], self.change_email(confirmed)),
            Wish::Gather { into } => {
                let gather = self.gather(id, (into, person));
                (vec![(Guard::Into, gather)], self.merge_account(confirmed, into))
            }
        };
        let link = (Guard::Link, self.spend_link(confirmed));
        [link].into_iter().chain(whose).chain([(Guard::Account, account)]).collect()
    }

    fn spend_link(&self, confirmed: &Confirmed) -> TransactWriteItem {
        let request = &confirmed.request;
        Update::builder()
            .table_name(&self.pending)
            .set_key(Some(Key::request(&request.person).into()))
            .update_expression("SET progress = :confirmed REMOVE outbox_due, outbox_at")
            .condition_expression(
                "digest = :digest AND progress = :open AND link_expires_at > :now",
            )
            .expression_attribute_values(":confirmed", progress(Progress::Confirmed))
            .expression_attribute_values(":open", progress(Progress::Open))
            .expression_attribute_values(":digest", text(encoded(confirmed.digest.bytes())))
            .expression_attribute_values(":now", moment(confirmed.at))
            .write()
    }

    fn link_account(&self, confirmed: &Confirmed) -> TransactWriteItem {
        self.take_over(confirmed, "person = :person, linked_at = :now")
            .expression_attribute_values(":person", text(confirmed.person.key().to_store()))
            .write()
    }

    /// It gets no owner: whoever has the other account has this.
    fn merge_account(&self, confirmed: &Confirmed, into: AccountId) -> TransactWriteItem {
        self.take_over(confirmed, "#status = :merged, merged_into = :into")
            .expression_attribute_values(":merged", text("merged"))
            .expression_attribute_values(":into", text(into.to_string()))
            .write()
    }

    /// The old account, if it is as it was when asked for. What could open it before opens it no
    /// more: the portal obeys `password_void` and `sessions_void_before` (T52).
    fn take_over(&self, confirmed: &Confirmed, new: &str) -> UpdateBuilder {
        let request = &confirmed.request;
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(request.account).into()))
            .update_expression(format!(
                "SET {new}, version = :next, password_void = :true, sessions_void_before = :now",
            ))
            .condition_expression(
                "attribute_not_exists(person) AND attribute_not_exists(merged_into) AND #status = :active AND version = :version AND email = :email",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":now", moment(confirmed.at))
            .expression_attribute_values(":true", AttributeValue::Bool(true))
            .expression_attribute_values(":active", text("active"))
            .expression_attribute_values(":version", number(request.account_version))
            .expression_attribute_values(":next", number(request.account_version + 1))
            .expression_attribute_values(":email", text(request.email.as_given()))
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
            merged_into: None,
            gathered: BTreeSet::new(),
            owner: Some(confirmed.person.key().clone()),
            linked_at: Some(confirmed.at),
            saved_at: None,
            other: BTreeMap::new(),
        };
        let put =
            Put::builder().table_name(&self.accounts).set_item(Some(account::write(&account)));
        put.condition_expression("attribute_not_exists(pk)").write()
    }

    /// A proved address, for an account that is this person's and unchanged since they asked.
    fn change_email(&self, confirmed: &Confirmed) -> TransactWriteItem {
        let request = &confirmed.request;
        let (is_theirs, people) = is_owned_by(&confirmed.person);
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(request.account).into()))
            .update_expression("SET email = :email, email_key = :key, version = :next")
            .condition_expression(format!("version = :version AND {is_theirs}"))
            .set_expression_attribute_values(Some(people.into_iter().collect()))
            .expression_attribute_values(":email", text(request.email.as_given()))
            .expression_attribute_values(":key", text(request.email.key()))
            .expression_attribute_values(":version", number(request.account_version))
            .expression_attribute_values(":next", number(request.account_version + 1))
            .write()
    }
}

/// What the account's item says of why it could not be given.
fn why_not(item: Option<Item>, confirmed: &Confirmed) -> NotGiven {
    let Some(Ok(account)) = item.map(account::read) else { return NotGiven::AccountTaken };
    match account.standing(&confirmed.person) {
        Standing::Taken => NotGiven::AccountTaken,
        Standing::Open | Standing::Mine => NotGiven::AccountChanged,
    }
}
