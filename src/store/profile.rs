//! «Lagre»: the one way the content of an account changes.

use aws_sdk_dynamodb::types::Update;
use jiff::Timestamp;

use super::{
    Fault, Ledger, Store,
    audit::{Entry, Event},
    items::{Key, moment, number, text},
    transaction::{Attempt, Denied, Write as _},
};
use crate::domain::{AccountId, Person, profile::Profile};

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
    /// The ledger as it is now.
    pub async fn save_profile(
        &self,
        (account, version): (AccountId, u64),
        person: &Person,
        profile: &Profile,
        (ledger, at): (&Ledger, Timestamp),
        attempt: &Attempt,
    ) -> Result<Ledger, NotSaved> {
        let entry = Entry {
            event: Event::Saved,
            account,
            actor: person.key(),
            at,
            reference: None,
            receipt: None,
        };
        let owners: Vec<_> = (0..person.keys().len()).map(|n| format!(":person{n}")).collect();
        let mut save = Update::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(account).into()))
            .update_expression("SET first_name = :first, last_name = :last, phone = :phone, saved_at = :now, version = :next")
            .condition_expression(format!("version = :version AND person IN ({})", owners.join(", ")))
            .expression_attribute_values(":first", text(&profile.first_name))
            .expression_attribute_values(":last", text(&profile.last_name))
            .expression_attribute_values(":phone", text(&profile.phone))
            .expression_attribute_values(":now", moment(at))
            .expression_attribute_values(":version", number(version))
            .expression_attribute_values(":next", number(version + 1));
        for (name, key) in owners.iter().zip(person.keys()) {
            save = save.expression_attribute_values(name, text(key.to_store()));
        }
        let ([ledger, audit], after) = self.chained(ledger, &entry);
        let people = person.keys().iter().map(|key| {
            Update::builder()
                .table_name(&self.accounts)
                .set_key(Some(Key::person(key).into()))
                .update_expression(
                    "SET account = :account, saved_at = if_not_exists(saved_at, :now)",
                )
                .condition_expression("attribute_not_exists(pk) OR account = :account")
                .expression_attribute_values(":now", moment(at))
                .expression_attribute_values(":account", text(account.to_string()))
                .write()
        });
        let items = [save.write(), ledger, audit].into_iter().chain(people).collect();
        self.transact(attempt, items).await.map_err(|denied| match denied {
            Denied::Condition(..) => NotSaved::ChangedElsewhere,
            Denied::Conflict => {
                Fault::NothingChanged("someone else was at the same account".into()).into()
            }
            Denied::Ambiguous(fault) | Denied::Failed(fault) => fault.into(),
        })?;
        Ok(after)
    }
}
