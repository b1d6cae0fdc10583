//! «Lagre»: the one way the content of an account changes.

use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::{
    Fault, Glance, Ledger, Store, account,
    audit::{Actor, Entry},
    change::NotChanged,
    items::{Item, Key, moment, number, text},
    person::is_owned_by,
    request::progress,
    transaction::{Attempt, Write as _},
};
use crate::domain::{
    AccountId, Person, Request, Wish, history::Event, profile::Profile, request::Progress,
};

/// What each part of the transaction guards.
#[derive(Clone, Copy)]
enum Guard {
    Account,
    Request,
    Person,
}

/// Why a profile was not saved.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    /// It was changed elsewhere since the form was filled in (T66).
    #[error("the profile was changed elsewhere")]
    ChangedElsewhere,
    /// The address that was asked for is no longer waited for as it was read: look again.
    #[error("what was asked for has moved meanwhile")]
    Overtaken,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Saves the fields a person may change, if the account is theirs and still of `version`; the
    /// person's item remembers that it was saved, so that the next login need not ask the account.
    /// Another address that was asked for goes on waiting for its proof.
    ///
    /// # Returns
    /// The ledger as it is now; as it was given, if the account says all this already.
    pub async fn save_profile(
        &self,
        (id, version): (AccountId, u64),
        person: &Person,
        profile: &Profile,
        (seen, at): (&Glance, Timestamp),
        attempt: &Attempt,
    ) -> Result<Ledger, NotSaved> {
        let ledger = &seen.ledger;
        let entry = Entry::of(Event::Saved, id, Actor::Person(person.key()), at);
        let parts = |_: &Ledger| {
            let save = self.save_account((id, version), person, profile, at);
            let people = self.remember(person, id, Some(at)).into_iter();
            let people = people.map(|item| (Guard::Person, item));
            let waiting = seen.request.as_ref().filter(|request| {
                request.wish == Wish::ChangeEmail
                    && request.progress == Progress::Open
                    && (request.account, request.account_version) == (id, version)
            });
            let waiting = waiting.map(|request| (Guard::Request, self.move_along(request)));
            [(Guard::Account, save)].into_iter().chain(waiting).chain(people).collect()
        };
        match self.change(&entry, (ledger, attempt), parts).await {
            Ok(after) => Ok(after),
            Err(NotChanged::Refused(Guard::Account, Some(item)))
                if says(&item, version + 1, profile) =>
            {
                Ok(ledger.clone())
            }
            Err(NotChanged::Refused(Guard::Request, _)) => Err(NotSaved::Overtaken),
            Err(NotChanged::Refused(..)) => Err(NotSaved::ChangedElsewhere),
            Err(NotChanged::NotAllowed(_)) => unreachable!("«Lagre» asks nothing of the ledger"),
            Err(NotChanged::Fault(fault)) => Err(fault.into()),
        }
    }

    fn save_account(
        &self,
        (id, version): (AccountId, u64),
        person: &Person,
        profile: &Profile,
        at: Timestamp,
    ) -> TransactWriteItem {
        let (is_theirs, people) = is_owned_by(person);
        Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(id).into()))
            .update_expression("SET first_name = :first, last_name = :last, phone = :phone, saved_at = :now, version = :next, person = :current")
            .condition_expression(format!("version = :version AND {is_theirs}"))
            .set_expression_attribute_values(Some(people.into_iter().collect()))
            .expression_attribute_values(":first", text(&profile.first_name))
            .expression_attribute_values(":last", text(&profile.last_name))
            .expression_attribute_values(":phone", text(&profile.phone))
            .expression_attribute_values(":now", moment(at))
            .expression_attribute_values(":version", number(version))
            .expression_attribute_values(":next", number(version + 1))
            .expression_attribute_values(":current", text(person.key().to_store()))
            .write()
    }

    /// The account's next version is as good for the proof of an address, as its owner made it. That the
    /// account is of the request's version is asked beside it.
    fn move_along(&self, request: &Request) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.pending)
            .set_key(Some(Key::request(&request.person).into()))
            .update_expression("SET account_version = :next")
            .condition_expression("id = :id AND progress = :open")
            .expression_attribute_values(":id", text(request.id.to_string()))
            .expression_attribute_values(":open", progress(Progress::Open))
            .expression_attribute_values(":next", number(request.account_version + 1))
            .write()
    }
}

/// Is it saved already? So it is after a double click, and when «Lagre» is chosen once more after
/// an answer that was lost (T57).
fn says(item: &Item, version: u64, profile: &Profile) -> bool {
    account::read(item.clone()).is_ok_and(|account| {
        account.version == version
            && account.first_name == profile.first_name
            && account.last_name == profile.last_name
            && account.phone == profile.phone
    })
}
