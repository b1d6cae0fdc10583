//! Who a person is to Kontobro: a keyed hash of the identity number, never the number itself.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::hmac;
use serde::{Deserialize, Serialize};

use super::{Pid, redacted::redacted};

/// `HMAC-SHA256(pid key, pid)` under the pid key of one version.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PersonKey {
    version: u32,
    hash: [u8; 32],
}
redacted!(PersonKey);

impl PersonKey {
    /// `<version>-<43 characters of base64url>`, as it stands in keys and attributes of the store.
    pub fn to_store(&self) -> String {
        format!("{}-{}", self.version, BASE64_URL_SAFE_NO_PAD.encode(self.hash))
    }

    /// Reads back what [`Self::to_store`] wrote; `None` for anything else.
    pub fn from_store(text: &str) -> Option<Self> {
        let (version, hash) = text.split_once('-')?;
        let hash = BASE64_URL_SAFE_NO_PAD.decode(hash).ok()?.try_into().ok()?;
        let key = Self { version: version.parse().ok()?, hash };
        (key.to_store() == text).then_some(key) // `+1` and `01` are numbers too
    }

    /// The raw parts, for a MAC that binds something to this person.
    pub(super) fn bytes(&self) -> [u8; 36] {
        let mut bytes = [0; 36];
        bytes[..4].copy_from_slice(&self.version.to_be_bytes());
        bytes[4..].copy_from_slice(&self.hash);
        bytes
    }
}

impl From<PersonKey> for String {
    fn from(key: PersonKey) -> Self {
        key.to_store()
    }
}

impl TryFrom<String> for PersonKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::from_store(&text).ok_or("no person key")
    }
}

/// One person under every live version of the pid key, the current version first. More than one
/// only while a key is being changed (T65).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    keys: Vec<PersonKey>,
}
redacted!(Person);

impl Person {
    /// The key under the current version: the one that new items are written under.
    pub fn key(&self) -> &PersonKey {
        &self.keys[0]
    }

    /// Every live key, the current first.
    pub fn keys(&self) -> &[PersonKey] {
        &self.keys
    }

    /// Is `key` this person, under any live version?
    pub fn is(&self, key: &PersonKey) -> bool {
        self.keys.contains(key)
    }

    /// Can it be told at all whether `key` is this person?
    pub fn is_known_under_version_of(&self, key: &PersonKey) -> bool {
        self.keys.iter().any(|own| own.version == key.version)
    }
}

/// The pid keys: the current version first, then those that old person keys were made under.
pub struct PidKeys(Vec<(u32, hmac::Key)>);
redacted!(PidKeys);

impl PidKeys {
    /// `None` if there is no key at all. Each key is `(version, secret)`.
    pub fn new(keys: impl IntoIterator<Item = (u32, Vec<u8>)>) -> Option<Self> {
        let keys: Vec<_> = keys
            .into_iter()
            .map(|(version, secret)| (version, hmac::Key::new(hmac::HMAC_SHA256, &secret)))
            .collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// Who has this identity number. The number is used up: the person is all that goes on.
    #[expect(clippy::needless_pass_by_value, reason = "an identity number ends here")]
    pub fn person(&self, pid: Pid) -> Person {
        let key_of = |(version, key): &(u32, hmac::Key)| {
            let mut hash = [0; 32];
            hash.copy_from_slice(hmac::sign(key, pid.digits()).as_ref());
            PersonKey { version: *version, hash }
        };
        Person { keys: self.0.iter().map(key_of).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pid(digits: &str) -> Pid {
        Pid::from_claim(digits).expect("eleven digits")
    }

    fn keys(versions: &[u32]) -> PidKeys {
        let keys = versions.iter().map(|v| (*v, vec![u8::try_from(*v).expect("small"); 32]));
        PidKeys::new(keys).expect("at least one key")
    }

    #[test]
    fn a_person_key_survives_the_store() {
        let person = keys(&[3]).person(pid("01819010001"));
        let stored = person.key().to_store();
        assert!(stored.starts_with("3-"));
        assert_eq!(PersonKey::from_store(&stored).as_ref(), Some(person.key()));
        let [longer, plus, zero] =
            [format!("{stored}0"), format!("+{stored}"), format!("0{stored}")];
        for garbled in ["", "3", "3-", "3-zz", "x-00", &stored[1..], &longer, &plus, &zero] {
            assert!(PersonKey::from_store(garbled).is_none(), "{garbled}");
        }
    }

    #[test]
    fn t65_while_two_pid_keys_live_a_person_is_known_under_both() {
        let before = keys(&[1]).person(pid("01819010001"));
        let during = keys(&[2, 1]).person(pid("01819010001"));
        assert_eq!(during.keys().len(), 2);
        assert!(during.is(before.key()));
        assert!(!during.is(keys(&[1]).person(pid("01819010281")).key()));
    }
}
