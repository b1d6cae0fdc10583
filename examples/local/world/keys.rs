//! The four secrets, made once and kept in a file, so that links and sessions survive a restart.

use std::{fs, io, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use kontobro::ambient::Ambient;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use standins::idporten::keys::rsa;

/// What begins the name of every secret.
pub const PREFIX: &str = "kontobro";

/// The secrets, and the public half of the one that ID-porten has to know.
#[derive(Serialize, Deserialize)]
pub struct Keys {
    /// By name: `cookie`, `pid`, `link`, `client`.
    secrets: Map<String, Value>,
    /// The client's public key as a JWK.
    pub client_jwk: Value,
}

impl Keys {
    /// Reads the file, or makes the keys and writes it. Without a file they live in memory.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is something else; the message names it.
    pub fn load_or_make(file: Option<&Path>, ambient: &Ambient) -> io::Result<Self> {
        let Some(file) = file else { return Ok(Self::make(ambient)) };
        if file.exists() {
            let keys = serde_json::from_slice(&fs::read(file)?);
            let strange = |_| io::Error::other(format!("{} holds no keys", file.display()));
            return keys.map_err(strange);
        }
        let keys = Self::make(ambient);
        fs::write(file, serde_json::to_string_pretty(&keys).expect("keys are plain data"))?;
        Ok(keys)
    }

    fn make(ambient: &Ambient) -> Self {
        let symmetric = |name: &str| {
            let secret = BASE64_STANDARD.encode(ambient.random::<32>());
            (name.to_owned(), json!({ "keys": [{ "version": 1, "secret": secret }] }))
        };
        let client = rsa("kontobro client");
        // PEM is base64 in lines between two more.
        let pem = client.private_pem().lines();
        let pkcs8: String = pem.filter(|line| !line.starts_with("-----")).collect();
        let mut secrets: Map<_, _> = ["cookie", "pid", "link"].map(symmetric).into_iter().collect();
        let set = json!({ "keys": [{ "kid": client.kid(), "pkcs8": pkcs8 }] });
        secrets.insert("client".to_owned(), set);
        Self { secrets, client_jwk: client.public_jwk() }
    }

    /// Name and value of each secret, as Secrets Manager has them.
    pub fn secrets(&self) -> Vec<(String, String)> {
        let named = self.secrets.iter();
        named.map(|(name, set)| (format!("{PREFIX}/{name}"), set.to_string())).collect()
    }
}
