//! The merge protocol as a model (layer L1 of `docs/reliability.md`): every order of events within
//! [`Bounds`], and in each state every invariant of `ARCHITECTURE.md` that a model can state.
//!
//! Made to be held beside the code: `ask.rs`, `give.rs`, `outbox.rs` and `request.rs` have the names
//! and the conditions of their namesakes in `src/store` and `src/domain`, each under its [`Rule`].
//! A function is a chain of calls to the store and to SES. Between two of them anything else may
//! happen, and it may die.
//!
//! Deliberately absent: freezes, pauses and quotas (the model may do at any time what the code allows now and
//! then), what becomes of a mail after the hand-over, another address for an account, logouts, and
//! Kontobro's own code: a change there is a change here.

#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "small values, handled as the code handles theirs"
)]

mod ask;
mod give;
mod home;
mod invariants;
mod letter;
mod names;
mod outbox;
mod possible;
mod request;
mod rules;
mod short_cuts;
mod steps;
mod take_back;
mod work;
mod world;

pub use give::Answer;
pub use names::representative;
pub use outbox::Ses;
pub use rules::Rule;
pub use steps::Step;
pub use world::World;

/// How large the world is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Persons, each with any number of browsers; two at most.
    pub persons: u8,
    /// Imported accounts.
    pub accounts: u8,
    /// Requests, over all persons.
    pub requests: u8,
    /// Mails sent again, over all requests.
    pub resends: u8,
    /// Functions at work at the same time; two at most. (For one person, where short cuts are taken.)
    pub hands: usize,
    /// Times one mail is handed to SES (`limits::HANDOVERS_PER_MAIL`); none: nobody counts.
    pub handovers: Option<i8>,
    /// Changes that the old service makes to accounts that are nobody's.
    pub foreign_changes: u8,
    /// May people ask for a new account?
    pub creates: bool,
    /// May people who have an account gather another into it? Then staff take back so many.
    pub gathers: Option<u8>,
    /// May the pid key be changed?
    pub key_change: bool,
    /// May people save their profile?
    pub saves: bool,
}

/// The protocol, or what is left of it without some of its rules.
#[derive(Clone, Debug)]
pub struct Merge {
    /// How large the world is.
    pub bounds: Bounds,
    /// Rules that this protocol does without.
    pub without: &'static [Rule],
    /// Leave out what leads nowhere new? Only the whole protocol may.
    pub short_cuts: bool,
}

impl Merge {
    /// A condition, unless this protocol does without it.
    fn holds(&self, rule: Rule, condition: bool) -> bool {
        condition || !self.keeps(rule)
    }

    fn keeps(&self, rule: Rule) -> bool {
        !self.without.contains(&rule)
    }
}
