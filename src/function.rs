//! How a function lives in Lambda: start, wait for events, answer, one after the other.
//!
//! A setting that is wrong, or a secret that is no key, keeps it from starting, by name (T91). A
//! secret that cannot be read just now does not: the function comes up, says so to whoever asks,
//! and tries again at the next event (T86). Nor does a panic: it is answered as a fault of ours.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::FutureExt as _;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse;
use lambda_runtime::{LambdaEvent, run, service_fn};
use serde_json::Value;
use tokio::{sync::OnceCell, time::Instant};

use crate::{
    ambient::Ambient,
    handlers::{Invocation, NotReady},
    settings::{Settings, Site},
    telling,
    web::{self, Trouble, Visit},
};

/// What ends a function before its first event, or what it reports of one.
pub type Error = lambda_runtime::Error;

/// After ten seconds Lambda ends a function, and the gateway answers in its place without a word of
/// what happened. Services that are slow one after the other come to that; our page goes out before.
const PATIENCE: Duration = Duration::from_secs(9);

/// A function that has started. Its parts may still wait for a secret.
pub struct Function<Deps> {
    settings: Settings,
    site: Site,
    ambient: Ambient,
    parts: Mutex<Arc<OnceCell<Deps>>>,
}

impl<Deps> Function<Deps> {
    /// Makes the function's parts, if its secrets can be read. `name` is what logs call it.
    ///
    /// # Errors
    /// What keeps it from ever working: a setting, or what a secret holds.
    pub async fn start(
        name: &str,
        settings: Settings,
        ambient: &Ambient,
        make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
    ) -> Result<Self, NotReady> {
        let settings = settings.of_function(name);
        let site = Site::from(&settings)?;
        let function = Self { settings, site, ambient: ambient.clone(), parts: Mutex::default() };
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
        let story = async {
            match self.parts(&make).await {
                Ok(parts) => {
                    let story = async || Box::pin(handle(ready(&parts), event.clone())).await;
                    let answer = self.without_a_panic(story()).await;
                    answer.map_err(|panic| Trouble::OurFault(panic.into()))
                }
                Err(not_ready) => Err(Trouble::Unavailable(not_ready.into())),
            }
        };
        let trouble = match tokio::time::timeout(PATIENCE, story).await {
            Ok(Ok(answer)) => return answer,
            Ok(Err(trouble)) => trouble,
            Err(late) => Trouble::NotConfirmed(late.into()),
        };
        web::answer(&self.site, Visit::read(event, self.ambient.now()), Err(trouble))
    }

    /// Takes an event that nobody waits for.
    ///
    /// # Errors
    /// Why Lambda must try again.
    pub async fn take<NotDone: Into<Error>>(
        &self,
        make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
        handle: impl AsyncFn(&Deps, Invocation) -> Result<(), NotDone>,
        invocation: Invocation,
    ) -> Result<(), Error> {
        let parts = self.parts(&make).await.inspect_err(|not_ready| {
            tracing::error!(event = "not_ready", cause = web::chain(not_ready));
        })?;
        let story = async || Box::pin(handle(ready(&parts), invocation)).await;
        self.without_a_panic(story()).await?.map_err(Into::into)
    }

    /// The parts, made now if they could not be made before.
    async fn parts(
        &self,
        make: &impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
    ) -> Result<Arc<OnceCell<Deps>>, NotReady> {
        let parts = Arc::clone(&self.parts.lock().unwrap_or_else(PoisonError::into_inner));
        let made = || Box::pin(make(&self.settings, &self.ambient));
        parts.get_or_try_init(made).await?;
        Ok(parts)
    }

    /// A panic is a fault like any other, but nobody knows what it left behind: the next event
    /// gets new parts (T85).
    async fn without_a_panic<T>(&self, story: impl Future<Output = T>) -> Result<T, &'static str> {
        AssertUnwindSafe(story).catch_unwind().await.map_err(|_| {
            *self.parts.lock().unwrap_or_else(PoisonError::into_inner) = Arc::default();
            "the function panicked"
        })
    }
}

fn ready<Deps>(parts: &OnceCell<Deps>) -> &Deps {
    parts.get().expect("they were made")
}

/// Runs a function that answers people: every event gets a page.
pub async fn pages<Deps>(
    name: &str,
    make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
    handle: impl AsyncFn(&Deps, Value) -> ApiGatewayV2httpResponse,
) -> Result<(), Error> {
    let function = &started(name, &make).await?;
    let (make, handle) = (&make, &handle);
    run(service_fn(move |event: LambdaEvent<Value>| async move {
        Ok::<_, Error>(function.answer(make, handle, event.payload).await)
    }))
    .await
}

/// Runs a function that takes events: a failure goes back to Lambda, which tries again.
pub async fn events<Deps, NotDone: Into<Error>>(
    name: &str,
    make: impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
    handle: impl AsyncFn(&Deps, Invocation) -> Result<(), NotDone>,
) -> Result<(), Error> {
    let function = &started(name, &make).await?;
    let (make, handle) = (&make, &handle);
    run(service_fn(move |event: LambdaEvent<Value>| {
        let left = function.ambient.time_until(event.context.deadline());
        let until = Instant::now() + left;
        function.take(make, handle, Invocation { event: event.payload, until })
    }))
    .await
}

async fn started<Deps>(
    name: &str,
    make: &impl AsyncFn(&Settings, &Ambient) -> Result<Deps, NotReady>,
) -> Result<Function<Deps>, Error> {
    let settings = Settings::from_env();
    telling::begin(settings.optional("STACK").unwrap_or("kontobro"));
    std::panic::set_hook(Box::new(telling::panicked));
    let started = Function::start(name, settings, &Ambient::system(), make).await;
    started.map_err(|error| {
        tracing::error!(event = "not_started", cause = %error);
        error.into()
    })
}
