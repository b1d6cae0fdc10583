//! From «Bekreft» to a request with its mail in the outbox: asking, asking again, calling off.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;

use super::{
    Fault, Ledger, Store,
    audit::{Actor, Entry},
    change::NotChanged,
    ledger::Objection,
    outbox::Claim,
    transaction::Attempt,
};
use crate::domain::{
    Email, LinkDigest, Person, Receipt, Request, Wish, history::Event, receipt::Owed,
};

/// Why a request was not written.
#[derive(Debug, thiserror::Error)]
pub enum NotAsked {
    /// The person's request is no longer as it was read: look again.
    #[error("something else happened first")]
    Overtaken,
    /// The account has been asked for too often today (T39).
    #[error("the account has been asked for too often today")]
    TooManyMails,
    /// The account is closed to this person (T51).
    #[error("the account is closed to this person")]
    Barred,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<NotChanged<()>> for NotAsked {
    fn from(not_changed: NotChanged<()>) -> Self {
        match not_changed {
            NotChanged::Refused((), _)
            | NotChanged::NotAllowed(Objection::NotFrozen | Objection::Overtaken) => {
                Self::Overtaken
            }
            NotChanged::NotAllowed(Objection::TooManyMails) => Self::TooManyMails,
            NotChanged::NotAllowed(Objection::Barred) => Self::Barred,
            NotChanged::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl Store {
    /// Writes a request, its mail's place in the outbox, the account's mail counter and the audit
    /// entry: all or nothing. `before` is the person's request as it was read; `ledger` is the
    /// account's, read or remembered. `told` is the old address, which hears of a new one (T53).
    ///
    /// The caller sends the mail next, which it has claimed by this; if it cannot, the sweeper does.
    pub async fn ask(
        &self,
        (request, person): (&Request, &Person),
        digest: &LinkDigest,
        (before, ledger): (Option<&Request>, &Ledger),
        told: Option<&Email>,
        attempt: &Attempt,
    ) -> Result<Claim, NotAsked> {
        let again = before.is_some_and(|before| before.id == request.id);
        let event = match request.wish {
            _ if again => Event::Resent,
            Wish::Link | Wish::Create | Wish::Gather { .. } => Event::Requested,
            Wish::ChangeEmail => Event::EmailRequested,
        };
        let receipt = told.map(|old| Receipt {
            event: Owed::EmailRequested,
            card: request.card.clone(),
            to: old.clone(),
            language: request.language.clone(),
            at: request.mailed_at,
            reference: request.id.reference(),
        });
        let unless_barred = request.wish.is_for_an_old_account().then_some(person);
        let entry = entry(request, event, request.mailed_at);
        let entry = Entry { unless_barred, receipt, ..entry };
        let claim = Claim::of(attempt);
        let put =
            |after: &Ledger| guarded(self.put_request(request, digest, &claim, (before, after)));
        self.change(&entry, (ledger, attempt), put).await?;
        Ok(claim)
    }

    /// Calls a waiting request off. Its link dies.
    pub async fn cancel(
        &self,
        request: &Request,
        ledger: &Ledger,
        at: Timestamp,
        attempt: &Attempt,
    ) -> Result<(), NotAsked> {
        let entry = entry(request, Event::Cancelled, at);
        let close = |_: &Ledger| guarded(vec![self.close_request(request)]);
        self.change(&entry, (ledger, attempt), close).await?;
        Ok(())
    }
}

/// All of it guards the same: the person's request as it was read.
fn guarded(parts: Vec<TransactWriteItem>) -> Vec<((), TransactWriteItem)> {
    parts.into_iter().map(|part| ((), part)).collect()
}

fn entry(request: &Request, event: Event, at: Timestamp) -> Entry<'_> {
    let reference = Some(request.id.reference());
    Entry { reference, ..Entry::of(event, request.account, Actor::Person(&request.person), at) }
}
