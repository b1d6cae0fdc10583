//! Entry point of `profile`, the profile: wires, decides nothing.

use kontobro::handlers::profile::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::pages(env!("CARGO_BIN_NAME"), Deps::from, handle).await
}
