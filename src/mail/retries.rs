//! What of SES the SDK may ask twice. Who hands a mail over again is the outbox: it counts (T71).

use aws_smithy_runtime_api::client::{
    interceptors::context::InterceptorContext,
    retries::classifiers::{ClassifyRetry, RetryAction},
};

use crate::outbound::never_arrived;

/// Forbids a retry when the answer was lost, or SES failed: it may have taken the mail.
#[derive(Debug)]
pub(super) struct NotWhatMayHaveArrived;

impl ClassifyRetry for NotWhatMayHaveArrived {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        if context.response().is_some_and(|answer| may_have_taken(answer.status().as_u16())) {
            return RetryAction::RetryForbidden;
        }
        match context.output_or_error() {
            Some(Err(error)) if error.as_operation_error().is_none() => {
                match error.as_connector_error() {
                    Some(error) if never_arrived(error) => RetryAction::NoActionIndicated,
                    _ => RetryAction::RetryForbidden,
                }
            }
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "not what may have arrived"
    }
}

/// Nobody knows what a server had done before it failed. A 503 says that it has done nothing.
pub(super) fn may_have_taken(status: u16) -> bool {
    status >= 500 && status != 503
}
