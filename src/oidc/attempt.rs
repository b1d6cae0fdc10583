//! One login attempt: what ties the answer in a browser to the question asked in it (T01).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::digest;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::{
    ambient::Ambient,
    domain::{limits, redacted},
};

/// The secrets of one attempt, 256 bits each, base64url. Sealed into a cookie of the attempt.
#[derive(Serialize, Deserialize)]
pub struct Attempt {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    started_at: Timestamp,
}
redacted!(Attempt);

/// The fingerprint of the attempt with this state: 128 bits of its SHA-256, base64url.
pub fn fingerprint(state: &str) -> String {
    let digest = digest::digest(&digest::SHA256, state.as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..16])
}

impl Attempt {
    pub(super) fn new(ambient: &Ambient) -> Self {
        let secret = || BASE64_URL_SAFE_NO_PAD.encode(ambient.random::<32>());
        Self { state: secret(), nonce: secret(), verifier: secret(), started_at: ambient.now() }
    }

    /// Is this the state of this attempt? Takes the same time wherever the two differ.
    pub fn matches_state(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    /// What is left of an attempt that is given up: enough to know its answer by, and nothing to
    /// finish it with.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.state)
    }

    /// When it began, before the provider was asked.
    pub fn began_at(&self) -> Timestamp {
        self.started_at
    }

    /// Until when it may be finished: [`limits::ATTEMPT`] after its start.
    pub fn expires_at(&self) -> Timestamp {
        self.started_at + limits::ATTEMPT
    }
}
