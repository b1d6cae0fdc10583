//! Every function as a process of its own, started when its first event comes, as Lambda does it.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use futures_util::FutureExt as _;
use tokio::sync::Mutex;

use crate::{
    bootstraps::process::{Bootstrap, FUNCTIONS},
    world::World,
};

/// The running processes. One takes one event at a time.
#[derive(Clone)]
pub struct Processes(Arc<BTreeMap<&'static str, Mutex<Option<Bootstrap>>>>);

impl Processes {
    /// From now on the world's events go to processes, which tell this file what they do.
    pub fn take_over(world: &World, log: &Path) -> Self {
        // Only what this run has to tell.
        let _ = fs::remove_file(log);
        let log: Arc<Path> = log.into();
        let none = FUNCTIONS.iter().map(|(name, _)| (*name, Mutex::default()));
        let processes = Self(Arc::new(none.collect()));
        let settings: BTreeMap<_, _> =
            FUNCTIONS.iter().map(|(name, _)| (*name, world.settings_of(name))).collect();
        let (running, settings) = (processes.clone(), Arc::new(settings));
        world.run_elsewhere(Box::new(move |function, event| {
            let (running, settings, log) = (running.clone(), settings.clone(), log.clone());
            async move {
                let mut process = running.0[&*function].lock().await;
                if process.is_none() {
                    let settings = settings[&*function].clone();
                    *process = Some(Bootstrap::start_and_write(&function, settings, &log).await);
                }
                let process = process.as_mut().expect("it has just been started");
                process.invoke(&event).await.map_err(|error| error.message.into())
            }
            .boxed()
        }));
        processes
    }

    /// Kills a process, if it runs. The next event finds a cold start.
    ///
    /// # Returns
    /// Whether it ran.
    pub async fn kill(&self, function: &str) -> bool {
        self.0[function].lock().await.take().is_some()
    }
}
