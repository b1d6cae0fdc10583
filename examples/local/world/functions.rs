//! The functions as the world sees them: events go in, from the gateway, from SES or on schedule.
//!
//! The gateway and SES are bound before the functions start, because the functions' settings name
//! both. An event that comes in between waits.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use kontobro::bundle::Bundle;
use serde_json::Value;
use standins::{gateway, runtime_api::FunctionError, ses::Feedback};
use tokio::sync::SetOnce;

use super::{Failure, template::Template};

/// Functions that run somewhere else: takes name and event, gives what the function answers.
pub type Elsewhere = dyn Fn(String, Value) -> Answering + Send + Sync;
type Answering = Pin<Box<dyn Future<Output = Result<Value, Failure>> + Send>>;

/// The bundle, from the moment it is ready. Clones share it.
#[derive(Clone, Default)]
pub struct Functions {
    started: Arc<SetOnce<Started>>,
    elsewhere: Arc<OnceLock<Box<Elsewhere>>>,
}

struct Started {
    bundle: Bundle,
    template: Arc<Template>,
}

impl Functions {
    /// Begins to hand on events.
    pub fn start(&self, bundle: Bundle, template: Arc<Template>) {
        let started = Started { bundle, template };
        self.started.set(started).unwrap_or_else(|_| unreachable!("the functions start once"));
    }

    /// From now on, and once, events go there and not to the bundle.
    pub fn run_elsewhere(&self, elsewhere: Box<Elsewhere>) {
        self.elsewhere.set(elsewhere).unwrap_or_else(|_| unreachable!("they move once"));
    }

    /// Hands an event to a function; a failure is logged too.
    pub async fn invoke(&self, function: &str, event: Value) -> Result<Value, Failure> {
        let timeout = self.started.wait().await.template.timeout(function);
        self.invoke_within(function, event, timeout).await
    }

    /// The same, and tells the function that it has less time than its own timeout, or more.
    pub async fn invoke_within(
        &self,
        function: &str,
        event: Value,
        timeout: Duration,
    ) -> Result<Value, Failure> {
        let answer = match self.elsewhere.get() {
            Some(elsewhere) => elsewhere(function.to_owned(), event).await,
            None => self.started.wait().await.bundle.invoke(function, event, timeout).await,
        };
        answer.inspect_err(|error| tracing::error!(event = "function_failed", function, %error))
    }

    /// What the gateway calls: the function behind each route.
    pub fn behind(&self, routes: Arc<Template>) -> gateway::Functions {
        let functions = self.clone();
        Arc::new(move |route, event| {
            let (functions, function) = (functions.clone(), routes.function(route));
            Box::pin(async move {
                functions.invoke(&function, event).await.map_err(|error| FunctionError {
                    kind: "Unhandled".to_owned(),
                    message: error.to_string(),
                })
            })
        })
    }

    /// What SES tells: `mail-feedback`.
    pub fn feedback(&self) -> Feedback {
        let functions = self.clone();
        Arc::new(move |event| {
            let functions = functions.clone();
            Box::pin(async move {
                let _ = functions.invoke("mail-feedback", event).await; // logged
            })
        })
    }
}
