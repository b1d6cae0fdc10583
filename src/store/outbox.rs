//! Mail under way: who sends it, what became of it, what the sweeper finds.
//!
//! A mail is claimed before it is handed to SES. A sender that dies leaves a claim that runs out,
//! and the sweeper claims it again, three times at most (T70, T71).

use aws_sdk_dynamodb::{
    operation::update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    types::ReturnValue,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Fault, Store, account,
    items::{Item, Key, moment, number, text},
    request::LEASE,
};
use crate::{
    domain::{
        AccountId, Email, PersonKey, Receipt, Request, RequestId, limits, receipt::Owed,
        request::MailState,
    },
    telling::Number,
};

/// What a sweep takes at a time.
const SWEEP: i32 = 25;
/// How long SES is left in peace after it has refused a mail.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// The two things that are owed to SES. Their attributes differ in the prefix only: `…_due` and
/// `…_at` make the sparse index, `…_tries` counts hand-overs, `…_to` is the receipt's address.
#[derive(Clone, Copy)]
enum Kind {
    Mail,
    Receipt,
}

impl Kind {
    /// Index, prefix of the attributes, and what `…_due` says.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Mail => ("outbox", "outbox", "mail"),
            Self::Receipt => ("receipts-due", "receipt", "receipt"),
        }
    }
}

/// An update of what is owed, if it is still owed.
type Place = (Kind, UpdateItemFluentBuilder);

/// A receipt, claimed for this sweep.
pub struct DueReceipt {
    /// The receipt.
    pub receipt: Receipt,
    key: Key,
}

impl Store {
    /// SES has taken the mail of this generation: it leaves the outbox.
    pub async fn handed_over(&self, request: &Request) -> Result<(), Fault> {
        let mail = (&request.person, request.id, request.generation);
        self.mail_moved(mail, MailState::HandedOver).await.map(|_| ())
    }

    /// There is no mailing this address: the person is told so.
    pub async fn mail_impossible(&self, request: &Request) -> Result<(), Fault> {
        let mail = (&request.person, request.id, request.generation);
        self.mail_moved(mail, MailState::Dead).await.map(|_| ())
    }

    /// Moves the state of a mail forward; late, doubled and reordered news change nothing (T74). Of
    /// an older mail only one thing matters to the newest: that its address is dead.
    ///
    /// # Returns
    /// Whether it moved.
    pub async fn mail_moved(
        &self,
        (person, id, generation): (&PersonKey, RequestId, u32),
        state: MailState,
    ) -> Result<bool, Fault> {
        let which = if state == MailState::Dead { ">=" } else { "=" };
        let moved = self
            .client
            .update_item()
            .table_name(&self.pending)
            .set_key(Some(Key::request(person).into()))
            .update_expression("SET mail = :state REMOVE outbox_due, outbox_at")
            .condition_expression(format!(
                "id = :id AND generation {which} :generation AND mail < :state"
            ))
            .expression_attribute_values(":state", number(state.rank()))
            .expression_attribute_values(":id", text(id.to_string()))
            .expression_attribute_values(":generation", number(generation))
            .send()
            .await;
        happened(moved)
    }

    /// SES has refused the mail that was claimed at this moment: the sweeper tries again in a while, and
    /// no hand-over is counted.
    pub async fn mail_refused(&self, request: &Request, at: Timestamp) -> Result<(), Fault> {
        self.postpone(self.place_of_mail(request), at).await
    }

    /// Requests whose mail nobody is sending, claimed for this sweep.
    pub async fn claim_mails(&self, at: Timestamp) -> Result<Vec<Request>, Fault> {
        let mut claimed = Vec::new();
        for (_, item) in self.claim(Kind::Mail, at).await? {
            match readable(self.read_request(item))? {
                Some(request) if request.is_waiting(at) => claimed.push(request),
                Some(request) => self.discharge(self.place_of_mail(&request)).await?,
                None => {}
            }
        }
        Ok(claimed)
    }

    /// Receipts that are owed, claimed for this sweep.
    pub async fn claim_receipts(&self, at: Timestamp) -> Result<Vec<DueReceipt>, Fault> {
        let mut claimed = Vec::new();
        for (key, entry) in self.claim(Kind::Receipt, at).await? {
            let receipt = readable(self.receipt(&entry).await)?.flatten();
            claimed.extend(receipt.map(|receipt| DueReceipt { receipt, key }));
        }
        Ok(claimed)
    }

    /// SES has taken the receipt: it is owed no more.
    pub async fn receipt_sent(&self, due: &DueReceipt) -> Result<(), Fault> {
        self.discharge(self.place_of_receipt(due)).await
    }

    /// SES has refused the receipt that was claimed at this moment: likewise.
    pub async fn receipt_refused(&self, due: &DueReceipt, at: Timestamp) -> Result<(), Fault> {
        self.postpone(self.place_of_receipt(due), at).await
    }

