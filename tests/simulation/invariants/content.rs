//! I5: nothing but «Lagre» by its owner changes what an account says.

use serde_json::Value;

use super::{Invariant, Seen, must};
use crate::{
    applied::Applied,
    books::{Kind, number, text},
    visit,
};

pub struct Content;

/// What «Lagre» may change, with the field of the form.
const SAVED: [(&str, &str); 3] =
    [("first_name", "fornavn"), ("last_name", "etternavn"), ("phone", "telefon")];
/// What a proved address changes.
const PROVED: [&str; 2] = ["email", "email_key"];
/// What is Kontobro's own, and no content.
const OWN: [&str; 9] = [
    "person",
    "linked_at",
    "saved_at",
    "version",
    "password_void",
    "sessions_void_before",
    "status",
    "merged_into",
    "gathered",
];

impl Invariant for Content {
    fn name(&self) -> &'static str {
        "I5: only its owner changes what an account says, by «Lagre» or by a proved address"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        seen.applied
            .iter()
            .filter(|applied| applied.by.is_some())
            .try_for_each(|applied| check(seen, applied))
    }
}

fn check(seen: &Seen<'_>, applied: &Applied) -> Result<(), String> {
    let by = applied.by.as_ref().expect("somebody's doing");
    for change in &applied.changes {
        let Kind::Account(id) = Kind::of(&change.key) else { continue };
        let Some(before) = &change.before else { continue };
        let after = change.after.as_ref().ok_or_else(|| format!("{id} is gone"))?;
        let is_gathered = (text(before, "status"), text(after, "status"))
            == ("active".into(), "merged".into())
            && by.function == "email-confirmation";
        must(is_gathered || before["status"] == after["status"], || {
            format!("the status of {id} changed")
        })?;
        let changed: Vec<_> =
            names(before, after).into_iter().filter(|name| before[name] != after[name]).collect();
        for name in changed.iter().filter(|name| !OWN.contains(&name.as_str())) {
            let owner = seen.person(&text(before, "person"));
            let session = visit::session(&by.event, by.now);
            let here = session.and_then(|session| seen.person(&session.person.key().to_store()));
            must(owner.is_some() && here == owner, || {
                format!("{name} of {id} was changed by {here:?}, and is {owner:?}'s")
            })?;
            if let Some((_, field)) = SAVED.iter().find(|(saved, _)| saved == name) {
                let typed = visit::field(&visit::form(&by.event), field).unwrap_or_default();
                must(by.route == "POST /profil" && typed.trim() == text(after, name), || {
                    format!("{name} of {id} is not what was typed at {}", by.route)
                })?;
            } else {
                must(
                    PROVED.contains(&name.as_str()) && by.function == "email-confirmation",
                    || format!("{name} of {id} was changed by {}", by.route),
                )?;
            }
        }
        let is_new_version = number(after, "version") == number(before, "version") + 1;
        let needs_none = |name: &String| name == "person" || name == "gathered";
        must(is_new_version || changed.iter().all(needs_none), || {
            format!("{id} changed without a new version: {changed:?}")
        })?;
    }
    Ok(())
}

fn names(before: &Value, after: &Value) -> Vec<String> {
    let of = |item: &Value| {
        item.as_object().into_iter().flat_map(|item| item.keys().cloned()).collect::<Vec<_>>()
    };
    let mut names = [of(before), of(after)].concat();
    names.sort();
    names.dedup();
    names
}
