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
pub async fn import(store: &Store, accounts: &[Account], done: impl Fn()) -> Result<u64, Fault> {
    let imports = stream::iter(accounts).map(|account| store.import(account));
    let count = |new, was_new| {
        done();
        ready(Ok(new + u64::from(was_new)))
    };
    imports.buffer_unordered(AT_ONCE).try_fold(0, count).await
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::Path, process};

    use kontobro::ambient::Ambient;
    use standins::wire::Wire;

    use super::*;
    use crate::{
        export::Export,
        world::{Options, World, ports::Ports, project_file},
    };

    async fn world(folder: &Path) -> World {
        let options = Options {
            ports: Ports::AnyFree,
            folder: Some(folder.to_owned()),
            ambient: Ambient::system(),
            wire: Wire::new(),
            more: vec![],
            issuer: None,
        };
        World::start(options, |_| {}).await.expect("the world starts")
    }

    #[tokio::test]
    async fn what_was_imported_outlives_a_restart_and_is_not_imported_again() {
        let folder = env::temp_dir().join(format!("kontobro-import-{}", process::id()));
        fs::create_dir(&folder).expect("a folder of its own");
        let export = Export::read(&project_file("events/accounts.csv")).expect("an export");
        for new in [44, 0] {
            let world = world(&folder).await;
            let imported = import(&world.store(), &export.accounts, || {}).await;
            assert_eq!(imported.expect("the store answers"), new);
        }
        fs::remove_dir_all(folder).expect("nobody else uses it");
    }
}
