//! Entry point of `mail-feedback`, news of mails from SES: wires, decides nothing.

use kontobro::handlers::mail_feedback::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::events(env!("CARGO_BIN_NAME"), Deps::from, handle).await
}
