//! A request as an item: the request, its link's digest and its place in the outbox in one.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Fault, Ledger, Store,
    items::{Item, Key, attribute, encoded, moment, number, seconds, text},
    outbox::Claim,
    transaction::Write as _,
};
use crate::domain::{
    AccountId, Card, EarlierRequest, Email, LinkDigest, PersonKey, Request, RequestId, Wish,
    limits,
    request::{MailState, Progress},
};

/// How long a mail that someone has begun to send is left to them before the sweeper takes over.
pub(super) const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// The account's ledger as this request left it: mostly still true when the link is used, which
/// then costs one read less. When it is not, the condition on the ledger says so.
pub(super) const LEDGER: &str = "ledger";

/// Who asked, in the item of [`Key::asker`].
pub(super) const ASKER: &str = "person";

#[derive(Serialize, Deserialize)]
struct RequestItem {
    id: String,
    generation: u32,
    person: String,
    wish: Wish,
    account: AccountId,
    account_version: u64,
    email: String,
    card: Card,
    language: String,
    #[serde(with = "seconds")]
    asked_at: Timestamp,
    #[serde(with = "seconds")]
    link_expires_at: Timestamp,
    progress: Progress,
    mail: u8,
    #[serde(with = "seconds")]
    mailed_at: Timestamp,
    mails_today: u32,
    /// One that does not say was made with the first key there was.
    #[serde(default = "first_key")]
    link_key: u8,
    #[serde(default)]
    earlier: Vec<EarlierRequest>,
    /// Times the newest mail was handed to SES, or was about to be.
    outbox_tries: u32,
    /// TTL: when the item may be swept.
    #[serde(with = "seconds")]
    expires_at: Timestamp,
}

fn first_key() -> u8 {
    1
}

fn read(item: Item) -> Result<Request, Fault> {
    let item: RequestItem =
        serde_dynamo::from_item(item).map_err(|_| Fault::Unreadable("request"))?;
    Ok(Request {
        id: RequestId::parse(&item.id).ok_or(Fault::Unreadable("request id"))?,
        generation: item.generation,
        person: PersonKey::from_store(&item.person).ok_or(Fault::Unreadable("request's person"))?,
        wish: item.wish,
        account: item.account,
        account_version: item.account_version,
        email: Email::parse(&item.email).map_err(|_| Fault::Unreadable("request's address"))?,
        card: item.card,
        language: item.language,
        asked_at: item.asked_at,
        expires_at: item.link_expires_at,
        progress: item.progress,
        mail: MailState::of_rank(item.mail).ok_or(Fault::Unreadable("mail state"))?,
        mailed_at: item.mailed_at,
        mails_today: item.mails_today,
        link_key: item.link_key,
        earlier: item.earlier,
    })
}

/// The ledger that was kept with a request.
pub(super) fn ledger(item: &Item) -> Ledger {
    let kept = item.get(LEDGER).cloned().map(serde_dynamo::from_attribute_value);
    kept.and_then(Result::ok).unwrap_or_default()
}

impl Store {
    /// Reads a request's item. One whose mail is from before a restore has expired.
    pub(super) fn read_request(&self, item: Item) -> Result<Request, Fault> {
        let request = read(item)?;
        let revived = self.is_from_before(request.mailed_at);
        Ok(if revived { Request { expires_at: request.mailed_at, ..request } } else { request })
    }

    /// Puts a request whose mail its writer sends next, and has claimed with that; in place of
    /// `before`: the person's request as it was read, or none. One that is open under an older key of
    /// the person is closed, and gives way to one under the current. Who asked is written down too,
    /// for whoever has nothing but the mailed link.
    pub(super) fn put_request(
        &self,
        request: &Request,
        digest: &LinkDigest,
        claim: &Claim,
        (before, after): (Option<&Request>, &Ledger),
    ) -> Vec<TransactWriteItem> {
        let elsewhere = before.filter(|before| before.person != request.person);
        let open_elsewhere = elsewhere.filter(|older| older.progress == Progress::Open);
        let mut item = write(request, digest, claim);
        item.insert(LEDGER.into(), attribute(after));
        let put = self.put_in_place_of(before, request, item);
        let close = open_elsewhere.map(|older| self.close_request(older));
        [put, self.put_asker(request)].into_iter().chain(close).collect()
    }

