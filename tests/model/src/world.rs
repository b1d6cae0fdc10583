//! What the world holds at one moment: the items of the store, the functions at work, and what is
//! remembered of every mail to judge by. Decides nothing.
//!
//! Names are the code's own: [`Request`] is that of `src/domain/request.rs`, as `src/store` keeps it.

use crate::{
    letter::{Letter, Mail, Wrong},
    work::Work,
};

/// An account by its number: the imported ones first, then those that Kontobro makes.
pub type AccountId = u8;
/// A request by its number, in the order they were written.
pub type RequestId = u8;

/// Persons there is room for.
pub const PERSONS: usize = 2;
/// Functions at work that there is room for.
pub const HANDS: usize = 2;
/// Accounts that Kontobro makes have this number and more.
pub const MADE: AccountId = 100;
/// Once made, they may be called so, and by the person they were made for.
pub const MADE_FOR: AccountId = 200;

/// A person under the pid key of one version: `0` the old, `1` the new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonKey {
    /// Who.
    pub person: u8,
    /// Under which key.
    pub version: u8,
}

/// The pid keys that a login gets: a key change goes from one to the next, and a session may be of
/// the one before. (The last, without the old key, comes when nobody is left under it.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PidKeys {
    /// `[old]`.
    Old,
    /// `[old, new]`: the new one is known, and not used yet.
    OldFirst,
    /// `[new, old]`.
    NewFirst,
}

impl PidKeys {
    /// Key versions, the current first.
    pub fn versions(self) -> &'static [u8] {
        match self {
            Self::Old => &[0],
            Self::OldFirst => &[0, 1],
            Self::NewFirst => &[1, 0],
        }
    }

    /// These, and those that a session may still have.
    pub fn in_use(self) -> &'static [Self] {
        match self {
            Self::Old => &[Self::Old],
            Self::OldFirst => &[Self::OldFirst, Self::Old],
            Self::NewFirst => &[Self::NewFirst, Self::OldFirst],
        }
    }
}

/// A person who is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Session {
    /// Who.
    pub person: u8,
    /// Known under these.
    pub pid_keys: PidKeys,
}

impl Session {
    /// Every live key, the current first.
    pub fn keys(self) -> impl Iterator<Item = PersonKey> {
        let versions = self.pid_keys.versions().iter();
        versions.map(move |version| PersonKey { person: self.person, version: *version })
    }

    /// The key that new items are written under.
    pub fn key(self) -> PersonKey {
        self.keys().next().expect("a session has a key")
    }

    /// Is `key` this person, under any live version?
    pub fn is(self, key: PersonKey) -> bool {
        self.keys().any(|own| own == key)
    }
}

/// What the person asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wish {
    /// An old account.
    Link,
    /// A new one: «Opprett en helt ny brukerkonto».
    Create,
    /// One more old account, gathered into the one that they have.
    Gather(AccountId),
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Progress {
    /// Waits for the link.
    Open,
    /// The link was used.
    Confirmed,
    /// The person changed their mind.
    Cancelled,
}

/// Where the mail is. What comes after the hand-over moves by the same condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MailState {
    /// In the outbox.
    Queued,
    /// SES has taken it.
    HandedOver,
}

/// How old a request's item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Age {
    /// Its link works.
    Fresh,
    /// `link_expires_at` has passed.
    LinkExpired,
    /// `expires_at` has passed, and TTL has not swept it.
    Expired,
}

/// A person's one request, as the store holds it. What it asks for stands in its [`Letter`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Request {
    /// Its name.
    pub id: RequestId,
    /// Which mail is the newest, from 1.
    pub generation: u8,
    /// How far it has come.
    pub progress: Progress,
    /// Where the mail is.
    pub mail: MailState,
    /// Is the mail in the outbox (`outbox_due`, `outbox_at`)? Whose claim it is does not matter: any
    /// claim may have run out by now, while its owner was frozen.
    pub in_outbox: bool,
    /// Times the newest mail was handed to SES, or was about to be.
    pub outbox_tries: i8,
    /// How old it is.
    pub age: Age,
}

/// An account's item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Account {
    /// Its name.
    pub id: AccountId,
    /// The person it is linked to.
    pub person: Option<PersonKey>,
    /// Raised at every change of ours.
    pub version: u8,
    /// Has the old service given it another address?
    pub moved: bool,
    /// Neither closed nor merged.
    pub active: bool,
    /// The account that it was gathered into.
    pub merged_into: Option<AccountId>,
    /// Has «Lagre» been chosen?
    pub saved: bool,
}

