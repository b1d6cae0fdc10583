//! `/logg-inn`: off to ID-porten.

use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpResponse, http::Method};
use serde_json::Value;

use super::NotReady;
use crate::{
    ambient::Ambient,
    domain::limits,
    keys::KeyStore,
    oidc::{Attempt, ClientKey, Provider},
    outbound::Outbound,
    settings::{Settings, Site},
    web::{self, Answer, Purpose, Seal, Trouble, Visit},
};

/// How the cookies of attempts begin. Each attempt has its own, so that two tabs can both finish.
pub(super) const COOKIE_PREFIX: &str = "__Host-forsok-";
/// Attempts that one browser may have under way (T02).
const ALIVE: usize = 3;

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
    let begun = deps.provider.begin(&deps.ambient, visit.language.tag(), false).await;
    let (attempt, address) = begun.map_err(|error| Trouble::ProviderDown(error.into()))?;
    make_room(deps, visit);
    let name = format!("{COOKIE_PREFIX}{:08x}", u32::from_be_bytes(deps.ambient.random()));
    let sealed = deps.seal.close((Purpose::Attempt, b""), &attempt, limits::ATTEMPT, &deps.ambient);
    visit.bake(name, sealed);
    Ok(Answer::see_other(&address))
}

/// Leaves room for one attempt more: those that are over go, then the oldest.
fn make_room(deps: &Deps, visit: &mut Visit) {
    let open = |sealed| deps.seal.open::<Attempt>((Purpose::Attempt, b""), sealed, visit.now);
    let attempts = visit.cookies_named(COOKIE_PREFIX);
    let mut attempts: Vec<_> = attempts
        .map(|(name, sealed)| (open(sealed).map(|attempt| attempt.expires_at()), name.to_owned()))
        .collect();
    attempts.sort();
    let over = attempts.iter().filter(|(expires_at, _)| expires_at.is_none()).count();
    let surplus = attempts.len().saturating_sub(ALIVE - 1).max(over);
    for (_, name) in attempts.into_iter().take(surplus) {
        visit.eat(name);
    }
}
