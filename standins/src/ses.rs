//! SES v2: `SendEmail`, checked as SES checks it, into an outbox that is also a mailbox page.
//!
//! | Path | Answers |
//! |---|---|
//! | `POST /v2/email/outbound-emails` | the API: `SendEmail` with simple content |
//! | `GET /` | the mailbox; `GET /mail/{id}` one mail, `GET /mail/{id}/html` its HTML alone |
//! | `GET /messages` | every [`Message`] as JSON, newest first |
//! | `POST /mail/{id}/feedback` | a form with `fate`: `deliver`, `delay`, `bounce` or `complain` |
//!
//! Nothing is delivered: what becomes of a mail is decided by a button or a test, and told as the
//! EventBridge event that SES would publish. Deliberately absent: raw and templated mail,
//! suppression lists, quotas. Throttling and pauses are [`throttled`] and [`paused`] on the wire.

mod api;
mod event;
mod mailbox;
mod outbox;

use std::{io, net::SocketAddr, path::Path, sync::Arc};

use axum::Router;
use serde_json::Value;

use crate::{BoxFuture, Clock, Server, server::Listener, wire};

pub use event::Fate;
pub use outbox::Message;

/// Takes an EventBridge event about a mail.
pub type Feedback = Arc<dyn Fn(Value) -> BoxFuture<()> + Send + Sync>;

/// How SES is set up.
pub struct Settings {
    /// The verified identity: an address, or a domain with all addresses under it.
    pub identity: String,
    /// A JSON-lines file that keeps the outbox over restarts; none keeps it in memory.
    pub file: Option<Box<Path>>,
    /// Who is told what became of a mail.
    pub feedback: Feedback,
    /// The time mail is sent at.
    pub clock: Clock,
}

/// A running SES; the wire knows it as `ses`.
pub struct Ses {
    server: Server,
    state: Arc<State>,
}

struct State {
    identity: String,
    feedback: Feedback,
    clock: Clock,
    outbox: outbox::Outbox,
}

impl Ses {
    /// Starts SES, with what its outbox file holds.
    ///
    /// # Errors
    /// When the address cannot be bound or the file not read; the message names which.
    pub async fn start(
        address: SocketAddr,
        settings: Settings,
        wire: &wire::Wire,
    ) -> io::Result<Self> {
        let listener = Listener::bind(address).await?;
        let Settings { identity, file, feedback, clock } = settings;
        let outbox = outbox::Outbox::open(file)?;
        let state = Arc::new(State { identity, feedback, clock, outbox });
        let app = Router::new().merge(api::routes()).merge(mailbox::routes());
        Ok(Self { server: listener.serve("ses", wire, app.with_state(state.clone())), state })
    }

    /// Its server, to be closed and opened again.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Base URL, for the SDK's `endpoint_url` and for the browser.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// Every mail, newest first.
    pub fn messages(&self) -> Vec<Arc<Message>> {
        self.state.outbox.messages()
    }

    /// Throws every mail away. For an outbox in memory.
    pub fn clear(&self) {
        self.state.outbox.clear();
    }

    /// What SES would publish of a mail now, without telling anyone: for who delivers news in an
    /// order of their own. None when there is no such mail.
    pub fn news(&self, message_id: &str, fate: Fate) -> Option<Value> {
        let message = self.state.outbox.message(message_id)?;
        Some(event::of(&message, fate, (self.state.clock)()))
    }

    /// Decides a mail's fate, and returns when the feedback closure has taken the event.
    /// False when there is no such mail.
    pub async fn decide(&self, message_id: &str, fate: Fate) -> bool {
        self.state.decide(message_id, fate).await
    }
}

impl State {
    async fn decide(&self, message_id: &str, fate: Fate) -> bool {
        let Some(message) = self.outbox.decide(message_id, fate) else { return false };
        (self.feedback)(event::of(&message, fate, (self.clock)())).await;
        true
    }
}

/// SES asks to slow down.
pub fn throttled() -> wire::Kind {
    wire::Kind::Refuse { status: 429, error: "TooManyRequestsException".to_owned() }
}

/// The account may not send for now.
pub fn paused() -> wire::Kind {
    wire::Kind::Refuse { status: 400, error: "SendingPausedException".to_owned() }
}

/// The account is in the sandbox, and no recipient is verified.
pub fn sandboxed() -> wire::Kind {
    wire::Kind::Refuse { status: 400, error: "MessageRejected".to_owned() }
}

#[cfg(test)]
mod tests;
