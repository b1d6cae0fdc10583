//! The Lambda Runtime API: one instance a function, for bootstraps that run as real processes.
//!
//! It queues events, hands them out one by one and brings back what the function said. It
//! neither starts nor stops processes; the caller does, with [`RuntimeApi::environment`].
//!
//! Source: Lambda developer guide, "Using the Lambda runtime API for custom runtimes".

use std::{
    collections::HashMap,
    fmt, io,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

use crate::{Server, locked, loopback, random_hex, server::Listener, wire::Wire};

/// A function failed, or did not answer.
#[derive(Clone, Debug)]
pub struct FunctionError {
    /// `errorType` as the function gave it; `Sandbox.Timedout` when it gave none in time.
    pub kind: String,
    /// `errorMessage`.
    pub message: String,
}

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

impl std::error::Error for FunctionError {}

type Outcome = Result<Value, FunctionError>;

/// The Runtime API of one function.
pub struct RuntimeApi {
    server: Server,
    name: String,
    events: mpsc::UnboundedSender<Invocation>,
    shared: Arc<Shared>,
}

struct Invocation {
    event: Value,
    deadline: SystemTime,
    answer: oneshot::Sender<Outcome>,
}

struct Shared {
    name: String,
    queue: tokio::sync::Mutex<mpsc::UnboundedReceiver<Invocation>>,
    running: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
    /// None until the function asks for its first event, or says that it cannot start.
    started: watch::Sender<Option<Result<(), FunctionError>>>,
}

impl RuntimeApi {
    /// Starts the API for the function of this name, on any free port.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(name: &str) -> io::Result<Self> {
        let (events, queue) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            name: name.to_owned(),
            queue: tokio::sync::Mutex::new(queue),
            running: Mutex::default(),
            started: watch::Sender::new(None),
        });
        let app = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .with_state(shared.clone());
        let server = Listener::bind(loopback(0)).await?.serve("runtime", &Wire::new(), app);
        Ok(Self { server, name: name.to_owned(), events, shared })
    }

    /// What Lambda sets in a bootstrap's environment.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_LAMBDA_RUNTIME_API", self.server.address().to_string()),
            ("AWS_LAMBDA_FUNCTION_NAME", self.name.clone()),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256".to_owned()),
            ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".to_owned()),
            ("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{}", self.name)),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "local".to_owned()),
            ("AWS_REGION", "eu-north-1".to_owned()),
            ("TZ", ":UTC".to_owned()),
        ]
    }

    /// Waits until the function asks for its first event: its init is done.
    ///
    /// # Errors
    /// What the function said when it could not start. It waits for ever for one that says
    /// nothing: put a timeout around it.
    pub async fn ready(&self) -> Result<(), FunctionError> {
        let mut started = self.shared.started.subscribe();
        let told = started.wait_for(Option::is_some).await;
        told.ok().and_then(|told| told.clone()).unwrap_or_else(|| Err(gone("Runtime.ExitError")))
    }

    /// Runs the function on one event. `timeout` is its configured timeout: it is told the
    /// deadline, and given up then. Events that wait for the function count their time too.
    ///
    /// # Errors
    /// What the function said, what it said when it could not start, or `Sandbox.Timedout`.
    pub async fn invoke(&self, event: Value, timeout: Duration) -> Result<Value, FunctionError> {
        let (answer, mut answered) = oneshot::channel();
        let deadline = SystemTime::now() + timeout;
        let invocation = Invocation { event, deadline, answer };
        let _ = self.events.send(invocation); // its receiver lives as long as we
        let mut started = self.shared.started.subscribe();
        let failed_init = started.wait_for(|started| matches!(started, Some(Err(_))));
        tokio::select! {
            outcome = &mut answered => outcome.unwrap_or_else(|_| Err(gone("Runtime.ExitError"))),
            Ok(told) = failed_init => {
                let error = told.as_ref().and_then(|started| started.as_ref().err()).cloned();
                Err(error.unwrap_or_else(|| gone("Runtime.ExitError")))
            }
            () = tokio::time::sleep(timeout) => Err(gone("Sandbox.Timedout")),
        }
    }
}

