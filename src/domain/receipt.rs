//! What people are told after something was done to an account.

use jiff::Timestamp;

use serde::{Deserialize, Serialize};

use super::{Card, Email, redacted::redacted};

/// What a receipt tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owed {
    /// An old account was linked.
    Linked,
    /// A new account was made.
    Created,
    /// An old account was gathered into the one that its person had.
    Gathered,
    /// Another address was asked for; this goes to the old one.
    EmailRequested,
}

/// A receipt that is owed. It holds all that its mail says: what becomes of the account later does not
/// change what was done.
#[derive(Clone)]
pub struct Receipt {
    /// What it tells of.
    pub event: Owed,
    /// What the mail shows of the account.
    pub card: Card,
    /// The account's address, as it was then: a later change of address does not carry the news away
    /// from whoever has the old mailbox.
    pub to: Email,
    /// `nb`, `nn` or `en`.
    pub language: String,
    /// When it happened.
    pub at: Timestamp,
    /// The reference of the request.
    pub reference: String,
}
redacted!(Receipt);
