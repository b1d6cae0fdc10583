//! Mail under way: who sends it, what became of it, what the sweeper finds.
//!
//! A mail is claimed just before it is handed to SES, and each claim counts as a hand-over. A sender
//! that dies leaves a claim that runs out, and the sweeper claims it again, three times at most (T70,
//! T71). What no sender came to keeps its tries: nothing is claimed ahead (T110).

use aws_sdk_dynamodb::{
    operation::update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    types::{ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Fault, Store,
    items::{Item, Key, encoded, moment, number, text},
    request::LEASE,
    transaction::Attempt,
};
use crate::{
    domain::{PersonKey, Request, RequestId, limits, redacted, request::MailState},
    telling::Number,
};

/// What a sweep takes at a time.
const SWEEP: i32 = 25;
/// How long SES is left in peace after it has refused a mail.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// The two things that are owed to SES. Their attributes differ in the prefix only: `…_due` and
/// `…_at` make the sparse index, `…_tries` counts hand-overs, `…_claim` names the newest of them,
/// `…_to` is the receipt's address.
#[derive(Clone, Copy)]
pub(super) enum Kind {
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
pub(super) type Place = (Kind, UpdateItemFluentBuilder);

/// Names one hand-over of one mail or receipt. Whoever made it knows it again in the item, if the
/// answer to the claim was lost.
pub struct Claim(String);
redacted!(Claim);

impl Claim {
    /// From 16 random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(encoded(&random))
    }

    /// The one that is written with a request: its attempt's.
    pub(super) fn of(attempt: &Attempt) -> Self {
        Self(attempt.name().to_owned())
    }

    /// As it stands in the item.
    pub(super) fn name(&self) -> &str {
        &self.0
    }

    /// Is it this hand-over that the item waits for?
    fn holds(&self, prefix: &str, item: &Item) -> bool {
        let is_owed = item.contains_key(&format!("{prefix}_due"));
        let name = item.get(&format!("{prefix}_claim")).and_then(|name| name.as_s().ok());
        is_owed && name.is_some_and(|name| *name == self.0)
    }
}

/// Something in the outbox that nobody is sending. It is not claimed yet.
pub struct Due {
    /// Since when it is due.
    pub since: Timestamp,
    pub(super) key: Key,
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

    /// SES has refused the mail: the sweeper tries again in a while, and that hand-over does not count.
    pub async fn mail_refused(
        &self,
        request: &Request,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<(), Fault> {
        self.postpone(self.place_of_mail(request), claim, at).await
    }

    /// Mails that nobody is sending, those that are due longest first.
    pub async fn mails_due(&self, at: Timestamp) -> Result<Vec<Due>, Fault> {
        self.due(Kind::Mail, at).await
    }

    /// Claims one mail, to be handed over at once.
    ///
    /// # Returns
    /// Its request; none if there is nothing to hand over: somebody else has claimed it, its link is
    /// dead, it was tried too often, or it cannot be read.
    pub async fn claim_mail(
        &self,
        due: &Due,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<Option<Request>, Fault> {
        let Some(item) = self.claim(Kind::Mail, &due.key, claim, at).await? else {
            return Ok(None);
        };
        match readable(self.read_request(item))? {
            Some(request) if !request.is_waiting(at) => {
                self.discharge(self.place_of_mail(&request)).await?;
                Ok(None)
            }
            claimed => Ok(claimed),
        }
    }

    /// Claims one for as long as a lease, which counts as a hand-over; lets go of what was tried too
    /// often. The SDK asks again when an answer was lost, and then meets its own claim.
    pub(super) async fn claim(
        &self,
        kind: Kind,
        key: &Key,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<Option<Item>, Fault> {
        let (_, prefix, _) = kind.names();
        let claimed = self
            .update(kind, key)
            .update_expression(format!(
                "SET {prefix}_at = :later, {prefix}_claim = :claim ADD {prefix}_tries :one"
            ))
            .condition_expression(format!(
                "{prefix}_at <= :now AND (attribute_not_exists({prefix}_tries) OR {prefix}_tries < :most)"
            ))
            .expression_attribute_values(":later", moment(at + LEASE))
            .expression_attribute_values(":claim", text(&claim.0))
            .expression_attribute_values(":now", moment(at))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":most", number(limits::HANDOVERS_PER_MAIL))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match claimed {
            Ok(claimed) => Ok(claimed.attributes),
            Err(error) => match as_it_stands(error)? {
                Some(item) if claim.holds(prefix, &item) => Ok(Some(item)),
                _ => self.let_go(kind, key, at).await.map(|()| None),
            },
        }
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

    pub(super) async fn discharge(&self, (kind, place): Place) -> Result<(), Fault> {
        let (_, prefix, _) = kind.names();
        let what = format!("REMOVE {prefix}_due, {prefix}_at, {prefix}_to");
        happened(place.update_expression(what).send().await).map(|_| ())
    }

    /// Gives a claim back, and once: the SDK notes it again when its answer was lost.
    pub(super) async fn postpone(
        &self,
        (kind, place): Place,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let (_, prefix, _) = kind.names();
        let owed = place.get_condition_expression().clone().unwrap_or_default();
        let postponed = place
            .condition_expression(format!("{owed} AND {prefix}_claim = :claim"))
            .expression_attribute_values(":claim", text(&claim.0))
            .update_expression(format!(
                "SET {prefix}_at = :later ADD {prefix}_tries :back REMOVE {prefix}_claim"
            ))
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

    pub(super) fn update(&self, kind: Kind, key: &Key) -> UpdateItemFluentBuilder {
        let table = match kind {
            Kind::Mail => &self.pending,
            Kind::Receipt => &self.accounts,
        };
        self.client.update_item().table_name(table).set_key(Some(key.clone().into()))
    }

    /// What is due, from the sparse index.
    pub(super) async fn due(&self, kind: Kind, at: Timestamp) -> Result<Vec<Due>, Fault> {
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
        let due = |item: &Item| {
            let since = super::read::seconds(item, &format!("{prefix}_at"))?;
            let since = Timestamp::from_second(since).ok()?;
            Some(Due { since, key: Key::of(item)? })
        };
        Ok(found.items().iter().filter_map(due).collect())
    }
}

/// What cannot be read holds nothing else up. It is claimed three times like any, and then told of as
/// given up.
pub(super) fn readable<T>(read: Result<T, Fault>) -> Result<Option<T>, Fault> {
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

/// The condition failed: the item as it stands, if there is one.
fn as_it_stands<R: std::fmt::Debug + Send + Sync + 'static>(
    error: aws_sdk_dynamodb::error::SdkError<UpdateItemError, R>,
) -> Result<Option<Item>, Fault> {
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(failed)) => Ok(failed.item.clone()),
        _ => Err(Fault::nothing_changed(error)),
    }
}
