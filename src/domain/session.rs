//! A login as Kontobro remembers it: sealed into the browser's cookie, ended by a logout.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::digest;
use serde::{Deserialize, Serialize};

use super::{AccountId, LogoutId, PastLogout, Person, limits, logout::Order, redacted::redacted};

/// What a logout can name: SHA-256 of ID-porten's `sid` or of its `sub`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct LogoutHandle([u8; 32]);

impl From<LogoutHandle> for String {
    fn from(handle: LogoutHandle) -> Self {
        BASE64_URL_SAFE_NO_PAD.encode(handle.0)
    }
}

impl TryFrom<String> for LogoutHandle {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok();
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or("no logout handle")
    }
}

impl LogoutHandle {
    /// The handle of a `sid` or `sub` claim.
    pub fn of(claim: &str) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, claim.as_bytes()).as_ref());
        Self(hash)
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A session as the cookie holds it. Whether it was ended elsewhere, only the store can tell.
#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    /// Fresh at each login and after linking; binds forms and hits to this session.
    pub id: [u8; 16],
    /// What forms must bring back (T24).
    pub csrf: [u8; 16],
    /// Who is logged in.
    pub person: Person,
    /// ID-porten's session.
    pub sid: LogoutHandle,
    /// ID-porten's name for the person.
    pub subject: LogoutHandle,
    /// Login.
    pub started_at: Timestamp,
    /// When the person last showed ID-porten who they are: long before the login, perhaps, if
    /// they went on from another service.
    #[serde(default)]
    pub identified_at: Timestamp,
    /// When our own attempt at this login began: before ID-porten was asked, and so before anything
    /// that ID-porten told of the session it answered with.
    #[serde(default)]
    pub attempt_began_at: Timestamp,
    /// Logouts that the browser had been told of before that attempt began.
    #[serde(default)]
    pub known_logouts: Vec<LogoutId>,
    /// Newest request.
    pub seen_at: Timestamp,
    /// The person's account, once this session has learnt it. A hint: decisions ask the store.
    pub account: Option<AccountId>,
}
redacted!(LogoutHandle, Session);

/// How a person confirms with a mailed link. A browser may have been left logged in, and then somebody
/// else is in front of it: the older the login, the more they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayConfirm {
    /// By opening the link.
    AtOnce,
    /// By a button on a page that says when the login was made.
    WithButton,
    /// After showing ID-porten again who they are.
    AfterLogin,
}

impl Session {
    /// Within both limits at `at`? (T22)
    pub fn is_live(&self, at: Timestamp) -> bool {
        at < self.seen_at + limits::SESSION_IDLE && at < self.started_at + limits::SESSION_ABSOLUTE
    }

    /// Did it begin after this logout, which names it? See [`Order`] for the three answers.
    pub fn order(&self, logout: &PastLogout) -> Order {
        let newest_sign_of_life = self.attempt_began_at.max(self.identified_at);
        if logout.id.is_some_and(|id| self.known_logouts.contains(&id)) {
            return Order::After;
        }
        let is_after = |at: Timestamp, margin: i64| logout.at + margin < at.as_second();
        if is_after(newest_sign_of_life, limits::CLOCKS_APART.as_secs()) {
            Order::After
        } else if is_after(self.attempt_began_at, 0) {
            Order::Unclear
        } else {
            Order::Before
        }
    }

    /// Has the person shown who they are just now? (T53)
    pub fn is_fresh(&self, at: Timestamp) -> bool {
        at <= self.identified_at + limits::FRESH_LOGIN
    }

    /// The login that a mailed link counts on (T108). It is this session's own if the newest mail was
    /// asked for in it. Otherwise it is the moment when ID-porten last saw the person: single sign-on
    /// also begins a session in a browser that somebody else has left logged in. A provider that says
    /// nothing about that moment leaves us the session's own login.
    pub fn login_behind(&self, mailed_at: Timestamp) -> Timestamp {
        let asked_here = self.started_at.as_second() <= mailed_at.as_second();
        if asked_here || self.identified_at == Timestamp::UNIX_EPOCH {
            self.started_at
        } else {
            self.identified_at.min(self.started_at)
        }
    }

