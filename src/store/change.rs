//! One change of an account, always with its audit entry and the ledger moved on to it.

use aws_sdk_dynamodb::types::TransactWriteItem;

use super::{
    Fault, Ledger, Store,
    audit::Entry,
    items::{Item, Key},
    ledger::Objection,
    transaction::{Attempt, TRIES, Undone, Witness},
};
use crate::domain::AccountId;

/// Why a change was not made.
pub(super) enum NotChanged<Guard> {
    /// What this guards did not hold. The first that failed, with the item as it stands.
    Refused(Guard, Option<Item>),
    /// The account's ledger does not allow it.
    NotAllowed(Objection),
    /// The store failed.
    Fault(Fault),
}

impl<Guard> From<Fault> for NotChanged<Guard> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Store {
    /// Makes one change and writes its entry: all or nothing, at most once an `attempt`, again with
    /// a fresh ledger if others were faster. `parts` are given the ledger as it will be, and say of
    /// each part what its condition guards.
    ///
    /// # Returns
    /// The ledger as it is then.
    pub(super) async fn change<Guard: Copy>(
        &self,
        entry: &Entry<'_>,
        (ledger, attempt): (&Ledger, &Attempt),
        parts: impl Fn(&Ledger) -> Vec<(Guard, TransactWriteItem)>,
    ) -> Result<Ledger, NotChanged<Guard>> {
        let mut ledger = ledger.clone();
        for _ in 0..TRIES {
            ledger.allows(entry).map_err(NotChanged::NotAllowed)?;
            let (chained, after) = self.chained(&ledger, entry, attempt);
            let (guards, mut items): (Vec<_>, Vec<_>) = parts(&after).into_iter().unzip();
            items.extend(chained);
            let witness = Witness::Account(Key::audit(entry.account, after.seq));
            match self.transact((attempt, &attempt.with(&ledger)), items, &witness).await {
                Ok(()) => return Ok(after),
                Err(Undone::Condition(at, item)) => match guards.get(at) {
                    Some(guard) => return Err(NotChanged::Refused(*guard, item)),
                    None => ledger = self.ledger(entry.account).await?,
                },
                Err(Undone::Fault(fault)) => return Err(fault.into()),
            }
        }
        Err(Fault::NothingChanged("others were at the same account".into()).into())
    }

    /// An account's ledger as it is now; one round trip.
    pub(super) async fn ledger(&self, account: AccountId) -> Result<Ledger, Fault> {
        let mut items = self.batch(vec![Key::ledger(account)], vec![]).await?;
        let ledger = items.pop().map(serde_dynamo::from_item).transpose();
        Ok(ledger.map_err(|_| Fault::Unreadable("ledger"))?.unwrap_or_default())
    }
}
