//! Login attempts that have been answered. An attempt lives in a cookie, and a cookie can come again; what
//! has been done with it stands here.

use aws_sdk_dynamodb::{
    operation::put_item::PutItemError, types::ReturnValuesOnConditionCheckFailure,
};
use jiff::Timestamp;

use super::{
    Fault, Store,
    fault::described,
    items::{Key, moment, text},
    transaction::{ATTEMPT, Attempt},
};
use crate::domain::limits;

/// Why an attempt may not be used.
#[derive(Debug, thiserror::Error)]
pub enum NotConsumed {
    /// Its answer has come before (T02).
    #[error("the login attempt has been used")]
    UsedBefore,
    /// The store failed. The attempt may be used up all the same: only a new one is sure to work.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Uses up a login attempt, which the store knows by its fingerprint. Of any number of callbacks with the
    /// same attempt one alone goes on. That is kept for as long as any of our clocks may take the attempt
    /// to be alive.
    pub async fn consume_login_attempt(
        &self,
        fingerprint: &str,
        at: Timestamp,
        attempt: &Attempt,
    ) -> Result<(), NotConsumed> {
        let mut used = Key::login_attempt(fingerprint).item();
        used.insert(ATTEMPT.into(), text(attempt.name()));
        let until = at + limits::ATTEMPT + limits::CLOCKS_APART;
        used.insert("expires_at".into(), moment(until));
        let put = self.client.put_item().table_name(&self.pending).set_item(Some(used));
        let put = put
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let Err(error) = put.send().await else { return Ok(()) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(refused)) => {
                // A try of ours whose answer was lost has written it (T57).
                if refused.item().is_some_and(|item| attempt.wrote(item)) {
                    Ok(())
                } else {
                    Err(NotConsumed::UsedBefore)
                }
            }
            _ => Err(Fault::NotConfirmed(described(error)).into()),
        }
    }
}
