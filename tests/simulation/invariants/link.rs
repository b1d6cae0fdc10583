//! I6: a mailed link takes effect once at most, and in its time.

use std::collections::BTreeSet;

use super::{Invariant, Seen, must};
use crate::{
    applied::Applied,
    books::{Kind, digest_of, number, text},
    visit,
};

#[derive(Default)]
pub struct Link {
    spent: BTreeSet<String>,
}

impl Invariant for Link {
    fn name(&self) -> &'static str {
        "I6: a link takes effect once at most, never after expiry, replacement or «Avbryt»"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        seen.applied.iter().try_for_each(|applied| self.check(applied))
    }
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
