//! Entry point of `email-confirmation`, the mailed link: wires, decides nothing.

use kontobro::handlers::email_confirmation::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::pages(env!("CARGO_BIN_NAME"), Deps::from, handle).await
}
