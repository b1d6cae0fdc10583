//! Brings accounts into the store, many at once. Repeatable: those that are there are left alone, and those
//! that were erased stay so.

use std::future::ready;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use kontobro::{
    ambient::Ambient,
    domain::Account,
    store::{Attempt, Fault, Imported, Store},
};

/// Requests to the store in flight at a time.
const AT_ONCE: usize = 16;

/// How many of the accounts became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BroughtIn {
    /// They are here now.
    pub new: usize,
    /// They were here, and are left as they were.
    pub there: usize,
    /// They were erased here, and stay so.
    pub erased: usize,
}

impl BroughtIn {
    fn and(self, imported: Imported) -> Self {
        let Self { new, there, erased } = self;
        match imported {
            Imported::New => Self { new: new + 1, ..self },
            Imported::There => Self { there: there + 1, ..self },
            Imported::Erased => Self { erased: erased + 1, ..self },
        }
    }
}

/// Imports them all; `done` is called after each.
///
/// # Errors
/// The first fault of the store. Those imported before stay; repeating it imports the rest.
pub async fn bring_in(
    store: &Store,
    accounts: &[Account],
    done: impl Fn(),
) -> Result<BroughtIn, Fault> {
    let ambient = Ambient::system();
    let imports = stream::iter(accounts).map(|account| {
        let attempt = Attempt::new(ambient.random());
        async move { store.import(account, &attempt).await }
    });
    let count = |so_far: BroughtIn, imported| {
        done();
        ready(Ok(so_far.and(imported)))
    };
    imports.buffer_unordered(AT_ONCE).try_fold(BroughtIn::default(), count).await
}
