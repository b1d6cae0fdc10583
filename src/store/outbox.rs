//! Mail under way: who sends it, what became of it, what the sweeper finds.
//!
//! A mail is claimed before it is handed to SES. A sender that dies leaves a claim that runs out,
//! and the sweeper claims it again, three times at most (T70, T71).

use aws_sdk_dynamodb::{operation::update_item::UpdateItemError, types::AttributeValue};
use jiff::Timestamp;

use super::{
    Fault, Store, account,
    items::{Item, Key, moment, number, text},
    request::{LEASE, progress},
};
use crate::domain::{
    Account, AccountId, Email, PersonKey, Request, RequestId, limits,
    request::{MailState, Progress},
};

/// Mails a sweep takes at a time.
const SWEEP: i32 = 25;

/// A request whose mail nobody is sending.
pub struct Due {
    /// The request.
    pub request: Request,
}

/// What a receipt tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    /// An old account was linked.
    Linked,
    /// A new account was made.
    Created,
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
    /// When it was linked.
    pub at: Timestamp,
    /// The reference of the request.
    pub reference: String,
    key: Key,
}

impl Store {
    /// SES has taken the mail of this generation: it leaves the outbox.
    pub async fn handed_over(&self, request: &Request) -> Result<(), Fault> {
        self.mail_moved((&request.person, request.id, request.generation), MailState::HandedOver)
            .await
            .map(|_| ())
    }

    /// Moves the state of a mail forward; late, doubled and reordered news change nothing (T74).
    ///
    /// # Returns
    /// Whether it moved.
    pub async fn mail_moved(
        &self,
        (person, id, generation): (&PersonKey, RequestId, u32),
        state: MailState,
    ) -> Result<bool, Fault> {
        let moved = self
            .client
            .update_item()
            .table_name(&self.pending)
            .set_key(Some(Key::request(person).into()))
            .update_expression("SET mail = :state REMOVE outbox_due, outbox_at")
            .condition_expression("id = :id AND generation = :generation AND mail < :state")
            .expression_attribute_values(":state", number(state.rank()))
            .expression_attribute_values(":id", text(id.to_string()))
            .expression_attribute_values(":generation", number(generation))
            .send()
            .await;
        happened(moved)
    }

    /// Mails that nobody is sending, claimed for this sweep.
    pub async fn claim_mails(&self, at: Timestamp) -> Result<Vec<Due>, Fault> {
        let mut claimed = Vec::new();
        for key in self.due(&self.pending, "outbox", "outbox", "mail", at).await? {
            let claim = self
                .client
                .update_item()
                .table_name(&self.pending)
                .set_key(Some(key.into()))
                .update_expression("SET outbox_at = :later ADD handovers :one")
                .condition_expression("outbox_at <= :now AND handovers < :most AND progress = :open AND link_expires_at > :now")
                .expression_attribute_values(":later", moment(at + LEASE))
                .expression_attribute_values(":now", moment(at))
                .expression_attribute_values(":one", number(1))
                .expression_attribute_values(":most", number(limits::HANDOVERS_PER_MAIL))
                .expression_attribute_values(":open", progress(Progress::Open))
                .return_values(aws_sdk_dynamodb::types::ReturnValue::AllNew)
                .send()
                .await;
            if let Some(item) = claimed_item(claim)? {
                claimed.push(Due { request: super::request::read(item)? });
            }
        }
        Ok(claimed)
    }

    /// Receipts that are owed, claimed for this sweep.
    pub async fn claim_receipts(&self, at: Timestamp) -> Result<Vec<Receipt>, Fault> {
        let mut claimed = Vec::new();
        for key in self.due(&self.accounts, "receipts-due", "receipt", "receipt", at).await? {
            let claim = self
                .client
                .update_item()
                .table_name(&self.accounts)
                .set_key(Some(key.clone().into()))
                .update_expression("SET receipt_at = :later ADD receipts :one")
                .condition_expression(
                    "receipt_at <= :now AND (attribute_not_exists(receipts) OR receipts < :most)",
                )
                .expression_attribute_values(":later", moment(at + LEASE))
                .expression_attribute_values(":now", moment(at))
                .expression_attribute_values(":one", number(1))
                .expression_attribute_values(":most", number(limits::HANDOVERS_PER_MAIL))
                .return_values(aws_sdk_dynamodb::types::ReturnValue::AllNew)
                .send()
                .await;
            if let Some(entry) = claimed_item(claim)? {
                claimed.extend(self.receipt(key, &entry).await?);
            }
        }
        Ok(claimed)
    }

    /// SES has taken the receipt: it is owed no more.
    pub async fn receipt_sent(&self, receipt: &Receipt) -> Result<(), Fault> {
        let update = self
            .client
            .update_item()
            .table_name(&self.accounts)
            .set_key(Some(receipt.key.clone().into()));
        let sent =
            update.update_expression("REMOVE receipt_due, receipt_at, receipt_to").send().await;
        sent.map(|_| ()).map_err(Fault::nothing_changed)
    }

    async fn receipt(&self, key: Key, entry: &Item) -> Result<Option<Receipt>, Fault> {
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
            key,
        }))
    }

    async fn due(
        &self,
        table: &str,
        index: &str,
        prefix: &str,
        what: &str,
        at: Timestamp,
    ) -> Result<Vec<Key>, Fault> {
        let found = self
            .client
            .query()
            .table_name(table)
            .index_name(index)
            .key_condition_expression(format!("{prefix}_due = :what AND {prefix}_at <= :now"))
            .expression_attribute_values(":what", text(what))
            .expression_attribute_values(":now", moment(at))
            .limit(SWEEP)
            .send()
            .await
            .map_err(Fault::nothing_changed)?;
        let field = |item: &Item, name: &str| {
            item.get(name).and_then(|value| AttributeValue::as_s(value).ok()).cloned()
        };
        let key = |item: Item| Some(Key { pk: field(&item, "pk")?, sk: field(&item, "sk")? });
        Ok(found.items.unwrap_or_default().into_iter().filter_map(key).collect())
    }
}

type Updated<R> = Result<
    aws_sdk_dynamodb::operation::update_item::UpdateItemOutput,
    aws_sdk_dynamodb::error::SdkError<UpdateItemError, R>,
>;

/// A condition that fails is an answer: it did not happen.
fn happened<R: std::fmt::Debug + Send + Sync + 'static>(
    updated: Updated<R>,
) -> Result<bool, Fault> {
    match updated {
        Ok(_) => Ok(true),
        Err(error)
            if error
                .as_service_error()
                .is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
        {
            Ok(false)
        }
        Err(error) => Err(Fault::nothing_changed(error)),
    }
}

fn claimed_item<R: std::fmt::Debug + Send + Sync + 'static>(
    updated: Updated<R>,
) -> Result<Option<Item>, Fault> {
    match updated {
        Ok(output) => Ok(output.attributes),
        Err(error) => happened::<R>(Err(error)).map(|_| None),
    }
}
