//! `/b`, the mailed link: two keys, one lock. The link alone opens nothing, whoever follows it and
//! however; with a live session of the person who asked it gives them the account.

use lambda_http::{
    aws_lambda_events::apigw::ApiGatewayV2httpResponse,
    http::{Method, StatusCode},
};
use serde_json::Value;

use super::{NotReady, parts::Desk, stopping};
use crate::{
    ambient::Ambient,
    domain::{
        Link, LinkKeys, Request, Session, Wish, limits,
        request::{Confirmed, LinkRefusal},
    },
    keys::KeyStore,
    outbound::Outbound,
    settings::{Part, Settings},
    store::{Ledger, Look, NotGiven},
    telling::Number,
    web::{Answer, Purpose, Scene, Seal, Trouble, Visit, pages},
};

/// The link, while its owner is away to log in (T46). Sealed; never sent to ID-porten.
const PARKED_LINK: &str = "__Host-lenke";

/// What the function works with.
pub struct Deps {
    desk: Desk,
    keys: LinkKeys,
}

impl Deps {
    /// Reads the settings of site and store, and the secrets `cookie` and `link`.
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        let outbound = Outbound::new(settings)?;
        let keys = KeyStore::from(settings, &outbound)?;
        let (desk, link_keys) =
            tokio::join!(Desk::from(settings, ambient, &outbound, &keys), keys.link());
        Ok(Self { desk: desk?, keys: link_keys? })
    }
}

/// Answers one event.
pub async fn handle(deps: &Deps, event: Value) -> ApiGatewayV2httpResponse {
    let mut visit = Visit::read(event, deps.desk.ambient.now());
    let outcome = story(deps, &mut visit).await;
    deps.desk.answer(visit, outcome)
}

async fn story(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let (method, path) = visit.route()?;
    deps.desk.must_be_open(Part::Links)?;
    match (method, path.as_str()) {
        (Method::GET, "/stoppet") => stopping::thanks(&deps.desk, visit).await,
        (Method::GET, _) => follow(deps, visit).await,
        (Method::POST, _) => press(deps, visit).await,
        (Method::HEAD, _) => Ok(Answer::empty(StatusCode::OK)),
        _ => Err(Trouble::MethodNotAllowed),
    }
}

/// The link was followed. A person's own click completes; anything else gets a button (T45).
async fn follow(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let parked = || parked_link(deps.desk.cookie.seal(), visit);
    let text = visit.query.get("t").map(str::to_owned).or_else(parked);
    let text = text.ok_or(Trouble::LinkBroken)?;
    let Some(link) = deps.keys.read(&text) else {
        visit.eat(PARKED_LINK); // or every login would lead here
        return Err(Trouble::LinkBroken);
    };
    let Ok(session) = deps.desk.cookie.open(visit) else { return park(deps, visit, &text) };
    match check(deps, visit, &session, link).await {
        Err(Trouble::SessionEnded) => park(deps, visit, &text),
        Err(trouble) => Err(trouble),
        Ok(None) => Ok(Answer::see_other("/profil")),
        Ok(Some(checked)) if visit.is_navigation() => complete(deps, visit, session, checked).await,
        Ok(Some((Confirmed { request, .. }, _))) => {
            Ok(pages::confirm(&Scene::new(&deps.desk.site, visit), &request, &text))
        }
    }
}

/// «Bekreft brukerkonto» was pressed, or «Dette var ikke meg».
async fn press(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let session = deps.desk.cookie.open_for_form(visit, &deps.desk.site)?;
    let link = deps.keys.read(visit.form.text("t")).ok_or(Trouble::LinkBroken)?;
    match visit.form.get("valg") {
        None => {}
        Some("stopp") => {
            return stopping::stop(&deps.desk, &deps.keys, visit, (&session, &link)).await;
        }
        Some(_) => return Err(Trouble::BadRequest),
    }
    match check(deps, visit, &session, link).await? {
        None => Ok(Answer::see_other("/profil")),
        Some(checked) => complete(deps, visit, session, checked).await,
    }
}

/// Is this the link of this person's own request, in its time? `None` if it has done its work.
async fn check(
    deps: &Deps,
    visit: &mut Visit,
    session: &Session,
    link: Link,
) -> Result<Option<(Confirmed, Ledger)>, Trouble> {
    let look = Look { request: true, ..Look::default() };
    let glance = deps.desk.store.glance(session, look, visit.now).await?;
    visit.eat(PARKED_LINK);
    let wish = glance.request.as_ref().map_or(Wish::Link, |request| request.wish);
    match Request::confirm(glance.request, &session.person, &link, &deps.keys, visit.now) {
        Ok(confirmed) => Ok(Some((confirmed, glance.ledger))),
        Err(LinkRefusal::Used) => Ok(None),
        Err(LinkRefusal::OtherPerson) => {
            Err(stopping::opened(&deps.desk, visit, session, link).await)
        }
        Err(LinkRefusal::Replaced) => Err(Trouble::LinkReplaced),
        Err(LinkRefusal::Expired) => Err(Trouble::LinkExpired),
        Err(LinkRefusal::Cancelled) => Err(Trouble::LinkCancelled),
        Err(LinkRefusal::Stopped) => Err(Trouble::Stopped(link.request(), wish)),
    }
}

async fn complete(
    deps: &Deps,
    visit: &mut Visit,
    session: Session,
    (confirmed, ledger): (Confirmed, Ledger),
) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    match desk.store.give_account(&confirmed, &ledger, &desk.attempt()).await {
        // A double click: the other one did it, or a newer link took this one's place.
        Err(NotGiven::LinkSpent) => return Ok(Answer::see_other("/sendt")),
        Err(NotGiven::PersonHasAccount) => return Err(Trouble::PersonHasAccount),
        Err(NotGiven::AccountTaken) => return Err(Trouble::AccountTaken),
        Err(NotGiven::AccountChanged) => return Err(Trouble::AccountChanged),
        Err(NotGiven::Fault(fault)) => return Err(fault.into()),
        Ok(()) => {}
    }
    let request = confirmed.request;
    match request.wish {
        Wish::Link => Number::Links.count(),
        Wish::Create => Number::NewAccounts.count(),
        Wish::Gather { .. } => Number::Gathered.count(),
        Wish::ChangeEmail => {}
    }
    let (id, csrf) = (desk.ambient.random(), desk.ambient.random());
    Ok(desk.arrive(visit, Session { id, csrf, ..session }, &request))
}

/// The link that was parked before the login, as long as it may wait.
pub(super) fn parked_link(seal: &Seal, visit: &Visit) -> Option<String> {
    seal.open((Purpose::Parked, b""), visit.cookie(PARKED_LINK)?, visit.now)
}

/// Nobody is logged in: the link waits in a sealed cookie, and nothing else happens.
fn park(deps: &Deps, visit: &mut Visit, text: &str) -> Result<Answer, Trouble> {
    let seal = deps.desk.cookie.seal();
    let sealed = seal.close((Purpose::Parked, b""), &text, limits::HANDLE, &deps.desk.ambient);
    visit.bake(PARKED_LINK, sealed);
    Err(Trouble::LinkNeedsLogin)
}
