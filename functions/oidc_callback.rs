//! Entry point of `oidc-callback`, the way back from ID-porten: wires, decides nothing.

use kontobro::handlers::oidc_callback::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::pages(env!("CARGO_BIN_NAME"), Deps::from, handle).await
}
