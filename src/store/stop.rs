//! «Dette var ikke meg»: a request that someone else asked for, found by its link, and stopped.
//!
//! Stopping closes the account to whoever asked, in the account's ledger. Every gift and every
//! asking holds to the ledger as it was read, so none of them can miss it; only support opens the
//! account to that person again.

use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::{
    Fault, Ledger, Store,
    audit::{Actor, Entry},
    change::NotChanged,
    items::{Key, attribute, moment, text},
    read::has_expired,
    request::{self, ASKER, LEDGER, progress},
    transaction::{Attempt, Write as _},
};
use crate::domain::{
    AccountId, Decision, EarlierRequest, Person, PersonKey, Request, RequestId, history::Event,
    limits, request::Progress,
};

/// Set when another person has opened the link of the newest mail.
const OPENED: &str = "opened_by_another";

/// What was found of the request that a link belongs to.
pub enum FoundByLink {
    /// It is the newest of whoever asked.
    Newest(Box<SomeonesRequest>),
    /// They have asked for something else since.
    Earlier(EarlierRequest),
    /// It is too old to be kept.
    Gone,
}

impl FoundByLink {
    /// The request itself, if it is the newest.
    pub fn newest(self) -> Option<SomeonesRequest> {
        match self {
            Self::Newest(found) => Some(*found),
            Self::Earlier(_) | Self::Gone => None,
        }
    }
}

/// A request that was found by its link, and not by who asked.
pub struct SomeonesRequest {
    /// The request.
    pub request: Request,
    /// The account's ledger as the request left it.
    ledger: Ledger,
    /// Has another person opened its link before?
    is_opened: bool,
}

/// Why a request was not stopped.
#[derive(Debug, thiserror::Error)]
pub enum NotStopped {
    /// It is no longer as it was read: look again.
    #[error("something else happened first")]
    Overtaken,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<NotChanged<()>> for NotStopped {
    fn from(not_changed: NotChanged<()>) -> Self {
        match not_changed {
            NotChanged::Refused((), _) => Self::Overtaken,
            NotChanged::Fault(fault) => Self::Fault(fault),
            NotChanged::NotAllowed(_) => unreachable!("it asks nothing of the ledger"),
        }
    }
}

/// Why a freeze was not lifted.
#[derive(Debug, thiserror::Error)]
pub enum NotLifted {
    /// The account is not closed to whoever's request has this reference.
    #[error("no freeze of this account has this reference")]
    NotFrozen,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// The request that a link belongs to, whoever asked. Two round trips, both consistent: who asked, then their request (T116).
    ///
    /// # Errors
    /// The store failed, or does not say who asked while it still must. Then nobody can say that the
    /// link does not work.
    pub async fn request_of_link(
        &self,
        id: RequestId,
        at: Timestamp,
    ) -> Result<FoundByLink, Fault> {
        let asker = self.batch(vec![], vec![Key::asker(id)]).await?.pop();
        let Some(asker) = asker.filter(|item| !has_expired(item, at)) else {
            let is_kept = at < id.made_at() + limits::LINK + limits::REQUEST_KEPT;
            let missing = || Fault::NothingChanged("nothing says who asked for this link".into());
            return if is_kept { Err(missing()) } else { Ok(FoundByLink::Gone) };
        };
        let person = asker.get(ASKER).and_then(|person| person.as_s().ok());
        let person = person.and_then(|person| PersonKey::from_store(person));
        let person = person.ok_or(Fault::Unreadable("asker"))?;
        let found = self.batch(vec![], vec![Key::request(&person)]).await?.pop();
        let Some(item) = found.filter(|item| !has_expired(item, at)) else {
            return Ok(FoundByLink::Gone);
        };
        let (ledger, is_opened) = (request::ledger(&item), item.contains_key(OPENED));
        let request = self.read_request(item)?;
        if request.id == id {
            return Ok(FoundByLink::Newest(Box::new(SomeonesRequest {
                request,
                ledger,
                is_opened,
            })));
        }
        let earlier = request.earlier.iter().find(|earlier| earlier.id == id);
        Ok(earlier.map_or(FoundByLink::Gone, |earlier| FoundByLink::Earlier(*earlier)))
    }

