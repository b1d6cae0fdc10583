//! The only way out to the provider: to its own hosts, for small answers, and not for ever.
//!
//! Never follows a redirect, never retries: a code is good once (T11).

use std::{collections::VecDeque, pin::Pin, sync::Mutex};

use aws_smithy_types::body::SdkBody;
use jiff::{SignedDuration, Timestamp};
use lambda_http::http::{Request, StatusCode, header};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, url::Url};

use super::Issuer;
use crate::outbound::{CallFailed, Outbound};

/// Bytes of an answer, a JWKS above all (T10).
const ANSWER: usize = 150 * 1024;
/// So many failures …
const FAILURES: usize = 5;
/// … in this time, and the provider is left in peace until the oldest of them is older (T11).
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// Why the provider was of no help. Nothing is known about the person. Never repeats content.
#[derive(Debug, thiserror::Error)]
pub enum Unreachable {
    /// No answer, or none in time.
    #[error("the provider was not reached")]
    Call(#[source] CallFailed),
    /// Another status than the one that was due, a redirect for instance.
    #[error("the provider answered {0}")]
    Status(StatusCode),
    /// An answer that cannot be what was asked for.
    #[error("the provider's answer makes no sense: {0}")]
    Nonsense(&'static str),
    /// An address outside the issuer's own hosts: nothing was sent.
    #[error("the address is not one of the provider's hosts")]
    ForeignHost,
    /// It failed so often just now that nothing was sent.
    #[error("the provider failed too often just now")]
    Paused,
}

/// The way to one provider, at one time: what `openidconnect` fetches through.
pub(super) struct At<'a>(&'a Wire, Timestamp);

impl<'c> AsyncHttpClient<'c> for At<'_> {
    type Error = Unreachable;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unreachable>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.0.call(request, self.1))
    }
}

/// The way to one provider.
pub(super) struct Wire {
    outbound: Outbound,
    issuer: Issuer,
    failures: Mutex<VecDeque<Timestamp>>,
}

impl Wire {
    pub(super) fn new(outbound: Outbound, issuer: Issuer) -> Self {
        Self { outbound, issuer, failures: Mutex::default() }
    }

    pub(super) fn at(&self, now: Timestamp) -> At<'_> {
        At(self, now)
    }

    /// Sends one request, once.
    pub(super) async fn call(
        &self,
        request: HttpRequest,
        now: Timestamp,
    ) -> Result<HttpResponse, Unreachable> {
        let address = Url::parse(&request.uri().to_string());
        if !address.is_ok_and(|address| self.issuer.owns(&address)) {
            return Err(Unreachable::ForeignHost);
        }
        if self.paused(now) {
            return Err(Unreachable::Paused);
        }
        let answer = match self.outbound.call(request.map(SdkBody::from)).await {
            Err(error) => Err(Unreachable::Call(error)),
            Ok(answer) if answer.status().is_server_error() => {
                Err(Unreachable::Status(answer.status()))
            }
            Ok(answer) if answer.body().len() > ANSWER => Err(Unreachable::Nonsense("too long")),
            Ok(answer) => Ok(answer),
        };
        if answer.is_err() {
            self.note_failure(now);
        }
        answer
    }

    /// Posts a form, once.
    pub(super) async fn post(
        &self,
        endpoint: &Url,
        form: String,
        now: Timestamp,
    ) -> Result<HttpResponse, Unreachable> {
        let request = Request::post(endpoint.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.into_bytes())
            .map_err(|_| Unreachable::Nonsense("an endpoint"))?;
        self.call(request, now).await
    }

    fn paused(&self, now: Timestamp) -> bool {
        let failures = self.failures.lock().expect("no holder panics");
        failures.len() == FAILURES && failures.front().is_some_and(|oldest| now < *oldest + PAUSE)
    }

    fn note_failure(&self, now: Timestamp) {
        let mut failures = self.failures.lock().expect("no holder panics");
        failures.push_back(now);
        if failures.len() > FAILURES {
            failures.pop_front();
        }
    }
}
