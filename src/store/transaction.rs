//! One transaction, all or nothing, tried until it is certain what became of it.
//!
//! Owns the one loop that repeats a transaction, and the reading of every refusal. Never guesses
//! what an answer that was lost had said: it looks.

use std::time::Duration;

use aws_sdk_dynamodb::{
    Config,
    config::retry::RetryConfig,
    error::{ProvideErrorMetadata as _, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
    },
};
use tokio::time::{Instant, sleep, timeout_at};

use super::{
    Fault, Ledger, Store,
    fault::described,
    items::{Item, Key},
};
use crate::{domain::redacted, outbound::never_arrived};

/// Tries at one transaction, and at one change of an account that others change too (T58).
pub(super) const TRIES: u32 = 3;
/// An attempt goes on for so long …
const PATIENCE: Duration = Duration::from_secs(4);
/// … and then there is so much time to look what became of it.
const LAST_LOOK: Duration = Duration::from_secs(2);
/// The attribute that names the attempt which wrote an item.
pub(super) const ATTEMPT: &str = "attempt";

/// Names one attempt at one change. It may be sent any number of times and takes effect at most
/// once: by its `ClientRequestToken`, which DynamoDB remembers for ten minutes, and by its name in
/// an item that it writes, for whoever has to find out what happened (T57).
pub struct Attempt {
    name: String,
    pause: Duration,
    until: Instant,
}
redacted!(Attempt);

impl Attempt {
    /// From 16 random bytes. Begins now.
    pub fn new(random: [u8; 16]) -> Self {
        Self {
            name: super::items::encoded(&random),
            // Two who met at one item do not meet there again.
            pause: Duration::from_millis(10 + u64::from(random[0]) / 4),
            until: Instant::now() + PATIENCE,
        }
    }

    /// As it stands in an item that it writes.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The name to send with one state of the ledger: another state makes another transaction, and
    /// DynamoDB refuses one name for two (T59).
    pub(super) fn with(&self, ledger: &Ledger) -> String {
        format!("{}.{}", self.name, ledger.mark())
    }

    /// Is this item the doing of this attempt?
    pub(super) fn wrote(&self, item: &Item) -> bool {
        item.get(ATTEMPT).and_then(|by| by.as_s().ok()).is_some_and(|by| *by == self.name)
    }
}

/// The item that one transaction alone writes, with its attempt's name: who finds it knows.
#[derive(Clone)]
pub(super) enum Witness {
    /// In the table of accounts.
    Account(Key),
    /// In the table of what is pending.
    Pending(Key),
}

/// Why a transaction did not go through, as far as that can be known.
pub(super) enum Undone {
    /// The condition at this position failed: the first that did, with the item as it stands.
    Condition(usize, Option<Item>),
    /// It failed. The fault says whether something may have been changed.
    Fault(Fault),
}

/// What came of one try.
enum Denied {
    Condition(usize, Option<Item>),
    /// Nothing happened, and it may if tried again: someone else was at the same items, DynamoDB
    /// was busy, or it was not reached.
    Busy(Fault),
    /// It may have happened.
    Ambiguous(Fault),
    /// It has not happened, and will not.
    Failed(Fault),
}

impl Store {
    /// Sends one transaction until it is certain what became of it, each time the same to the byte
    /// (T57–T59).
    pub(super) async fn transact(
        &self,
        (attempt, token): (&Attempt, &str),
        items: Vec<TransactWriteItem>,
        witness: &Witness,
    ) -> Result<(), Undone> {
        let (mut busy, mut doubt) = (Fault::NothingChanged("no time was left".into()), None);
        for n in 0..TRIES {
            if n > 0 {
                sleep(attempt.pause * n).await;
            }
            if attempt.until <= Instant::now() {
                break;
            }
            // A clone keeps the order of every map; building the items again would not.
            let Err(denied) = self.send((attempt, token), items.clone()).await else {
                return Ok(());
            };
            let is_in_doubt = doubt.is_some() || matches!(denied, Denied::Ambiguous(_));
            let happened =
                if is_in_doubt { self.look(attempt, witness).await } else { Some(false) };
            match denied {
                _ if happened == Some(true) => return Ok(()),
                Denied::Condition(at, item) if happened.is_some() => {
                    return Err(Undone::Condition(at, item));
                }
                Denied::Condition(..) => {} // perhaps it met what the try before had done
                Denied::Busy(fault) => busy = fault,
                Denied::Ambiguous(fault) => doubt = Some(fault),
                Denied::Failed(fault) => return Err(Undone::Fault(doubt.unwrap_or(fault))),
            }
        }
        Err(Undone::Fault(doubt.unwrap_or(busy)))
    }

    /// One try. The SDK's own retries are off: they would hide an answer that was lost behind a
    /// later one that is certain.
    async fn send(
        &self,
        (attempt, token): (&Attempt, &str),
        items: Vec<TransactWriteItem>,
    ) -> Result<(), Denied> {
        let request = self.client.transact_write_items().client_request_token(token);
        let once = Config::builder().retry_config(RetryConfig::disabled());
        let request = request.set_transact_items(Some(items)).customize().config_override(once);
        match timeout_at(attempt.until, request.send()).await {
            Ok(answer) => answer.map(|_| ()).map_err(denied),
            Err(late) => Err(Denied::Ambiguous(Fault::NotConfirmed(late.into()))),
        }
    }

    /// Has it happened? `None` if that cannot be seen either.
    async fn look(&self, attempt: &Attempt, witness: &Witness) -> Option<bool> {
        let (accounts, pending) = match witness.clone() {
            Witness::Account(key) => (vec![key], vec![]),
            Witness::Pending(key) => (vec![], vec![key]),
        };
        let reading = timeout_at(attempt.until + LAST_LOOK, self.batch(accounts, pending));
        let items = reading.await.ok()?.ok()?;
        Some(items.iter().any(|item| attempt.wrote(item)))
    }
}

