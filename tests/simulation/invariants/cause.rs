//! I4: every link has a cause, and so has every account that is gathered into another.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Invariant, Seen, must};
use crate::{
    applied::Applied,
    books::{Kind, digest_of, text},
    visit,
    world::link,
};

/// What was mailed where: the address, by the digest of the link.
#[derive(Default)]
pub struct Cause {
    mailed: BTreeMap<String, String>,
    known: usize,
}

impl Invariant for Cause {
    fn name(&self) -> &'static str {
        "I4: an account is given to who asked for it, with a link mailed to the account's address"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        let mails = seen.world.ses.messages();
        for mail in mails.iter().take(mails.len() - self.known) {
            if let Some(link) = link(mail) {
                let token = link.split_once("t=").map_or("", |(_, token)| token);
                self.mailed.insert(digest_of(token), mail.to.clone());
            }
        }
        self.known = mails.len();
        seen.applied.iter().try_for_each(|applied| self.check(seen, applied))
    }
}

impl Cause {
    fn check(&self, seen: &Seen<'_>, applied: &Applied) -> Result<(), String> {
        for change in &applied.changes {
            let Kind::Account(id) = Kind::of(&change.key) else { continue };
            let now = change.after.as_ref().map(|item| has(seen, item)).unwrap_or_default();
            let before = change.before.as_ref().map(|item| has(seen, item)).unwrap_or_default();
            if now.is_empty() || seen.person(&now) == seen.person(&before) {
                continue;
            }
            must(before.is_empty(), || format!("{id} went from {before} to {now}"))?;
            let by = applied.by.as_ref().ok_or("nobody's doing")?;
            must(by.function == "email-confirmation", || format!("linked by {}", by.function))?;
            let session = visit::session(&by.event, by.now);
            let here = session.and_then(|session| seen.person(&session.person.key().to_store()));
            must(here == seen.person(&now), || format!("{id}: {here:?} is here, not {now}"))?;
            let spent = applied.changes.iter().find_map(|change| match Kind::of(&change.key) {
                Kind::Request(_) => change.before.as_ref(),
                _ => None,
            });
            let request = spent.ok_or("without a request")?;
            must(seen.person(&text(request, "person")) == seen.person(&now), || {
                format!("{id} was asked for by {}", text(request, "person"))
            })?;
            must(text(request, "account") == id, || {
                format!("another account was asked for than {id}")
            })?;
            let address =
                change.before.as_ref().or(change.after.as_ref()).map(|item| text(item, "email"));
            let mailed = self.mailed.get(&text(request, "digest"));
            must(mailed.is_some() && mailed == address.as_ref(), || {
                format!("{id} has the address {address:?}, the link went to {mailed:?}")
            })?;
        }
        Ok(())
    }
}

/// Who has an account: its person, or the person of the one it was gathered into.
fn has(seen: &Seen<'_>, account: &Value) -> String {
    let into = seen.books.accounts.get(&text(account, "merged_into"));
    text(into.unwrap_or(account), "person")
}
