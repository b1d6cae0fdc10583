//! The ledger of an account: the head of its audit chain, and what may be written next.
//!
//! Every change of an account is made under the condition that its ledger is as it was read. What
//! the ledger says can therefore be decided on beforehand, and costs no item more.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{audit::Entry, items::day};
use crate::domain::{Freezes, Person, history::Event, limits};

/// The newest state of an account's audit chain, read consistently before a change and held to by
/// that change's condition.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Entries so far.
    pub(super) seq: u64,
    /// Hash of the newest entry; empty before the first.
    #[serde(default)]
    pub(super) head: String,
    /// The UTC day that `mails` counts.
    #[serde(default)]
    pub(super) mail_day: i64,
    #[serde(default)]
    pub(super) mails: u32,
    #[serde(default)]
    pub(super) frozen: Freezes,
    /// Has the account been erased? Only its trail is left.
    #[serde(default)]
    pub(super) erased: bool,
}

/// What a ledger has against an entry.
pub(super) enum Objection {
    /// The account has been mailed about too often today (T39).
    TooManyMails,
    /// The account is closed to whom this is done for (T51).
    Barred,
    /// There is no such freeze to lift.
    NotFrozen,
    /// The account has been erased, or the ledger has moved on from where it had to stay.
    Overtaken,
}

impl Ledger {
    /// Mails with a link about this account on the UTC day of `at`, over all persons (T39).
    fn mails_on_day_of(&self, at: Timestamp) -> u32 {
        if self.mail_day == day(at) { self.mails } else { 0 }
    }

    /// Eight characters that tell one state of a ledger from every other.
    pub(super) fn mark(&self) -> &str {
        self.head.get(..8).unwrap_or_default()
    }

    /// Is the account closed to this person until support has looked? (T51)
    pub fn bars(&self, person: &Person) -> bool {
        self.frozen.bar(person)
    }

    /// May this be written next?
    pub(super) fn allows(&self, entry: &Entry<'_>) -> Result<(), Objection> {
        let lifts = matches!(entry.event, Event::FreezeLifted);
        let is_frozen = entry.reference.as_deref().is_some_and(|of| self.frozen.has(of));
        let mails = self.mails_on_day_of(entry.at);
        let has_moved_on = entry.follows.is_some_and(|read| read.head != self.head);
        // Of an erased account no address is written down any more, whoever was under way (T98).
        if has_moved_on || self.erased && entry.receipt.is_some() {
            Err(Objection::Overtaken)
        } else if entry.unless_barred.is_some_and(|person| self.bars(person)) {
            Err(Objection::Barred)
        } else if entry.event.sends_a_link() && mails >= limits::MAILS_PER_ACCOUNT_AND_DAY {
            Err(Objection::TooManyMails)
        } else if lifts && !is_frozen {
            Err(Objection::NotFrozen)
        } else {
            Ok(())
        }
    }

    /// The ledger after this entry, whose hash is `head`.
    pub(super) fn after(&self, entry: &Entry<'_>, head: String) -> Self {
        let mut frozen = self.frozen.clone();
        match (entry.event, &entry.reference, entry.freezes) {
            (_, Some(reference), Some(person)) => frozen.freeze(reference, person),
            (Event::FreezeLifted, Some(reference), _) => frozen.lift(reference),
            _ => {}
        }
        Self {
            seq: self.seq + 1,
            head,
            mail_day: day(entry.at),
            mails: self.mails_on_day_of(entry.at) + u32::from(entry.event.sends_a_link()),
            frozen,
            erased: self.erased || matches!(entry.event, Event::Erased),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{AccountId, Pid, PidKeys},
        store::audit::Actor,
    };

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn person(pid: &str) -> Person {
        let keys = PidKeys::new([(1, vec![1; 32])]).expect("one key");
        keys.person(Pid::from_claim(pid).expect("eleven digits"))
    }

    fn entry(event: Event, of: &Person, at: Timestamp) -> Entry<'_> {
        Entry::of(event, AccountId::new(NOW, [0; 10]), Actor::Person(of.key()), at)
    }

