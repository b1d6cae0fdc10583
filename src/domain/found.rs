//! An account as a search found it: what «Slå sammen» chooses and «Bekreft» asks for.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use super::{Account, AccountId, Email};

/// An account and the address it was found by. Whoever found an account by an old address must not
/// be shown the address that it has now (T117).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAccount {
    /// Which account.
    pub id: AccountId,
    /// 128 bits of SHA-256 of the address's key: of one length, whatever the address. It tells
    /// nothing only because it travels sealed.
    address: String,
}

impl FoundAccount {
    /// An account that a search for `email` has found.
    pub fn new(id: AccountId, email: &Email) -> Self {
        Self { id, address: fingerprint(email) }
    }

    /// Has the account still the address it was found by?
    pub fn is_still(&self, account: &Account) -> bool {
        self.id == account.id && self.address == fingerprint(&account.email)
    }
}

fn fingerprint(email: &Email) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&digest(&SHA256, email.key().as_bytes()).as_ref()[..16])
}
