//! I8: after a logout has been acknowledged, no request of that session succeeds.

use std::collections::BTreeMap;

use kontobro::domain::LogoutHandle;

use super::{Invariant, Seen, must, path};
use crate::{functions::Finished, visit};

/// Pages that only somebody logged in sees.
const GUARDED: [&str; 6] = ["/sok", "/treff", "/bekreft", "/sendt", "/profil", "/ferdig"];

#[derive(Default)]
pub struct Logout {
    /// Sessions that are over, with how many events had begun when somebody was told so.
    over: BTreeMap<[u8; 32], usize>,
}

impl Invariant for Logout {
    fn name(&self) -> &'static str {
        "I8: after a logout is acknowledged, no request of that session succeeds"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
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
    fn check(&self, seen: &Seen<'_>, finished: &Finished) -> Result<(), String> {
        let (by, Some(answer)) = (&finished.invocation, &finished.answer) else { return Ok(()) };
        let Some(session) = visit::session(&by.event, by.now) else { return Ok(()) };
        let Some(over) = self.over.get(session.sid.bytes()) else { return Ok(()) };
        if by.number < *over {
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
            self.over.entry(sid).or_insert(finished.begun);
        }
    }
}

fn is_of_its_form(session: &kontobro::domain::Session, by: &crate::functions::Invocation) -> bool {
    let csrf = format!("{:032x}", u128::from_be_bytes(session.csrf));
    visit::field(&visit::form(&by.event), "csrf").as_deref() == Some(&csrf)
}

fn handle(sid: &str) -> [u8; 32] {
    *LogoutHandle::of(sid).bytes()
}
