//! What the functions of one world log: a world has a thread of its own, and so a log.

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

/// The lines since this was asked last, each a JSON object.
pub fn news() -> String {
    let bytes = LOG.with(|(lines, _)| std::mem::take(&mut *lines.0.lock().expect("no panic")));
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
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
