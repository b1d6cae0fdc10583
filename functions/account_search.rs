//! Entry point of `account-search`, the search: wires, decides nothing.

use kontobro::handlers::account_search::{Deps, handle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), kontobro::function::Error> {
    kontobro::function::pages(env!("CARGO_BIN_NAME"), Deps::from, handle).await
}
