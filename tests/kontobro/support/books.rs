//! The store looked at from outside: every item, and what must be true of all of them together.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use standins::dynamodb::DynamoDb;

/// Every item of both tables.
pub struct Books(pub Vec<Value>);

impl Books {
    pub fn of(dynamodb: &DynamoDb, tables: &[&str]) -> Self {
        let mut all = Vec::new();
        for table in tables {
            let mut scan = json!({ "TableName": table });
            loop {
                let page = serde_json::from_value(scan.clone()).expect("a scan");
                let found = dynamodb.database().scan(page).expect("a table");
                all.extend(found.items.unwrap_or_default());
                let Some(last) = found.last_evaluated_key else { break };
                scan["ExclusiveStartKey"] = serde_json::to_value(last).expect("a key is JSON");
            }
        }
        Self(all.iter().map(|item| serde_json::to_value(item).expect("an item is JSON")).collect())
    }

    /// Items by the first word of their sort key: `ACCOUNT`, `AUDIT#…`, `PERSON`, `REQUEST`…
    pub fn of_kind(&self, kind: &str) -> Vec<&Value> {
        self.0.iter().filter(|item| text(item, "sk").starts_with(kind)).collect()
    }

    /// All items but those of a kind.
    pub fn but_for(&self, kind: &str) -> Vec<&Value> {
        self.0.iter().filter(|item| !text(item, "sk").starts_with(kind)).collect()
    }

    /// The account with this address.
    #[track_caller]
    pub fn account(&self, address: &str) -> &Value {
        let mut found = self.of_kind("ACCOUNT");
        found.retain(|item| text(item, "email") == address);
        let [account] = found[..] else { panic!("{} accounts with {address}", found.len()) };
        account
    }

    /// What happened to the account with this address, oldest first.
    #[track_caller]
    pub fn history_of(&self, address: &str) -> Vec<String> {
        let id = text(self.account(address), "account");
        self.trail(&id).iter().map(|entry| text(entry, "event")).collect()
    }

    fn trail(&self, account: &str) -> Vec<&Value> {
        let mut trail = self.of_kind("AUDIT#");
        trail.retain(|entry| text(entry, "pk") == format!("ACCOUNT#{account}"));
        trail.sort_by_key(|entry| number(entry, "seq"));
        trail
    }

    /// I1 to I3, I9, T97 and T98, for every account and person there is.
    pub fn balance(&self) {
        let people: BTreeMap<_, _> = self
            .of_kind("PERSON")
            .into_iter()
            .map(|item| (text(item, "pk").replace("PERSON#", ""), item))
            .collect();
        let mut owners = BTreeMap::new();
        for account in self.of_kind("ACCOUNT") {
            let id = text(account, "account");
            let owner = text(account, "person");
            if !owner.is_empty() {
                let known = people.get(&owner).map(|person| text(person, "account"));
                assert_eq!(known.as_ref(), Some(&id), "a person knows their account (I3)");
                assert_eq!(owners.insert(id.clone(), owner.clone()), None);
            }
            self.trail_tells_all(account, &id, &owner);
        }
        let [merged, gathered] = self.gathered();
        assert_eq!(merged, gathered, "both accounts know which was gathered into which (I3)");
        let owns = |(_, into): &(_, String)| owners.contains_key(into);
        assert!(merged.iter().all(owns), "what is gathered is somebody's: {merged:?}");
        let mut one_a_version = BTreeSet::new();
        for (key, person) in people {
            let (id, named) = (text(person, "account"), text(person, "person"));
            let owner = owners.get(&id).expect("an account knows its person (I3)");
            assert!(key != *owner || named == *owner, "and so does the person's own item");
            let version = key.split('-').next().expect("a version").to_owned();
            assert!(one_a_version.insert((version, id)), "one person, under each key (I1)");
        }
        self.chains_hold();
        self.all_else_ends();
    }

    /// Which account was gathered into which: as it says itself, and as the other says.
    fn gathered(&self) -> [BTreeSet<(String, String)>; 2] {
        let accounts = self.of_kind("ACCOUNT").into_iter();
        let accounts = accounts.map(|account| (text(account, "account"), account));
        let into = |(id, account): (String, &Value)| (id, text(account, "merged_into"));
        let merged = accounts.clone().map(into).filter(|(_, into)| !into.is_empty());
        let gathered = accounts.flat_map(|(into, account)| {
            let ids = account["gathered"]["SS"].as_array().into_iter().flatten();
            ids.map(move |id| (id.as_str().unwrap_or_default().to_owned(), into.clone()))
        });
        [merged.collect(), gathered.collect()]
    }