    /// What a mailed link may do with this session at `at` (T108).
    pub fn may_confirm(&self, mailed_at: Timestamp, at: Timestamp) -> MayConfirm {
        let login = self.login_behind(mailed_at);
        if at <= login + limits::LOGIN_TO_OPEN_LINK {
            MayConfirm::AtOnce
        } else if at <= login + limits::LOGIN_TO_PRESS_LINK {
            MayConfirm::WithButton
        } else {
            MayConfirm::AfterLogin
        }
    }

    /// The session after a request at `at`.
    #[must_use]
    pub fn seen(mut self, at: Timestamp) -> Self {
        self.seen_at = self.seen_at.max(at);
        self
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::domain::{Pid, PidKeys};

    fn session() -> Session {
        let at = Timestamp::from_second(1_800_000_000).expect("in range");
        let keys = PidKeys::new([(1, vec![1; 32])]).expect("one key");
        Session {
            id: [1; 16],
            csrf: [2; 16],
            person: keys.person(Pid::from_claim("01819010001").expect("eleven digits")),
            sid: LogoutHandle::of("sid"),
            subject: LogoutHandle::of("sub"),
            started_at: at,
            identified_at: at,
            attempt_began_at: at,
            known_logouts: vec![],
            seen_at: at,
            account: None,
        }
    }

    #[test]
    fn t26_whoever_is_logged_out_by_name_nobody_else_is() {
        let [mine, others] = ["sid-1", "sid-2"].map(LogoutHandle::of);
        assert!(mine == LogoutHandle::of("sid-1"));
        assert!(mine != others);
    }

    #[test]
    fn t22_a_session_ends_after_thirty_idle_minutes() {
        let session = session();
        let idle = |minutes| session.started_at + SignedDuration::from_mins(minutes);
        assert!(session.is_live(idle(29)));
        assert!(!session.is_live(idle(30)));
    }

    #[test]
    fn t53_a_login_is_fresh_for_five_minutes_from_when_the_person_was_identified() {
        let session = session();
        let after = |minutes| session.identified_at + SignedDuration::from_mins(minutes);
        assert!(session.is_fresh(after(5)));
        assert!(!session.is_fresh(after(5) + SignedDuration::from_secs(1)));
        let gone_on = Session { identified_at: after(-6), ..session.clone() };
        assert!(!gone_on.is_fresh(gone_on.started_at));
    }

    #[test]
    fn t108_a_link_counts_on_the_login_of_the_session_that_asked_else_on_when_the_person_was_seen()
    {
        let session = session();
        let minutes = SignedDuration::from_mins;
        let (login, second) = (session.started_at, SignedDuration::from_secs(1));
        let may = |session: &Session, after| session.may_confirm(login, login + after);
        assert_eq!(may(&session, minutes(10)), MayConfirm::AtOnce);
        assert_eq!(may(&session, minutes(10) + second), MayConfirm::WithButton);
        assert_eq!(may(&session, minutes(30)), MayConfirm::WithButton);
        assert_eq!(may(&session, minutes(30) + second), MayConfirm::AfterLogin);

        // By single sign-on, where the person was seen before: who asks in this session is here.
        let on_from_elsewhere = Session { identified_at: login - minutes(40), ..session.clone() };
        assert_eq!(may(&on_from_elsewhere, second), MayConfirm::AtOnce);
        let asked_before = |session: &Session| session.may_confirm(login - second, login);
        assert_eq!(asked_before(&on_from_elsewhere), MayConfirm::AfterLogin);
        assert_eq!(asked_before(&session), MayConfirm::AtOnce);
        let nobody_says = Session { identified_at: Timestamp::UNIX_EPOCH, ..session };
        assert_eq!(asked_before(&nobody_says), MayConfirm::AtOnce);
    }

    #[test]
    fn t22_a_busy_session_ends_after_two_hours() {
        let mut session = session();
        let start = session.started_at;
        for minute in (0..119).step_by(10) {
            session = session.seen(start + SignedDuration::from_mins(minute));
        }
        assert!(session.is_live(start + SignedDuration::from_mins(119)));
        assert!(!session.is_live(start + SignedDuration::from_mins(120)));
    }
}
