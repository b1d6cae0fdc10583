//! What the functions log while a test runs: each test has a thread of its own, and so a log; as has
//! each world of the simulation.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tracing::subscriber::DefaultGuard;

thread_local! {
    static LOG: (Lines, DefaultGuard) = begin();
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

/// Begins to keep this test's log, if it is not kept already.
pub fn keep() {
    LOG.with(|_| ());
}

/// The lines so far, each a JSON object.
pub fn lines() -> String {
    let bytes = LOG.with(|(lines, _)| lines.0.lock().expect("no writer panics").clone());
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// The lines since this was asked last.
#[allow(dead_code, reason = "the simulation asks so")]
pub fn news() -> String {
    let bytes =
        LOG.with(|(lines, _)| std::mem::take(&mut *lines.0.lock().expect("no writer panics")));
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

fn begin() -> (Lines, DefaultGuard) {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || writer.clone());
    (lines, tracing::subscriber::set_default(subscriber.finish()))
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panics").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