fn denied<R: std::fmt::Debug + Send + Sync + 'static>(
    error: SdkError<TransactWriteItemsError, R>,
) -> Denied {
    let SdkError::ServiceError(answer) = &error else {
        let never_sent = matches!(error, SdkError::ConstructionFailure(_));
        let source = described(error);
        return if never_sent {
            Denied::Failed(Fault::NothingChanged(source))
        } else if never_arrived(&*source) {
            Denied::Busy(Fault::NothingChanged(source))
        } else {
            Denied::Ambiguous(Fault::NotConfirmed(source))
        };
    };
    match answer.err() {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => {
            let reasons = cancelled.cancellation_reasons();
            let at = |code: &str| reasons.iter().position(|reason| reason.code() == Some(code));
            if let Some(position) = at("ConditionalCheckFailed") {
                return Denied::Condition(position, reasons[position].item().cloned());
            }
            let passes = BUSY_PARTS.into_iter().any(|code| at(code).is_some());
            let fault = Fault::NothingChanged(described(error));
            if passes { Denied::Busy(fault) } else { Denied::Failed(fault) }
        }
        refused => match refused.code() {
            Some(code) if BUSY.contains(&code) => {
                Denied::Busy(Fault::NothingChanged(described(error)))
            }
            Some(code) if REFUSED.contains(&code) => {
                Denied::Failed(Fault::NothingChanged(described(error)))
            }
            _ => Denied::Ambiguous(Fault::NotConfirmed(described(error))),
        },
    }
}

/// Reasons of one part of a cancelled transaction that pass.
const BUSY_PARTS: [&str; 3] =
    ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];
/// Refusals of the request as a whole, before any of it was done, that pass …
const BUSY: [&str; 3] =
    ["ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"];
/// … and those that do not. What is in neither list is ambiguous.
const REFUSED: [&str; 4] = [
    "ValidationException",
    "AccessDeniedException",
    "ResourceNotFoundException",
    "UnrecognizedClientException",
];

pub(super) trait Write {
    fn write(self) -> TransactWriteItem;
}

impl Write for aws_sdk_dynamodb::types::builders::PutBuilder {
    fn write(self) -> TransactWriteItem {
        let put = self
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let put: Put = put.build().expect("table and item are given");
        TransactWriteItem::builder().put(put).build()
    }
}

impl Write for aws_sdk_dynamodb::types::builders::UpdateBuilder {
    fn write(self) -> TransactWriteItem {
        let update = self
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let update: Update = update.build().expect("table, key and expression are given");
        TransactWriteItem::builder().update(update).build()
    }
}

impl Write for aws_sdk_dynamodb::types::builders::DeleteBuilder {
    fn write(self) -> TransactWriteItem {
        let delete: Delete = self.build().expect("table and key are given");
        TransactWriteItem::builder().delete(delete).build()
    }
}

impl Write for aws_sdk_dynamodb::types::builders::ConditionCheckBuilder {
    fn write(self) -> TransactWriteItem {
        let check: ConditionCheck = self.build().expect("table, key and condition are given");
        TransactWriteItem::builder().condition_check(check).build()
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::{
        error::ErrorMetadata,
        types::{CancellationReason, error::TransactionCanceledException},
    };

    use super::*;

    fn cancelled(codes: &[&str]) -> Denied {
        let reasons = codes.iter().map(|code| CancellationReason::builder().code(*code).build());
        let cancelled = TransactionCanceledException::builder()
            .set_cancellation_reasons(Some(reasons.collect()))
            .build();
        let error = TransactWriteItemsError::TransactionCanceledException(cancelled);
        denied(SdkError::service_error(error, ()))
    }

    #[test]
    fn t58_a_cancelled_transaction_is_tried_again_only_for_what_passes() {
        for passes in BUSY_PARTS {
            assert!(matches!(cancelled(&["None", passes]), Denied::Busy(_)), "{passes}");
        }
        for stays in ["None", "ValidationError", "ItemCollectionSizeLimitExceeded"] {
            assert!(matches!(cancelled(&["None", stays]), Denied::Failed(_)), "{stays}");
        }
        let refused = cancelled(&["TransactionConflict", "ConditionalCheckFailed"]);
        assert!(matches!(refused, Denied::Condition(1, None)), "no try changes that");
    }

    #[test]
    fn t57_a_refusal_is_known_by_its_code_and_any_other_leaves_doubt() {
        let refused = |code: &str| {
            let error = ErrorMetadata::builder().code(code).build();
            denied(SdkError::service_error(TransactWriteItemsError::generic(error), ()))
        };
        for code in BUSY {
            assert!(matches!(refused(code), Denied::Busy(Fault::NothingChanged(_))), "{code}");
        }
        for code in REFUSED {
            assert!(matches!(refused(code), Denied::Failed(Fault::NothingChanged(_))), "{code}");
        }
        for code in ["InternalServerError", "TransactionInProgressException", ""] {
            assert!(matches!(refused(code), Denied::Ambiguous(Fault::NotConfirmed(_))), "{code}");
        }
    }

    #[test]
    fn t57_what_was_never_sent_has_not_happened() {
        let never_sent: SdkError<_, ()> = SdkError::construction_failure("no such request");
        assert!(matches!(denied(never_sent), Denied::Failed(Fault::NothingChanged(_))));
        let late: SdkError<_, ()> = SdkError::timeout_error("no answer");
        assert!(matches!(denied(late), Denied::Ambiguous(Fault::NotConfirmed(_))));
    }
}