    /// Claims what is due, each for as long as a lease, and lets go of what was tried too often.
    async fn claim(&self, kind: Kind, at: Timestamp) -> Result<Vec<(Key, Item)>, Fault> {
        let (_, prefix, _) = kind.names();
        let mut claimed = Vec::new();
        for key in self.due(kind, at).await? {
            let claim = self
                .update(kind, &key)
                .update_expression(format!("SET {prefix}_at = :later ADD {prefix}_tries :one"))
                .condition_expression(format!(
                    "{prefix}_at <= :now AND (attribute_not_exists({prefix}_tries) OR {prefix}_tries < :most)"
                ))
                .expression_attribute_values(":later", moment(at + LEASE))
                .expression_attribute_values(":now", moment(at))
                .expression_attribute_values(":one", number(1))
                .expression_attribute_values(":most", number(limits::HANDOVERS_PER_MAIL))
                .return_values(ReturnValue::AllNew)
                .send()
                .await;
            match claimed_item(claim)? {
                Some(item) => claimed.push((key, item)),
                None => self.let_go(kind, &key, at).await?,
            }
        }
        Ok(claimed)
    }

    /// Takes what was tried too often out of the index; what another sweep has claimed stays.
    async fn let_go(&self, kind: Kind, key: &Key, at: Timestamp) -> Result<(), Fault> {
        let (_, prefix, _) = kind.names();
        let gone = self
            .update(kind, key)
            .update_expression(format!("REMOVE {prefix}_due, {prefix}_at"))
            .condition_expression(format!("{prefix}_at <= :now AND {prefix}_tries >= :most"))
            .expression_attribute_values(":now", moment(at))
            .expression_attribute_values(":most", number(limits::HANDOVERS_PER_MAIL))
            .send()
            .await;
        if happened(gone)? {
            tracing::error!(event = "mail_given_up");
            Number::MailsGivenUp.count();
        }
        Ok(())
    }

    async fn discharge(&self, (kind, place): Place) -> Result<(), Fault> {
        let (_, prefix, _) = kind.names();
        let what = format!("REMOVE {prefix}_due, {prefix}_at, {prefix}_to");
        happened(place.update_expression(what).send().await).map(|_| ())
    }

    /// Gives back the hand-over that was claimed at this moment, and once: the SDK notes it again when
    /// its answer was lost.
    async fn postpone(&self, (kind, place): Place, at: Timestamp) -> Result<(), Fault> {
        let (_, prefix, _) = kind.names();
        let owed = place.get_condition_expression().clone().unwrap_or_default();
        let postponed = place
            .condition_expression(format!("{owed} AND {prefix}_at = :claimed"))
            .expression_attribute_values(":claimed", moment(at + LEASE))
            .update_expression(format!("SET {prefix}_at = :later ADD {prefix}_tries :back"))
            .expression_attribute_values(":later", moment(at + PAUSE))
            .expression_attribute_values(":back", number(-1))
            .send()
            .await;
        happened(postponed).map(|_| ())
    }

    /// A newer mail may have taken this one's place by now: that is not this one's to give up, nor
    /// to put off and try once more than three times (T71).
    fn place_of_mail(&self, request: &Request) -> Place {
        let place = self
            .update(Kind::Mail, &Key::request(&request.person))
            .condition_expression("id = :id AND generation = :generation")
            .expression_attribute_values(":id", text(request.id.to_string()))
            .expression_attribute_values(":generation", number(request.generation));
        (Kind::Mail, place)
    }

    fn place_of_receipt(&self, due: &DueReceipt) -> Place {
        let place = self.update(Kind::Receipt, &due.key);
        (Kind::Receipt, place.condition_expression("attribute_exists(receipt_due)"))
    }

    fn update(&self, kind: Kind, key: &Key) -> UpdateItemFluentBuilder {
        let table = match kind {
            Kind::Mail => &self.pending,
            Kind::Receipt => &self.accounts,
        };
        self.client.update_item().table_name(table).set_key(Some(key.clone().into()))
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

    /// Keys of what is due, from the sparse index.
    async fn due(&self, kind: Kind, at: Timestamp) -> Result<Vec<Key>, Fault> {
        let (index, prefix, what) = kind.names();
        let table = match kind {
            Kind::Mail => &self.pending,
            Kind::Receipt => &self.accounts,
        };
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
        Ok(found.items().iter().filter_map(Key::of).collect())
    }
}

/// What cannot be read holds nothing else up. It is claimed three times like any, and then told of as
/// given up.
fn readable<T>(read: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match read {
        Err(Fault::Unreadable(what)) => {
            tracing::error!(event = "unreadable_in_the_outbox", what);
            Ok(None)
        }
        read => read.map(Some),
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
