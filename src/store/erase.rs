//! An account erased, as its person has a right to (GDPR article 17, T98).
//!
//! Whether they have it in this case is for two of the staff to decide. The audit trail stays: it says
//! what was done, of whom only by keyed hashes. Where there never was an account, the trail itself goes.

use aws_sdk_dynamodb::types::{Delete, TransactWriteItem};
use jiff::Timestamp;

use super::{
    Fault, Ledger, Store, account,
    audit::{Actor, Entry},
    change::NotChanged,
    gathered,
    items::{Key, number, text},
    transaction::{Attempt, Write as _},
};
use crate::domain::{Account, AccountId, Decision, history::Event};

/// Why an account was not erased.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    /// There is no such account.
    #[error("there is no such account")]
    NoAccount,
    /// Others were gathered into it, and would be nobody's.
    #[error("other accounts were gathered into it: erase these first: {0}")]
    HasGathered(String),
    /// Of nobody, and with more entries than one transaction takes.
    #[error(
        "its trail is too long for one transaction: remove it as the runbook says of old trails"
    )]
    TooLong,
    /// It is no longer as it was read: look again.
    #[error("something else happened first: look again")]
    Overtaken,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<NotChanged<()>> for NotErased {
    fn from(not_changed: NotChanged<()>) -> Self {
        match not_changed {
            NotChanged::Refused((), _) | NotChanged::NotAllowed(_) => Self::Overtaken,
            NotChanged::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl Store {
    /// Erases an account: what it says, whose it is, their request, their sessions, and the receipts
    /// that it still owes; of one that was gathered, what it says, and that it was. Of an id that never
    /// became an account, its trail.
    ///
    /// Every receipt is written with an entry of the account's trail. So as long as the ledger is as it
    /// was read, there are no other receipts than those that were found after it.
    ///
    /// # Errors
    /// Nothing has changed, unless the fault says that nobody knows.
    pub async fn erase(
        &self,
        id: AccountId,
        (decision, at): (&Decision, Timestamp),
        attempt: &Attempt,
    ) -> Result<(), NotErased> {
        let item = self.batch(vec![Key::account(id)], vec![]).await?.pop();
        let Some(item) = item else {
            return self.erase_trail_of_nobody(id, (decision, at), attempt).await;
        };
        let found = account::read(item)?;
        if !found.gathered.is_empty() {
            return Err(NotErased::HasGathered(gathered::ids(&found)));
        }
        let ledger = self.ledger(id).await?;
        let receipts = self.receipts_of(id).await?;
        let people = self.items_pointing_at(id).await?;
        let entry = Entry {
            follows: Some(&ledger),
            ..Entry::of(Event::Erased, id, Actor::Staff(decision), at)
        };
        let parts = |_: &Ledger| {
            let forgotten = people.iter().flat_map(|key| self.forget(key, id, at));
            let asked = people.iter().map(|key| self.forget_pending(&Key::request(key)));
            let released = found.merged_into.map(|from| self.release(id, from));
            let unsent = receipts.iter().map(|key| self.forget_pending(key));
            let parts = [self.delete(&found)].into_iter();
            let parts = parts.chain(forgotten).chain(asked).chain(released).chain(unsent);
            parts.map(|part| ((), part)).collect()
        };
        self.change(&entry, (&ledger, attempt), parts).await?;
        Ok(())
    }

    /// As it was read: one that was linked meanwhile stays, and one whose owner is known by a newer key
    /// has an item more to forget.
    fn delete(&self, account: &Account) -> TransactWriteItem {
        let delete = Delete::builder()
            .table_name(&self.accounts)
            .set_key(Some(Key::account(account.id).into()))
            .expression_attribute_values(":version", number(account.version));
        match &account.owner {
            None => delete.condition_expression("version = :version"),
            Some(owner) => delete
                .condition_expression(
                    "version = :version AND person = :owner AND attribute_not_exists(gathered)",
                )
                .expression_attribute_values(":owner", text(owner.to_store())),
        }
        .write()
    }

    fn forget_pending(&self, key: &Key) -> TransactWriteItem {
        Delete::builder().table_name(&self.pending).set_key(Some(key.clone().into())).write()
    }
}
