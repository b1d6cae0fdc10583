//! I10: nothing secret stands where it does not belong.

use serde_json::Value;

use super::{Invariant, Seen, must};
use crate::{cast::Cast, log, world::link};

/// A secret of this history, and what it is called.
type Canary = (&'static str, String);

#[derive(Default)]
pub struct Leaks {
    /// Of links that were mailed.
    links: Vec<Canary>,
    known: usize,
}

impl Invariant for Leaks {
    fn name(&self) -> &'static str {
        "I10: no identity number, link, cookie or address where it does not belong"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        let mails = seen.world.ses.messages();
        let cast = seen.world.cast.borrow();
        let pids = (0..cast.people).flat_map(|person| spelled("pid", Cast::pid(person)));
        let addresses = cast.mailboxes.iter().map(|mailbox| ("address", mailbox.address.clone()));
        for mail in mails.iter().take(mails.len() - self.known) {
            let token = link(mail).and_then(|link| Some(link.split_once("t=")?.1.to_owned()));
            self.links.extend(token.into_iter().flat_map(|token| spelled("link", &token)));
        }
        let everywhere: Vec<_> = pids.chain(self.links.iter().cloned()).collect();
        for mail in mails.iter().take(mails.len() - self.known) {
            let head = format!("{} {} {:?} {:?}", mail.from, mail.subject, mail.headers, mail.tags);
            none_of(everywhere.iter(), &head, "the head of a mail")?;
        }
        self.known = mails.len();
        let cookies: Vec<_> = seen.finished.iter().flat_map(cookies).collect();
        let logged = log::news();
        let addresses: Vec<_> = addresses.collect();
        none_of(everywhere.iter().chain(&addresses).chain(&cookies), &logged, "the log")?;
        for finished in seen.finished {
            let where_to = finished.answer.as_ref().map(|answer| &answer["headers"]["location"]);
            let where_to = where_to.and_then(Value::as_str).unwrap_or_default();
            none_of(everywhere.iter().chain(&addresses), where_to, "an address to go to")?;
        }
        for change in seen.applied.iter().flat_map(|applied| &applied.changes) {
            let item = format!("{} {:?}", change.key, change.after);
            none_of(everywhere.iter().chain(&cookies), &item, "the tables")?;
        }
        Ok(())
    }
}

/// A secret in the spellings that it may be found in.
fn spelled(what: &'static str, secret: &str) -> Vec<Canary> {
    use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![(what, secret.to_owned()), (what, hex), (what, BASE64_STANDARD_NO_PAD.encode(secret))]
}

/// Sealed cookies of an event; what is no secret is shorter.
fn cookies(finished: &crate::functions::Finished) -> Vec<Canary> {
    let cookies = finished.invocation.event["cookies"].as_array().into_iter().flatten();
    let values = cookies.filter_map(|cookie| cookie.as_str()?.split_once('='));
    let sealed = values.filter(|(_, value)| value.len() > 30);
    sealed.map(|(_, value)| ("cookie", value.to_owned())).collect()
}

fn none_of<'a>(
    canaries: impl Iterator<Item = &'a Canary>,
    text: &str,
    place: &str,
) -> Result<(), String> {
    let found = canaries.into_iter().find(|(_, secret)| text.contains(secret));
    must(found.is_none(), || format!("{place} shows a {}: {text}", found.expect("some").0))
}
