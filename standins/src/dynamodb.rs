//! DynamoDB: the embedded dynoxide engine behind the wire, its tables from a template.
//!
//! The engine runs in process. It does not throttle and its reads are always consistent, unless the
//! wire asks for one that lags: then a replica answers, which has not seen the newest changes.

mod engine;
mod journal;
mod tables;

use std::{fmt, io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::{Router, body::Bytes, http::request::Parts};
use dynoxide::{Database, DynoxideError};
use serde_json::Value;
use tokio::task::AbortHandle;

use crate::{
    Server,
    server::Listener,
    wire::{InTurn, Wire},
};
use tables::Tables;

pub use journal::Change;

/// A running DynamoDB; the wire knows it as `dynamodb`.
pub struct DynamoDb {
    server: Server,
    tables: Arc<Tables>,
    tasks: Vec<AbortHandle>,
}

impl DynamoDb {
    /// Starts on an empty database in memory, or on this file, which is made when it is absent.
    ///
    /// # Errors
    /// When the address cannot be bound (the message names it) or the file not opened.
    pub async fn start(address: SocketAddr, file: Option<&Path>, wire: &Wire) -> io::Result<Self> {
        let listener = Listener::bind(address).await?;
        let database = match file {
            None => Database::memory(),
            Some(file) => Database::new(&file.to_string_lossy()),
        };
        let database = database.map_err(|error| {
            let file = file.map(Path::display).map(|file| file.to_string());
            io::Error::other(format!("{}: {error}", file.unwrap_or_default()))
        })?;
        let tables = Arc::new(Tables::of(database));
        let asked = tables.clone();
        let app = Router::new().fallback(async move |head: Parts, body: Bytes| {
            // Whoever asks must not stand still while the engine works; what is held waits its turn.
            if head.extensions.get::<InTurn>().is_some() {
                return engine::answer(&asked, &head.headers, &body);
            }
            let asked = asked.clone();
            let working =
                tokio::task::spawn_blocking(move || engine::answer(&asked, &head.headers, &body));
            working.await.expect("the engine does not panic")
        });
        let server = listener.serve("dynamodb", wire, app);
        Ok(Self { server, tables, tasks: Vec::new() })
    }

    /// Its server, to be closed and opened again.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Base URL, for the SDK's `endpoint_url`.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The engine itself, past the wire and past the journal.
    pub fn database(&self) -> Database {
        self.tables.database()
    }

    /// One operation past the wire: what a colleague does, or time.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn execute(&self, operation: &str, request: &Value) -> Result<Value, DynoxideError> {
        tables::direct(&self.tables, operation, request)
    }

    /// Creates the tables that a CloudFormation template defines: keys, attributes, indexes,
    /// time to live. `names` gives each logical id its physical name; a table that exists is
    /// left alone.
    ///
    /// # Errors
    /// [`TablesNotMade`] when the template is unreadable, lacks a named table, or the engine
    /// refuses a definition.
    pub fn create_tables(
        &self,
        template: &str,
        names: &[(&str, &str)],
    ) -> Result<(), TablesNotMade> {
        self.tables.make(template, names)
    }

    /// Throws every item away, and every client token. For a database in memory.
    pub fn clear(&self) {
        self.tables.clear();
    }

    /// Begins to note every change of an item, for [`Self::changes`] and for reads that lag. While
    /// the tables are empty.
    pub fn keep_journal(&self) {
        self.tables.keep_journal();
    }

    /// The changes since the journal was begun or cleared, from the `since`th on.
    ///
    /// # Panics
    /// Without a journal.
    pub fn changes(&self, since: usize) -> Vec<Change> {
        self.tables.changes(since)
    }

    /// Removes items whose time to live has passed, by the machine's time. Returns how many.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn sweep_ttl(&self) -> Result<usize, DynoxideError> {
        self.database().sweep_ttl()
    }

    /// Sweeps so often for as long as the stand-in lives, as AWS does by itself.
    pub fn sweep_ttl_every(&mut self, interval: Duration) {
        let database = self.database();
        let sweeping = tokio::spawn(async move {
            let mut tick = tokio::time::interval(interval);
            loop {
                tick.tick().await;
                let _ = database.sweep_ttl(); // the next round tries again
            }
        });
        self.tasks.push(sweeping.abort_handle());
    }
}

impl Drop for DynamoDb {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

/// Why the tables of a template could not be made.
#[derive(Debug)]
pub struct TablesNotMade(String);

impl fmt::Display for TablesNotMade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TablesNotMade {}

#[cfg(test)]
mod tests;
