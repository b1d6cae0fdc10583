//! `/logg-inn`: off to ID-porten.

use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpResponse, http::Method};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::NotReady;
use crate::{
    ambient::Ambient,
    domain::limits,
    keys::KeyStore,
    oidc::{Attempt, ClientKey, Provider},
    outbound::Outbound,
    settings::{Settings, Site},
    telling::Number,
    web::{self, Answer, Purpose, Seal, Trouble, Visit},
};

/// How the cookies of attempts begin. Each attempt has its own, so that two tabs can both finish.
pub(super) const COOKIE_PREFIX: &str = "__Host-forsok-";
/// Attempts that one browser may have under way (T02).
const ALIVE: usize = 3;

/// A login that is under way, as it is sealed into its cookie.
#[derive(Serialize, Deserialize)]
pub(super) struct UnderWay {
    /// What ties the answer to it.
    pub attempt: Attempt,
    /// Where it leads.
    pub goal: Goal,
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
    let outcome = begin(deps, &mut visit).await;
    web::answer(&deps.site, visit, outcome)
}

async fn begin(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    if visit.route()?.0 != Method::GET {
        return Err(Trouble::MethodNotAllowed);
    }
    let goal = Goal::named(visit.query.text("til"));
    let fresh = goal.is_for_a_fresh_login();
    let begun = deps.provider.begin(&deps.ambient, visit.language.tag(), fresh).await;
    let (attempt, address) = begun.map_err(|error| Trouble::ProviderDown(error.into()))?;
    make_room(deps, visit);
    let name = format!("{COOKIE_PREFIX}{:08x}", u32::from_be_bytes(deps.ambient.random()));
    let begun = UnderWay { attempt, goal };
    let sealed = deps.seal.close((Purpose::Attempt, b""), &begun, limits::ATTEMPT, &deps.ambient);
    visit.bake(name, sealed);
    Ok(Answer::see_other(&address))
}

/// Leaves room for one attempt more: those that are over go, then the oldest.
fn make_room(deps: &Deps, visit: &mut Visit) {
    let open = |sealed| deps.seal.open::<UnderWay>((Purpose::Attempt, b""), sealed, visit.now);
    let attempts = visit.cookies_named(COOKIE_PREFIX);
    let mut attempts: Vec<_> = attempts
        .map(|(name, sealed)| {
            (open(sealed).map(|begun| begun.attempt.expires_at()), name.to_owned())
        })
        .collect();
    attempts.sort();
    let over = attempts.iter().filter(|(expires_at, _)| expires_at.is_none()).count();
    let surplus = attempts.len().saturating_sub(ALIVE - 1).max(over);
    for (_, name) in attempts.into_iter().take(surplus) {
        visit.eat(name);
    }
}
