//! I7: no mail without a durable request, three of each at most, and none is shown as sent that
//! SES has not taken.

use std::collections::{BTreeMap, BTreeSet};

use super::{Invariant, Seen, must, tries::which};
use crate::{
    begun::Which,
    books::{Kind, digest_of, number, text},
    world::link,
};

#[derive(Default)]
pub struct Mail {
    /// Where each that was ever asked for was to go, and the digest of its link.
    asked: BTreeMap<Which, (String, String)>,
    /// Where receipts were owed.
    owed: BTreeSet<String>,
    /// How often SES has taken each.
    taken: BTreeMap<Which, usize>,
    known: usize,
}

impl Invariant for Mail {
    fn name(&self) -> &'static str {
        "I7: each mail has its request, goes out three times at most, and is shown as sent once it is"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        for change in seen.applied.iter().flat_map(|applied| &applied.changes) {
            let Some(item) = &change.after else { continue };
            match Kind::of(&change.key) {
                Kind::Request(_) => {
                    let asked = (text(item, "email"), text(item, "digest"));
                    self.asked.insert(which(item), asked);
                }
                Kind::Receipt(_) => drop(self.owed.insert(text(item, "email"))),
                _ => {}
            }
        }
        let mails = seen.world.ses.messages();
        for mail in mails.iter().take(mails.len() - self.known) {
            let tag = |name: &str| {
                mail.tags.iter().find(|(tag, _)| tag == name).map(|(_, value)| value.clone())
            };
            let Some(request) = tag("request") else {
                must(self.owed.contains(&mail.to), || {
                    format!("nobody owes {} a receipt", mail.to)
                })?;
                continue;
            };
            let generation = tag("generation").and_then(|n| n.parse().ok()).unwrap_or_default();
            let which = (request, generation);
            let (to, digest) = self.asked.get(&which).cloned().unwrap_or_default();
            must(to == mail.to, || format!("{which:?} was to go to {to}, not to {}", mail.to))?;
            let link = link(mail).unwrap_or_default();
            let token = link.split_once("t=").map_or("", |(_, token)| token);
            must(digest_of(token) == digest, || format!("the store knows no link of {which:?}"))?;
            let times = self.taken.entry(which.clone()).or_default();
            *times += 1;
            must(*times <= 3, || format!("{which:?} went out {times} times"))?;
        }
        self.known = mails.len();
        for request in seen.books.requests.values() {
            let shown_as_sent = (1..=5).contains(&number(request, "mail"));
            let taken = self.taken.contains_key(&which(request));
            must(!shown_as_sent || taken, || format!("{:?} is shown as sent", which(request)))?;
        }
        Ok(())
    }
}
