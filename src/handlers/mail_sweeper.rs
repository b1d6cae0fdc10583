//! Every minute: mails that a crash or SES left in the outbox, and receipts that are owed.

use serde_json::Value;

use super::NotReady;
use crate::{
    ambient::Ambient,
    domain::LinkKeys,
    keys::KeyStore,
    mail::Post,
    outbound::Outbound,
    settings::{Settings, Site},
    store::{Fault, Store},
};

/// What the function works with.
pub struct Deps {
    ambient: Ambient,
    store: Store,
    post: Post,
    keys: LinkKeys,
}

impl Deps {
    /// Reads the settings of site, store and post, and the secret `link`.
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        let outbound = Outbound::new(settings)?;
        let keys = KeyStore::from(settings, &outbound)?;
        let store = Store::from(settings, &outbound)?;
        let post = Post::from(settings, &Site::from(settings)?, &outbound)?;
        let (keys, ()) = tokio::join!(keys.link(), store.warm());
        Ok(Self { ambient: ambient.clone(), store, post, keys: keys? })
    }
}

/// Takes one tick of the schedule. What cannot be sent now is left for the next.
pub async fn handle(deps: &Deps, _: Value) -> Result<(), Fault> {
    let now = deps.ambient.now();
    let (mut sent, mut left) = (0, 0);
    for due in deps.store.claim_mails(now).await? {
        match deps.post.send_link(&due.request, &deps.keys).await {
            Ok(()) => {
                deps.store.handed_over(&due.request).await?;
                sent += 1;
            }
            Err(_) => left += 1,
        }
    }
    for receipt in deps.store.claim_receipts(now).await? {
        match deps.post.send_receipt(&receipt).await {
            Ok(()) => {
                deps.store.receipt_sent(&receipt).await?;
                sent += 1;
            }
            Err(_) => left += 1,
        }
    }
    tracing::info!(event = "swept", sent, left);
    Ok(())
}