impl Account {
    /// As imported, or just made.
    pub fn new(id: AccountId) -> Self {
        Self {
            id,
            person: None,
            version: 0,
            moved: false,
            active: true,
            merged_into: None,
            saved: false,
        }
    }

    /// `Standing::Mine`.
    pub fn is_of(&self, session: Session) -> bool {
        self.person.is_some_and(|owner| session.is(owner))
    }

    /// `Standing::Open`: nobody's, and not closed.
    pub fn is_open(&self) -> bool {
        self.person.is_none() && self.active
    }
}

/// Everything, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct World {
    /// The pid keys that a login gets now.
    pub pid_keys: PidKeys,
    /// Pending, `REQUEST#<person>`: by person and key version.
    pub requests: [[Option<Request>; 2]; PERSONS],
    /// Accounts, `PERSON#<person>`: by person and key version.
    pub people: [[Option<AccountId>; 2]; PERSONS],
    /// Accounts, `ACCOUNT#<id>`.
    pub accounts: Vec<Account>,
    /// The functions at work.
    pub works: [Option<Work>; HANDS],
    /// Every mail with a link that may still matter, in the order they were written.
    pub letters: Vec<Letter>,
    /// Requests so far.
    pub requests_so_far: u8,
    /// Mails sent again so far.
    pub resends_so_far: u8,
    /// Changes that the old service may still make.
    pub foreign_changes: u8,
    /// Accounts that staff may still take back.
    pub takings_back: u8,
    /// The first thing that went wrong.
    pub wrong: Option<Wrong>,
}

impl World {
    /// Nobody has asked for anything; `accounts` are as imported.
    pub fn new(accounts: u8, foreign_changes: u8, takings_back: u8) -> Self {
        Self {
            pid_keys: PidKeys::Old,
            requests: Default::default(),
            people: Default::default(),
            accounts: (0..accounts).map(Account::new).collect(),
            works: Default::default(),
            letters: Vec::new(),
            requests_so_far: 0,
            resends_so_far: 0,
            foreign_changes,
            takings_back,
            wrong: None,
        }
    }

    /// The request under a key.
    pub fn request(&self, key: PersonKey) -> Option<Request> {
        self.requests[usize::from(key.person)][usize::from(key.version)]
    }

    /// The request under a key, to change.
    pub fn request_mut(&mut self, key: PersonKey) -> &mut Option<Request> {
        &mut self.requests[usize::from(key.person)][usize::from(key.version)]
    }

    /// Every request there is.
    pub fn every_request(&self) -> impl Iterator<Item = &Request> {
        self.requests.iter().flatten().flatten()
    }

    /// The account that a person's item points at.
    pub fn person(&self, key: PersonKey) -> Option<AccountId> {
        self.people[usize::from(key.person)][usize::from(key.version)]
    }

    /// The account that a person's item points at, to change.
    pub fn person_mut(&mut self, key: PersonKey) -> &mut Option<AccountId> {
        &mut self.people[usize::from(key.person)][usize::from(key.version)]
    }

    /// The account that a person has, by what their session knows.
    pub fn account_of(&self, session: Session) -> Option<AccountId> {
        session.keys().find_map(|key| self.person(key))
    }

    /// An account's item.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// An account's item, to change.
    pub fn account_mut(&mut self, id: AccountId) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|account| account.id == id)
    }

    /// What a request asks for: any of its letters says it.
    pub fn asked(&self, id: RequestId) -> Letter {
        *self.letters.iter().find(|letter| letter.id == id).expect("a request has a letter")
    }

    /// The letter of a mail.
    pub fn letter(&self, mail: Mail) -> Letter {
        *self.letters.iter().find(|letter| letter.is_of(mail)).expect("a mail has a letter")
    }

    /// The letter of a mail, to change.
    pub fn letter_mut(&mut self, mail: Mail) -> &mut Letter {
        self.letters.iter_mut().find(|letter| letter.is_of(mail)).expect("a mail has a letter")
    }

    /// When a request's newest mail was asked for, by its place among the letters.
    pub fn mailed_at(&self, request: &Request) -> Option<usize> {
        self.letters.iter().position(|letter| request.is_of(letter.mail()))
    }

    /// Notes what went wrong, if nothing has before.
    pub fn note(&mut self, wrong: Wrong) {
        self.wrong.get_or_insert(wrong);
    }
}
