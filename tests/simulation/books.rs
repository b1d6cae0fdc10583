//! The tables as the checker has them, kept up to date change by change.

use std::collections::BTreeMap;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde_json::Value;
use standins::dynamodb::Change;

/// Every item, by what it is.
#[derive(Default)]
pub struct Books {
    /// By account.
    pub accounts: BTreeMap<String, Value>,
    /// By person key.
    pub people: BTreeMap<String, Value>,
    /// By person key.
    pub requests: BTreeMap<String, Value>,
    /// By account.
    pub ledgers: BTreeMap<String, Value>,
    /// Receipts that are owed, by account and number of the entry.
    pub receipts: BTreeMap<String, Value>,
    /// By account, oldest first.
    pub trails: BTreeMap<String, Vec<Value>>,
}

/// What an item is, by its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Account(String),
    Person(String),
    Request(String),
    /// Who asked, by the id of a request.
    Asker,
    Ledger(String),
    Entry(String),
    /// By account and number of the entry.
    Receipt(String),
    /// Searches of a person, on a day.
    Searches(String),
    /// A logout.
    Ending,
    /// A logout token that was used.
    Token,
    Unknown,
}

impl Kind {
    pub fn of(key: &Value) -> Self {
        let (pk, sk) = (text(key, "pk"), text(key, "sk"));
        let (what, name) = pk.split_once('#').unwrap_or((&pk, ""));
        let name = name.to_owned();
        match (what, sk.split('#').next().unwrap_or_default()) {
            ("ACCOUNT", "ACCOUNT") => Self::Account(name),
            ("ACCOUNT", "LEDGER") => Self::Ledger(name),
            ("ACCOUNT", "AUDIT") => Self::Entry(name),
            ("PERSON", _) => Self::Person(name),
            ("REQUEST", _) => Self::Request(name),
            ("ASKER", _) => Self::Asker,
            ("RECEIPT", _) => Self::Receipt(format!("{name} {sk}")),
            ("SEARCHES", _) => Self::Searches(name),
            ("ENDED", _) => Self::Ending,
            ("JTI", _) => Self::Token,
            _ => Self::Unknown,
        }
    }
}

impl Books {
    /// One change more.
    pub fn take(&mut self, change: &Change) {
        let (table, name) = match Kind::of(&change.key) {
            Kind::Account(id) => (&mut self.accounts, id),
            Kind::Person(key) => (&mut self.people, key),
            Kind::Request(key) => (&mut self.requests, key),
            Kind::Ledger(id) => (&mut self.ledgers, id),
            Kind::Receipt(name) => (&mut self.receipts, name),
            Kind::Entry(id) => {
                let trail = self.trails.entry(id).or_default();
                match (&change.before, &change.after) {
                    (None, Some(entry)) => trail.push(entry.clone()),
                    // No entry is ever changed or removed; I9 sees to that.
                    _ => trail.retain(|entry| Some(entry) != change.before.as_ref()),
                }
                return;
            }
            _ => return,
        };
        match &change.after {
            Some(item) => table.insert(name, item.clone()),
            None => table.remove(&name),
        };
    }
}

/// An attribute that is text; empty if it is absent.
pub fn text(item: &Value, name: &str) -> String {
    item[name]["S"].as_str().unwrap_or_default().to_owned()
}

/// An attribute that is a set of texts; none if it is absent.
pub fn texts(item: &Value, name: &str) -> Vec<String> {
    let texts = item[name]["SS"].as_array().into_iter().flatten();
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// An attribute that is a number; 0 if it is absent.
pub fn number(item: &Value, name: &str) -> i64 {
    item[name]["N"].as_str().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// SHA-256 of a link as it stands in an address, as the store has it: without the byte that ends its text.
pub fn digest_of(link: &str) -> String {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(link).unwrap_or_default();
    let link = bytes.split_last().map_or(&[][..], |(_end, link)| link);
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, link))
}
