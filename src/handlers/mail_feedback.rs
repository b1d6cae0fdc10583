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

/// The parts of an SES event that matter. Source: "Amazon SES event publishing to EventBridge".
#[derive(Deserialize)]
struct News {
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
    let news: News = serde_json::from_value(event).map_err(|_| NotUnderstood::Event)?;
    if news.source != "aws.ses" {
        return Err(NotUnderstood::Event);
    }
    let Some(state) = state(&news.detail)? else { return Ok(()) };
    // A receipt carries no tags: nobody waits for news of it.
    let Some((person, request, generation)) = request(&news.detail.mail) else { return Ok(()) };
    let moved = deps.store.mail_moved((&person, request, generation), state).await?;
    tracing::info!(event = "mail_news", kind = news.detail.event_type, moved);
    Ok(())
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
