//! I7: what counts as a hand-over is one that was begun.
//!
//! A function that claims a mail hands it to SES next, or gives the claim back, or clears the mail away.
//! What goes wrong in between may cost the mail that it was about that one try, and no other mail any.

use std::collections::BTreeMap;

use serde_json::Value;
use standins::dynamodb::Change;

use super::{Invariant, Seen, must};
use crate::{
    begun::Which,
    books::{Kind, number, text},
};

#[derive(Default)]
pub struct Tries {
    /// By the id of an invocation: tries that it has claimed and not begun yet.
    claimed: BTreeMap<usize, Vec<Which>>,
}

impl Invariant for Tries {
    fn name(&self) -> &'static str {
        "I7: each try that counts was begun, but for what went wrong just then"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        for applied in seen.applied {
            let Some(by) = &applied.by else { continue };
            let claimed = self.claimed.entry(by.id).or_default();
            for change in &applied.changes {
                if let Kind::Request(_) = Kind::of(&change.key) {
                    counts(claimed, change);
                }
            }
        }
        for (invocation, mail) in &seen.begun.mails {
            let claimed = self.claimed.entry(*invocation).or_default();
            claimed.retain(|claimed| claimed != mail);
        }
        for finished in seen.finished {
            let id = finished.invocation.id;
            let left = self.claimed.remove(&id).unwrap_or_default();
            let trouble = seen.begun.trouble(id);
            // Whoever is not slowed down and comes to an end knows what became of each claim, unless the
            // answer is a 503: a request that may not have been written has no mail handed over.
            let answer = finished.answer.as_ref();
            let knows = answer.is_some_and(|answer| answer["statusCode"] != 503);
            let is_certain = knows && !trouble.slowed_down;
            let most = if is_certain { 0 } else { trouble.times };
            must(left.len() <= most, || {
                let by = &finished.invocation.function;
                format!("{by} counted hand-overs that it never began: {left:?}, with {trouble:?}")
            })?;
        }
        Ok(())
    }
}

/// Notes a claim that was made, given back or settled.
fn counts(claimed: &mut Vec<Which>, change: &Change) {
    let Some(after) = &change.after else { return };
    let before = change.before.as_ref().filter(|before| which(before) == which(after));
    let tries = |item: Option<&Value>| item.map_or(0, |item| number(item, "outbox_tries"));
    let is_owed = after.get("outbox_due").is_some();
    if is_owed && tries(Some(after)) > tries(before) {
        claimed.push(which(after));
    } else {
        claimed.retain(|claimed| *claimed != which(after));
    }
}

pub(super) fn which(request: &Value) -> Which {
    (text(request, "id"), number(request, "generation"))
}
