//! The secret keys, as operators change them and as the checker knows them: it can open every seal
//! and name every person, whatever key was used.

use std::{
    cell::{Cell, RefCell},
    sync::LazyLock,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use kontobro::{
    domain::{Pid, PidKeys, Session},
    web::{Purpose, Seal},
};
use serde_json::json;
use standins::secrets::Secrets;

use crate::local::keys::PREFIX;

/// A set of keys that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Set {
    Cookie,
    Pid,
    Link,
}

impl Set {
    pub const ALL: [Self; 3] = [Self::Cookie, Self::Pid, Self::Link];

    fn name(self) -> &'static str {
        ["cookie", "pid", "link"][self as usize]
    }

    /// The key of one version: a made-up one that is the same in every world.
    fn key(self, version: u8) -> [u8; 32] {
        let mut key = [version; 32];
        key[0] = self as u8;
        key
    }
}

/// Versions that are live, the current first, of each set.
pub struct Keyring {
    live: RefCell<[Vec<u8>; 3]>,
    /// Changes that were ever made.
    changes: Cell<usize>,
}

/// Versions that a history can come to.
const VERSIONS: u8 = 6;

impl Keyring {
    pub fn new() -> Self {
        Self { live: RefCell::new([vec![1], vec![1], vec![1]]), changes: Cell::new(0) }
    }

    /// Makes the next change to a set, as the manual has it: `[1]`, then `[1, 2]`, then `[2, 1]`,
    /// then `[2]`, and so on.
    pub fn changes(&self, set: Set, secrets: &Secrets) {
        let live = &mut self.live.borrow_mut()[set as usize];
        *live = match live[..] {
            [only] if only < VERSIONS => vec![only, only + 1],
            [current, next] if current < next => vec![next, current],
            [current, _] => vec![current],
            ref same => same.to_vec(),
        };
        self.publish(set, live, secrets);
    }

    /// How many changes there were: a function that was started before the newest has other keys.
    pub fn changes_so_far(&self) -> usize {
        self.changes.get()
    }

    /// Every set is as at the beginning.
    pub fn begins_anew(&self, secrets: &Secrets) {
        for set in Set::ALL {
            let live = &mut self.live.borrow_mut()[set as usize];
            if *live != [1] {
                *live = vec![1];
                self.publish(set, live, secrets);
            }
        }
    }

    pub fn versions(&self, set: Set) -> Vec<u8> {
        self.live.borrow()[set as usize].clone()
    }

    fn publish(&self, set: Set, versions: &[u8], secrets: &Secrets) {
        self.changes.set(self.changes.get() + 1);
        secrets.rotate(&format!("{PREFIX}/{}", set.name()), &secret(set, versions));
    }

    /// What the secrets are at the beginning: name and value.
    pub fn first() -> Vec<(String, String)> {
        let first = |set: Set| (format!("{PREFIX}/{}", set.name()), secret(set, &[1]));
        Set::ALL.map(first).into()
    }

    /// Whom a person's keys name: every form that the store may know them by.
    pub fn names_of(pid: &str) -> Vec<String> {
        let keys = (1..=VERSIONS).map(|version| (version.into(), Set::Pid.key(version).to_vec()));
        let keys = PidKeys::new(keys).expect("keys");
        let person = keys.person(Pid::from_claim(pid).expect("eleven digits"));
        person.keys().iter().map(kontobro::domain::PersonKey::to_store).collect()
    }

    /// The session in a cookie, whatever key sealed it; none if we did not, or it has had its time.
    pub fn session(sealed: &str, at: Timestamp) -> Option<Session> {
        EVERY_SEAL.open((Purpose::Session, b""), sealed, at)
    }

    /// The link that is parked in a cookie, likewise.
    pub fn parked(sealed: &str, at: Timestamp) -> Option<String> {
        EVERY_SEAL.open((Purpose::Parked, b""), sealed, at)
    }
}

/// Opens what any key of any history has sealed.
static EVERY_SEAL: LazyLock<Seal> = LazyLock::new(|| {
    let keys: Vec<_> = (1..=VERSIONS).map(|version| (version, Set::Cookie.key(version))).collect();
    Seal::new(keys.iter().map(|(version, key)| (*version, &key[..])).collect()).expect("keys")
});

fn secret(set: Set, versions: &[u8]) -> String {
    let keys = versions.iter().map(|version| {
        json!({ "version": version, "secret": BASE64_STANDARD.encode(set.key(*version)) })
    });
    json!({ "keys": keys.collect::<Vec<_>>() }).to_string()
}
