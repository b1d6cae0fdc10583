//! Worlds side by side, one a core, each in a thread of its own.

use std::{
    num::NonZero,
    panic::resume_unwind,
    sync::{Mutex, PoisonError},
    thread,
};

use super::{log, run::Stage};

/// Does every job in some world; the results come in any order.
pub fn on_every_core<J: Send, R: Send>(
    jobs: impl IntoIterator<Item = J, IntoIter: Send>,
    work: impl AsyncFn(&mut Stage, J) -> R + Sync,
) -> Vec<R> {
    let jobs = Mutex::new(jobs.into_iter());
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).next();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores)
            .map(|_| scope.spawn(|| runtime().block_on(one_after_the_other(next, &work))))
            .collect();
        let results = threads.into_iter().map(thread::ScopedJoinHandle::join);
        results.flat_map(|results| results.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

async fn one_after_the_other<J, R>(
    next: impl Fn() -> Option<J>,
    work: impl AsyncFn(&mut Stage, J) -> R,
) -> Vec<R> {
    let mut results = Vec::new();
    log::news();
    let mut stage = Stage::set().await;
    while let Some(job) = next() {
        results.push(work(&mut stage, job).await);
    }
    results
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
