//! One person's wish for one account, from «Bekreft» to the mailed link. The merge protocol:
//!
//! requested (mail queued → handed over → delayed → delivered, or it comes back) → confirmed, or
//! expired, replaced, cancelled, stopped. A person has at most one request; a newer one takes its place.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use super::{
    AccountId, Card, EarlierRequest, Email, Link, LinkDigest, LinkKeys, Person, PersonKey, earlier,
    limits, redacted::redacted,
};

/// A request's own name: 16 bytes (a ULID).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestId(Ulid);

impl RequestId {
    /// A new id: 48 bits of time and 80 bits of `random`.
    pub fn new(at: Timestamp, random: [u8; 10]) -> Self {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        let mut tail = [0; 16];
        tail[6..].copy_from_slice(&random);
        Self(Ulid::from_parts(millis, u128::from_be_bytes(tail)))
    }

    /// When the request was made.
    pub fn made_at(&self) -> Timestamp {
        let millis = i64::try_from(self.0.timestamp_ms()).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
    }

    pub(super) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Ulid::from_bytes(bytes))
    }

    pub(super) fn to_bytes(self) -> [u8; 16] {
        self.0.to_bytes()
    }

    /// Reads the 26 characters back; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Ulid::from_string(text).ok().map(Self).filter(|id| id.to_string() == text)
    }

    /// The short public reference, the same on screen and in the mail: `K7QM-2WXD`, 40 random bits.
    pub fn reference(&self) -> String {
        let text = self.0.to_string();
        format!("{}-{}", &text[18..22], &text[22..26])
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What the person asked for. Each is proved by the same kind of mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// «Slå sammen»: an old account.
    Link,
    /// «Opprett en helt ny brukerkonto»: an account that does not exist yet.
    Create,
    /// Another address for an account that is the person's already.
    ChangeEmail,
    /// «Slå sammen» by someone who has an account already: one more old account, gathered into it.
    Gather {
        /// The account that is theirs.
        into: AccountId,
    },
}

impl Wish {
    /// Is it for an account that was there before, and not the person's?
    pub fn is_for_an_old_account(self) -> bool {
        matches!(self, Self::Link | Self::Gather { .. })
    }
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Progress {
    /// Waits for the link.
    Open,
    /// The link was used: what was asked for is done.
    Confirmed,
    /// The person changed their mind.
    Cancelled,
    /// Whoever has the mailbox has said «Dette var ikke meg».
    Stopped,
}

/// Where the mail is. The order is the only direction it can move in (T74).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MailState {
    /// In the outbox; SES has not taken it yet.
    Queued,
    /// SES has taken it.
    HandedOver,
    /// The receiving side asks us to wait; SES goes on trying.
    Delayed,
    /// Something came back, and nobody can tell what: perhaps the mail, perhaps a note that its
    /// receiver is away. Where we know that it was delivered, it was such a note.
    Unclear,
    /// The receiving side has taken it.
    Delivered,
    /// The box is full, and SES has given up.
    BoxFull,
    /// SES or the receiving side does not want this mail.
    Refused,
    /// There is no such address, or its owner calls our mail spam. Never mailed again.
    Dead,
}

impl MailState {
    const ALL: [Self; 8] = [
        Self::Queued,
        Self::HandedOver,
        Self::Delayed,
        Self::Unclear,
        Self::Delivered,
        Self::BoxFull,
        Self::Refused,
        Self::Dead,
    ];

    /// 0 to 7: the store lets it only grow.
    pub fn rank(self) -> u8 {
        self as u8
    }

    /// As the waiting page and its script call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::HandedOver => "handed-over",
            Self::Delayed => "delayed",
            Self::Unclear => "unclear",
            Self::Delivered => "delivered",
            Self::BoxFull => "box-full",
            Self::Refused => "refused",
            Self::Dead => "dead",
        }
    }

    /// The state of a name; `None` for anything else.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The state of a rank; `None` for anything else.
    pub fn of_rank(rank: u8) -> Option<Self> {
        Self::ALL.get(usize::from(rank)).copied()
    }
}

/// One person's request, as the store holds it.
#[derive(Clone)]
pub struct Request {
    /// Its name.
    pub id: RequestId,
    /// Which mail is the newest, from 1. Only that mail's link works.
    pub generation: u32,
    /// Who asked.
    pub person: PersonKey,
    /// What for.
    pub wish: Wish,
    /// The account asked for; for [`Wish::Create`] the id it will get.
    pub account: AccountId,
    /// The account's version when it was asked for (T43).
    pub account_version: u64,
    /// The account's address when it was asked for: the only one the mail goes to (T40).
    pub email: Email,
    /// What the mail shows of the account.
    pub card: Card,
    /// `nb`, `nn` or `en`: the language the mail is written in.
    pub language: String,
    /// When «Bekreft» was chosen.
    pub asked_at: Timestamp,
    /// From this second on the link is too old.
    pub expires_at: Timestamp,
    /// How far it has come.
    pub progress: Progress,
    /// Where the mail is.
    pub mail: MailState,
    /// When the newest mail was asked for.
    pub mailed_at: Timestamp,
    /// Mails asked for on the day of `mailed_at` (UTC), over all requests of this person.
    pub mails_today: u32,
    /// Version of the key that the newest mail's link is made with: the store has the digest of no other,
    /// however long the mail waits (T111).
    pub link_key: u8,
    /// Those that it, and those before it, have replaced: the newest first.
    pub earlier: Vec<EarlierRequest>,
}
redacted!(Request);

