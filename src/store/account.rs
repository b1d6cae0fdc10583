//! An account as an item.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    Fault,
    items::{Item, Key},
};
use crate::domain::{Account, AccountId, Email, PersonKey, account::Status};

/// The attributes of an account's item. `email_key` is what the index `by-email` is made of; the
/// index projects what a masked hit needs and no more.
#[derive(Serialize, Deserialize)]
struct AccountItem {
    account: AccountId,
    version: u64,
    email: String,
    email_key: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    phone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<Date>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<AccountId>,
    #[serde(
        default,
        skip_serializing_if = "BTreeSet::is_empty",
        serialize_with = "serde_dynamo::string_set::serialize"
    )]
    gathered: BTreeSet<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    linked_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_at: Option<i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    other: BTreeMap<String, String>,
}

/// Reads an account's item.
pub(super) fn read(item: Item) -> Result<Account, Fault> {
    let item: AccountItem =
        serde_dynamo::from_item(item).map_err(|_| Fault::Unreadable("account"))?;
    let moment =
        |second: Option<i64>| second.and_then(|second| Timestamp::from_second(second).ok());
    let owner =
        item.person.map(|key| PersonKey::from_store(&key).ok_or(Fault::Unreadable("owner")));
    let gathered = item.gathered.iter().map(|id| AccountId::parse(id));
    Ok(Account {
        id: item.account,
        version: item.version,
        email: Email::parse(&item.email).map_err(|_| Fault::Unreadable("address"))?,
        username: item.username,
        first_name: item.first_name,
        last_name: item.last_name,
        phone: item.phone,
        created_on: item.created_at,
        last_used_on: item.last_used_at,
        status: item.status,
        merged_into: item.merged_into,
        gathered: gathered.collect::<Option<_>>().ok_or(Fault::Unreadable("gathered"))?,
        owner: owner.transpose()?,
        linked_at: moment(item.linked_at),
        saved_at: moment(item.saved_at),
        other: item.other,
    })
}

/// Writes an account's item.
pub(super) fn write(account: &Account) -> Item {
    let item = AccountItem {
        account: account.id,
        version: account.version,
        email: account.email.as_given().into(),
        email_key: account.email.key().into(),
        username: account.username.clone(),
        first_name: account.first_name.clone(),
        last_name: account.last_name.clone(),
        phone: account.phone.clone(),
        created_at: account.created_on,
        last_used_at: account.last_used_on,
        status: account.status,
        merged_into: account.merged_into,
        gathered: account.gathered.iter().map(AccountId::to_string).collect(),
        person: account.owner.as_ref().map(PersonKey::to_store),
        linked_at: account.linked_at.map(Timestamp::as_second),
        saved_at: account.saved_at.map(Timestamp::as_second),
        other: account.other.clone(),
    };
    let mut attributes: Item = serde_dynamo::to_item(item).expect("plain fields make an item");
    attributes.extend(Key::account(account.id).item());
    attributes
}
