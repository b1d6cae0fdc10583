//! The secret keys, from Secrets Manager, read once per cold start (T86); if that fails, again at
//! the next event, see [`crate::function`].
//!
//! Each secret is JSON, `{"keys": [{"version": 1, "secret": "<base64>"}, …]}`: the current key
//! first, then those that are still accepted. A function can read only the secrets it needs.

use std::time::Duration;

use aws_sdk_secretsmanager::Client;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, de::DeserializeOwned};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout_at},
};

use crate::{
    domain::{LinkKeys, PidKeys},
    outbound::{Outbound, aws_config},
    settings::{BadSetting, Settings},
};

/// All secrets of a function must be read within this: who waits for it is told in time (T86).
const PATIENCE: Duration = Duration::from_secs(3);

/// Why a key is not at hand. Never repeats anything of the secret.
#[derive(Debug, thiserror::Error)]
pub enum NoKey {
    /// A setting is missing.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// Secrets Manager did not give it.
    #[error("the secret {name} cannot be read")]
    Unavailable {
        /// Which of the four.
        name: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It is not of the form above, or empty.
    #[error("the secret {0} is not a set of keys")]
    Malformed(&'static str),
}

/// One key of a set.
#[derive(Deserialize)]
pub struct Key {
    /// Which key it is: kept beside whatever is made with it.
    pub version: u32,
    #[serde(deserialize_with = "base64_bytes")]
    secret: Vec<u8>,
}
crate::domain::redacted!(Key);

impl Key {
    /// The secret bytes.
    pub fn secret(&self) -> &[u8] {
        &self.secret
    }
}

#[derive(Deserialize)]
struct KeySet<K> {
    keys: Vec<K>,
}

/// The way to the secrets, for one start of a function. One is read after the other, over one
/// connection: a second connection would cost more than the wait.
pub struct KeyStore {
    client: Client,
    prefix: String,
    turn: Mutex<()>,
    until: Instant,
}

impl KeyStore {
    /// Reads `SECRETS_PREFIX`; the secrets are `<prefix>/cookie`, `/pid`, `/link` and `/client`.
    pub fn from(settings: &Settings, outbound: &Outbound) -> Result<Self, NoKey> {
        let aws = outbound.aws(settings, "AWS_ENDPOINT_URL_SECRETS_MANAGER")?;
        let client = Client::from_conf(aws_config!(aws_sdk_secretsmanager, aws));
        let prefix = settings.required("SECRETS_PREFIX")?.to_owned();
        let until = Instant::now() + PATIENCE;
        Ok(Self { client, prefix, turn: Mutex::default(), until })
    }

    /// The keys that people are known by.
    pub async fn pid(&self) -> Result<PidKeys, NoKey> {
        let keys = self.keys("pid").await?.into_iter().map(|key| (key.version, key.secret));
        PidKeys::new(keys).ok_or(NoKey::Malformed("pid"))
    }

    /// The keys that mailed links are made with.
    pub async fn link(&self) -> Result<LinkKeys, NoKey> {
        let keys = self.keys("link").await?.into_iter();
        let keys = keys.map(|key| {
            Ok((u8::try_from(key.version).map_err(|_| NoKey::Malformed("link"))?, key.secret))
        });
        LinkKeys::new(keys.collect::<Result<Vec<_>, NoKey>>()?).ok_or(NoKey::Malformed("link"))
    }

    /// The set of one name, the current key first.
    pub async fn keys(&self, name: &'static str) -> Result<Vec<Key>, NoKey> {
        self.set(name).await
    }

    /// The same, for keys of another form.
    pub(crate) async fn set<K: DeserializeOwned>(
        &self,
        name: &'static str,
    ) -> Result<Vec<K>, NoKey> {
        let unavailable = |source| NoKey::Unavailable { name, source };
        let reading = async {
            let _turn = self.turn.lock().await;
            let id = format!("{}/{name}", self.prefix);
            self.client.get_secret_value().secret_id(id).send().await
        };
        let secret = timeout_at(self.until, reading)
            .await
            .map_err(|late| unavailable(late.into()))?
            .map_err(|error| unavailable(error.into_service_error().into()))?;
        read(secret.secret_string().unwrap_or_default()).ok_or(NoKey::Malformed(name))
    }
}

/// The keys in a secret, the current first; `None` if it is not of the form above.
pub fn read<K: DeserializeOwned>(secret: &str) -> Option<Vec<K>> {
    serde_json::from_str(secret).ok().map(|set: KeySet<K>| set.keys)
}

fn base64_bytes<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    BASE64_STANDARD.decode(text).map_err(|_| serde::de::Error::custom("not base64"))
}
