//! Functions at work: between two of their calls, with what they have read so far.

use crate::{
    letter::Mail,
    world::{AccountId, PersonKey, Progress, Request, RequestId, Session, Wish, World},
};

/// A function between two of its calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Work {
    /// «Bekreft», «Opprett» or «Send på nytt», before its transaction.
    Asking(Asking),
    /// «Avbryt», before its transaction.
    Cancelling(Mail, Ledger),
    /// The mailed link, before its transaction.
    Giving(Giving),
    /// With a mail that it has claimed, before SES.
    Sending(Mail),
    /// SES has refused the mail, and that is not noted yet.
    Postponing(Mail),
    /// The sweeper, with a mail whose link is dead.
    Discharging(Mail),
}

/// The account's ledger, as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ledger {
    /// Still true.
    Fresh,
    /// Somebody has written to the account's audit chain since.
    Stale,
}

/// A request about to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Asking {
    /// Under which key.
    pub key: PersonKey,
    /// The request whose mail is wanted again; none for a new request.
    pub again: Option<RequestId>,
    /// What for.
    pub wish: Wish,
    /// The account; none until a new account's request has its number.
    pub account: Option<AccountId>,
    /// The account's version as it was read.
    pub account_version: u8,
    /// Had it moved?
    pub moved: bool,
    /// The person's request as it was read.
    pub before: Option<Before>,
    /// The account's ledger.
    pub ledger: Ledger,
}

/// A request as it was read, in the parts that a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Before {
    /// Which request, and its newest mail.
    pub mail: Mail,
    /// How far it had come.
    pub progress: Progress,
}

impl Before {
    /// Is this the request that was read, as it was read?
    pub fn is(&self, there: &Request) -> bool {
        there.is_of(self.mail) && there.progress == self.progress
    }
}

/// `Confirmed`: a request whose link has been checked against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Giving {
    /// Who confirms.
    pub session: Session,
    /// The request that was read.
    pub request: Mail,
    /// The link that was followed.
    pub link: Mail,
    /// Was the link in its time, at the moment that this function works with?
    pub in_time: bool,
    /// The account's ledger.
    pub ledger: Ledger,
}

impl Work {
    /// Whose items it writes.
    pub fn person(&self) -> u8 {
        match self {
            Self::Asking(asking) => asking.key.person,
            Self::Giving(giving) => giving.session.person,
            Self::Cancelling(mail, _)
            | Self::Sending(mail)
            | Self::Postponing(mail)
            | Self::Discharging(mail) => mail.key.person,
        }
    }

    /// The request that it has read.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Self::Asking(asking) => asking.before.map(|before| before.mail.id),
            Self::Giving(giving) => Some(giving.request.id),
            Self::Cancelling(mail, _)
            | Self::Sending(mail)
            | Self::Postponing(mail)
            | Self::Discharging(mail) => Some(mail.id),
        }
    }

    /// The ledger that it has read, and whose.
    pub fn ledger_mut(&mut self, world: &World) -> Option<(AccountId, &mut Ledger)> {
        match self {
            Self::Asking(asking) => Some((asking.account?, &mut asking.ledger)),
            Self::Cancelling(mail, ledger) => Some((world.asked(mail.id).account, ledger)),
            Self::Giving(giving) => {
                Some((world.asked(giving.request.id).account, &mut giving.ledger))
            }
            _ => None,
        }
    }
}
