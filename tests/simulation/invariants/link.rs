//! I6: a mailed link takes effect once at most, in its time, and never after «Dette var ikke meg» was
//! answered with yes, or with "the link does not work".

use std::collections::BTreeSet;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{Invariant, Seen, must, path};
use crate::{
    applied::Applied,
    books::{Kind, digest_of, number, text},
    functions::Finished,
    page::Page,
    visit,
};

/// What somebody who says «Dette var ikke meg» may read of a link that works.
const NOTHING_TO_STOP: &str = "Det er ingenting å stoppe";

#[derive(Default)]
pub struct Link {
    spent: BTreeSet<String>,
    /// Requests of which somebody was told that the link does not work any more.
    told_dead: BTreeSet<[u8; 16]>,
}

impl Invariant for Link {
    fn name(&self) -> &'static str {
        "I6: a link takes effect once at most, never after expiry, replacement or «Avbryt»"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        seen.applied.iter().try_for_each(|applied| self.check(applied))?;
        self.told_dead.extend(seen.finished.iter().filter_map(told_dead));
        Ok(())
    }
}

/// The request whose link somebody was told to be dead, by what answered them.
fn told_dead(finished: &Finished) -> Option<[u8; 16]> {
    let (by, answer) = (&finished.invocation, finished.answer.as_ref()?);
    let form = visit::form(&by.event);
    let stops = path(&by.event) == "/b" && visit::field(&form, "valg").as_deref() == Some("stopp");
    let is_thanked = answer["headers"]["location"] == "/stoppet";
    let html = answer["body"].as_str().unwrap_or_default();
    if !stops || !is_thanked && Page::heading_of(html) != NOTHING_TO_STOP {
        return None;
    }
    request_of(&visit::field(&form, "t")?)
}

/// The request that a link names, in whichever of its mails it stood.
fn request_of(link: &str) -> Option<[u8; 16]> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(link).ok()?;
    bytes.get(1..17)?.try_into().ok()
}

impl Link {
    fn check(&mut self, applied: &Applied) -> Result<(), String> {
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
            let link = visit::mailed_link(&by.event, by.now).ok_or("without a link")?;
            let digest = digest_of(&link);
            let was_told_dead = request_of(&link).is_some_and(|id| self.told_dead.contains(&id));
            must(!was_told_dead, || "somebody was told that it does not work".to_owned())?;
            must(text(before, "progress") == "open", || {
                format!("the request was {}", text(before, "progress"))
            })?;
            must(text(before, "digest") == digest, || "another link than the newest".to_owned())?;
            must(by.now.as_second() < number(before, "link_expires_at"), || {
                "after it had expired".to_owned()
            })?;
            must(self.spent.insert(digest), || "the same link twice".to_owned())?;
        }
        Ok(())
    }
}
