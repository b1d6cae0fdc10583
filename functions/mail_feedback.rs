//! Entry point of `mail-feedback`, news of mails from SES: wires, decides nothing.

use kontobro::handlers::mail_feedback::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::events(Deps::from, handle).await
}
