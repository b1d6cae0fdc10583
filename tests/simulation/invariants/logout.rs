//! I8: after a logout has been acknowledged, no request of a session of before succeeds. A session of before
//! is one with the logout's `sid` whose login was begun, with us, before the logout came in; ID-porten may
//! keep the `sid` for a later one.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use kontobro::domain::{LogoutHandle, Session};

use super::{Invariant, Seen, must, path};
use crate::{functions::Finished, keyring::Keyring, visit};

/// Pages that only somebody logged in sees.
const GUARDED: [&str; 6] = ["/sok", "/treff", "/bekreft", "/sendt", "/profil", "/ferdig"];

/// The most that a function's clock is ever off (F18).
const CLOCK_OFF: SignedDuration = SignedDuration::from_mins(2);

/// How many events had begun before one.
type Number = usize;

#[derive(Default)]
pub struct Logout {
    /// Logouts that somebody was told of, by the session they name.
    told: BTreeMap<[u8; 32], Vec<Told>>,
    /// Where each login attempt began, by the name of its cookie.
    attempts: BTreeMap<String, Number>,
    /// Where the attempt began that each session came of, by the session's own id.
    began: BTreeMap<[u8; 16], Number>,
}

/// A logout that was acknowledged. Its order among the events is read off no clock.
struct Told {
    /// Where it came in: a login whose attempt had begun before is over.
    came: Number,
    /// What begins from here on must know.
    acknowledged: Number,
    /// Certainly not before it came in: who showed ID-porten later who they are is logged in anew.
    by_then: Timestamp,
}

impl Invariant for Logout {
    fn name(&self) -> &'static str {
        "I8: after a logout is acknowledged, no request of a session of before succeeds"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        for finished in seen.finished {
            self.remembers_beginnings(finished);
        }
        for finished in seen.finished {
            self.check(seen, finished)?;
        }
        for finished in seen.finished {
            self.note(finished);
        }
        Ok(())
    }
}

impl Logout {
    /// An attempt began, or a session came of one; a session that goes on under another id stays what it is.
    fn remembers_beginnings(&mut self, finished: &Finished) {
        let (by, Some(answer)) = (&finished.invocation, &finished.answer) else { return };
        let is_attempt = |name: &str| name.starts_with("__Host-forsok-");
        let mut cookies = visit::cookies_set(answer);
        if by.route == "GET /logg-inn" {
            let begun = cookies.filter(|(name, value)| is_attempt(name) && !value.is_empty());
            self.attempts.extend(begun.map(|(name, _)| (name.to_owned(), by.number)));
            return;
        }
        let Some((_, sealed)) = cookies.find(|(name, _)| *name == "__Host-kontobro") else {
            return;
        };
        let Some(session) = Keyring::session(sealed, by.now) else { return };
        let used =
            visit::cookies_set(answer).find(|(name, value)| is_attempt(name) && value.is_empty());
        let by_attempt = used.and_then(|(name, _)| self.attempts.get(name));
        let before = visit::session(&by.event, by.now);
        let as_before = before.and_then(|before| self.began.get(&before.id));
        // Whose beginning nobody has seen began before everything.
        let began = by_attempt.or(as_before).copied().unwrap_or_default();
        self.began.entry(session.id).or_insert(began);
    }

    fn is_over(&self, session: &Session, number: Number) -> bool {
        let began = self.began.get(&session.id).copied().unwrap_or_default();
        let ends = |told: &Told| {
            told.acknowledged <= number
                && began < told.came
                && session.identified_at <= told.by_then
        };
        self.told.get(session.sid.bytes()).is_some_and(|told| told.iter().any(ends))
    }

    fn check(&self, seen: &Seen<'_>, finished: &Finished) -> Result<(), String> {
        let (by, Some(answer)) = (&finished.invocation, &finished.answer) else { return Ok(()) };
        let Some(session) = visit::session(&by.event, by.now) else { return Ok(()) };
        if !self.is_over(&session, by.number) {
            return Ok(());
        }
        let status = answer["statusCode"].as_u64().unwrap_or_default();
        let shown = status == 200 && GUARDED.contains(&path(&by.event));
        must(!shown, || format!("{} showed its page to a session that is over", by.route))?;
        let changed =
            seen.applied.iter().any(|applied| applied.is_by(by) && applied.changes_something());
        // Who logs out once more ends it once more.
        must(!changed || ["logout", "oidc-callback"].contains(&&*by.function), || {
            format!("{} changed something for a session that is over", by.route)
        })
    }

    /// Was this a logout that somebody was told of?
    fn note(&mut self, finished: &Finished) {
        let (by, Some(answer)) = (&finished.invocation, &finished.answer) else { return };
        let status = answer["statusCode"].as_u64().unwrap_or_default();
        let sid = match by.route.as_str() {
            "POST /logg-ut" if status == 303 || status == 200 => visit::session(&by.event, by.now)
                .filter(|session| is_of_its_form(session, by))
                .map(|session| *session.sid.bytes()),
            "POST /utlogging/bak" if status == 200 => {
                visit::sid_of_logout(&by.event).map(|sid| handle(&sid))
            }
            "GET /utlogging/front" if status == 200 => {
                let query = by.event["rawQueryString"].as_str().unwrap_or_default();
                visit::field(query, "sid").map(|sid| handle(&sid))
            }
            _ => None,
        };
        if let Some(sid) = sid {
            let by_then = by.now + CLOCK_OFF;
            let told = Told { came: by.number, acknowledged: finished.begun, by_then };
            self.told.entry(sid).or_default().push(told);
        }
    }
}

fn is_of_its_form(session: &Session, by: &crate::functions::Invocation) -> bool {
    let csrf = format!("{:032x}", u128::from_be_bytes(session.csrf));
    visit::field(&visit::form(&by.event), "csrf").as_deref() == Some(&csrf)
}

fn handle(sid: &str) -> [u8; 32] {
    *LogoutHandle::of(sid).bytes()
}
