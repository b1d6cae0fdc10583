//! What the store says when it cannot do as asked, and how sure it is that nothing happened.

use aws_sdk_dynamodb::error::SdkError;

/// A fault of ours or of DynamoDB, not an answer to anyone's wish.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Nothing was changed, for certain: trying again is all there is to do.
    #[error("the store did not answer; nothing was changed")]
    NothingChanged(#[source] Source),
    /// The change may or may not have happened; asking for it again is safe (T57).
    #[error("the store did not confirm the change; repeating it is safe")]
    NotConfirmed(#[source] Source),
    /// An item that we did not write so.
    #[error("an item cannot be read: {0}")]
    Unreadable(&'static str),
}

/// What the SDK said. Never an item: only codes and transport errors.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

impl Fault {
    /// A read, or a write that was refused as a whole: nothing happened.
    pub(super) fn nothing_changed<E, R>(error: SdkError<E, R>) -> Self
    where
        E: aws_sdk_dynamodb::error::ProvideErrorMetadata
            + std::error::Error
            + Send
            + Sync
            + 'static,
        R: std::fmt::Debug + Send + Sync + 'static,
    {
        Self::NothingChanged(described(error))
    }
}

/// The error's code alone where the service answered, because a message or a `Debug` may repeat an
/// item; the whole chain where the service was not reached.
pub(super) fn described<E, R>(error: SdkError<E, R>) -> Source
where
    E: aws_sdk_dynamodb::error::ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    match &error {
        SdkError::ServiceError(service) => {
            service.err().code().unwrap_or("unknown service error").into()
        }
        _ => error.into_source().unwrap_or_else(|_| "no answer".into()),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::{
        error::ErrorMetadata, operation::transact_write_items::TransactWriteItemsError,
    };

    use super::*;

    #[test]
    fn t96_of_a_refusal_only_its_code_is_told() {
        let refused =
            ErrorMetadata::builder().code("ValidationException").message("kari@example.no");
        let refused = TransactWriteItemsError::generic(refused.build());
        let told = described(SdkError::service_error(refused, ()));
        assert_eq!(told.to_string(), "ValidationException");
    }
}
