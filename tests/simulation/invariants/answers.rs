//! I12: every answer is one of a closed list, in time, and what it says is true.

use std::collections::BTreeSet;

use super::{Invariant, Seen, must, path};
use crate::{applied::Applied, functions::Finished, page::Page};

/// Every heading that a page of ours may have, in bokmål.
fn headings() -> BTreeSet<String> {
    let texts = include_str!("../../../src/texts/nb.rs");
    let named = texts.lines().filter_map(|line| line.trim().split_once("heading: \""));
    let named = named.filter_map(|(_, line)| line.split_once('"')).map(|(heading, _)| heading);
    let others = ["Vi fant én konto", "Logg ut"];
    let all = named.chain(others).map(|heading| heading.replace("{service_name}", "NAKOS"));
    let many = (2..6).map(|n| format!("Vi fant {n} kontoer"));
    all.chain(many).collect()
}

const NOTHING_CHANGED: &str = "Beklager, vi får ikke gjort dette nå";

pub struct Answers {
    headings: BTreeSet<String>,
}

impl Default for Answers {
    fn default() -> Self {
        Self { headings: headings() }
    }
}

impl Invariant for Answers {
    fn name(&self) -> &'static str {
        "I12: every answer is in the closed list, in time, and tells the truth"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        seen.finished.iter().try_for_each(|finished| self.check(seen.applied, finished))
    }
}

impl Answers {
    fn check(&self, applied: &[Applied], finished: &Finished) -> Result<(), String> {
        let by = &finished.invocation;
        must(!by.was_too_late(), || format!("{} took over {:?}", by.route, by.patience()))?;
        if by.route == "event" || by.was_killed() {
            return Ok(());
        }
        let answer =
            finished.answer.as_ref().ok_or_else(|| format!("{} did not answer", by.route))?;
        let status = answer["statusCode"].as_u64().unwrap_or_default();
        let html = answer["body"].as_str().unwrap_or_default();
        let where_to = answer["headers"]["location"].as_str().unwrap_or_default();
        match status {
            303 => return must(!where_to.is_empty(), || format!("{} leads nowhere", by.route)),
            503 | 200 | 400..=499 => {}
            _ => return Err(format!("{} answered {status}", by.route)),
        }
        if html.is_empty() || path(&by.event).starts_with("/assets/") {
            return Ok(());
        }
        let heading = Page::heading_of(html);
        must(self.headings.contains(&heading), || format!("{} says «{heading}»", by.route))?;
        let says_nothing = status == 503 && heading == NOTHING_CHANGED;
        let changed =
            applied.iter().find(|applied| applied.is_by(by) && applied.changes_something());
        must(!says_nothing || changed.is_none(), || {
            let what = changed.map(|applied| (&applied.operation, &applied.request));
            format!("{} says that nothing was changed, but {what:?}", by.route)
        })
    }
}
