//! Logouts, and which logins they end.
//!
//! ID-porten may keep its own session, with the same `sid`, after we have ended ours: the person left
//! ID-porten's logout page, or logs in again by single sign-on. So a logout ends the logins of before,
//! and a login that began after it is a new one. On the other hand the word of a logout may overtake the
//! login it is about: it comes after ID-porten has answered and before our session is written (T29). Such
//! a login must not live. What tells the two apart is the moment when **our own attempt** began, before
//! ID-porten was asked anything; the moment when the session was written says nothing.
//!
//! That order cannot be read off clocks alone. The attempt is stamped by the function `login`, the
//! logout by the function `logout`, and their clocks may differ. Therefore each logout has a name
//! ([`LogoutId`]), and a browser that is told of a logout keeps the name, sealed. An attempt that carries
//! the name began after the logout, whatever the clocks say, and no other attempt can have it. The clocks
//! decide only where the name is missing, and then doubt ends the session: it counts as newer only when
//! it is so by more than [`limits::CLOCKS_APART`](super::limits::CLOCKS_APART). A login in between is not
//! refused but made once more ([`Order::Unclear`]): ID-porten is asked again by an attempt that knows.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest;
use serde::{Deserialize, Serialize};

/// The name of one logout, of 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct LogoutId([u8; 16]);

impl LogoutId {
    /// From 16 random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// The name of a logout that something else names already: it stays the same when it is written again.
    pub fn of(event: &str) -> Self {
        let mut id = [0; 16];
        let digest = digest::digest(&digest::SHA256, event.as_bytes());
        id.copy_from_slice(&digest.as_ref()[..16]);
        Self(id)
    }
}

impl From<LogoutId> for String {
    fn from(id: LogoutId) -> Self {
        BASE64_URL_SAFE_NO_PAD.encode(id.0)
    }
}

impl TryFrom<String> for LogoutId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok();
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or("no name of a logout")
    }
}

/// A logout that lies in the store, under what it names: a `sid`, a `sub`, a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastLogout {
    /// Its name. Those of a release that gave none cannot be known to anyone.
    pub id: Option<LogoutId>,
    /// When it reached us, in seconds since 1970.
    pub at: i64,
}

/// Which came first, a login or a logout that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The login: it is over.
    Before,
    /// The login seems to be the later one, by less than the clocks may differ. It counts as over, and
    /// one more question to ID-porten, by an attempt that knows of the logout, settles it.
    Unclear,
    /// The logout: the login is a new one.
    After,
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::domain::{LogoutHandle, Pid, PidKeys, Session};

    const LOGOUT: i64 = 1_800_000_000;

    /// A login whose attempt began so many seconds after the logout.
    fn login(seconds: i64) -> Session {
        let at = Timestamp::from_second(LOGOUT + seconds).expect("in range");
        let keys = PidKeys::new([(1, vec![1; 32])]).expect("one key");
        Session {
            id: [1; 16],
            csrf: [2; 16],
            person: keys.person(Pid::from_claim("01819010001").expect("eleven digits")),
            sid: LogoutHandle::of("sid"),
            subject: LogoutHandle::of("sub"),
            started_at: at + SignedDuration::from_mins(9),
            identified_at: at - SignedDuration::from_mins(20),
            attempt_began_at: at,
            known_logouts: vec![],
            seen_at: at,
            account: None,
        }
    }

    fn logout() -> PastLogout {
        PastLogout { id: Some(LogoutId::new([7; 16])), at: LOGOUT }
    }

    #[test]
    fn t29_a_login_whose_attempt_began_before_the_logout_is_over_whenever_it_was_finished() {
        for seconds in [-600, -1, 0] {
            assert_eq!(login(seconds).order(&logout()), Order::Before, "{seconds}");
        }
    }

    #[test]
    fn t105_an_attempt_that_knew_of_the_logout_began_after_it_whatever_the_clocks_say() {
        for seconds in [-240, 0, 1, 3_600] {
            let known = vec![LogoutId::new([1; 16]), LogoutId::new([7; 16])];
            let login = Session { known_logouts: known, ..login(seconds) };
            assert_eq!(login.order(&logout()), Order::After, "{seconds}");
        }
        let known = Session { known_logouts: vec![LogoutId::new([7; 16])], ..login(0) };
        for id in [Some(LogoutId::new([8; 16])), None] {
            assert_eq!(known.order(&PastLogout { id, ..logout() }), Order::Before, "{id:?}");
        }
    }

    #[test]
    fn t105_by_the_clocks_alone_a_login_is_later_only_beyond_what_they_may_differ() {
        assert_eq!(login(1).order(&logout()), Order::Unclear);
        assert_eq!(login(300).order(&logout()), Order::Unclear);
        assert_eq!(login(301).order(&logout()), Order::After);
    }

    #[test]
    fn t105_who_showed_who_they_are_well_after_the_logout_is_logged_in_anew() {
        let identified = |after| Session {
            identified_at: Timestamp::from_second(LOGOUT + after).expect("in range"),
            ..login(-10)
        };
        assert_eq!(identified(300).order(&logout()), Order::Before);
        assert_eq!(identified(301).order(&logout()), Order::After);
    }
}
