//! Receipts that are owed, each by its audit entry, until SES has taken them.

use jiff::Timestamp;

use super::{
    Fault, Store, account,
    items::{Item, Key},
    outbox::{Claim, Due, Kind, Place, readable},
};
use crate::domain::{AccountId, Email, Receipt, receipt::Owed};

/// A receipt that is claimed.
pub struct DueReceipt {
    /// The receipt.
    pub receipt: Receipt,
    key: Key,
}

impl Store {
    /// Receipts that nobody is sending, likewise.
    pub async fn receipts_due(&self, at: Timestamp) -> Result<Vec<Due>, Fault> {
        self.due(Kind::Receipt, at).await
    }

    /// Claims one receipt, likewise.
    pub async fn claim_receipt(
        &self,
        due: &Due,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<Option<DueReceipt>, Fault> {
        let Some(entry) = self.claim(Kind::Receipt, &due.key, claim, at).await? else {
            return Ok(None);
        };
        let receipt = readable(self.receipt(&entry).await)?.flatten();
        Ok(receipt.map(|receipt| DueReceipt { receipt, key: due.key.clone() }))
    }

    /// SES has taken the receipt: it is owed no more.
    pub async fn receipt_sent(&self, due: &DueReceipt) -> Result<(), Fault> {
        self.discharge(self.place_of_receipt(due)).await
    }

    /// SES has refused the receipt: likewise.
    pub async fn receipt_refused(
        &self,
        due: &DueReceipt,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<(), Fault> {
        self.postpone(self.place_of_receipt(due), claim, at).await
    }

    fn place_of_receipt(&self, due: &DueReceipt) -> Place {
        let place = self.update(Kind::Receipt, &due.key);
        (Kind::Receipt, place.condition_expression("attribute_exists(receipt_due)"))
    }

    async fn receipt(&self, entry: &Item) -> Result<Option<Receipt>, Fault> {
        let field = |name: &str| {
            entry.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
        };
        let Some(id) = AccountId::parse(&field("account")) else {
            return Err(Fault::Unreadable("audit entry"));
        };
        let mut items = self.batch(vec![Key::account(id)], vec![]).await?;
        let Some(account) = items.pop().map(account::read).transpose()? else { return Ok(None) };
        let at = super::read::seconds(entry, "at")
            .and_then(|second| Timestamp::from_second(second).ok());
        let at = at.ok_or(Fault::Unreadable("audit entry"))?;
        let event = match field("event").as_str() {
            "linked" => Owed::Linked,
            "created" => Owed::Created,
            "gathered" => Owed::Gathered,
            "email_requested" => Owed::EmailRequested,
            _ => return Err(Fault::Unreadable("audit entry")),
        };
        Ok(Some(Receipt {
            event,
            to: Email::parse(&field("receipt_to")).map_err(|_| Fault::Unreadable("audit entry"))?,
            account,
            language: field("language"),
            at,
            reference: field("reference"),
        }))
    }
}
