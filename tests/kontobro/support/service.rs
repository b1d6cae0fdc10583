//! A service that stops and starts again, as at a restart, a deploy or a change of its settings.

use std::path::Path;

use super::{clock::Clock, folder::Folder, kontobro::Kontobro};

/// One Kontobro after the other, on the same tables and at the same clock.
pub struct Service {
    folder: Folder,
    pub clock: Clock,
}

impl Service {
    pub fn new() -> Self {
        Self { folder: Folder::new(), clock: Clock::new() }
    }

    /// What it keeps between a stop and the next start.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub async fn starts(&self) -> Kontobro {
        self.starts_with(&[]).await
    }

    /// With more settings: name and value.
    pub async fn starts_with(&self, settings: &[(&str, &str)]) -> Kontobro {
        let started = Kontobro::start_in(self.folder(), self.clock.clone(), settings).await;
        started.expect("a world starts")
    }
}
