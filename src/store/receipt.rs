//! Receipts that are owed, each an item of its own until SES has taken it.
//!
//! Written in the transaction of the change that it tells of. The only place that a receipt's address
//! stands in: it goes with the item, when the mail is sent or given up, when the account is erased, or
//! in the end by itself (T98).

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Fault, Store,
    items::{Item, Key, moment, number, seconds, text},
    outbox::{Claim, Due, Kind, given_up, happened, readable},
    transaction::Write as _,
};
use crate::domain::{AccountId, Card, Email, Receipt, limits, receipt::Owed};

/// A receipt that is claimed.
pub struct DueReceipt {
    /// The receipt.
    pub receipt: Receipt,
    key: Key,
}

#[derive(Serialize, Deserialize)]
struct ReceiptItem {
    event: Owed,
    card: Card,
    email: String,
    language: String,
    #[serde(with = "seconds")]
    at: Timestamp,
    reference: String,
    /// TTL: when the item may be swept, whatever has become of it.
    #[serde(with = "seconds")]
    expires_at: Timestamp,
}

impl Store {
    /// The receipt that one entry of an account's trail owes. It is due at once.
    pub(super) fn put_receipt(
        &self,
        receipt: &Receipt,
        (account, seq): (AccountId, u64),
    ) -> TransactWriteItem {
        let item = ReceiptItem {
            event: receipt.event,
            card: receipt.card.clone(),
            email: receipt.to.as_given().into(),
            language: receipt.language.clone(),
            at: receipt.at,
            reference: receipt.reference.clone(),
            expires_at: receipt.at + limits::RECEIPT_KEPT,
        };
        let mut attributes: Item = serde_dynamo::to_item(item).expect("plain fields make an item");
        attributes.extend(Key::receipt(account, seq).item());
        attributes.insert("outbox_due".into(), text(Kind::Receipt.name()));
        attributes.insert("outbox_at".into(), moment(receipt.at));
        attributes.insert("outbox_tries".into(), number(0));
        Put::builder().table_name(&self.pending).set_item(Some(attributes)).write()
    }

    /// Receipts that nobody is sending, those that are due longest first.
    pub async fn receipts_due(&self, at: Timestamp) -> Result<Vec<Due>, Fault> {
        self.due(Kind::Receipt, at).await
    }

    /// Claims one receipt, to be handed over at once.
    ///
    /// # Returns
    /// None if there is nothing to hand over: somebody else has claimed it, it was tried too often, it
    /// has had its time, or it cannot be read.
    pub async fn claim_receipt(
        &self,
        due: &Due,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<Option<DueReceipt>, Fault> {
        let Some(item) = self.claim(due, claim, at).await? else { return Ok(None) };
        let Some((receipt, expires_at)) = readable(read(item))? else { return Ok(None) };
        let due = DueReceipt { receipt, key: due.key.clone() };
        if expires_at <= at {
            self.receipt_sent(&due).await?;
            given_up();
            return Ok(None);
        }
        Ok(Some(due))
    }

    /// SES has taken the receipt: nothing is left of it.
    pub async fn receipt_sent(&self, due: &DueReceipt) -> Result<(), Fault> {
        happened(self.removal(&due.key).send().await).map(|_| ())
    }

    /// SES has refused the receipt: the sweeper tries again in a while, and that hand-over does not
    /// count.
    pub async fn receipt_refused(
        &self,
        due: &DueReceipt,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<(), Fault> {
        self.postpone(self.update(&due.key), claim, at).await
    }

    /// Keys of the receipts that an account still owes.
    pub(super) async fn receipts_of(&self, account: AccountId) -> Result<Vec<Key>, Fault> {
        let found = self
            .client
            .query()
            .table_name(&self.pending)
            .consistent_read(true)
            .key_condition_expression("pk = :receipts")
            .expression_attribute_values(":receipts", text(Key::receipts(account)))
            .send()
            .await
            .map_err(Fault::nothing_changed)?;
        Ok(found.items().iter().filter_map(Key::of).collect())
    }
}

/// The receipt, and until when it is owed.
fn read(item: Item) -> Result<(Receipt, Timestamp), Fault> {
    let item: ReceiptItem =
        serde_dynamo::from_item(item).map_err(|_| Fault::Unreadable("receipt"))?;
    let receipt = Receipt {
        event: item.event,
        card: item.card,
        to: Email::parse(&item.email).map_err(|_| Fault::Unreadable("receipt's address"))?,
        language: item.language,
        at: item.at,
        reference: item.reference,
    };
    Ok((receipt, item.expires_at))
}
