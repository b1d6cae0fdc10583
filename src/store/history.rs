//! The audit trail, read for the owner of the account.

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Fault, Ledger, Store,
    items::{Item, Key, seconds},
};
use crate::domain::{AccountId, Happened, history::Event};

/// Keys that one `BatchGetItem` takes.
pub(super) const AT_A_TIME: usize = 100;

/// One entry, with what only staff may see of it.
#[derive(Deserialize)]
pub(super) struct TrailEntry {
    pub account: AccountId,
    pub seq: u64,
    pub event: Event,
    /// A person's key, or two of the staff.
    pub actor: String,
    #[serde(with = "seconds")]
    pub at: Timestamp,
    pub reference: Option<String>,
    pub into: Option<AccountId>,
}

impl Store {
    /// What has happened to an account up to this state of its ledger, oldest first. The ledger
    /// knows how many entries there are, and so their keys: one round trip for each hundred, and no
    /// right to query.
    pub async fn history(
        &self,
        account: AccountId,
        ledger: &Ledger,
    ) -> Result<Vec<Happened>, Fault> {
        let happened = |TrailEntry { event, at, reference, .. }| Happened { event, at, reference };
        Ok(self.entries(account, ledger).await?.into_iter().map(happened).collect())
    }

    /// The entries themselves, oldest first.
    pub(super) async fn entries(
        &self,
        account: AccountId,
        ledger: &Ledger,
    ) -> Result<Vec<TrailEntry>, Fault> {
        let keys: Vec<_> = (1..=ledger.seq).map(|seq| Key::audit(account, seq)).collect();
        let mut trail = Vec::with_capacity(keys.len());
        for keys in keys.chunks(AT_A_TIME) {
            for item in self.batch(keys.to_vec(), vec![]).await? {
                trail.push(read(item)?);
            }
        }
        trail.sort_by_key(|entry: &TrailEntry| entry.seq);
        Ok(trail)
    }
}

/// Reads an entry's item.
pub(super) fn read(item: Item) -> Result<TrailEntry, Fault> {
    serde_dynamo::from_item(item).map_err(|_| Fault::Unreadable("audit entry"))
}
