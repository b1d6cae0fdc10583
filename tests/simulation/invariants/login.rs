//! I14: a browser that was left logged in gives nothing away by a link alone.

use jiff::{SignedDuration, Timestamp};
use kontobro::domain::Session;

use super::{Invariant, Seen, must};
use crate::{
    applied::Applied,
    books::{Kind, number, text},
    visit,
};

pub struct Login;

impl Invariant for Login {
    fn name(&self) -> &'static str {
        "I14: a link opened counts on a login of ten minutes at most, its button of thirty"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        seen.applied.iter().try_for_each(check)
    }
}

fn check(applied: &Applied) -> Result<(), String> {
    for change in &applied.changes {
        let (Kind::Request(_), Some(before), Some(after)) =
            (Kind::of(&change.key), &change.before, &change.after)
        else {
            continue;
        };
        if text(after, "progress") != "confirmed" || text(before, "progress") == "confirmed" {
            continue;
        }
        let by = applied.by.as_ref().ok_or("nobody's doing")?;
        let session = visit::session(&by.event, by.now).ok_or("without a session")?;
        let minutes = if by.route.starts_with("GET ") { 10 } else { 30 };
        let age = by.now.duration_since(login(&session, number(before, "mailed_at")));
        must(age <= SignedDuration::from_mins(minutes), || {
            format!("{} by a login of {age:#} ago", by.route)
        })?;
    }
    Ok(())
}

/// The session's own login where the mail was asked for in it; else when ID-porten saw the person.
fn login(session: &Session, mailed_at: i64) -> Timestamp {
    let asked_here = mailed_at >= session.started_at.as_second();
    if asked_here { session.started_at } else { session.started_at.min(session.identified_at) }
}
