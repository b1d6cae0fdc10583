//! `/logg-inn`: off to ID-porten.

use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpResponse, http::Method};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::NotReady;
use crate::{
    ambient::Ambient,
    domain::{LogoutId, limits},
    keys::KeyStore,
    oidc::{self, Attempt, ClientKey, Provider},
    outbound::Outbound,
    settings::{Settings, Site},
    telling::Number,
    web::{self, Answer, Purpose, Seal, Trouble, Visit},
};

/// How the cookies of attempts begin. Each attempt has its own, so that two tabs can both finish.
pub(super) const COOKIE_PREFIX: &str = "__Host-forsok-";
/// Attempts that one browser may have under way (T02).
const ALIVE: usize = 3;
/// The cookie that keeps in mind which attempts were dropped, what it is sealed for, and how many.
const DROPPED: &str = "__Host-sluppet";
const DROPPED_ONES: &[u8] = b"dropped";
const REMEMBERED: usize = 8;

/// A login that is under way, as it is sealed into its cookie.
#[derive(Serialize, Deserialize)]
pub(super) struct UnderWay {
    /// What ties the answer to it.
    pub attempt: Attempt,
    /// Where it leads.
    pub goal: Goal,
    /// Counts on from attempt to attempt of one browser: clocks may disagree.
    #[serde(default)]
    place: u32,
    /// Logouts that the browser had been told of before.
    #[serde(default)]
    pub known_logouts: Vec<LogoutId>,
}

/// Where a login leads: a name, never an address (T14).
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum Goal {
    /// Wherever the person has come to.
    Onward,
    /// Back to the profile, to go on with a change that needs a fresh login (T53).
    Profile,
    /// To the mailed link that waits. Whoever is in front of the browser shows who they are: ID-porten may
    /// remember somebody who has left it (T108).
    Link,
}

impl Goal {
    /// The way to a login that leads there.
    pub fn login(self) -> &'static str {
        match self {
            Self::Onward => "/logg-inn",
            Self::Profile => "/logg-inn?til=profil",
            Self::Link => "/logg-inn?til=lenke",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "profil" => Self::Profile,
            "lenke" => Self::Link,
            _ => Self::Onward,
        }
    }

    /// Must the person show who they are although ID-porten knows them already?
    fn is_for_a_fresh_login(self) -> bool {
        matches!(self, Self::Profile | Self::Link)
    }
}

/// What the function works with.
pub struct Deps {
    site: Site,
    ambient: Ambient,
    seal: Seal,
    provider: Provider<ClientKey>,
}

impl Deps {
    /// Reads the settings of [`Site`] and [`Provider`], and the secrets `cookie` and `client`.
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        let outbound = Outbound::new(settings)?;
        let keys = KeyStore::from(settings, &outbound)?;
        let (site, provider) = (Site::from(settings)?, Provider::from(settings, &outbound)?);
        let provider = provider.with_key(&keys).await?;
        if let Some(days) = provider.days_registered(ambient.now()) {
            Number::KeyDaysLeft.tell(days);
        }
        let (seal, ()) = tokio::join!(Seal::from(&keys), provider.warm(ambient.now()));
        Ok(Self { site, ambient: ambient.clone(), seal: seal?, provider })
    }
}

/// Answers one event.
pub async fn handle(deps: &Deps, event: Value) -> ApiGatewayV2httpResponse {
    let mut visit = Visit::read(event, deps.ambient.now());
    let goal = Goal::named(visit.query.text("til"));
    let outcome = begin(deps, &mut visit, goal).await;
    // Its language links would begin another login.
    let outcome = match outcome {
        Err(trouble) if visit.goes_to("/logg-inn") => {
            web::refuse_login(&mut visit, trouble, goal.login(), (&deps.seal, &deps.ambient))
        }
        outcome => outcome,
    };
    web::answer(&deps.site, visit, outcome)
}

async fn begin(deps: &Deps, visit: &mut Visit, goal: Goal) -> Result<Answer, Trouble> {
    if visit.route()?.0 != Method::GET {
        return Err(Trouble::MethodNotAllowed);
    }
    let fresh = goal.is_for_a_fresh_login();
    let begun = deps.provider.begin(&deps.ambient, visit.language.tag(), fresh).await;
    let (attempt, address) = begun.map_err(|error| Trouble::ProviderDown(error.into()))?;
    let place = make_room(deps, visit);
    let name = format!("{COOKIE_PREFIX}{:08x}", u32::from_be_bytes(deps.ambient.random()));
    let known_logouts = web::known_logouts(visit, &deps.seal);
    let begun = UnderWay { attempt, goal, place, known_logouts };
    let sealed = deps.seal.close((Purpose::Attempt, b""), &begun, limits::ATTEMPT, &deps.ambient);
    visit.bake(name, sealed);
    Ok(Answer::see_other(&address))
}

/// Leaves room for one attempt more: those that are over go, then the oldest, which is kept in mind
/// as dropped. Returns the place of the new one in their order.
fn make_room(deps: &Deps, visit: &mut Visit) -> u32 {
    let mut over = Vec::new();
    let mut alive = Vec::new();
    for (name, sealed) in visit.cookies_named(COOKIE_PREFIX) {
        match deps.seal.open::<UnderWay>((Purpose::Attempt, b""), sealed, visit.now) {
            Some(begun) => alive.push((begun, name.to_owned())),
            None => over.push(name.to_owned()),
        }
    }
    // By the order in which the browser got them, and by time where tabs began beside each other.
    alive.sort_by_key(|(begun, _)| (begun.place, begun.attempt.expires_at()));
    let next = alive.last().map_or(0, |(newest, _)| newest.place.saturating_add(1));
    let surplus = alive.len().saturating_sub(ALIVE - 1);
    let dropped: Vec<_> = alive.drain(..surplus).collect();
    if !dropped.is_empty() {
        let mut known = Dropped::of(&deps.seal, visit).unwrap_or_default();
        known.add(dropped.iter().map(|(begun, _)| begun.attempt.fingerprint()));
        let life = limits::ATTEMPT;
        visit.bake(
            DROPPED,
            deps.seal.close((Purpose::Attempt, DROPPED_ONES), &known, life, &deps.ambient),
        );
    }
    for name in over.into_iter().chain(dropped.into_iter().map(|(_, name)| name)) {
        visit.eat(name);
    }
    next
}

/// The attempts that newer ones have pushed out of a browser, by their fingerprints, so that their
/// tabs can be told what has become of them.
#[derive(Default, Serialize, Deserialize)]
struct Dropped(Vec<String>);

impl Dropped {
    fn of(seal: &Seal, visit: &Visit) -> Option<Self> {
        seal.open((Purpose::Attempt, DROPPED_ONES), visit.cookie(DROPPED)?, visit.now)
    }

    /// Keeps the newest in mind.
    fn add(&mut self, more: impl IntoIterator<Item = String>) {
        self.0.extend(more);
        self.0.drain(..self.0.len().saturating_sub(REMEMBERED));
    }
}

/// Does this answer belong to an attempt that newer ones have pushed out of this browser?
pub(super) fn was_dropped(seal: &Seal, visit: &Visit) -> bool {
    let fingerprint = oidc::fingerprint(visit.query.text("state"));
    Dropped::of(seal, visit).is_some_and(|dropped| dropped.0.contains(&fingerprint))
}