fn gone(kind: &str) -> FunctionError {
    FunctionError { kind: kind.to_owned(), message: "the function did not answer".to_owned() }
}

async fn next(State(shared): State<Arc<Shared>>) -> Response {
    shared.started.send_if_modified(|started| {
        let first = started.is_none();
        started.get_or_insert(Ok(()));
        first
    });
    let mut queue = shared.queue.lock().await;
    let invocation = loop {
        match queue.recv().await {
            Some(invocation) if invocation.answer.is_closed() => {} // given up meanwhile
            Some(invocation) => break invocation,
            None => return StatusCode::GONE.into_response(),
        }
    };
    let id = format!("{}-local", random_hex(8));
    let deadline = invocation.deadline.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let arn = format!("arn:aws:lambda:eu-north-1:123456789012:function:{}", shared.name);
    let trace = format!("Root=1-{}-{};Sampled=0", random_hex(4), random_hex(12));
    locked(&shared.running).insert(id.clone(), invocation.answer);
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", deadline.to_string()),
        ("lambda-runtime-invoked-function-arn", arn),
        ("lambda-runtime-trace-id", trace),
    ];
    (headers, invocation.event.to_string()).into_response()
}

async fn response(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: String,
) -> Response {
    let outcome = serde_json::from_str(&body).map_err(|error| FunctionError {
        kind: "Runtime.InvalidResponse".to_owned(),
        message: error.to_string(),
    });
    shared.settle(&id, outcome)
}

async fn error(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: String,
) -> Response {
    shared.settle(&id, Err(said(&body)))
}

async fn init_error(State(shared): State<Arc<Shared>>, body: String) -> Response {
    shared.started.send_replace(Some(Err(said(&body))));
    accepted()
}

impl Shared {
    fn settle(&self, id: &str, outcome: Outcome) -> Response {
        match locked(&self.running).remove(id) {
            Some(answer) => {
                let _ = answer.send(outcome); // whoever asked may have given up
                accepted()
            }
            None => (StatusCode::BAD_REQUEST, "unknown request id").into_response(),
        }
    }
}

fn said(body: &str) -> FunctionError {
    let error: Value = serde_json::from_str(body).unwrap_or_default();
    let field = |name: &str| error[name].as_str().unwrap_or("unknown").to_owned();
    FunctionError { kind: field("errorType"), message: field("errorMessage") }
}

fn accepted() -> Response {
    (StatusCode::ACCEPTED, json!({ "status": "OK" }).to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http;
    use axum::http::Method;

    const TIMEOUT: Duration = Duration::from_secs(5);

    fn path(api: &RuntimeApi, rest: &str) -> String {
        format!("{}/2018-06-01/runtime/{rest}", api.server.url())
    }

    #[tokio::test]
    async fn an_event_goes_out_and_the_answer_comes_back() {
        let api = RuntimeApi::start("start").await.unwrap();
        let function = async {
            let event = http::get(&path(&api, "invocation/next")).await.unwrap();
            assert_eq!(event.json(), json!({ "a": 1 }));
            let id = event.headers["lambda-runtime-aws-request-id"].to_str().unwrap().to_owned();
            assert!(event.headers.contains_key("lambda-runtime-deadline-ms"));
            let answer = path(&api, &format!("invocation/{id}/response"));
            let told = http::call(Method::POST, &answer, &[], r#"{"b":2}"#).await.unwrap();
            assert_eq!(told.status, 202);
        };
        let (answer, ()) = tokio::join!(api.invoke(json!({ "a": 1 }), TIMEOUT), function);
        assert_eq!(answer.unwrap(), json!({ "b": 2 }));
        api.ready().await.unwrap();
    }

    #[tokio::test]
    async fn a_function_that_cannot_start_fails_every_event_with_its_reason() {
        let api = RuntimeApi::start("start").await.unwrap();
        let error = r#"{"errorType":"Config","errorMessage":"TABLE is missing"}"#;
        http::call(Method::POST, &path(&api, "init/error"), &[], error).await.unwrap();
        assert_eq!(api.ready().await.unwrap_err().to_string(), "Config: TABLE is missing");
        assert_eq!(api.invoke(json!({}), TIMEOUT).await.unwrap_err().kind, "Config");
    }
}
