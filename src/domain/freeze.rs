//! Whom an account is closed to, because whoever has its mailbox has said «Dette var ikke meg»
//! (T51). Only support opens it again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Person, PersonKey, limits, redacted::redacted};

/// The persons that one account is closed to, each by the reference of the request that was
/// stopped: screen, mail and audit entry show the same.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Freezes(BTreeMap<String, PersonKey>);
redacted!(Freezes);

impl Freezes {
    /// Is the account closed to this person?
    ///
    /// To everyone, where a freeze is under a pid key that lives no more, as it may be anyone's; and
    /// where there are very many.
    pub fn bar(&self, person: &Person) -> bool {
        let concerns = |key| person.is(key) || !person.is_known_under_version_of(key);
        self.0.len() >= limits::FREEZES_PER_ACCOUNT || self.0.values().any(concerns)
    }

    /// Closes the account to `person`, whose request has this reference.
    pub fn freeze(&mut self, reference: &str, person: &PersonKey) {
        self.0.insert(reference.to_owned(), person.clone());
    }

    /// Is it closed to whoever's request has this reference?
    pub fn has(&self, reference: &str) -> bool {
        self.0.contains_key(reference)
    }

    /// Opens it again for whoever's request has this reference.
    pub fn lift(&mut self, reference: &str) {
        self.0.remove(reference);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Pid, PidKeys};

    const KARI: &str = "01819010001";
    const OLA: &str = "01819010281";

    fn person(digits: &str, versions: &[u32]) -> Person {
        let keys = versions.iter().map(|v| (*v, vec![u8::try_from(*v).expect("small"); 32]));
        let keys = PidKeys::new(keys).expect("at least one key");
        keys.person(Pid::from_claim(digits).expect("eleven digits"))
    }

    fn frozen(person: &Person) -> Freezes {
        let mut freezes = Freezes::default();
        freezes.freeze("K7QM-2WXD", person.key());
        freezes
    }

    #[test]
    fn t51_an_account_is_closed_to_whom_it_was_frozen_for_and_nobody_else() {
        let mut freezes = frozen(&person(OLA, &[1]));
        assert!(freezes.bar(&person(OLA, &[1])));
        assert!(!freezes.bar(&person(KARI, &[1])));
        freezes.lift("AAAA-AAAA");
        assert!(freezes.has("K7QM-2WXD") && freezes.bar(&person(OLA, &[1])));
        freezes.lift("K7QM-2WXD");
        assert!(!freezes.has("K7QM-2WXD"));
        assert!(!freezes.bar(&person(OLA, &[1])));
    }

    #[test]
    fn t65_a_freeze_holds_under_every_live_key_and_closes_to_all_when_its_own_is_gone() {
        let before = frozen(&person(OLA, &[1]));
        for during in [[1, 2], [2, 1]] {
            assert!(before.bar(&person(OLA, &during)));
            assert!(!before.bar(&person(KARI, &during)));
        }
        assert!(before.bar(&person(OLA, &[2])));
        assert!(before.bar(&person(KARI, &[2])), "nobody can tell whom it is for");
        let during = frozen(&person(OLA, &[2, 1]));
        assert!(during.bar(&person(OLA, &[2])));
        assert!(!during.bar(&person(KARI, &[2])));
    }

    #[test]
    fn t62_the_list_is_bounded_and_closes_the_account_when_it_is_full() {
        let mut freezes = Freezes::default();
        for n in 0..limits::FREEZES_PER_ACCOUNT {
            assert!(!freezes.bar(&person(KARI, &[1])), "{n}");
            freezes.freeze(&n.to_string(), person(OLA, &[1]).key());
        }
        assert!(freezes.bar(&person(KARI, &[1])));
    }
}
