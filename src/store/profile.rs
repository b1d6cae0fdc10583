//! «Lagre»: the one way the content of an account changes.

use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::{
    Fault, Ledger, Store, account,
    audit::{Entry, Event},
    change::NotChanged,
    items::{Item, Key, moment, number, text},
    person::is_owned_by,
    transaction::{Attempt, Write as _},
};
use crate::domain::{AccountId, Person, profile::Profile};

/// What each part of the transaction guards.
#[derive(Clone, Copy)]
enum Guard {
    Account,
    Person,
}

/// Why a profile was not saved.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    /// It was changed elsewhere since the form was filled in (T66).
    #[error("the profile was changed elsewhere")]
    ChangedElsewhere,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Saves the fields a person may change, if the account is theirs and still of `version`; the
    /// person's item remembers that it was saved, so that the next login need not ask the account.
    ///
    /// # Returns
    /// The ledger as it is now; as it was given, if the account says all this already.
    pub async fn save_profile(
        &self,
        (id, version): (AccountId, u64),
        person: &Person,
        profile: &Profile,
        (ledger, at): (&Ledger, Timestamp),
        attempt: &Attempt,
    ) -> Result<Ledger, NotSaved> {
        let entry = Entry {
            event: Event::Saved,
            account: id,
            actor: person.key(),
            at,
            reference: None,
            receipt: None,
        };
        let parts = |_: &Ledger| {
            let save = self.save_account((id, version), person, profile, at);
            let people = self.remember(person, id, Some(at)).into_iter();
            let people = people.map(|item| (Guard::Person, item));
            [(Guard::Account, save)].into_iter().chain(people).collect()
        };
        match self.change(&entry, (ledger, attempt), parts).await {
            Ok(after) => Ok(after),
            Err(NotChanged::Refused(Guard::Account, Some(item)))
                if says(&item, version + 1, profile) =>
            {
                Ok(ledger.clone())
            }
            Err(NotChanged::Refused(..)) => Err(NotSaved::ChangedElsewhere),
            Err(NotChanged::TooManyMails) => unreachable!("«Lagre» sends no link"),
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
