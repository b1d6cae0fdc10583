//! Every minute: mails that a crash or SES left in the outbox, and receipts that are owed.
//!
//! One after the other, each claimed just before it is handed over: whatever a sweep did not come to,
//! as SES was slow or the store did not answer, has lost nothing and is due at once (T110).

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::{Invocation, NotReady, asking::Sender};
use crate::{
    ambient::Ambient,
    keys::KeyStore,
    mail::{NotSent, Post},
    outbound::Outbound,
    settings::{Closed, Part, Settings, Site},
    store::{Claim, Due, Fault, Store},
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

/// One hand-over: a claim, SES, and the note of what came of it, each an operation that ends after four
/// seconds (`outbound`). None is begun that Lambda might cut short: it would count, and perhaps never
/// reach SES.
const HAND_OVER: Duration = Duration::from_secs(13);

/// Takes one tick of the schedule. What cannot be sent now is left for the next.
///
/// # Errors
/// The last fault of the store. What it was not about has been sent all the same.
pub async fn handle(deps: &Deps, invocation: Invocation) -> Result<(), Fault> {
    if deps.closed.is(Part::Mail) {
        tracing::warn!(event = "mail_is_closed");
        return Ok(());
    }
    let until = invocation.until;
    let mut sweep = Sweep { deps, until, sent: 0, left: 0, oldest: 0, failed: None };
    for due in deps.store.mails_due(deps.ambient.now()).await? {
        sweep.has_waited_since(due.since);
        let outcome = if sweep.has_time() { sweep.mail(&due).await } else { Ok(Outcome::Left) };
        sweep.notes(outcome);
    }
    for due in deps.store.receipts_due(deps.ambient.now()).await? {
        let outcome = if sweep.has_time() { sweep.receipt(&due).await } else { Ok(Outcome::Left) };
        sweep.notes(outcome);
    }
    sweep.ends()
}

/// What became of one that was due.
enum Outcome {
    /// SES has taken it.
    Sent,
    /// SES has not, or there was no time to ask it.
    Left,
    /// There was nothing to hand over.
    Nothing,
}

/// One round of the sweeper.
struct Sweep<'a> {
    deps: &'a Deps,
    /// Lambda ends the function then.
    until: Instant,
    sent: u32,
    left: u32,
    /// Seconds that the oldest mail with a link has waited.
    oldest: i64,
    failed: Option<Fault>,
}

impl Sweep<'_> {
    fn has_time(&self) -> bool {
        Instant::now() + HAND_OVER <= self.until
    }

    async fn mail(&mut self, due: &Due) -> Result<Outcome, Fault> {
        let Deps { store, sender, ambient, .. } = self.deps;
        let (claim, now) = (Claim::new(ambient.random()), ambient.now());
        let Some(request) = store.claim_mail(due, &claim, now).await? else {
            return Ok(Outcome::Nothing);
        };
        self.has_waited_since(request.mailed_at);
        let taken = sender.send(store, &request, &claim, now).await?;
        Ok(if taken { Outcome::Sent } else { Outcome::Left })
    }

    async fn receipt(&self, due: &Due) -> Result<Outcome, Fault> {
        let Deps { store, sender, ambient, .. } = self.deps;
        let (claim, now) = (Claim::new(ambient.random()), ambient.now());
        let Some(due) = store.claim_receipt(due, &claim, now).await? else {
            return Ok(Outcome::Nothing);
        };
        match sender.post.send_receipt(&due.receipt).await {
            Ok(()) => store.receipt_sent(&due).await?,
            Err(NotSent::Refused(_)) => {
                store.receipt_refused(&due, &claim, now).await?;
                return Ok(Outcome::Left);
            }
            Err(NotSent::Impossible | NotSent::NotKnown(_)) => return Ok(Outcome::Left),
        }
        Ok(Outcome::Sent)
    }

    fn has_waited_since(&mut self, moment: Timestamp) {
        let waited = self.deps.ambient.now().as_second() - moment.as_second();
        self.oldest = self.oldest.max(waited);
    }

    /// What the store had against one mail holds no other up.
    fn notes(&mut self, outcome: Result<Outcome, Fault>) {
        match outcome {
            Ok(Outcome::Sent) => self.sent += 1,
            Ok(Outcome::Left) => self.left += 1,
            Ok(Outcome::Nothing) => {}
            Err(fault) => {
                tracing::warn!(event = "hand_over_not_noted", cause = %fault);
                self.left += 1;
                self.failed = Some(fault);
            }
        }
    }

    fn ends(self) -> Result<(), Fault> {
        Number::OutboxAge.tell(self.oldest.try_into().unwrap_or(0));
        tracing::info!(event = "swept", sent = self.sent, left = self.left);
        self.failed.map_or(Ok(()), Err)
    }
}
