//! Entry point of `mail-sweeper`, what the outbox still owes: wires, decides nothing.

use kontobro::handlers::mail_sweeper::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::events(env!("CARGO_BIN_NAME"), Deps::from, handle).await
}
