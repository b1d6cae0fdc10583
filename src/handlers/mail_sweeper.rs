//! Every minute: mails that a crash or SES left in the outbox, and receipts that are owed.

use serde_json::Value;

use super::{NotReady, asking::Sender};
use crate::{
    ambient::Ambient,
    keys::KeyStore,
    mail::{NotSent, Post},
    outbound::Outbound,
    settings::{Closed, Part, Settings, Site},
    store::{Fault, Store},
    telling::Number,
};

/// What the function works with.
pub struct Deps {
    ambient: Ambient,
    store: Store,
    sender: Sender,
    closed: Closed,
}

impl Deps {
    /// Reads the settings of site, store and post, and the secret `link`.
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        let outbound = Outbound::new(settings)?;
        let keys = KeyStore::from(settings, &outbound)?;
        let (store, post) = (Store::from(settings, &outbound)?, Post::from(settings, &outbound)?);
        let (keys, ()) = tokio::join!(keys.link(), store.warm());
        let (sender, closed) = (Sender { post, keys: keys? }, Site::from(settings)?.closed);
        Ok(Self { ambient: ambient.clone(), store, sender, closed })
    }
}

/// Takes one tick of the schedule. What cannot be sent now is left for the next.
pub async fn handle(deps: &Deps, _: Value) -> Result<(), Fault> {
    if deps.closed.is(Part::Mail) {
        tracing::warn!(event = "mail_is_closed");
        return Ok(());
    }
    let now = deps.ambient.now();
    let (mut sent, mut left) = (0, 0);
    let mails = deps.store.claim_mails(now).await?;
    let oldest = mails.iter().map(|request| now.as_second() - request.mailed_at.as_second()).max();
    Number::OutboxAge.tell(oldest.unwrap_or(0).try_into().unwrap_or(0));
    for request in mails {
        let taken = deps.sender.send(&deps.store, &request, now).await?;
        *(if taken { &mut sent } else { &mut left }) += 1;
    }
    for due in deps.store.claim_receipts(now).await? {
        match deps.sender.post.send_receipt(&due.receipt).await {
            Ok(()) => {
                deps.store.receipt_sent(&due).await?;
                sent += 1;
                continue;
            }
            Err(NotSent::Refused(_)) => deps.store.receipt_refused(&due, now).await?,
            Err(NotSent::Impossible | NotSent::NotKnown(_)) => {}
        }
        left += 1;
    }
    tracing::info!(event = "swept", sent, left);
    Ok(())
}
