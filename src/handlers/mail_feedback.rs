//! What SES tells of a mail, through EventBridge: its request's state moves forward, never back.

use serde::Deserialize;
use serde_json::Value;

use super::NotReady;
use crate::{
    ambient::Ambient,
    domain::{PersonKey, RequestId, request::MailState},
    outbound::Outbound,
    settings::Settings,
    store::{Fault, Store},
    telling::Number,
};

/// What the function works with.
pub struct Deps {
    store: Store,
}

/// News that cannot be used. Lambda tries again, then keeps the event aside for people to look at.
#[derive(Debug, thiserror::Error)]
pub enum NotUnderstood {
    /// Not an event of SES.
    #[error("the event is not one of SES")]
    Event,
    /// A kind of news that we do not know.
    #[error("SES tells something new: {0}")]
    Kind(String),
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// News of one mail.
pub struct News {
    /// Who waits for it.
    pub person: PersonKey,
    /// The request that it belongs to.
    pub request: RequestId,
    /// Which mail of that request.
    pub generation: u32,
    /// Where it is now.
    pub state: MailState,
    number: Option<Number>,
}

/// The parts of an SES event that matter. Source: "Amazon SES event publishing to EventBridge".
#[derive(Deserialize)]
struct Told {
    source: String,
    detail: Detail,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    event_type: String,
    mail: MailOfNews,
    bounce: Option<Bounce>,
}

#[derive(Deserialize)]
struct MailOfNews {
    #[serde(default)]
    tags: std::collections::HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
}

impl Deps {
    /// Reads the settings of the store.
    pub async fn from(settings: &Settings, _: &Ambient) -> Result<Self, NotReady> {
        let store = Store::from(settings, &Outbound::new(settings)?)?;
        store.warm().await;
        Ok(Self { store })
    }
}

/// Takes one event.
pub async fn handle(deps: &Deps, event: Value) -> Result<(), NotUnderstood> {
    let read = read(event).inspect_err(|_| Number::UnknownNews.count())?;
    let Some(news) = read else { return Ok(()) };
    let mail = (&news.person, news.request, news.generation);
    let moved = deps.store.mail_moved(mail, news.state).await?;
    if moved && let Some(number) = news.number {
        number.count();
    }
    tracing::info!(event = "mail_news", state = ?news.state, moved);
    Ok(())
}

/// Reads an event; `None` if it changes nothing for anybody.
pub fn read(event: Value) -> Result<Option<News>, NotUnderstood> {
    let told: Told = serde_json::from_value(event).map_err(|_| NotUnderstood::Event)?;
    if told.source != "aws.ses" {
        return Err(NotUnderstood::Event);
    }
    let Some(state) = state(&told.detail)? else { return Ok(None) };
    // A receipt carries no tags: nobody waits for news of it.
    let number = number(&told.detail.event_type);
    Ok(request(&told.detail.mail).map(|mail| {
        let (person, request, generation) = mail;
        News { person, request, generation, state, number }
    }))
}

/// What is counted of it, once it has moved a request on.
fn number(kind: &str) -> Option<Number> {
    match kind {
        "Delivery" => Some(Number::Deliveries),
        "Bounce" | "Reject" => Some(Number::Bounces),
        "Complaint" => Some(Number::Complaints),
        _ => None,
    }
}

/// Where the mail is now; `None` for news that changes nothing.
fn state(detail: &Detail) -> Result<Option<MailState>, NotUnderstood> {
    let permanent = detail.bounce.as_ref().is_some_and(|bounce| bounce.bounce_type == "Permanent");
    match detail.event_type.as_str() {
        "Send" => Ok(Some(MailState::HandedOver)),
        "DeliveryDelay" => Ok(Some(MailState::Delayed)),
        "Delivery" => Ok(Some(MailState::Delivered)),
        "Bounce" if permanent => Ok(Some(MailState::Dead)),
        "Complaint" => Ok(Some(MailState::Dead)),
        "Bounce" | "Reject" | "Rendering Failure" => Ok(Some(MailState::Returned)),
        "Open" | "Click" | "Subscription" => Ok(None),
        unknown => Err(NotUnderstood::Kind(unknown.chars().take(40).collect())),
    }
}

fn request(mail: &MailOfNews) -> Option<(PersonKey, RequestId, u32)> {
    let tag = |name: &str| mail.tags.get(name)?.first();
    let person = PersonKey::from_store(tag("person")?)?;
    Some((person, RequestId::parse(tag("request")?)?, tag("generation")?.parse().ok()?))
}