    /// What is neither an account nor about one ends by itself (T98).
    fn all_else_ends(&self) {
        let is_kept = |item: &&Value| {
            let key = text(item, "pk");
            key.starts_with("ACCOUNT#") || key.starts_with("PERSON#")
        };
        for item in &self.0 {
            assert_ne!(is_kept(&item), item.get("expires_at").is_some(), "{item}");
        }
    }

    /// Every change of an account has its entry, and every entry its change (I9).
    fn trail_tells_all(&self, account: &Value, id: &str, owner: &str) {
        let events: Vec<_> = self.trail(id).iter().map(|entry| text(entry, "event")).collect();
        let count = |of: &[&str]| events.iter().filter(|event| of.contains(&&***event)).count();
        let given = ["linked", "created", "gathered", "taken_back"];
        let newest = events.iter().rfind(|event| given.contains(&&***event)).map(String::as_str);
        let is_owned = matches!(newest, Some("linked" | "created"));
        assert_eq!(is_owned, !owner.is_empty(), "{events:?}");
        assert_eq!(newest == Some("gathered"), text(account, "status") == "merged", "{events:?}");
        let imported = usize::from(count(&["created"]) == 0);
        let changes = count(&given) + count(&["saved", "email_changed"]);
        assert_eq!(number(account, "version"), imported + changes, "{events:?}");
        let of_this_owner = events.rsplit(|event| event == "taken_back").next().unwrap_or_default();
        let is_saved = of_this_owner.iter().any(|event| event == "saved");
        assert_eq!(account.get("saved_at").is_some(), is_saved, "{events:?}");
    }

    /// Each entry carries the hash of the one before, and the ledger that of the newest.
    fn chains_hold(&self) {
        for ledger in self.of_kind("LEDGER") {
            let id = text(ledger, "pk").replace("ACCOUNT#", "");
            let mut trail = self.trail(&id).into_iter().peekable();
            // Of a trail of nobody that was erased, the entry that says so is the first there is.
            let erased = trail.next_if(|first| text(first, "event") == "erased");
            let mut before = erased.map(hash).unwrap_or_default();
            let mut seq = erased.map_or(0, |erased| number(erased, "seq"));
            for entry in trail {
                seq += 1;
                assert_eq!(number(entry, "seq"), seq);
                assert_eq!(text(entry, "before"), before, "the chain of {id}");
                before = hash(entry);
                assert_eq!(text(entry, "hash"), before, "entry {seq} of {id}");
            }
            assert_eq!(text(ledger, "head"), before, "the head of {id}");
            assert_eq!(number(ledger, "seq"), seq);
        }
    }
}

/// An attribute that is text; empty if it is absent.
pub fn text(item: &Value, name: &str) -> String {
    item[name]["S"].as_str().unwrap_or_default().to_owned()
}

/// An attribute that is a number.
#[track_caller]
pub fn number(item: &Value, name: &str) -> usize {
    let number = item[name]["N"].as_str().unwrap_or_else(|| panic!("no {name} in {item}"));
    number.parse().expect("a small number")
}

/// The hash of an entry, worked out from what it says: fields in this order, as JSON.
fn hash(entry: &Value) -> String {
    let quoted = |name| json!(text(entry, name)).to_string();
    let reference = entry["reference"].get("S").map_or("null".into(), Value::to_string);
    let (account, event, actor) = (quoted("account"), quoted("event"), quoted("actor"));
    let (seq, at, before) = (number(entry, "seq"), number(entry, "at"), quoted("before"));
    let more = ["reason", "into"].into_iter().filter_map(|name| {
        let value = entry[name].get("S")?;
        Some(format!(r#","{name}":{value}"#))
    });
    let more: String = more.collect();
    let said = format!(
        r#"{{"account":{account},"seq":{seq},"event":{event},"actor":{actor},"at":{at},"reference":{reference},"before":{before}{more}}}"#
    );
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, said.as_bytes()))
}
