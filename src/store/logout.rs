//! Logouts, kept under what they name until no session of before can live.
//!
//! The newest logout of a `sid`, `sub` or person replaces the one before. Which sessions it ends is
//! `domain::logout`'s to say; here is what that rests on. The moment that is kept is when the logout
//! reached us, never the one that a token says it was made at: a logout that comes late ends also what
//! began before its `iat`. Whatever order two logouts are written in, every session that began before the
//! later of the two writes is ended: it cannot know the later name, and no clock is so wrong.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use jiff::Timestamp;

use super::{
    Fault, Store,
    fault::described,
    items::{Item, Key, moment, text},
    read::seconds,
    transaction::{ATTEMPT, Attempt, Undone, Witness, Write as _},
};
use crate::domain::{LogoutHandle, LogoutId, PastLogout, PersonKey, limits};

/// Seconds since 1970 of a moment that no session begins after.
const FOR_EVER: i64 = 253_402_300_799;

/// What a logout ends.
pub enum Ending<'a> {
    /// One session.
    Sid(&'a LogoutHandle),
    /// Every earlier session of one `sub`.
    Subject(&'a LogoutHandle),
    /// Every earlier session of one person.
    Person(&'a PersonKey),
}

/// One logout, of one or several endings.
#[derive(Clone, Copy)]
pub struct Logout {
    /// Its name, for the browser that is told of it.
    pub id: LogoutId,
    /// When it reached us.
    pub at: Timestamp,
}

/// Why a back-channel logout did nothing.
#[derive(Debug, thiserror::Error)]
pub enum NotEnded {
    /// This token has been here before (T26).
    #[error("the logout token has been used")]
    Replayed,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Ends sessions. Repeating it changes nothing, so all that is told of a failure is that nobody
    /// knows: one of its tries may have been written although the last was refused (T57).
    pub async fn end(&self, ending: &Ending<'_>, logout: &Logout) -> Result<(), Fault> {
        let ended = Some(tombstone(ending, logout));
        let put = self.client.put_item().table_name(&self.pending).set_item(ended);
        put.send().await.map(|_| ()).map_err(|error| Fault::NotConfirmed(described(error)))
    }

    /// Ends sessions by a logout token, and remembers the token in the same transaction: a retry
    /// after a crash is never taken for a replay (T26).
    pub async fn end_by_token(
        &self,
        endings: &[Ending<'_>],
        (jti, token_expires_at): (&LogoutHandle, Timestamp),
        logout: &Logout,
        attempt: &Attempt,
    ) -> Result<(), NotEnded> {
        let key = Key::logout_token(jti);
        let mut seen = key.item();
        seen.insert(ATTEMPT.into(), text(attempt.name()));
        seen.insert("expires_at".into(), moment(token_expires_at + limits::CLOCK_SKEW));
        let token = Put::builder()
            .table_name(&self.pending)
            .set_item(Some(seen))
            .condition_expression("attribute_not_exists(pk)")
            .write();
        let put = |ending| -> TransactWriteItem {
            let ended = Some(tombstone(ending, logout));
            Put::builder().table_name(&self.pending).set_item(ended).write()
        };
        let items = [token].into_iter().chain(endings.iter().map(put)).collect();
        let ended = self.transact((attempt, attempt.name()), items, &Witness::Pending(key)).await;
        ended.map_err(|undone| match undone {
            Undone::Condition(..) => NotEnded::Replayed,
            Undone::Fault(fault) => fault.into(),
        })
    }
}

pub(super) fn tombstone(ending: &Ending<'_>, logout: &Logout) -> Item {
    let key = match ending {
        Ending::Sid(sid) => Key::ended_sid(sid),
        Ending::Subject(subject) => Key::ended_subject(subject),
        Ending::Person(person) => Key::ended_person(person),
    };
    let mut item = key.item();
    let until = logout.at + limits::SESSION_ABSOLUTE + limits::CLOCK_SKEW;
    item.insert("logout".into(), text(logout.id));
    item.insert("ended_at".into(), moment(logout.at));
    item.insert("expires_at".into(), moment(until));
    item
}

/// What [`tombstone`] wrote. One that cannot be read ends every session that it names.
pub(super) fn past_logout(item: &Item) -> PastLogout {
    let id = item.get("logout").and_then(|id| id.as_s().ok());
    PastLogout {
        id: id.and_then(|id| LogoutId::try_from(id.clone()).ok()),
        at: seconds(item, "ended_at").unwrap_or(FOR_EVER),
    }
}
