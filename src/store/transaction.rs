//! One transaction, all or nothing, and the reading of its refusal.

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata as _, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
    types::{ConditionCheck, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update},
};

use super::{Fault, Ledger, Store, fault::described, items::Item};
use crate::domain;

/// Names one attempt at one change. The same attempt may be sent any number of times and takes
/// effect at most once (`ClientRequestToken`, remembered by DynamoDB for ten minutes).
#[derive(Clone)]
pub struct Attempt(String);

impl Attempt {
    /// From 16 random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(super::items::encoded(&random))
    }

    /// The name to send with one state of the ledger: another state makes another transaction, and
    /// DynamoDB refuses one name for two (T59).
    pub(super) fn with(&self, ledger: &Ledger) -> Self {
        Self(format!("{}.{}", self.0, ledger.seq() % 1_000_000))
    }

    /// As it is kept in the item it changes, to be recognised after an ambiguous answer.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a transaction did not go through.
pub(super) enum Denied {
    /// The condition at this position failed: the first that did, with the item as it stands.
    Condition(usize, Option<Item>),
    /// Someone else was at the same items: nothing happened, trying again may help.
    Conflict,
    /// It may have happened.
    Ambiguous(Fault),
    /// It has not happened.
    Failed(Fault),
}

impl Store {
    pub(super) async fn transact(
        &self,
        attempt: &Attempt,
        items: Vec<TransactWriteItem>,
    ) -> Result<(), Denied> {
        let request = self.client.transact_write_items().client_request_token(attempt.as_str());
        let Err(error) = request.set_transact_items(Some(items)).send().await else {
            return Ok(());
        };
        Err(denied(error))
    }
}

fn denied<R: std::fmt::Debug + Send + Sync + 'static>(
    error: SdkError<TransactWriteItemsError, R>,
) -> Denied {
    let SdkError::ServiceError(answer) = &error else {
        return match error {
            SdkError::ConstructionFailure(_) => {
                Denied::Failed(Fault::NothingChanged(described(error)))
            }
            _ => Denied::Ambiguous(Fault::NotConfirmed(described(error))),
        };
    };
    match answer.err() {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => {
            let reasons = cancelled.cancellation_reasons();
            let at = |code: &str| reasons.iter().position(|reason| reason.code() == Some(code));
            if let Some(position) = at("ConditionalCheckFailed") {
                return Denied::Condition(position, reasons[position].item().cloned());
            }
            if at("TransactionConflict").is_some() {
                return Denied::Conflict;
            }
            Denied::Failed(Fault::NothingChanged(described(error)))
        }
        refused if refused.code().is_some_and(is_certain) => {
            Denied::Failed(Fault::NothingChanged(described(error)))
        }
        _ => Denied::Ambiguous(Fault::NotConfirmed(described(error))),
    }
}

/// Refusals of the request as a whole, before any of it was done. Whatever is not listed is ambiguous.
fn is_certain(code: &str) -> bool {
    [
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ValidationException",
        "AccessDeniedException",
        "ResourceNotFoundException",
        "UnrecognizedClientException",
    ]
    .contains(&code)
}

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

impl Write for aws_sdk_dynamodb::types::builders::ConditionCheckBuilder {
    fn write(self) -> TransactWriteItem {
        let check: ConditionCheck = self.build().expect("table, key and condition are given");
        TransactWriteItem::builder().condition_check(check).build()
    }
}

domain::redacted!(Attempt);