    #[test]
    fn t39_an_account_is_mailed_about_so_often_a_day_and_only_links_count() {
        let kari = person("01819010001");
        let asked = |at| entry(Event::Requested, &kari, at);
        let mut ledger = Ledger::default();
        for n in 0..limits::MAILS_PER_ACCOUNT_AND_DAY {
            assert!(ledger.allows(&asked(NOW)).is_ok(), "mail {n}");
            ledger = ledger.after(&asked(NOW), String::new());
            ledger = ledger.after(&entry(Event::Cancelled, &kari, NOW), String::new());
        }
        for sends in [Event::Requested, Event::Resent] {
            let refused = ledger.allows(&entry(sends, &kari, NOW));
            assert!(matches!(refused, Err(Objection::TooManyMails)));
        }
        assert!(ledger.allows(&entry(Event::Cancelled, &kari, NOW)).is_ok());
        let tomorrow = NOW + jiff::SignedDuration::from_hours(24);
        assert!(ledger.allows(&asked(tomorrow)).is_ok());
        assert_eq!(ledger.after(&asked(tomorrow), String::new()).mails, 1);
    }

    #[test]
    fn t51_what_is_closed_to_somebody_is_not_done_for_them_and_opened_by_its_reference() {
        let (kari, ola) = (person("01819010001"), person("01819010281"));
        let stopped = Entry {
            reference: Some("K7QM-2WXD".into()),
            freezes: Some(ola.key()),
            ..entry(Event::Stopped, &kari, NOW)
        };
        let ledger = Ledger::default().after(&stopped, String::new());
        let for_whom =
            |who| Entry { unless_barred: Some(who), ..entry(Event::Requested, &kari, NOW) };
        assert!(matches!(ledger.allows(&for_whom(&ola)), Err(Objection::Barred)));
        assert!(ledger.allows(&for_whom(&kari)).is_ok());

        let lifts = |reference: &str| Entry {
            reference: Some(reference.into()),
            ..entry(Event::FreezeLifted, &kari, NOW)
        };
        assert!(matches!(ledger.allows(&lifts("AAAA-AAAA")), Err(Objection::NotFrozen)));
        assert!(ledger.allows(&lifts("K7QM-2WXD")).is_ok());
        let opened = ledger.after(&lifts("K7QM-2WXD"), String::new());
        assert!(opened.allows(&for_whom(&ola)).is_ok());
    }

    #[test]
    fn t98_of_an_erased_account_no_address_is_written_down_any_more() {
        let kari = person("01819010001");
        let receipt = crate::domain::Receipt {
            event: crate::domain::receipt::Owed::EmailRequested,
            card: crate::domain::Card::new(["", "", ""], None, None),
            to: crate::domain::Email::parse("kari@example.no").expect("an address"),
            language: "nb".into(),
            at: NOW,
            reference: "K7QM-2WXD".into(),
        };
        let owes =
            || Entry { receipt: Some(receipt.clone()), ..entry(Event::EmailRequested, &kari, NOW) };
        let ledger = Ledger::default();
        assert!(ledger.allows(&owes()).is_ok());
        let erased = ledger.after(&entry(Event::Erased, &kari, NOW), "first".into());
        let later = erased.after(&entry(Event::Cancelled, &kari, NOW), "second".into());
        for ledger in [&erased, &later] {
            assert!(matches!(ledger.allows(&owes()), Err(Objection::Overtaken)));
            assert!(ledger.allows(&entry(Event::Cancelled, &kari, NOW)).is_ok());
        }
    }

    #[test]
    fn what_follows_one_state_of_the_ledger_follows_no_other() {
        let kari = person("01819010001");
        let read = Ledger::default();
        let follows = Entry { follows: Some(&read), ..entry(Event::Erased, &kari, NOW) };
        assert!(read.allows(&follows).is_ok());
        let moved_on = read.after(&entry(Event::Saved, &kari, NOW), "first".into());
        assert!(matches!(moved_on.allows(&follows), Err(Objection::Overtaken)));
    }
}
