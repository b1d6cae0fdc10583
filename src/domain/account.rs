//! An account of the service: whose it is, and whether it can be given to someone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use super::{Email, Person, PersonKey, redacted::redacted};

/// An account's own name, never shown to anyone: 26 characters of Crockford base 32 (a ULID).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountId(Ulid);

impl AccountId {
    /// A new id: 48 bits of time and 80 bits of `random`.
    pub fn new(at: Timestamp, random: [u8; 10]) -> Self {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        let mut tail = [0; 16];
        tail[6..].copy_from_slice(&random);
        Self(Ulid::from_parts(millis, u128::from_be_bytes(tail)))
    }

    /// Reads the 26 characters back; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Ulid::from_string(text).ok().map(Self).filter(|id| id.to_string() == text)
    }
}

impl std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// May the account be linked at all?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In use, or never used.
    Active,
    /// Closed by its owner or the service: never given to anyone.
    Closed,
    /// Gathered into another account of the same person: whoever has that has this.
    Merged,
}

/// An account as the store holds it. Only its linked owner changes what it says of them.
#[derive(Clone)]
pub struct Account {
    /// Its name.
    pub id: AccountId,
    /// Raised by one at every change: what a request or a form was based on.
    pub version: u64,
    /// The address that mail goes to, as its owner wrote it.
    pub email: Email,
    /// Self-chosen, from before ID-porten. Empty for accounts made by Kontobro.
    pub username: String,
    /// First name; may be empty in an old account.
    pub first_name: String,
    /// Last name; may be empty in an old account.
    pub last_name: String,
    /// Phone number; empty if not given.
    pub phone: String,
    /// The day it was made, where that is known.
    pub created_on: Option<Date>,
    /// The day it was last used; `None` if never.
    pub last_used_on: Option<Date>,
    /// Active, closed or merged.
    pub status: Status,
    /// The account it was gathered into, if it was: then it has no owner of its own and is given to
    /// nobody, whatever the portal makes of its status.
    pub merged_into: Option<AccountId>,
    /// The accounts that were gathered into this one.
    pub gathered: BTreeSet<AccountId>,
    /// The person it is linked to, if any.
    pub owner: Option<PersonKey>,
    /// When it was linked.
    pub linked_at: Option<Timestamp>,
    /// When its owner last chose «Lagre»; `None` until the first time.
    pub saved_at: Option<Timestamp>,
    /// What the import brought and Kontobro does not know: kept untouched.
    pub other: BTreeMap<String, String>,
}
redacted!(Account);

/// How an account stands to one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Nobody's: may be asked for.
    Open,
    /// Linked to this person.
    Mine,
    /// Linked to someone else, closed or gathered: one neutral answer for all (T35).
    Taken,
}

impl Standing {
    /// The rule itself, from the few facts the index projects too.
    pub fn of(
        person: &Person,
        owner: Option<&PersonKey>,
        (status, merged_into): (Status, Option<AccountId>),
    ) -> Self {
        match (owner, status, merged_into) {
            (Some(owner), ..) if person.is(owner) => Self::Mine,
            (None, Status::Active, None) => Self::Open,
            _ => Self::Taken,
        }
    }
}

impl Account {
    /// Was it brought in from the old service? Those that Kontobro makes have no username.
    pub fn is_imported(&self) -> bool {
        !self.username.is_empty()
    }

    /// How this account stands to `person`.
    pub fn standing(&self, person: &Person) -> Standing {
        Standing::of(person, self.owner.as_ref(), (self.status, self.merged_into))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_id_survives_its_text() {
        let id = AccountId::new(Timestamp::from_second(1_700_000_000).expect("in range"), [7; 10]);
        assert_eq!(AccountId::parse(&id.to_string()), Some(id));
        assert_eq!(AccountId::parse("not an id"), None);
        assert_eq!(AccountId::parse(&id.to_string().to_lowercase()), None, "one spelling");
    }
}
