//! Endings: what ID-porten tells us about a session, kept until no such session can live.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use jiff::Timestamp;

use super::{
    Fault, Store,
    fault::described,
    items::{Key, moment, text},
    transaction::{ATTEMPT, Attempt, Undone, Witness, Write as _},
};
use crate::domain::{LogoutHandle, PersonKey, limits};

/// What a logout ends.
pub enum Ending<'a> {
    /// One session.
    Sid(&'a LogoutHandle),
    /// Every earlier session of one `sub`.
    Subject(&'a LogoutHandle),
    /// Every earlier session of one person.
    Person(&'a PersonKey),
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
    pub async fn end(&self, ending: &Ending<'_>, at: Timestamp) -> Result<(), Fault> {
        let put =
            self.client.put_item().table_name(&self.pending).set_item(Some(tombstone(ending, at)));
        put.send().await.map(|_| ()).map_err(|error| Fault::NotConfirmed(described(error)))
    }

    /// Ends sessions by a logout token, and remembers the token in the same transaction: a retry
    /// after a crash is never taken for a replay (T26).
    pub async fn end_by_token(
        &self,
        endings: &[Ending<'_>],
        (jti, token_expires_at): (&LogoutHandle, Timestamp),
        at: Timestamp,
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
            Put::builder().table_name(&self.pending).set_item(Some(tombstone(ending, at))).write()
        };
        let items = [token].into_iter().chain(endings.iter().map(put)).collect();
        let ended = self.transact((attempt, attempt.name()), items, &Witness::Pending(key)).await;
        ended.map_err(|undone| match undone {
            Undone::Condition(..) => NotEnded::Replayed,
            Undone::Fault(fault) => fault.into(),
        })
    }
}

pub(super) fn tombstone(ending: &Ending<'_>, at: Timestamp) -> super::items::Item {
    let key = match ending {
        Ending::Sid(sid) => Key::ended_sid(sid),
        Ending::Subject(subject) => Key::ended_subject(subject),
        Ending::Person(person) => Key::ended_person(person),
    };
    let mut item = key.item();
    item.insert("ended_at".into(), moment(at));
    item.insert("expires_at".into(), moment(at + limits::SESSION_ABSOLUTE + limits::CLOCK_SKEW));
    item
}
