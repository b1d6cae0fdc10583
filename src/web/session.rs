//! The session cookie: made at login, renewed with every answer to a person, gone at logout. Beside it
//! the names of the logouts that the browser has been told of (`domain::logout`).

use jiff::SignedDuration;

use super::{Purpose, Seal, Trouble, Visit, html::CSRF_FIELD};
use crate::{
    ambient::Ambient,
    domain::{LogoutId, Session, limits},
    settings::Site,
};

/// Name of the cookie with the logouts that the browser has been told of.
const KNOWN_LOGOUTS: &str = "__Host-utlogget";
/// Name of the session cookie.
pub const COOKIE: &str = "__Host-kontobro";

/// The cookie and its seal. Says nothing of logouts elsewhere: the store does.
pub struct SessionCookie {
    seal: Seal,
    ambient: Ambient,
}

impl SessionCookie {
    /// With the keys it is sealed with.
    pub fn new(seal: Seal, ambient: &Ambient) -> Self {
        Self { seal, ambient: ambient.clone() }
    }

    /// The seal, for what else travels through the browser.
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// Opens the cookie, whatever the request wants to do.
    ///
    /// # Errors
    /// [`Trouble::NotLoggedIn`] without a cookie, [`Trouble::SessionExpired`] with one that has had
    /// its time or that no key of ours opens.
    pub fn open(&self, visit: &mut Visit) -> Result<Session, Trouble> {
        let session = match self.look_into(visit) {
            Err(Trouble::SessionExpired) => {
                visit.eat(COOKIE);
                return Err(Trouble::SessionExpired);
            }
            found => found?.seen(visit.now),
        };
        self.keep(visit, &session);
        Ok(session)
    }

    /// Opens the cookie for a request that no person made: the session is as idle as before (T22),
    /// and stays so once it has had its time. The person is told at their own next step.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn look_into(&self, visit: &mut Visit) -> Result<Session, Trouble> {
        let sealed = visit.cookie(COOKIE).ok_or(Trouble::NotLoggedIn)?;
        let session: Option<Session> = self.seal.open((Purpose::Session, b""), sealed, visit.now);
        let Some(session) = session.filter(|session| session.is_live(visit.now)) else {
            return Err(Trouble::SessionExpired);
        };
        visit.session = Some(session.clone());
        Ok(session)
    }

    /// Opens the cookie for a form, which must be one of ours and of this very session (T24).
    ///
    /// # Errors
    /// As [`Self::open`], and [`Trouble::ForeignForm`].
    pub fn open_for_form(&self, visit: &mut Visit, site: &Site) -> Result<Session, Trouble> {
        if visit.is_from_elsewhere(&site.base_url) {
            return Err(Trouble::ForeignForm);
        }
        let session = self.open(visit)?;
        if is_form_of(&session, visit, site) { Ok(session) } else { Err(Trouble::ForeignForm) }
    }

    /// The session that this form was filled in under, if that session has had its time. It is good
    /// for nothing but to keep what was typed, for whoever logs in again as the same person.
    pub fn expired_under_form(&self, visit: &Visit, site: &Site) -> Option<Session> {
        let sealed = visit.cookie(COOKIE)?;
        let session: Session = self.seal.open((Purpose::Session, b""), sealed, visit.now)?;
        (!session.is_live(visit.now) && is_form_of(&session, visit, site)).then_some(session)
    }

    /// Sets the cookie with the answer.
    pub fn keep(&self, visit: &mut Visit, session: &Session) {
        let life = SignedDuration::from_secs(limits::SESSION_ABSOLUTE.as_secs());
        let sealed = self.seal.close((Purpose::Session, b""), session, life, &self.ambient);
        visit.bake(COOKIE, sealed);
        visit.session = Some(session.clone());
    }

    /// Takes the cookie away with the answer.
    pub fn end(&self, visit: &mut Visit) {
        visit.eat(COOKIE);
        visit.session = None;
    }
}

/// Is the form one of ours and of this very session (T24)?
fn is_form_of(session: &Session, visit: &Visit, site: &Site) -> bool {
    let ours = subtle::ConstantTimeEq::ct_eq(
        visit.form.text(CSRF_FIELD).as_bytes(),
        csrf(session).as_bytes(),
    );
    bool::from(ours) && !visit.is_from_elsewhere(&site.base_url)
}

/// The logouts that this browser has been told of, the newest first.
pub fn known_logouts(visit: &Visit, seal: &Seal) -> Vec<LogoutId> {
    let sealed = visit.cookie(KNOWN_LOGOUTS);
    let known =
        sealed.and_then(|sealed| seal.open((Purpose::KnownLogouts, b""), sealed, visit.now));
    known.unwrap_or_default()
}

/// The browser is told of a logout with this answer: a login that it begins from now on is a newer one.
/// It remembers that for as long as the logout is remembered.
pub fn knows_logout(visit: &mut Visit, logout: LogoutId, seal: &Seal, ambient: &Ambient) {
    let mut known = known_logouts(visit, seal);
    known.retain(|earlier| *earlier != logout);
    known.insert(0, logout);
    known.truncate(limits::KNOWN_LOGOUTS);
    let life = limits::SESSION_ABSOLUTE + limits::CLOCK_SKEW;
    let sealed = seal.close((Purpose::KnownLogouts, b""), &known, life, ambient);
    visit.bake(KNOWN_LOGOUTS, sealed);
}

/// What every form of a session carries: 32 hex digits.
pub(super) fn csrf(session: &Session) -> String {
    format!("{:032x}", u128::from_be_bytes(session.csrf))
}
