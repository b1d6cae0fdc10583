//! Brings accounts into the store, many at once. Repeatable: those that are there are left alone.

use std::future::ready;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use kontobro::{
    domain::Account,
    store::{Fault, Store},
};

/// Requests to the store in flight at a time.
const AT_ONCE: usize = 16;

/// Imports them all; `done` is called after each.
///
/// # Returns
/// How many were new.
///
/// # Errors
/// The first fault of the store. Those imported before stay; repeating it imports the rest.
pub async fn bring_in(store: &Store, accounts: &[Account], done: impl Fn()) -> Result<u64, Fault> {
    let imports = stream::iter(accounts).map(|account| store.import(account));
    let count = |new, was_new| {
        done();
        ready(Ok(new + u64::from(was_new)))
    };
    imports.buffer_unordered(AT_ONCE).try_fold(0, count).await
}
