//! What a public web service on AWS talks to, over loopback HTTP: for local runs and for tests.
//!
//! | Module | Stands in for |
//! |---|---|
//! | [`dynamodb`] | DynamoDB: an embedded engine, tables made from a CloudFormation file |
//! | [`idporten`] | ID-porten, the public login: discovery, PAR, login page, tokens, logout |
//! | [`ses`] | SES v2: checks and keeps mail, shows it as a mailbox, tells what became of it |
//! | [`secrets`] | Secrets Manager: one operation |
//! | [`gateway`] | API Gateway HTTP API: HTTP in, payload 2.0 events out |
//! | [`runtime_api`] | the Lambda Runtime API, for functions that run as real processes |
//! | [`portal`] | the place people are sent to when they are done |
//!
//! In front of the services a caller may [`wire`] a tap and a fault switch. [`cloudformation`]
//! reads templates. Time is a [`Clock`], so a test may own it.
//!
//! Every stand-in starts on a given address (port 0 is any free one), names its base URL, and
//! stops when its handle is dropped. Deliberately absent: TLS, other interfaces than loopback,
//! and any knowledge of the application under test.

pub mod cloudformation;
mod cookies;
pub mod dynamodb;
pub mod gateway;
pub mod http;
pub mod idporten;
pub mod portal;
pub mod runtime_api;
pub mod secrets;
mod server;
pub mod ses;
pub mod wire;

pub use server::Server;

use std::{
    future::Future,
    net::{Ipv4Addr, SocketAddr},
    pin::Pin,
    sync::Arc,
};

/// Tells the time. Tests hand in their own.
pub type Clock = Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>;

/// The machine's own time.
pub fn system_clock() -> Clock {
    Arc::new(jiff::Timestamp::now)
}

/// A future that a closure may return without naming its type.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Loopback on this port; 0 is any free one.
pub fn loopback(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// `bytes` random bytes in lower-case hex.
pub(crate) fn random_hex(bytes: usize) -> String {
    use std::fmt::Write;
    (0..bytes).fold(String::new(), |mut hex, _| {
        let _ = write!(hex, "{:02x}", rand::random::<u8>()); // writing to a String cannot fail
        hex
    })
}

/// A value guarded by a mutex whose holders never panic.
pub(crate) fn locked<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().expect("no holder of this lock panics")
}
