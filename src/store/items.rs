//! Key names, and the few shapes that every item shares.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::Serialize;

use crate::domain::{AccountId, LogoutHandle, PersonKey, RequestId};

/// An item, as the SDK has it.
pub(super) type Item = HashMap<String, AttributeValue>;

/// Partition and sort key of one item. The first word tells the kind.
#[derive(Clone)]
pub(super) struct Key {
    pub pk: String,
    pub sk: String,
}

impl Key {
    pub fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// Accounts: the account itself.
    pub fn account(id: AccountId) -> Self {
        Self::new(format!("ACCOUNT#{id}"), "ACCOUNT")
    }

    /// Accounts: head of the audit chain and counter of mails.
    pub fn ledger(id: AccountId) -> Self {
        Self::new(format!("ACCOUNT#{id}"), "LEDGER")
    }

    /// Accounts: one audit entry. Ten digits, so that text order is number order.
    pub fn audit(id: AccountId, seq: u64) -> Self {
        Self::new(format!("ACCOUNT#{id}"), format!("AUDIT#{seq:010}"))
    }

    /// Accounts: which account a person has.
    pub fn person(person: &PersonKey) -> Self {
        Self::new(format!("PERSON#{}", person.to_store()), "PERSON")
    }

    /// Pending: the one request of a person.
    pub fn request(person: &PersonKey) -> Self {
        Self::new(format!("REQUEST#{}", person.to_store()), "REQUEST")
    }

    /// Pending: which person asked, by the id of their request. A mailed link has that id.
    pub fn asker(id: RequestId) -> Self {
        Self::new(format!("ASKER#{id}"), "ASKER")
    }

    /// Pending: the receipt that one audit entry of an account owes. All of an account's stand together,
    /// so that they are found when it is erased.
    pub fn receipt(account: AccountId, seq: u64) -> Self {
        Self::new(Self::receipts(account), format!("RECEIPT#{seq:010}"))
    }

    /// Pending: where an account's receipts stand.
    pub fn receipts(account: AccountId) -> String {
        format!("RECEIPT#{account}")
    }

    /// Pending: a person's searches on one UTC day.
    pub fn searches(person: &PersonKey, day: i64) -> Self {
        Self::new(format!("SEARCHES#{}", person.to_store()), format!("DAY#{day}"))
    }

    /// Pending: an ID-porten session that was ended.
    pub fn ended_sid(sid: &LogoutHandle) -> Self {
        Self::new(format!("ENDED#sid-{}", encoded(sid.bytes())), "ENDED")
    }

    /// Pending: every session of one `sub` that began before this.
    pub fn ended_subject(subject: &LogoutHandle) -> Self {
        Self::new(format!("ENDED#sub-{}", encoded(subject.bytes())), "ENDED")
    }

    /// Pending: every session of one person that began before this.
    pub fn ended_person(person: &PersonKey) -> Self {
        Self::new(format!("ENDED#person-{}", person.to_store()), "ENDED")
    }

    /// Pending: a logout token that has done its work.
    pub fn logout_token(jti: &LogoutHandle) -> Self {
        Self::new(format!("JTI#{}", encoded(jti.bytes())), "JTI")
    }

    /// Pending: a login attempt whose answer has come.
    pub fn login_attempt(fingerprint: &str) -> Self {
        Self::new(format!("ATTEMPT#{fingerprint}"), "ATTEMPT")
    }

    /// The key of an item that an index gave.
    pub fn of(item: &Item) -> Option<Self> {
        let field = |name: &str| item.get(name)?.as_s().ok().cloned();
        Some(Self { pk: field("pk")?, sk: field("sk")? })
    }

    /// Whose [`Key::person`] this is.
    pub fn person_of_it(&self) -> Option<PersonKey> {
        PersonKey::from_store(self.pk.strip_prefix("PERSON#")?)
    }

    /// The account whose partition this is in.
    pub fn account_of_it(&self) -> Option<AccountId> {
        AccountId::parse(self.pk.strip_prefix("ACCOUNT#")?)
    }

    /// The item `{pk, sk}`, to put attributes on.
    pub fn item(&self) -> Item {
        self.clone().into()
    }
}

impl From<Key> for Item {
    fn from(key: Key) -> Self {
        Self::from([
            ("pk".into(), AttributeValue::S(key.pk)),
            ("sk".into(), AttributeValue::S(key.sk)),
        ])
    }
}

/// Bytes as they stand in keys and attributes: base64url without padding.
pub(super) fn encoded(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

#[expect(clippy::needless_pass_by_value, reason = "numbers are small")]
pub(super) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// Plain fields as one attribute.
pub(super) fn attribute(value: impl Serialize) -> AttributeValue {
    serde_dynamo::to_attribute_value(value).expect("plain fields make an attribute")
}

/// A moment, in whole seconds since 1970.
pub(super) fn moment(at: Timestamp) -> AttributeValue {
    number(at.as_second())
}

/// The UTC day of a moment, counted from 1970.
pub(super) fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(86_400)
}

/// How moments are written in items: whole seconds since 1970, as TTL wants them.
pub(super) mod seconds {
    use jiff::Timestamp;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(at.as_second())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        Timestamp::from_second(i64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
