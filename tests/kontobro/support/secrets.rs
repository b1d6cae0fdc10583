//! What must never be found where it does not belong, and where to look for it (I10).

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};

/// The secrets of one test, as they come to be. Clones share them.
#[derive(Clone, Default)]
pub struct Secrets(Rc<RefCell<Kept>>);

#[derive(Default)]
struct Kept {
    pids: BTreeSet<String>,
    addresses: BTreeSet<String>,
    cookies: BTreeSet<String>,
    tokens: BTreeSet<String>,
    visited: BTreeSet<String>,
}

impl Secrets {
    pub fn pid(&self, pid: &str) {
        self.0.borrow_mut().pids.insert(pid.to_owned());
    }

    /// An e-mail address somebody has, or typed.
    pub fn address(&self, address: &str) {
        self.0.borrow_mut().addresses.insert(address.to_owned());
    }

    /// A sealed cookie. What a test makes up is shorter and no secret.
    pub fn cookie(&self, value: &str) {
        if value.len() < 40 {
            return;
        }
        self.0.borrow_mut().cookies.insert(value.to_owned());
    }

    /// The secret part of a mailed link.
    pub fn token(&self, token: &str) {
        self.0.borrow_mut().tokens.insert(token.to_owned());
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

    /// Nothing secret stands in a log line.
    pub fn are_not_in_the_log(&self, log: &str) {
        let kept = self.0.borrow();
        for secret in kept.pids.iter().flat_map(|pid| spellings(pid)) {
            assert!(!log.contains(&secret), "an identity number in the log");
        }
        let others = [&kept.addresses, &kept.cookies, &kept.tokens].into_iter().flatten();
        for secret in others.filter(|secret| !secret.is_empty()) {
            assert!(!log.contains(secret.as_str()), "in the log: {secret}");
        }
    }

    /// No address names a person; a link's secret stands in its own address only.
    pub fn are_not_in_addresses(&self) {
        let kept = self.0.borrow();
        let no_page = |url: &&String| !url.contains("/authorize?");
        for url in kept.visited.iter().filter(no_page) {
            let parts = kept.pids.iter().flat_map(|pid| spellings(pid));
            let personal = parts.chain(kept.addresses.iter().cloned());
            for secret in personal.chain(kept.cookies.iter().cloned()) {
                assert!(secret.is_empty() || !url.contains(&secret), "{secret} in {url}");
            }
            let token = kept.tokens.iter().find(|token| url.contains(token.as_str()));
            assert!(token.is_none() || url.contains("/b?"), "a link's secret in {url}");
        }
    }

    /// The store knows addresses where they belong and nothing else of these.
    pub fn are_not_in_the_store(&self, items: &[serde_json::Value]) {
        let kept = self.0.borrow();
        let pids: Vec<_> = kept.pids.iter().flat_map(|pid| spellings(pid)).collect();
        for item in items {
            let text = item.to_string();
            for secret in pids.iter().chain(&kept.cookies).chain(&kept.tokens) {
                assert!(secret.is_empty() || !text.contains(secret.as_str()), "{secret} in {text}");
            }
            let kind = item["sk"]["S"].as_str().unwrap_or_default();
            let belong = ["ACCOUNT", "REQUEST"].contains(&kind) || item.get("receipt_to").is_some();
            for address in kept.addresses.iter().filter(|_| !belong) {
                assert!(!text.contains(address.as_str()), "{address} in {text}");
            }
        }
    }

    /// No mail names an identity number, nor the secret of another mail's link.
    pub fn are_not_in_mails(&self, mails: &[standins::ses::Message]) {
        let pids: Vec<_> = self.0.borrow().pids.iter().flat_map(|pid| spellings(pid)).collect();
        for mail in mails {
            let whole = format!("{mail:?}");
            assert!(!pids.iter().any(|pid| whole.contains(pid)), "an identity number in {whole}");
        }
    }
}

/// Plain, in base64 and in hex.
fn spellings(secret: &str) -> [String; 4] {
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let base64 = BASE64_STANDARD.encode(secret).trim_end_matches('=').to_owned();
    [secret.to_owned(), base64, BASE64_URL_SAFE_NO_PAD.encode(secret), hex]
}
