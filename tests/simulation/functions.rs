//! The functions: for each one instance, or two of different age, as Lambda has them during a
//! deployment. An event that a function has begun can be killed at any moment (F13).

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use jiff::Timestamp;
use kontobro::{ambient::Ambient, bundle::Bundle, settings::Settings};
use serde_json::Value;
use standins::{BoxFuture, gateway, runtime_api::FunctionError};

use super::time::Time;
use crate::local::template::Template;

/// One function on its way through one event.
pub struct Invocation {
    pub function: String,
    /// `POST /sok`; `event` for what does not come through the gateway.
    pub route: String,
    /// What the function's clock showed when it began.
    pub now: Timestamp,
    /// The event itself.
    pub event: Value,
    /// Whose doing it is: the number of a step.
    pub step: usize,
    /// How many had begun before it.
    pub number: usize,
    /// No other of this history has it, starts of functions included.
    pub id: usize,
    timeout: Duration,
    killed: AtomicBool,
    is_late: AtomicBool,
}

/// An invocation that is over.
pub struct Finished {
    pub invocation: Arc<Invocation>,
    /// What it would have given the Lambda runtime; none if it failed or was killed.
    pub answer: Option<Value>,
    /// How many had begun when it was over.
    pub begun: usize,
}

/// All instances. Clones share them.
#[derive(Clone)]
pub struct Functions(Arc<Shared>);

struct Shared {
    template: Arc<Template>,
    settings: Vec<(String, String)>,
    time: Time,
    dice: Dice,
    state: Mutex<State>,
}

type Dice = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

#[derive(Default)]
struct State {
    /// By function, the newest first, each with the changes of keys there had been.
    instances: BTreeMap<String, Vec<(Arc<Bundle>, usize)>>,
    /// Changes of keys so far.
    changes: usize,
    /// Of all clients of the SDK.
    region: String,
    /// Whether the older instance answers, where there is one.
    old_ones_answer: bool,
    /// The step that is being carried on.
    step: usize,
    begun: usize,
    /// The newest id of an invocation; none has 0.
    ids: usize,
    /// By step, what a function does for it.
    under_way: BTreeMap<usize, Arc<Invocation>>,
    finished: Vec<Finished>,
}

