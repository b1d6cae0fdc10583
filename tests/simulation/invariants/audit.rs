//! I9: every change has its audit entry in the same transaction, every entry its change, and the
//! entries of an account are a chain.

use std::collections::BTreeSet;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use standins::dynamodb::Change;

use super::{Invariant, Seen, must};
use crate::{
    applied::Applied,
    books::{Books, Kind, number, text},
};

pub struct Audit;

impl Invariant for Audit {
    fn name(&self) -> &'static str {
        "I9: changes and audit entries are one to one, and the entries are a chain"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        let by_functions = seen.applied.iter().filter(|applied| applied.by.is_some());
        for applied in by_functions {
            one_to_one(applied)?;
        }
        let changes = seen.applied.iter().flat_map(|applied| &applied.changes);
        let touched: BTreeSet<_> = changes
            .filter_map(|change| match Kind::of(&change.key) {
                Kind::Entry(id) | Kind::Ledger(id) => Some(id),
                _ => None,
            })
            .collect();
        touched.iter().try_for_each(|id| chain(seen.books, id))
    }
}

/// The events that the changes of one transaction call for, and those that it wrote.
fn one_to_one(applied: &Applied) -> Result<(), String> {
    let event = |change| if moves(change, applied) { Some("resent") } else { event(change) };
    let mut called_for: Vec<&str> = applied.changes.iter().filter_map(event).collect();
    let created: Vec<_> = called_for
        .iter()
        .filter(|event| ["requested", "resent", "email_requested"].contains(*event))
        .copied()
        .collect();
    // A request under an older key that gives way to one under the current is no event of its own.
    if !created.is_empty() {
        called_for = created;
    }
    let mut written = Vec::new();
    for change in &applied.changes {
        let Kind::Entry(id) = Kind::of(&change.key) else { continue };
        match (&change.before, &change.after) {
            (None, Some(entry)) => written.push(text(entry, "event")),
            (Some(_), Some(_)) => return Err(format!("an entry of {id} was changed")),
            _ => return Err(format!("an entry of {id} is gone")),
        }
    }
    must(called_for == written, || {
        format!("the changes call for {called_for:?}, written was {written:?}")
    })
}

/// Does this put a request that was open under an older key under the current one?
fn moves(change: &Change, applied: &Applied) -> bool {
    let id = |item: &Option<Value>| item.as_ref().map(|item| text(item, "id"));
    let is_request = |change: &Change| matches!(Kind::of(&change.key), Kind::Request(_));
    let mut others = applied.changes.iter().filter(|other| other.key != change.key);
    is_request(change)
        && id(&change.before) != id(&change.after)
        && others.any(|other| is_request(other) && id(&other.before) == id(&change.after))
}

/// What a change is called in the trail; none for what is no change of an account or a request.
fn event(change: &Change) -> Option<&'static str> {
    let none = json!({});
    let (before, after) =
        (change.before.as_ref().unwrap_or(&none), change.after.as_ref().unwrap_or(&none));
    let differs = |name: &str| before[name] != after[name];
    match Kind::of(&change.key) {
        Kind::Account(_) if change.before.is_none() => Some("created"),
        Kind::Account(_) if text(before, "person").is_empty() && differs("person") => {
            Some("linked")
        }
        Kind::Account(_) if differs("merged_into") => Some("gathered"),
        Kind::Account(_)
            if differs("saved_at")
                || differs("first_name")
                || differs("last_name")
                || differs("phone") =>
        {
            Some("saved")
        }
        Kind::Account(_) if differs("email") => Some("email_changed"),
        // «Lagre» of what is there already is a change too: the version tells.
        Kind::Account(_) if differs("version") => Some("saved"),
        Kind::Account(_) if differs("person") => Some("rekeyed"),
        Kind::Request(_) if differs("id") && text(after, "wish") == "change_email" => {
            Some("email_requested")
        }
        Kind::Request(_) if differs("id") && change.after.is_some() => Some("requested"),
        Kind::Request(_) if differs("generation") => Some("resent"),
        Kind::Request(_) if text(after, "progress") == "cancelled" && differs("progress") => {
            Some("cancelled")
        }
        Kind::Request(_) if text(after, "progress") == "stopped" && differs("progress") => {
            Some("stopped")
        }
        Kind::Request(_) if differs("opened_by_another") && change.after.is_some() => {
            Some("opened_by_another")
        }
        _ => None,
    }
}

/// Each entry carries the hash of the one before, and the ledger that of the newest.
fn chain(books: &Books, id: &str) -> Result<(), String> {
    let (Some(ledger), Some(trail)) = (books.ledgers.get(id), books.trails.get(id)) else {
        return Err(format!("{id} has no ledger or no trail"));
    };
    let mut before = String::new();
    for (at, entry) in trail.iter().enumerate() {
        let place = i64::try_from(at + 1).expect("a short trail");
        must(number(entry, "seq") == place, || format!("entry {place} of {id} is not there"))?;
        must(text(entry, "before") == before, || format!("the chain of {id} breaks at {place}"))?;
        before = hash(entry);
        must(text(entry, "hash") == before, || {
            format!("the hash of entry {place} of {id} is wrong")
        })?;
    }
    must(text(ledger, "head") == before, || format!("the head of {id} is not its newest entry"))
}

/// The hash of an entry, worked out from what it says: fields in this order, as JSON.
fn hash(entry: &Value) -> String {
    let quoted = |name| json!(text(entry, name)).to_string();
    let reference = entry["reference"].get("S").map_or("null".into(), Value::to_string);
    let (account, event, actor) = (quoted("account"), quoted("event"), quoted("actor"));
    let (seq, at, before) = (number(entry, "seq"), number(entry, "at"), quoted("before"));
    let into = entry["into"].get("S").map_or(String::new(), |into| format!(r#","into":{into}"#));
    let said = format!(
        r#"{{"account":{account},"seq":{seq},"event":{event},"actor":{actor},"at":{at},"reference":{reference},"before":{before}{into}}}"#
    );
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, said.as_bytes()))
}
