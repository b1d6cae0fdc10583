//! How a function lives in Lambda: start, wait for events, answer, one after the other.

use lambda_runtime::{LambdaEvent, run, service_fn};
use serde::Serialize;
use serde_json::Value;

use crate::{ambient::Ambient, settings::Settings};

/// What ends a function before its first event: a setting or a secret, by name.
pub type Error = lambda_runtime::Error;

/// Runs a function that answers people: every event gets a page.
pub async fn pages<Deps, Answer, Failed>(
    start: impl AsyncFnOnce(&Settings, &Ambient) -> Result<Deps, Failed>,
    handle: impl AsyncFn(&Deps, Value) -> Answer,
) -> Result<(), Error>
where
    Answer: Serialize,
    Failed: std::error::Error + Send + Sync + 'static,
{
    let deps = started(Box::pin(start(&Settings::from_env(), &Ambient::system())).await)?;
    let deps = &deps;
    let handle = &handle;
    run(service_fn(move |event: LambdaEvent<Value>| async move {
        Ok::<_, Error>(Box::pin(handle(deps, event.payload)).await)
    }))
    .await
}

/// Runs a function that takes events: a failure goes back to Lambda, which tries again.
pub async fn events<Deps, Failed, NotDone>(
    start: impl AsyncFnOnce(&Settings, &Ambient) -> Result<Deps, Failed>,
    handle: impl AsyncFn(&Deps, Value) -> Result<(), NotDone>,
) -> Result<(), Error>
where
    Failed: std::error::Error + Send + Sync + 'static,
    NotDone: std::error::Error + Send + Sync + 'static,
{
    let deps = started(Box::pin(start(&Settings::from_env(), &Ambient::system())).await)?;
    let deps = &deps;
    let handle = &handle;
    run(service_fn(move |event: LambdaEvent<Value>| async move {
        Box::pin(handle(deps, event.payload)).await.map_err(Error::from)
    }))
    .await
}

/// Log lines are JSON, without a clock of their own: Lambda stamps them.
fn started<Deps, Failed>(started: Result<Deps, Failed>) -> Result<Deps, Error>
where
    Failed: std::error::Error + Send + Sync + 'static,
{
    tracing_subscriber::fmt().json().flatten_event(true).with_target(false).without_time().init();
    started.map_err(|error| {
        tracing::error!(event = "not_started", cause = %error);
        error.into()
    })
}
