//! What SES tells of a mail, through EventBridge: its request's state moves forward, never back.

mod bounce;

use serde::Deserialize;
use serde_json::Value;

use self::bounce::Bounce;
use super::{Invocation, NotReady};
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
    /// How the ARN of our own configuration set ends.
    configuration_set: String,
}

/// News that cannot be used. Lambda tries again, then keeps the event aside for people to look at.
#[derive(Debug, thiserror::Error)]
pub enum NotUnderstood {
    /// Not an event of SES.
    #[error("the event is not one of SES")]
    Event,
    /// Of a mail that is none of ours. The rule lets none through (T74).
    #[error("the event is of another configuration set")]
    Foreign,
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
    /// The ARNs of what it is about: our configuration set, if the mail is ours.
    pub about: Vec<String>,
    /// What is counted of it.
    number: Option<Number>,
    /// Is it counted even if the request is there already? A delay is told again and again while SES
    /// tries, and only once as a bounce, when it has given up.
    counts_where_it_is: bool,
}

/// The parts of an SES event that matter. Source: "Amazon SES event publishing to EventBridge".
#[derive(Deserialize)]
struct Told {
    source: String,
    #[serde(default)]
    resources: Vec<String>,
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

impl NotUnderstood {
    fn kind(unknown: &str) -> Self {
        Self::Kind(unknown.chars().take(40).collect())
    }
}

impl Deps {
    /// Reads the settings of the store, and `CONFIGURATION_SET`.
    pub async fn from(settings: &Settings, _: &Ambient) -> Result<Self, NotReady> {
        let name = settings.required("CONFIGURATION_SET")?;
        let configuration_set = format!(":configuration-set/{name}");
        let store = Store::from(settings, &Outbound::new(settings)?)?;
        store.warm().await;
        Ok(Self { store, configuration_set })
    }
}

/// Takes one event.
pub async fn handle(deps: &Deps, invocation: Invocation) -> Result<(), NotUnderstood> {
    let read = read(invocation.event).inspect_err(|_| Number::UnknownNews.count())?;
    let Some(news) = read else { return Ok(()) };
    if !news.about.iter().any(|arn| arn.ends_with(&deps.configuration_set)) {
        Number::UnknownNews.count();
        return Err(NotUnderstood::Foreign);
    }
    let mail = (&news.person, news.request, news.generation);
    let moved = deps.store.mail_moved(mail, news.state).await?;
    if (moved || news.counts_where_it_is)
        && let Some(number) = news.number
    {
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
    let number = number(&told.detail.event_type, state);
    let counts_where_it_is = number == Some(Number::Bounces) && state == MailState::Delayed;
    Ok(request(&told.detail.mail).map(|mail| {
        let (person, request, generation) = mail;
        News {
            person,
            request,
            generation,
            state,
            about: told.resources,
            number,
            counts_where_it_is,
        }
    }))
}

/// What is counted of it, once it has moved a request on. A note that the reader is away is no bounce.
fn number(kind: &str, state: MailState) -> Option<Number> {
    match kind {
        _ if state == MailState::Unclear => None,
        "Delivery" => Some(Number::Deliveries),
        "Bounce" | "Reject" => Some(Number::Bounces),
        "Complaint" => Some(Number::Complaints),
        _ => None,
    }
}

/// Where the mail is now; `None` for news that changes nothing.
fn state(detail: &Detail) -> Result<Option<MailState>, NotUnderstood> {
    Ok(Some(match detail.event_type.as_str() {
        "Send" => MailState::HandedOver,
        "DeliveryDelay" => MailState::Delayed,
        "Delivery" => MailState::Delivered,
        "Bounce" => detail.bounce.as_ref().ok_or(NotUnderstood::Event)?.state()?,
        "Complaint" => MailState::Dead,
        "Reject" | "Rendering Failure" => MailState::Refused,
        "Open" | "Click" | "Subscription" => return Ok(None),
        unknown => return Err(NotUnderstood::kind(unknown)),
    }))
}

fn request(mail: &MailOfNews) -> Option<(PersonKey, RequestId, u32)> {
    let tag = |name: &str| mail.tags.get(name)?.first();
    let person = PersonKey::from_store(tag("person")?)?;
    Some((person, RequestId::parse(tag("request")?)?, tag("generation")?.parse().ok()?))
}
