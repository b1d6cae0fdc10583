//! From «Bekreft» to a request with its mail in the outbox: asking, asking again, calling off.

use aws_sdk_dynamodb::types::Update;
use jiff::Timestamp;

use super::{
    Fault, Ledger, Store,
    audit::{Entry, Event},
    items::{Key, number, text},
    request::progress,
    transaction::{Attempt, Denied, Write as _},
};
use crate::domain::{LinkDigest, Request, request::Progress};

/// Why a request was not written.
#[derive(Debug, thiserror::Error)]
pub enum NotAsked {
    /// The person's request, or the account's ledger, is no longer as it was read: look again.
    #[error("something else happened first")]
    Overtaken,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Writes a request, its mail's place in the outbox, the account's mail counter and the audit
    /// entry: all or nothing. `before` and `ledger` are what the request was decided on.
    ///
    /// The caller sends the mail next; if it cannot, the sweeper does.
    pub async fn ask(
        &self,
        request: &Request,
        digest: &LinkDigest,
        (before, ledger): (Option<&Request>, &Ledger),
        attempt: &Attempt,
    ) -> Result<(), NotAsked> {
        let again = before.is_some_and(|before| before.id == request.id);
        let entry = Entry {
            event: if again { Event::Resent } else { Event::Requested },
            account: request.account,
            actor: &request.person,
            at: request.mailed_at,
            reference: Some(request.id.reference()),
            receipt: None,
        };
        let ([ledger, audit], after) = self.chained(ledger, &entry);
        let put = self.put_request(request, digest, (before, &after));
        self.written(attempt, vec![put, ledger, audit]).await
    }

    /// Calls a waiting request off. Its link dies.
    pub async fn cancel(
        &self,
        request: &Request,
        ledger: &Ledger,
        at: Timestamp,
        attempt: &Attempt,
    ) -> Result<(), NotAsked> {
        let entry = Entry {
            event: Event::Cancelled,
            account: request.account,
            actor: &request.person,
            at,
            reference: Some(request.id.reference()),
            receipt: None,
        };
        let ([ledger, audit], _) = self.chained(ledger, &entry);
        let update = Update::builder()
            .table_name(&self.pending)
            .set_key(Some(Key::request(&request.person).into()))
            .update_expression("SET progress = :cancelled REMOVE outbox_due, outbox_at")
            .condition_expression("id = :id AND generation = :generation AND progress = :open")
            .expression_attribute_values(":cancelled", progress(Progress::Cancelled))
            .expression_attribute_values(":open", progress(Progress::Open))
            .expression_attribute_values(":id", text(request.id.to_string()))
            .expression_attribute_values(":generation", number(request.generation))
            .write();
        self.written(attempt, vec![update, ledger, audit]).await
    }

    async fn written(
        &self,
        attempt: &Attempt,
        items: Vec<aws_sdk_dynamodb::types::TransactWriteItem>,
    ) -> Result<(), NotAsked> {
        self.transact(attempt, items).await.map_err(|denied| match denied {
            Denied::Condition(..) | Denied::Conflict => NotAsked::Overtaken,
            Denied::Ambiguous(fault) | Denied::Failed(fault) => NotAsked::Fault(fault),
        })
    }
}
