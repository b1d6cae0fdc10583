//! What must never be found where it does not belong, and where to look for it (I10).

use std::{cell::RefCell, collections::BTreeSet, rc::Rc, sync::Arc};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use kontobro::domain::Email;
use serde_json::Value;
use standins::ses::Message;

/// The secrets of one test, as they come to be. Clones share them.
#[derive(Clone, Default)]
pub struct Secrets(Rc<RefCell<Kept>>);

#[derive(Default)]
struct Kept {
    secrets: BTreeSet<(Secret, String)>,
    visited: BTreeSet<String>,
}

/// What kind of secret it is: that decides where it may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secret {
    /// An identity number.
    Pid,
    /// An e-mail address somebody has, or typed.
    Address,
    /// A sealed cookie.
    Cookie,
    /// The secret part of a mailed link.
    Link,
    /// A code or a token of the provider's.
    Token,
}

impl Secrets {
    pub fn pid(&self, pid: &str) {
        self.keep(Secret::Pid, pid);
    }

    pub fn address(&self, address: &str) {
        self.keep(Secret::Address, address);
        if let Ok(email) = Email::parse(address) {
            self.keep(Secret::Address, &email.on_the_wire());
        }
    }

    /// What a test makes up is shorter and no secret.
    pub fn cookie(&self, value: &str) {
        if value.len() >= 40 {
            self.keep(Secret::Cookie, value);
        }
    }

    pub fn keep(&self, kind: Secret, secret: &str) {
        if !secret.is_empty() {
            self.0.borrow_mut().secrets.insert((kind, secret.to_owned()));
        }
    }

    /// An address that a browser went to.
    pub fn visited(&self, url: &str) {
        self.0.borrow_mut().visited.insert(url.to_owned());
    }

    /// The one address with this in it that a browser went to.
    pub fn visited_with(&self, part: &str) -> String {
        let kept = self.0.borrow();
        let found: Vec<_> = kept.visited.iter().filter(|url| url.contains(part)).collect();
        let [url] = found[..] else { panic!("{part} in one of {found:?}") };
        url.clone()
    }

    /// Nothing secret stands in a log line or a number.
    pub fn are_not_in_the_log(&self, log: &str) {
        self.search().none_in(log, |_| false);
    }

    /// No address names a person; a link's secret and the provider's code stand in their own
    /// address alone.
    pub fn are_not_in_addresses(&self) {
        let search = self.search();
        for url in self.0.borrow().visited.iter().filter(|url| !url.contains("/authorize?")) {
            search.none_in(url, |kind| match kind {
                Secret::Link => url.contains("/b?t="),
                Secret::Token => url.contains("/logg-inn/svar?"),
                Secret::Pid | Secret::Address | Secret::Cookie => false,
            });
        }
    }

    /// The store knows addresses where they belong and nothing else of these.
    pub fn are_not_in_the_store(&self, items: &[Value]) {
        let search = self.search();
        for item in items {
            let kind = item["sk"]["S"].as_str().unwrap_or_default();
            let kind = kind.split('#').next().unwrap_or_default();
            let belong = ["ACCOUNT", "REQUEST", "RECEIPT"].contains(&kind);
            search.none_in(&item.to_string(), |kind| kind == Secret::Address && belong);
        }
    }

    /// A mail has its own link and its own receiver, and nothing else of these.
    pub fn are_not_in_mails(&self, mails: &[Arc<Message>]) {
        let search = self.search();
        for mail in mails {
            let whole = format!("{mail:?}");
            search.none_in(&whole, |kind| matches!(kind, Secret::Address | Secret::Link));
        }
    }

    /// For all that has come to be so far.
    fn search(&self) -> Search {
        let spelled = self.0.borrow();
        let spelled = spelled.secrets.iter().flat_map(|(kind, secret)| {
            spellings(secret).into_iter().map(move |spelling| (*kind, spelling))
        });
        let (kinds, spelled): (Vec<_>, Vec<_>) = spelled.unzip();
        // The one that is built quickest: most tests have little to look through.
        let kind = Some(AhoCorasickKind::NoncontiguousNFA);
        let all = AhoCorasick::builder().kind(kind).build(spelled);
        Search { kinds, all: all.expect("some thousand short texts") }
    }
}

/// Every spelling of every secret, looked for at once: a long run has many thousand.
struct Search {
    /// Of each spelling.
    kinds: Vec<Secret>,
    all: AhoCorasick,
}

impl Search {
    fn none_in(&self, text: &str, may: impl Fn(Secret) -> bool) {
        for found in self.all.find_overlapping_iter(text) {
            let kind = self.kinds[found.pattern()];
            assert!(may(kind), "{kind:?} {} in {text}", &text[found.range()]);
        }
    }
}

/// Plain, in base64, in hex, and as it would stand in an address.
fn spellings(secret: &str) -> [String; 5] {
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    [
        secret.to_owned(),
        BASE64_STANDARD_NO_PAD.encode(secret),
        BASE64_URL_SAFE_NO_PAD.encode(secret),
        hex,
        form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
    ]
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use serde_json::json;

    use super::*;

    fn found(search: impl FnOnce()) -> bool {
        catch_unwind(AssertUnwindSafe(search)).is_err()
    }

    fn canaries() -> Secrets {
        let secrets = Secrets::default();
        secrets.pid("24859297131");
        secrets.address("kanari@example.no");
        secrets.cookie(&"c00kie".repeat(8));
        secrets.keep(Secret::Link, "link-of-a-canary");
        secrets.keep(Secret::Token, "eyJ0b2tlbg.e30.c2ln");
        secrets
    }

    #[test]
    fn i10_a_canary_in_any_spelling_is_found_wherever_it_is_looked_for() {
        let kept = canaries().0.borrow().secrets.clone();
        assert_eq!(kept.len(), 5);
        for spelling in kept.iter().flat_map(|(_, secret)| spellings(secret)) {
            let line = format!(r#"{{"event":"fault","cause":"{spelling}"}}"#);
            assert!(found(|| canaries().are_not_in_the_log(&line)), "{spelling} in the log");
            let item = json!({ "sk": { "S": "LEDGER" }, "x": { "S": format!("a{spelling}z") } });
            assert!(found(|| canaries().are_not_in_the_store(&[item])), "{spelling} in the store");
            let secrets = canaries();
            secrets.visited(&format!("http://localhost:9000/sok?x={spelling}"));
            assert!(found(|| secrets.are_not_in_addresses()), "{spelling} in an address");
        }
    }

    #[test]
    fn i10_what_belongs_somewhere_may_stand_there_and_nowhere_else() {
        let account = json!({ "sk": { "S": "ACCOUNT" }, "email": { "S": "kanari@example.no" } });
        canaries().are_not_in_the_store(&[account]);
        let secrets = canaries();
        secrets.visited("http://localhost:9000/b?t=link-of-a-canary");
        secrets.visited("http://localhost:9000/logg-inn/svar?code=eyJ0b2tlbg.e30.c2ln");
        secrets.are_not_in_addresses();
        secrets.visited("http://localhost:9000/b?x=24859297131");
        assert!(found(|| secrets.are_not_in_addresses()));
    }
}
