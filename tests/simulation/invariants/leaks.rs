//! I10: nothing secret stands where it does not belong.

use memchr::memmem::Finder;
use serde_json::Value;

use super::{Invariant, Seen, must};
use crate::{books::Kind, cast::Cast, log, world::link};

/// A secret of this history, ready to be looked for, and what it is called.
type Canary = (&'static str, Finder<'static>);

#[derive(Default)]
pub struct Leaks {
    /// Of people, and of links that were mailed.
    everywhere: Vec<Canary>,
    addresses: Vec<Canary>,
    known: usize,
}

impl Invariant for Leaks {
    fn name(&self) -> &'static str {
        "I10: no identity number, link, cookie or address where it does not belong"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        let mails = seen.world.ses.messages();
        let cast = seen.world.cast.borrow();
        if self.everywhere.is_empty() {
            let pids = (0..cast.people).flat_map(|person| spelled("pid", Cast::pid(person)));
            self.everywhere.extend(pids);
            let addresses = cast.mailboxes.iter().map(|mailbox| &mailbox.address);
            self.addresses.extend(addresses.map(|address| canary("address", address)));
        }
        for mail in mails.iter().take(mails.len() - self.known) {
            let token = link(mail).and_then(|link| Some(link.split_once("t=")?.1.to_owned()));
            self.everywhere.extend(token.into_iter().flat_map(|token| spelled("link", &token)));
        }
        let Self { everywhere, addresses, .. } = &*self;
        for mail in mails.iter().take(mails.len() - self.known) {
            let head = format!("{} {} {:?} {:?}", mail.from, mail.subject, mail.headers, mail.tags);
            none_of(everywhere.iter(), &head, "the head of a mail")?;
        }
        let cookies: Vec<_> = seen.finished.iter().flat_map(cookies).collect();
        let logged = log::news();
        none_of(everywhere.iter().chain(addresses).chain(&cookies), &logged, "the log")?;
        for finished in seen.finished {
            let where_to = finished.answer.as_ref().map(|answer| &answer["headers"]["location"]);
            let where_to = where_to.and_then(Value::as_str).unwrap_or_default();
            none_of(everywhere.iter().chain(addresses), where_to, "an address to go to")?;
        }
        for change in seen.applied.iter().flat_map(|applied| &applied.changes) {
            let item = change.after.as_ref().map(Value::to_string);
            let item = format!("{} {}", change.key, item.unwrap_or_default());
            none_of(everywhere.iter().chain(&cookies), &item, "the tables")?;
            if let Kind::Entry(_) = Kind::of(&change.key) {
                none_of(addresses.iter(), &item, "the audit trail")?;
            }
        }
        self.known = mails.len();
        Ok(())
    }
}

/// A secret in the spellings that it may be found in.
fn spelled(what: &'static str, secret: &str) -> Vec<Canary> {
    use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    [secret, &hex, &BASE64_STANDARD_NO_PAD.encode(secret)].map(|text| canary(what, text)).into()
}

fn canary(what: &'static str, text: &str) -> Canary {
    (what, Finder::new(text).into_owned())
}

/// Sealed cookies of an event; what is no secret is shorter.
fn cookies(finished: &crate::functions::Finished) -> Vec<Canary> {
    let cookies = finished.invocation.event["cookies"].as_array().into_iter().flatten();
    let values = cookies.filter_map(|cookie| cookie.as_str()?.split_once('='));
    let sealed = values.filter(|(_, value)| value.len() > 30);
    sealed.map(|(_, value)| canary("cookie", value)).collect()
}

fn none_of<'a>(
    canaries: impl Iterator<Item = &'a Canary>,
    text: &str,
    place: &str,
) -> Result<(), String> {
    let found = canaries.into_iter().find(|(_, secret)| secret.find(text.as_bytes()).is_some());
    must(found.is_none(), || format!("{place} shows a {}: {text}", found.expect("some").0))
}
