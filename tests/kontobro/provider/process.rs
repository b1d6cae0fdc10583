//! The independent provider, as a process of its own: `tests/provider/provider.mjs`.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use standins::idporten::Client;

use crate::world::project_file;

/// Starting takes a second or two and a command no time; on a machine that builds beside, a minute was
/// once not enough.
const PATIENCE: Duration = Duration::from_mins(5);

/// A running provider. It ends when this is dropped, and also with this very process.
pub struct Provider {
    process: Child,
    said: Receiver<Value>,
    /// Its base URL, and the issuer of its tokens.
    pub issuer: String,
}

impl Provider {
    /// Starts one that knows no client.
    pub fn start() -> Self {
        let folder = project_file("tests/provider");
        let installed = folder.join("node_modules/oidc-provider").exists();
        assert!(installed, "the independent OpenID provider is not installed: run `make node`");
        let mut node = Command::new("node");
        node.arg("provider.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = node.spawn().unwrap_or_else(|error| {
            panic!("node does not start ({error}): install Node 20 or newer, then run `make node`")
        });
        let lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let (say, said) = mpsc::channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let line = serde_json::from_str(&line).expect("each line is JSON");
                if say.send(line).is_err() {
                    break; // nobody listens any more
                }
            }
        });
        let issuer = hear(&said)["issuer"].as_str().expect("an issuer").to_owned();
        Self { process, said, issuer }
    }

    /// Makes a client known, as ID-porten would know it.
    pub fn register(&mut self, client: &Client) {
        self.tell(&json!({ "register": {
            "client_id": client.client_id,
            "redirect_uris": client.redirect_uris,
            "post_logout_redirect_uris": client.post_logout_redirect_uris,
            "backchannel_logout_uri": client.backchannel_logout_uri,
            "backchannel_logout_session_required": true,
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_signing_alg": "RS256",
            "id_token_signed_response_alg": "RS256",
            "grant_types": ["authorization_code"],
            "response_types": ["code"],
            "subject_type": "pairwise",
            "jwks": { "keys": client.jwks },
        }}));
    }

    /// It signs with a new key from now on, and publishes that one only.
    pub fn rotate_keys(&mut self) {
        self.tell(&json!({ "rotate": true }));
    }

    /// What became of each logout that it reported since it was last asked: `accepted`, or why not.
    pub fn logout_reports(&mut self) -> Value {
        self.tell(&json!({ "reports": true }))["reports"].take()
    }

    fn tell(&mut self, command: &Value) -> Value {
        let stdin = self.process.stdin.as_mut().expect("it is piped");
        writeln!(stdin, "{command}").expect("the provider listens");
        hear(&self.said)
    }
}

fn hear(said: &Receiver<Value>) -> Value {
    said.recv_timeout(PATIENCE).expect("the provider answers; its own words stand above")
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill(); // unless it has ended by itself
        let _ = self.process.wait();
    }
}
