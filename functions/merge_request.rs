//! Entry point of `merge-request`, the second look and the wait: wires, decides nothing.

use kontobro::handlers::merge_request::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::pages(env!("CARGO_BIN_NAME"), Deps::from, handle).await
}
