//! Entry point of `registration`, new accounts: wires, decides nothing.

use kontobro::handlers::registration::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::pages(Deps::from, handle).await
}
