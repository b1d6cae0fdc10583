//! A service that stops and starts again, as at a restart, a deploy or a change of its settings.

use std::{fs, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

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

    /// With the pid keys of these versions, the current first. Version 1 is the one there is from the
    /// beginning.
    pub async fn starts_with_pid_keys(&self, versions: &[u32]) -> Kontobro {
        self.starts_with_keys("pid", versions).await
    }

    /// The same with the keys that mailed links are made with.
    pub async fn starts_with_link_keys(&self, versions: &[u32]) -> Kontobro {
        self.starts_with_keys("link", versions).await
    }

    async fn starts_with_keys(&self, name: &str, versions: &[u32]) -> Kontobro {
        let file = self.folder().join("keys.json");
        if let Ok(kept) = fs::read(&file) {
            let mut kept: Value = serde_json::from_slice(&kept).expect("JSON");
            let set = &mut kept["secrets"][name]["keys"];
            let known = set.as_array().expect("a set of keys").clone();
            let key = |version: &u32| {
                let secret = BASE64_STANDARD.encode([u8::try_from(*version).expect("small"); 32]);
                let known = known.iter().find(|key| key["version"] == *version).cloned();
                known.unwrap_or_else(|| json!({ "version": version, "secret": secret }))
            };
            *set = versions.iter().map(key).collect();
            fs::write(&file, kept.to_string()).expect("the folder can be written");
        } else {
            assert_eq!(versions, [1], "the first key there is");
        }
        self.starts().await
    }
}
