//! Entry point of `logout`, all three ways of logging out: wires, decides nothing.

use kontobro::handlers::logout::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::pages(env!("CARGO_BIN_NAME"), Deps::from, handle).await
}
