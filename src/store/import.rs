//! An old account brought in from an export.
//!
//! Never changes one that is there, and never brings back what was erased: that account's trail is left, and
//! tells.

use aws_sdk_dynamodb::types::{ConditionCheck, Put};

use super::{
    Fault, Store, account,
    items::{Key, text},
    transaction::{ATTEMPT, Attempt, Undone, Witness, Write as _},
};
use crate::domain::Account;

/// What became of an account of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// It is here now.
    New,
    /// It was here, by its id, and is as it was.
    There,
    /// Two of the staff have erased it: it stays so (T98).
    Erased,
}

impl Store {
    /// Brings one account in. Repeatable.
    ///
    /// # Errors
    /// It is not here, unless the fault says that nobody knows.
    pub async fn import(&self, account: &Account, attempt: &Attempt) -> Result<Imported, Fault> {
        let key = Key::account(account.id);
        let mut item = account::write(account);
        item.insert(ATTEMPT.to_owned(), text(attempt.name()));
        let put = Put::builder().table_name(&self.accounts).set_item(Some(item));
        let has_no_trail = ConditionCheck::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::ledger(account.id).into()))
            .condition_expression(ABSENT);
        let parts = vec![put.condition_expression(ABSENT).write(), has_no_trail.write()];
        match self.transact((attempt, attempt.name()), parts, &Witness::Account(key)).await {
            Ok(()) => Ok(Imported::New),
            Err(Undone::Condition(0, _)) => Ok(Imported::There),
            Err(Undone::Condition(..)) => Ok(Imported::Erased),
            Err(Undone::Fault(fault)) => Err(fault),
        }
    }
}

const ABSENT: &str = "attribute_not_exists(pk)";
