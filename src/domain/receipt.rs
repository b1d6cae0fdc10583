//! What people are told after something was done to an account.

use jiff::Timestamp;

use super::{Account, Email, redacted::redacted};

/// What a receipt tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A receipt that is owed.
pub struct Receipt {
    /// What it tells of.
    pub event: Owed,
    /// The account, as it is now.
    pub account: Account,
    /// The account's address, as it was then.
    pub to: Email,
    /// `nb`, `nn` or `en`.
    pub language: String,
    /// When it happened.
    pub at: Timestamp,
    /// The reference of the request.
    pub reference: String,
}
redacted!(Receipt);
