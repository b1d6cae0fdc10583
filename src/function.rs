//! How a function lives in Lambda: start, wait for events, answer, one after the other.
//!
//! A setting that is wrong, or a secret that is no key, keeps it from starting, by name (T91). A
//! secret that cannot be read just now does not: the function comes up, says so to whoever asks,
//! and tries again at the next event (T86).

use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse;
use lambda_runtime::{LambdaEvent, run, service_fn};
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::{
    ambient::Ambient,
    handlers::NotReady,
    settings::{Settings, Site},
    web::{self, Trouble, Visit},
};

/// What ends a function before its first event, or what it reports of one.
pub type Error = lambda_runtime::Error;

/// A function that has started. Its parts may still wait for a secret.
pub struct Function<Deps> {
    settings: Settings,
    site: Site,
    ambient: Ambient,
    parts: OnceCell<Deps>,
}

impl<Deps> Function<Deps> {
    /// Makes the function's parts, if its secrets can be read.
    ///
    /// # Errors
    /// What keeps it from ever working: a setting, or what a secret holds.
    pub async fn start(
        settings: Settings,
        ambient: &Ambient,
        make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
    ) -> Result<Self, NotReady> {
        let site = Site::from(&settings)?;
        let function = Self { settings, site, ambient: ambient.clone(), parts: OnceCell::new() };
        match function.parts(&make).await {
            Err(not_ready) if not_ready.may_pass() => {
                tracing::error!(event = "not_ready", cause = web::chain(&not_ready));
            }
            Err(not_ready) => return Err(not_ready),
            Ok(_) => {}
        }
        Ok(function)
    }

    /// Answers an event with a page, if need be with the one that says that nothing was done.
    pub async fn answer(
        &self,
        make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
        handle: impl AsyncFn(&Deps, Value) -> ApiGatewayV2httpResponse,
        event: Value,
    ) -> ApiGatewayV2httpResponse {
        match self.parts(&make).await {
            Ok(parts) => Box::pin(handle(parts, event)).await,
            Err(not_ready) => {
                let visit = Visit::read(event, self.ambient.now());
                web::answer(&self.site, visit, Err(Trouble::Unavailable(not_ready.into())))
            }
        }
    }

    /// Takes an event that nobody waits for.
    ///
    /// # Errors
    /// Why Lambda must try again.
    pub async fn take<NotDone: Into<Error>>(
        &self,
        make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
        handle: impl AsyncFn(&Deps, Value) -> Result<(), NotDone>,
        event: Value,
    ) -> Result<(), Error> {
        let parts = self.parts(&make).await.inspect_err(|not_ready| {
            tracing::error!(event = "not_ready", cause = web::chain(not_ready));
        })?;
        Box::pin(handle(parts, event)).await.map_err(Into::into)
    }

    /// The parts, made now if they could not be made before.
    async fn parts(
        &self,
        make: &impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
    ) -> Result<&Deps, NotReady> {
        let made = || Box::pin(make(&self.settings, &self.ambient));
        self.parts.get_or_try_init(made).await
    }
}

/// Runs a function that answers people: every event gets a page.
pub async fn pages<Deps>(
    make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
    handle: impl AsyncFn(&Deps, Value) -> ApiGatewayV2httpResponse,
) -> Result<(), Error> {
    let function = &started(&make).await?;
    let (make, handle) = (&make, &handle);
    run(service_fn(move |event: LambdaEvent<Value>| async move {
        Ok::<_, Error>(function.answer(make, handle, event.payload).await)
    }))
    .await
}

/// Runs a function that takes events: a failure goes back to Lambda, which tries again.
pub async fn events<Deps, NotDone: Into<Error>>(
    make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
    handle: impl AsyncFn(&Deps, Value) -> Result<(), NotDone>,
) -> Result<(), Error> {
    let function = &started(&make).await?;
    let (make, handle) = (&make, &handle);
    run(service_fn(move |event: LambdaEvent<Value>| function.take(make, handle, event.payload)))
        .await
}

/// Log lines are JSON, without a clock of their own: Lambda stamps them.
async fn started<Deps>(
    make: &impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
) -> Result<Function<Deps>, Error> {
    tracing_subscriber::fmt().json().flatten_event(true).with_target(false).without_time().init();
    let started = Function::start(Settings::from_env(), &Ambient::system(), make).await;
    started.map_err(|error| {
        tracing::error!(event = "not_started", cause = %error);
        error.into()
    })
}
