//! Mail under way: who sends it, what became of it, what the sweeper finds.
//!
//! A mail is claimed just before it is handed to SES, and each claim counts as a hand-over. A sender
//! that dies leaves a claim that runs out, and the sweeper claims it again, three times at most (T70,
//! T71). What no sender came to keeps its tries: nothing is claimed ahead (T110).

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    operation::{
        delete_item::builders::DeleteItemFluentBuilder,
        update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    },
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

/// The two things that are owed to SES. Both wait in one table, under the same attributes: `outbox_due`
/// (which of the two it is) and `outbox_at` make the sparse index, `outbox_tries` counts hand-overs,
/// `outbox_claim` names the newest of them.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A mail with a link, in its request.
    Mail,
    /// A receipt, an item of its own.
    Receipt,
}

impl Kind {
    /// What `outbox_due` says.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Receipt => "receipt",
        }
    }
}

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
    fn holds(&self, item: &Item) -> bool {
        let name = item.get("outbox_claim").and_then(|name| name.as_s().ok());
        item.contains_key("outbox_due") && name.is_some_and(|name| *name == self.0)
    }
}

/// Something in the outbox that nobody is sending. It is not claimed yet.
pub struct Due {
    /// Since when it is due.
    pub since: Timestamp,
    pub(super) key: Key,
    kind: Kind,
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

    /// Nobody can make the link of this mail any more, as its key is gone. It has had its time; whoever
    /// waits for it is told so, and may ask for another.
    pub async fn link_is_dead(&self, request: &Request, at: Timestamp) -> Result<(), Fault> {
        let place = self.place_of_mail(request);
        let dead = place
            .update_expression("SET link_expires_at = :now REMOVE outbox_due, outbox_at")
            .expression_attribute_values(":now", moment(at));
        happened(dead.send().await).map(|_| ())
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
        let Some(item) = self.claim(due, claim, at).await? else {
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
        due: &Due,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<Option<Item>, Fault> {
        let claimed = self
            .update(&due.key)
            .update_expression(
                "SET outbox_at = :later, outbox_claim = :claim ADD outbox_tries :one",
            )
            .condition_expression("outbox_at <= :now AND outbox_tries < :most")
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
                Some(item) if claim.holds(&item) => Ok(Some(item)),
                _ => self.let_go(due, at).await.map(|()| None),
            },
        }
    }

    /// Takes what was tried too often out of the outbox; what another sweep has claimed stays.
    async fn let_go(&self, due: &Due, at: Timestamp) -> Result<(), Fault> {
        let most = number(limits::HANDOVERS_PER_MAIL);
        let is_gone = match due.kind {
            Kind::Mail => happened(
                self.update(&due.key)
                    .update_expression("REMOVE outbox_due, outbox_at")
                    .condition_expression("outbox_at <= :now AND outbox_tries >= :most")
                    .expression_attribute_values(":now", moment(at))
                    .expression_attribute_values(":most", most)
                    .send()
                    .await,
            )?,
            Kind::Receipt => happened(
                self.removal(&due.key)
                    .condition_expression("outbox_at <= :now AND outbox_tries >= :most")
                    .expression_attribute_values(":now", moment(at))
                    .expression_attribute_values(":most", most)
                    .send()
                    .await,
            )?,
        };
        if is_gone {
            given_up();
        }
        Ok(())
    }

    /// Gives a claim back, and once: the SDK notes it again when its answer was lost.
    pub(super) async fn postpone(
        &self,
        place: UpdateItemFluentBuilder,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let owed = place.get_condition_expression().iter().map(|owed| format!("{owed} AND "));
        let owed: String = owed.collect();
        let postponed = place
            .condition_expression(format!("{owed}outbox_claim = :claim"))
            .expression_attribute_values(":claim", text(&claim.0))
            .update_expression("SET outbox_at = :later ADD outbox_tries :back REMOVE outbox_claim")
            .expression_attribute_values(":later", moment(at + PAUSE))
            .expression_attribute_values(":back", number(-1))
            .send()
            .await;
        happened(postponed).map(|_| ())
    }

    /// Takes a mail whose link is dead out of the outbox.
    async fn discharge(&self, place: UpdateItemFluentBuilder) -> Result<(), Fault> {
        happened(place.update_expression("REMOVE outbox_due, outbox_at").send().await).map(|_| ())
    }

    /// A newer mail may have taken this one's place by now: that is not this one's to give up, nor
    /// to put off and try once more than three times (T71).
    fn place_of_mail(&self, request: &Request) -> UpdateItemFluentBuilder {
        self.update(&Key::request(&request.person))
            .condition_expression("id = :id AND generation = :generation")
            .expression_attribute_values(":id", text(request.id.to_string()))
            .expression_attribute_values(":generation", number(request.generation))
    }

    pub(super) fn update(&self, key: &Key) -> UpdateItemFluentBuilder {
        self.client.update_item().table_name(&self.pending).set_key(Some(key.clone().into()))
    }

    pub(super) fn removal(&self, key: &Key) -> DeleteItemFluentBuilder {
        self.client.delete_item().table_name(&self.pending).set_key(Some(key.clone().into()))
    }

    /// What is due, from the sparse index.
    pub(super) async fn due(&self, kind: Kind, at: Timestamp) -> Result<Vec<Due>, Fault> {
        let found = self
            .client
            .query()
            .table_name(&self.pending)
            .index_name("outbox")
            .key_condition_expression("outbox_due = :what AND outbox_at <= :now")
            .expression_attribute_values(":what", text(kind.name()))
            .expression_attribute_values(":now", moment(at))
            .limit(SWEEP)
            .send()
            .await
            .map_err(Fault::nothing_changed)?;
        let due = |item: &Item| {
            let since = super::read::seconds(item, "outbox_at")?;
            let since = Timestamp::from_second(since).ok()?;
            Some(Due { since, key: Key::of(item)?, kind })
        };
        Ok(found.items().iter().filter_map(due).collect())
    }
}

/// Tells that something will not be tried again.
pub(super) fn given_up() {
    tracing::error!(event = "mail_given_up");
    Number::MailsGivenUp.count();
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

/// A condition that fails is an answer: it did not happen.
pub(super) fn happened<T, E, R>(written: Result<T, SdkError<E, R>>) -> Result<bool, Fault>
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    match written {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(error) => Err(Fault::nothing_changed(error)),
    }
}

/// The condition failed: the item as it stands, if there is one.
fn as_it_stands<R: std::fmt::Debug + Send + Sync + 'static>(
    error: SdkError<UpdateItemError, R>,
) -> Result<Option<Item>, Fault> {
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(failed)) => Ok(failed.item.clone()),
        _ => Err(Fault::nothing_changed(error)),
    }
}