impl Functions {
    pub fn new(
        template: Arc<Template>,
        settings: Vec<(String, String)>,
        time: Time,
        dice: Dice,
    ) -> Self {
        let state = Mutex::default();
        Self(Arc::new(Shared { template, settings, time, dice, state }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().expect("nobody panics with the functions in hand")
    }

    /// A new instance, which reads its secrets as they are now; the one before lives on beside it.
    ///
    /// # Errors
    /// What keeps it from starting. Then the one before goes on alone.
    pub async fn start(&self, function: &str) -> Result<(), String> {
        let Shared { template, settings, time, dice, .. } = &*self.0;
        let (step, changes, region) = {
            let mut state = self.state();
            state.ids += 1;
            let start = Arc::new(Invocation::start_of(function, time, state.step, state.ids));
            let step = start.step;
            state.under_way.insert(step, start);
            (step, state.changes, ("AWS_REGION".to_owned(), state.region.clone()))
        };
        let settings = settings.iter().cloned().chain([region]).collect::<Vec<_>>();
        let settings = Settings::new(template.given(function, &settings));
        let (time, whose, dice) = (time.clone(), function.to_owned(), dice.clone());
        let ambient = Ambient::new(move || time.shown_to(&whose), move |bytes| dice(bytes));
        let mut alone = Bundle::default();
        let started = alone.add(function, settings, &ambient).await;
        let mut state = self.state();
        state.under_way.remove(&step);
        started.map_err(|error| error.to_string())?;
        let instances = state.instances.entry(function.to_owned()).or_default();
        instances.insert(0, (Arc::new(alone), changes));
        instances.truncate(2);
        Ok(())
    }

    /// The keys have been changed so often.
    pub fn keys_were_changed(&self, times: usize) {
        self.state().changes = times;
    }

    /// Functions whose newest instance was started before the newest change of keys.
    pub fn with_other_keys(&self, changes: usize) -> Vec<String> {
        let state = self.state();
        let old = state
            .instances
            .iter()
            .filter(|(_, all)| all.first().is_some_and(|(_, of)| *of < changes));
        old.map(|(function, _)| function.clone()).collect()
    }

    /// A history begins: no function has been started, no event has come.
    pub fn begin(&self, region: &str, changes_of_keys: usize) {
        let changes = changes_of_keys;
        *self.state() = State { region: region.to_owned(), changes, ..State::default() };
    }

    /// Only the newest instance of each function lives on.
    pub fn retire_the_old(&self) {
        self.state().instances.values_mut().for_each(|instances| instances.truncate(1));
    }

    /// From now on the older of two instances answers, or the newer.
    pub fn old_ones_answer(&self, they_do: bool) {
        self.state().old_ones_answer = they_do;
    }

    /// The function behind each route, for the gateway.
    pub fn behind_the_gateway(&self) -> gateway::Functions {
        let functions = self.clone();
        Arc::new(move |route, event| {
            let function = functions.0.template.function(route);
            let route = format!(
                "{} {}",
                event["requestContext"]["http"]["method"].as_str().unwrap_or_default(),
                route.path
            );
            functions.invoke(&function, &route, event)
        })
    }

    /// Hands an event to a function.
    pub fn invoke(
        &self,
        function: &str,
        route: &str,
        event: Value,
    ) -> BoxFuture<Result<Value, FunctionError>> {
        let mut state = self.state();
        state.ids += 1;
        let invocation = Arc::new(Invocation {
            function: function.to_owned(),
            route: route.to_owned(),
            now: self.0.time.shown_to(function),
            event: event.clone(),
            step: state.step,
            number: state.begun,
            id: state.ids,
            timeout: self.0.template.timeout(function),
            killed: AtomicBool::new(false),
            is_late: AtomicBool::new(false),
        });
        state.begun += 1;
        let old_ones_answer = state.old_ones_answer;
        state.under_way.insert(invocation.step, invocation.clone());
        let instances = &state.instances[function];
        let instance = if old_ones_answer { instances.last() } else { instances.first() };
        let (instance, _) = instance.expect("it was started").clone();
        let (functions, function) = (self.clone(), function.to_owned());
        Box::pin(async move {
            let timeout = functions.0.template.timeout(&function);
            let work = Box::pin(async move { instance.invoke(&function, event, timeout).await });
            let outcome = Mortal { invocation: invocation.clone(), work: Some(work) }.await;
            let answer = outcome.as_ref().ok().cloned();
            let mut state = functions.state();
            state.under_way.remove(&invocation.step);
            let begun = state.begun;
            state.finished.push(Finished { invocation, answer, begun });
            outcome
        })
    }

    /// What is begun from now on is the doing of this step.
    pub fn works_for(&self, step: usize) {
        self.state().step = step;
    }

    /// What a function does for a step right now.
    pub fn under_way(&self, step: usize) -> Option<Arc<Invocation>> {
        self.state().under_way.get(&step).cloned()
    }

    /// Events that are over since the last time this was asked.
    pub fn finished(&self) -> Vec<Finished> {
        std::mem::take(&mut self.state().finished)
    }
}

impl Invocation {
    /// What a function does before its first event.
    fn start_of(function: &str, time: &Time, step: usize, id: usize) -> Self {
        Self {
            function: function.to_owned(),
            route: "start".to_owned(),
            now: time.shown_to(function),
            event: Value::Null,
            step,
            number: 0,
            id,
            timeout: Duration::from_secs(10),
            killed: AtomicBool::new(false),
            is_late: AtomicBool::new(false),
        }
    }

    /// Lambda ends a function that takes longer (G7).
    pub fn patience(&self) -> Duration {
        self.timeout
    }

    /// Lambda has lost its patience.
    pub fn times_out(&self) {
        self.is_late.store(true, Ordering::SeqCst);
        self.kill();
    }

    pub fn was_too_late(&self) -> bool {
        self.is_late.load(Ordering::SeqCst)
    }

    /// Ends it at once: nothing of it happens any more.
    pub fn kill(&self) {
        self.killed.store(true, Ordering::SeqCst);
    }

    pub fn was_killed(&self) -> bool {
        self.killed.load(Ordering::SeqCst)
    }
}

type Work = Pin<Box<dyn Future<Output = Result<Value, kontobro::bundle::Failed>> + Send>>;

/// A function's work, until it is done or killed.
struct Mortal {
    invocation: Arc<Invocation>,
    work: Option<Work>,
}

impl Future for Mortal {
    type Output = Result<Value, FunctionError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let failed = |kind: &str, message: String| FunctionError { kind: kind.to_owned(), message };
        if self.invocation.was_killed() {
            self.work = None; // cuts its connections
            return Poll::Ready(Err(failed("Runtime.ExitError", "killed".to_owned())));
        }
        let work = self.work.as_mut().expect("a function that is done is asked no more");
        let done = std::task::ready!(work.as_mut().poll(context));
        self.work = None;
        Poll::Ready(done.map_err(|error| failed("Unhandled", error.to_string())))
    }
}
