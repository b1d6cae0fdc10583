//! What has happened to an account: the events of its audit trail.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One kind of event. Its name in snake case stands in the trail, and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody asked for it: the old account, or a new one.
    Requested,
    /// They had the mail sent again.
    Resent,
    /// They called it off.
    Cancelled,
    /// It became theirs.
    Linked,
    /// It was made for them.
    Created,
    /// It was gathered into the account that they had.
    Gathered,
    /// «Lagre».
    Saved,
    /// Another address was asked for.
    EmailRequested,
    /// It was proved.
    EmailChanged,
    /// The owner is known by a newer key.
    Rekeyed,
    /// Someone other than who asked opened the mailed link.
    OpenedByAnother,
    /// «Dette var ikke meg».
    Stopped,
    /// Support opened the account again to whoever it was closed to.
    FreezeLifted,
    /// Support took it back from whoever it was linked to by mistake.
    TakenBack,
    /// Two of the staff erased it, as its person had a right to.
    Erased,
}

impl Event {
    /// Does it put a mail with a link under way?
    pub fn sends_a_link(self) -> bool {
        matches!(self, Self::Requested | Self::Resent | Self::EmailRequested)
    }

    /// Does it keep an account from somebody, or let them come to it again? Where a restore from backup
    /// has forgotten that, it is replayed before anything opens (T114).
    pub fn protects(self) -> bool {
        match self {
            Self::Gathered
            | Self::Stopped
            | Self::FreezeLifted
            | Self::TakenBack
            | Self::Erased => true,
            Self::Requested
            | Self::Resent
            | Self::Cancelled
            | Self::Linked
            | Self::Created
            | Self::Saved
            | Self::EmailRequested
            | Self::EmailChanged
            | Self::Rekeyed
            | Self::OpenedByAnother => false,
        }
    }
}

/// One event, as the owner of the account may read it: never who else was there.
pub struct Happened {
    /// What.
    pub event: Event,
    /// When.
    pub at: Timestamp,
    /// The reference that screen and mail showed, where there was one.
    pub reference: Option<String>,
}
