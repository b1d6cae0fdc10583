//! I1 to I3: one person, one account, and both say so.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Invariant, Seen, must};
use crate::books::{text, texts};

/// I1.
pub struct OneAccount;

impl Invariant for OneAccount {
    fn name(&self) -> &'static str {
        "I1: a person has at most one account, under every version of their key"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        let mut accounts: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let pointed_at =
            seen.books.people.iter().map(|(key, item)| (key.clone(), text(item, "account")));
        let owned = seen.books.accounts.iter().map(|(id, item)| (text(item, "person"), id.clone()));
        for (key, account) in pointed_at.chain(owned) {
            if let Some(person) = seen.person(&key) {
                accounts.entry(person).or_default().insert(account);
            }
        }
        let several = accounts.iter().find(|(_, accounts)| accounts.len() > 1);
        must(several.is_none(), || format!("person and accounts: {several:?}"))
    }
}

/// I2.
pub struct OnePerson;

impl Invariant for OnePerson {
    fn name(&self) -> &'static str {
        "I2: an account has at most one person"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        let mut people: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let pointing =
            seen.books.people.iter().map(|(key, item)| (text(item, "account"), key.clone()));
        let owning =
            seen.books.accounts.iter().map(|(id, item)| (id.clone(), text(item, "person")));
        for (account, key) in pointing.chain(owning).filter(|(_, key)| !key.is_empty()) {
            let person = seen.person(&key).ok_or_else(|| format!("{key} is nobody"))?;
            people.entry(account).or_default().insert(person);
        }
        let several = people.iter().find(|(_, people)| people.len() > 1);
        must(several.is_none(), || format!("account and people: {several:?}"))
    }
}

/// I3.
pub struct BothAgree;

impl Invariant for BothAgree {
    fn name(&self) -> &'static str {
        "I3: person and account agree, both ways"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        for (id, account) in &seen.books.accounts {
            let owner = text(account, "person");
            if !owner.is_empty() {
                let knows = seen.books.people.get(&owner).map(|item| text(item, "account"));
                must(knows.as_ref() == Some(id), || {
                    format!("{id} is {owner}'s, who knows of {knows:?}")
                })?;
            }
        }
        for (key, person) in &seen.books.people {
            let id = text(person, "account");
            let owner = seen.books.accounts.get(&id).map(|account| text(account, "person"));
            let same = owner.as_ref().and_then(|owner| seen.person(owner)) == seen.person(key);
            must(same && owner.is_some(), || format!("{key} has {id}, which is {owner:?}'s"))?;
        }
        gathered_agree(&seen.books.accounts)
    }
}

/// What was gathered says into which account, that lists it, and it is that one's person who has both.
fn gathered_agree(accounts: &BTreeMap<String, Value>) -> Result<(), String> {
    let merged = accounts.iter().map(|(id, account)| (id.clone(), text(account, "merged_into")));
    let merged: BTreeSet<_> = merged.filter(|(_, into)| !into.is_empty()).collect();
    let listed: BTreeSet<_> = accounts
        .iter()
        .flat_map(|(into, account)| {
            texts(account, "gathered").into_iter().map(move |id| (id, into.clone()))
        })
        .collect();
    must(merged == listed, || format!("gathered are {merged:?}, listed are {listed:?}"))?;
    let has_owner =
        |id: &String| accounts.get(id).is_some_and(|account| !text(account, "person").is_empty());
    let odd = merged.iter().find(|(id, into)| has_owner(id) || !has_owner(into));
    must(odd.is_none(), || format!("{odd:?} is not where its person is"))
}