    /// Says under which person's key the request is, for as long as its item is kept. An index would
    /// say the same later, and a stop that looks there finds nothing (T116).
    fn put_asker(&self, request: &Request) -> TransactWriteItem {
        let mut item = Key::asker(request.id).item();
        item.insert(ASKER.into(), text(request.person.to_store()));
        item.insert("expires_at".into(), moment(kept_until(request)));
        Put::builder().table_name(&self.pending).set_item(Some(item)).write()
    }

    /// Closes a request that is as it was read. Its link dies, and its mail goes out no more.
    pub(super) fn close_request(&self, request: &Request) -> TransactWriteItem {
        Update::builder()
            .table_name(&self.pending)
            .set_key(Some(Key::request(&request.person).into()))
            .update_expression("SET progress = :cancelled REMOVE outbox_due, outbox_at")
            .condition_expression(AS_IT_WAS_READ)
            .set_expression_attribute_values(Some(as_it_was_read(request)))
            .expression_attribute_values(":cancelled", progress(Progress::Cancelled))
            .write()
    }

    fn put_in_place_of(
        &self,
        before: Option<&Request>,
        request: &Request,
        item: Item,
    ) -> TransactWriteItem {
        let at = request.mailed_at;
        let put = Put::builder().table_name(&self.pending).set_item(Some(item));
        match before {
            None => put
                .condition_expression("attribute_not_exists(pk) OR expires_at <= :now")
                .expression_attribute_values(":now", moment(at)),
            Some(before) if before.person == request.person => put
                .condition_expression(AS_IT_WAS_READ)
                .set_expression_attribute_values(Some(as_it_was_read(before))),
            // What stands here was read too, and is older: `before` is the newest there was.
            Some(elsewhere) => put
                .condition_expression(
                    "attribute_not_exists(pk) OR expires_at <= :now OR mailed_at <= :newest",
                )
                .expression_attribute_values(":now", moment(at))
                .expression_attribute_values(":newest", moment(elsewhere.mailed_at)),
        }
        .write()
    }
}

const AS_IT_WAS_READ: &str = "id = :id AND generation = :generation AND progress = :progress";

fn as_it_was_read(request: &Request) -> Item {
    Item::from([
        (":id".into(), text(request.id.to_string())),
        (":generation".into(), number(request.generation)),
        (":progress".into(), progress(request.progress)),
    ])
}

/// A progress as it stands in the item.
pub(super) fn progress(progress: Progress) -> aws_sdk_dynamodb::types::AttributeValue {
    attribute(progress)
}

/// TTL of a request's items.
fn kept_until(request: &Request) -> Timestamp {
    request.expires_at + limits::REQUEST_KEPT
}

fn write(request: &Request, digest: &LinkDigest, claim: &Claim) -> Item {
    let item = RequestItem {
        id: request.id.to_string(),
        generation: request.generation,
        person: request.person.to_store(),
        wish: request.wish,
        account: request.account,
        account_version: request.account_version,
        email: request.email.as_given().into(),
        card: request.card.clone(),
        language: request.language.clone(),
        asked_at: request.asked_at,
        link_expires_at: request.expires_at,
        progress: request.progress,
        mail: request.mail.rank(),
        mailed_at: request.mailed_at,
        mails_today: request.mails_today,
        link_key: request.link_key,
        earlier: request.earlier.clone(),
        outbox_tries: 1,
        expires_at: kept_until(request),
    };
    let mut attributes: Item = serde_dynamo::to_item(item).expect("plain fields make an item");
    attributes.extend(Key::request(&request.person).item());
    attributes.insert("digest".into(), text(encoded(digest.bytes())));
    attributes.insert("outbox_due".into(), text("mail"));
    attributes.insert("outbox_at".into(), moment(request.mailed_at + LEASE));
    attributes.insert("outbox_claim".into(), text(claim.name()));
    attributes
}