/// Why a link does not complete a request. Each has its own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    /// Another person asked. Nothing is used up, nobody is named.
    #[error("the link belongs to another person's request")]
    OtherPerson,
    /// A newer mail of the same request has taken its place.
    #[error("a newer mail has replaced the link")]
    NewerMail,
    /// A newer request has taken the place of its request, which was waiting.
    #[error("a newer request has replaced the link's")]
    Replaced,
    /// The link, or the whole request, has had its time.
    #[error("the link has expired")]
    Expired,
    /// It did its work before.
    #[error("the link has been used")]
    Used,
    /// The person cancelled.
    #[error("the request was cancelled")]
    Cancelled,
    /// Whoever has the mailbox did.
    #[error("the request was stopped")]
    Stopped(Wish),
    /// Nothing is known of its request, though it is not that old.
    #[error("nothing is known of the link's request")]
    Unknown,
}

/// A request whose link has been checked against it, at one moment. Only [`Request::confirm`]
/// makes one, and the store completes nothing else.
pub struct Confirmed {
    /// The request.
    pub request: Request,
    /// The person who asked and now confirms, under every live key.
    pub person: Person,
    /// What the store must still hold.
    pub digest: LinkDigest,
    /// The moment it was checked; the store's conditions use the same.
    pub at: Timestamp,
}
redacted!(Confirmed);

impl Request {
    /// The link of the newest mail; `None` if its key is none of these.
    pub fn link(&self, keys: &LinkKeys) -> Option<Link> {
        keys.link(self.link_key, self.id, self.generation, &self.person)
    }

    /// The account that is the person's once this is confirmed.
    pub fn becomes_theirs(&self) -> AccountId {
        match self.wish {
            Wish::Link | Wish::Create | Wish::ChangeEmail => self.account,
            Wish::Gather { into } => into,
        }
    }

    /// Can it still be confirmed, but for the link?
    pub fn is_waiting(&self, at: Timestamp) -> bool {
        self.progress == Progress::Open && at < self.expires_at
    }

    /// Has the waiting page something to tell who asked?
    pub fn is_to_be_told(&self) -> bool {
        matches!(self.progress, Progress::Open | Progress::Stopped)
    }

    /// Only who asked may confirm, only with the newest link, only once, and only until, not at,
    /// `expires_at`. `request` is what the store holds for `person`, if anything.
    ///
    /// # Errors
    /// The first rule that fails, in the order that tells the person most.
    pub fn confirm(
        request: Option<Self>,
        person: &Person,
        link: &Link,
        keys: &LinkKeys,
        at: Timestamp,
    ) -> Result<Confirmed, LinkRefusal> {
        if !keys.is_for(link, person) {
            return Err(LinkRefusal::OtherPerson);
        }
        let Some(request) = request else { return Err(earlier::refusal(None, link, at)) };
        if request.id != link.request() {
            return Err(earlier::refusal(Some(&request), link, at));
        }
        match request.progress {
            Progress::Confirmed => Err(LinkRefusal::Used),
            Progress::Cancelled => Err(LinkRefusal::Cancelled),
            Progress::Stopped => Err(LinkRefusal::Stopped(request.wish)),
            Progress::Open if request.expires_at <= at => Err(LinkRefusal::Expired),
            Progress::Open if request.generation != link.generation() => {
                Err(LinkRefusal::NewerMail)
            }
            Progress::Open => {
                Ok(Confirmed { request, person: person.clone(), digest: link.digest(), at })
            }
        }
    }

    /// Mails this person has asked for on the UTC day of `at`.
    pub fn mails_on_day_of(&self, at: Timestamp) -> u32 {
        if same_utc_day(self.mailed_at, at) { self.mails_today } else { 0 }
    }

    /// Has a mail of the UTC day of `at` shown that there is no mailing this address? Then no other
    /// is tried (T73). On later days SES remembers it, until support has mended it there.
    pub fn has_found_dead(&self, email: &Email, at: Timestamp) -> bool {
        self.mail == MailState::Dead
            && self.email.key() == email.key()
            && same_utc_day(self.mailed_at, at)
    }

    /// May the person have the mail again now? If not, from when.
    pub fn may_resend(&self, at: Timestamp) -> Result<(), Timestamp> {
        if self.mails_on_day_of(at) >= limits::MAILS_PER_PERSON_AND_DAY {
            return Err(next_utc_day(at));
        }
        let from = self.mailed_at + limits::RESEND_PAUSE;
        if at < from { Err(from) } else { Ok(()) }
    }

    /// When a mail that is asked for at `now` counts as asked for, after `before`: never earlier than that
    /// one. Another function's clock may be ahead, and of two requests the newer is told by this (T65).
    pub fn next_mail_at(before: Option<&Self>, now: Timestamp) -> Timestamp {
        before.map_or(now, |before| before.mailed_at.max(now))
    }

    /// The same request with a newer mail, under the current key of `person`, who asked, and the current
    /// one of links: the link of the older one dies (T47).
    #[must_use]
    pub fn resent(mut self, person: &Person, keys: &LinkKeys, now: Timestamp) -> Self {
        let at = Self::next_mail_at(Some(&self), now);
        self.person = person.key().clone();
        self.link_key = keys.current();
        self.mails_today = self.mails_on_day_of(at) + 1;
        self.generation += 1;
        self.mailed_at = at;
        self.expires_at = at + limits::LINK;
        self.mail = MailState::Queued;
        self
    }
}

/// Do both moments fall on one day, UTC?
fn same_utc_day(one: Timestamp, other: Timestamp) -> bool {
    one.as_second().div_euclid(86_400) == other.as_second().div_euclid(86_400)
}

fn next_utc_day(at: Timestamp) -> Timestamp {
    let midnight = (at.as_second().div_euclid(86_400) + 1) * 86_400;
    Timestamp::from_second(midnight).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