    /// Stops a request, whoever asked, and closes the account to them; one that is theirs already,
    /// or does not exist yet, stays open to them. The link dies, and the mail goes out no more.
    pub async fn stop(
        &self,
        found: &SomeonesRequest,
        by: &Person,
        at: Timestamp,
        attempt: &Attempt,
    ) -> Result<(), NotStopped> {
        let request = &found.request;
        let entry = Entry {
            reference: Some(request.id.reference()),
            freezes: request.wish.is_for_an_old_account().then_some(&request.person),
            ..Entry::of(Event::Stopped, request.account, Actor::Person(by.key()), at)
        };
        let stop = |_: &Ledger| vec![((), self.stop_request(request))];
        self.change(&entry, (&found.ledger, attempt), stop).await?;
        Ok(())
    }

    /// Notes that another person has opened the link: once a mail, so that nobody can make the
    /// trail grow by opening it again (T44).
    pub async fn note_opening(
        &self,
        found: &SomeonesRequest,
        by: &Person,
        at: Timestamp,
        attempt: &Attempt,
    ) -> Result<(), Fault> {
        if found.is_opened {
            return Ok(());
        }
        let request = &found.request;
        let entry = Entry {
            reference: Some(request.id.reference()),
            ..Entry::of(Event::OpenedByAnother, request.account, Actor::Person(by.key()), at)
        };
        let note = |after: &Ledger| vec![((), self.mark_opened(request, after, at))];
        match self.change(&entry, (&found.ledger, attempt), note).await.map_err(NotStopped::from) {
            Ok(_) | Err(NotStopped::Overtaken) => Ok(()),
            Err(NotStopped::Fault(fault)) => Err(fault),
        }
    }

    /// Opens an account again to whoever's request, of this reference, was stopped (T99).
    pub async fn lift_freeze(
        &self,
        account: AccountId,
        reference: &str,
        (decision, at): (&Decision, Timestamp),
        attempt: &Attempt,
    ) -> Result<(), NotLifted> {
        let entry = Entry {
            reference: Some(reference.to_owned()),
            ..Entry::of(Event::FreezeLifted, account, Actor::Staff(decision), at)
        };
        let ledger = self.ledger(account).await?;
        let no_more = |_: &Ledger| Vec::<((), TransactWriteItem)>::new();
        match self.change(&entry, (&ledger, attempt), no_more).await {
            Ok(_) => Ok(()),
            Err(NotChanged::NotAllowed(_)) => Err(NotLifted::NotFrozen),
            Err(NotChanged::Refused((), _)) => unreachable!("it has no part of its own"),
            Err(NotChanged::Fault(fault)) => Err(fault.into()),
        }
    }

    /// Whichever mail is the newest: an older one proves the mailbox just as well.
    fn stop_request(&self, request: &Request) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.pending)
            .set_key(Some(Key::request(&request.person).into()))
            .update_expression("SET progress = :stopped REMOVE outbox_due, outbox_at")
            .condition_expression("id = :id AND progress = :open")
            .expression_attribute_values(":id", text(request.id.to_string()))
            .expression_attribute_values(":open", progress(Progress::Open))
            .expression_attribute_values(":stopped", progress(Progress::Stopped))
            .write()
    }

    /// The request remembers the ledger as it is then, so that its link costs no read more.
    fn mark_opened(&self, request: &Request, after: &Ledger, at: Timestamp) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.pending)
            .set_key(Some(Key::request(&request.person).into()))
            .update_expression("SET #opened = :at, #ledger = :after")
            .condition_expression("id = :id AND attribute_not_exists(#opened)")
            .expression_attribute_names("#opened", OPENED)
            .expression_attribute_names("#ledger", LEDGER)
            .expression_attribute_values(":id", text(request.id.to_string()))
            .expression_attribute_values(":at", moment(at))
            .expression_attribute_values(":after", attribute(after))
            .write()
    }
}
