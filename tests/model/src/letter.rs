//! What is remembered of every mail with a link. Nothing of it is in the store: the invariants judge
//! by it, and no condition looks at it.

use crate::world::{AccountId, PersonKey, RequestId, Wish};

/// Which mail: a request's key in the store, its id, its generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mail {
    /// Where the request is.
    pub key: PersonKey,
    /// Which request it was.
    pub id: RequestId,
    /// Which mail of it.
    pub generation: u8,
}

/// One mail: what it was written for, and all that became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Letter {
    /// The request it belongs to.
    pub id: RequestId,
    /// Which mail of that request.
    pub generation: u8,
    /// Who asked: the request's key in the store.
    pub person: PersonKey,
    /// What for.
    pub wish: Wish,
    /// The account asked for, or to be made.
    pub account: AccountId,
    /// The account's version when it was asked for.
    pub account_version: u8,
    /// Whether it had moved then: the address that the mail goes to.
    pub moved: bool,
    /// Is its request in the store?
    pub written: bool,
    /// Times SES took it.
    pub handed: u8,
    /// Did it arrive? From then on anybody may have its link.
    pub arrived: bool,
    /// Times its link took effect.
    pub used: u8,
    /// What killed its link, whoever has it.
    pub dead: Option<Death>,
}

impl Letter {
    /// Its mail.
    pub fn mail(&self) -> Mail {
        Mail { key: self.person, id: self.id, generation: self.generation }
    }

    pub(crate) fn is_of(&self, mail: Mail) -> bool {
        (self.id, self.generation) == (mail.id, mail.generation)
    }
}

/// What kills a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Death {
    /// A newer mail, or a newer request in its place.
    Replaced,
    /// Its request was called off.
    Cancelled,
}

/// What must never have happened, where the items alone do not show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wrong {
    /// The link was another person's (I4).
    ByAnother,
    /// The account is not the one that the mail was about, or no longer as it was (I4).
    NotAsAsked,
    /// It was gathered into an account that is not theirs (I4).
    GatheredElsewhere,
    /// Somebody else's «Lagre» changed the account (I5).
    SavedByAnother,
    /// The link took effect when it was dead (I6).
    AfterDeath(Death),
    /// The link took effect when it was too old (I6).
    AfterExpiry,
    /// Two entries follow one: the audit chain is broken (I9).
    Forked,
    /// A person was told what is not so (I12).
    Untrue,
}
