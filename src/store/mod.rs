//! Accounts and requests in DynamoDB. Owns tables, keys, attributes and conditions.
//!
//! Two tables, because their lives differ: Accounts (kept) and Pending (short-lived; an expired
//! item counts as absent in every read and condition, whatever TTL has swept). Both are defined in
//! `infra/tables.yaml` and nowhere else. Decides nothing that `domain` decides, logs no key, and
//! never checks first and writes later: each change is one conditional transaction that carries its
//! own audit entry.

mod account;
mod ask;
mod audit;
mod change;
mod erase;
mod fault;
mod gathered;
mod give;
mod history;
mod import;
mod items;
mod ledger;
mod login_attempt;
mod logout;
mod nobody;
mod outbox;
mod person;
mod profile;
mod read;
mod receipt;
mod replay;
mod request;
mod search;
mod stop;
mod take_back;
mod transaction;

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;

pub use ask::NotAsked;
pub use erase::NotErased;
pub use fault::Fault;
pub use give::NotGiven;
pub use import::Imported;
pub use ledger::Ledger;
pub use login_attempt::NotConsumed;
pub use logout::{Ending, Logout, NotEnded};
pub use outbox::{Claim, Due};
pub use person::Owned;
pub use profile::NotSaved;
pub use read::{Arrival, Glance, LoggedOut, Look, Over};
pub use receipt::DueReceipt;
pub use replay::{LostEntry, NotAnEntry, NotReplayed, Replayed};
pub use search::{Hit, TooManySearches};
pub use stop::{FoundByLink, NotLifted, NotStopped, SomeonesRequest};
pub use take_back::NotTakenBack;
pub use transaction::Attempt;

use crate::{
    outbound::{Outbound, ahead, aws_config},
    settings::{BadSetting, Settings},
};

/// The two tables and the way to them.
#[derive(Clone)]
pub struct Store {
    client: Client,
    accounts: String,
    pending: String,
    not_before: Option<Timestamp>,
}

impl Store {
    /// Reads `ACCOUNTS_TABLE`, `PENDING_TABLE` and `NOT_BEFORE`.
    pub fn from(settings: &Settings, outbound: &Outbound) -> Result<Self, BadSetting> {
        let aws = outbound.aws(settings, "AWS_ENDPOINT_URL_DYNAMODB")?;
        Ok(Self {
            client: Client::from_conf(aws_config!(aws_sdk_dynamodb, aws)),
            accounts: settings.required("ACCOUNTS_TABLE")?.to_owned(),
            pending: settings.required("PENDING_TABLE")?.to_owned(),
            not_before: settings.moment("NOT_BEFORE")?,
        })
    }

    /// Is this from before the tables were restored from a backup? What has been spent or ended
    /// since may look alive again (T68).
    fn is_from_before(&self, at: Timestamp) -> bool {
        self.not_before.is_some_and(|not_before| at < not_before)
    }

    /// One harmless request while the function starts: the connection it leaves behind is most of
    /// a cold start.
    pub async fn warm(&self) {
        ahead(self.batch(vec![], vec![items::Key::new("WARM", "WARM")])).await;
    }
}
