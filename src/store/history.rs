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

#[derive(Deserialize)]
struct TrailItem {
    seq: u64,
    event: Event,
    #[serde(with = "seconds")]
    at: Timestamp,
    reference: Option<String>,
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
        let keys: Vec<_> = (1..=ledger.seq).map(|seq| Key::audit(account, seq)).collect();
        let mut trail = Vec::with_capacity(keys.len());
        for keys in keys.chunks(AT_A_TIME) {
            for item in self.batch(keys.to_vec(), vec![]).await? {
                trail.push(read(item)?);
            }
        }
        trail.sort_by_key(|entry| entry.seq);
        let happened = |TrailItem { event, at, reference, .. }| Happened { event, at, reference };
        Ok(trail.into_iter().map(happened).collect())
    }
}

fn read(item: Item) -> Result<TrailItem, Fault> {
    serde_dynamo::from_item(item).map_err(|_| Fault::Unreadable("audit entry"))
}
