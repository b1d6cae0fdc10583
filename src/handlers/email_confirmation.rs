//! `/b`, the mailed link: two keys, one lock. The link alone opens nothing, whoever follows it and
//! however; with a live session of the person who asked it gives them the account.

use lambda_http::{
    aws_lambda_events::apigw::ApiGatewayV2httpResponse,
    http::{Method, StatusCode},
};
use serde_json::Value;

use super::{NotReady, dead_link, hits::Hits, parked_link, parts::Desk, stopping};
use crate::{
    ambient::Ambient,
    domain::{
        Link, LinkKeys, Request, Session, Wish,
        request::{Confirmed, LinkRefusal},
        session::MayConfirm,
    },
    keys::KeyStore,
    outbound::Outbound,
    settings::{Part, Settings},
    store::{Ledger, Look, NotGiven},
    telling::Number,
    web::{Answer, Scene, Trouble, Visit, pages},
};

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

/// The link was followed. A person's own click completes, if they logged in just now (T108); anything
/// else gets a button (T45).
async fn follow(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let parked = || parked_link::parked(deps.desk.cookie.seal(), visit);
    let text = visit.query.get("t").map(str::to_owned).or_else(parked);
    let text = text.ok_or(Trouble::LinkBroken)?;
    let Some(link) = deps.keys.read(&text) else {
        parked_link::forget(visit);
        return Err(Trouble::LinkBroken);
    };
    let Ok(session) = deps.desk.cookie.open(visit) else { return park(deps, visit, &text) };
    let answer = match visit.query.get("valg") {
        Some("stopp") => {
            stopping::look_twice(&deps.desk, &deps.keys, visit, (&session, &link)).await
        }
        _ => open(deps, visit, session, link, &text).await,
    };
    match answer {
        Err(Trouble::SessionEnded(logout)) => {
            deps.desk.is_told_of(visit, logout);
            park(deps, visit, &text)
        }
        answer => answer,
    }
}

async fn open(
    deps: &Deps,
    visit: &mut Visit,
    session: Session,
    link: Link,
    text: &str,
) -> Result<Answer, Trouble> {
    match check(deps, visit, &session, link).await? {
        None => Ok(Answer::see_other("/profil")),
        Some(checked) => complete_or_ask(deps, visit, session, checked, text).await,
    }
}

/// Whose login it is, the one in front of the browser must know: it may have been left there (T108).
async fn complete_or_ask(
    deps: &Deps,
    visit: &mut Visit,
    session: Session,
    checked: (Confirmed, Ledger),
    text: &str,
) -> Result<Answer, Trouble> {
    let request = &checked.0.request;
    let login = session.login_behind(request.mailed_at);
    match session.may_confirm(request.mailed_at, visit.now) {
        MayConfirm::AtOnce if visit.is_navigation() => {
            complete(deps, visit, session, checked).await
        }
        MayConfirm::AtOnce | MayConfirm::WithButton => {
            Ok(pages::confirm(&Scene::new(&deps.desk.site, visit), request, login, text))
        }
        MayConfirm::AfterLogin => {
            parked_link::park(&deps.desk, visit, text);
            Ok(pages::log_in_again(&Scene::new(&deps.desk.site, visit), request, login))
        }
    }
}

/// «Bekreft brukerkonto» was pressed, or «Dette var ikke meg».
async fn press(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let text = visit.form.text("t").to_owned();
    let session = match deps.desk.cookie.open_for_form(visit, &deps.desk.site) {
        Err(Trouble::SessionExpired) => {
            parked_link::park(&deps.desk, visit, &text);
            return Err(Trouble::SessionExpired);
        }
        session => session?,
    };
    let link = deps.keys.read(&text).ok_or(Trouble::LinkBroken)?;
    match visit.form.get("valg") {
        None => {}
        Some("stopp") => {
            return stopping::stop(&deps.desk, &deps.keys, visit, (&session, &link)).await;
        }
        Some(_) => return Err(Trouble::BadRequest),
    }
    let Some(checked) = check(deps, visit, &session, link).await? else {
        return Ok(Answer::see_other("/profil"));
    };
    if session.may_confirm(checked.0.request.mailed_at, visit.now) == MayConfirm::AfterLogin {
        parked_link::park(&deps.desk, visit, &text);
        return Ok(Answer::see_other("/b")); // which asks for the login
    }
    complete(deps, visit, session, checked).await
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
    parked_link::forget(visit);
    let newest = glance.request.clone();
    let confirmed = Request::confirm(glance.request, &session.person, &link, &deps.keys, visit.now);
    let refusal = match confirmed {
        Ok(confirmed) => return Ok(Some((confirmed, glance.ledger))),
        Err(LinkRefusal::OtherPerson) => {
            return Err(stopping::opened(&deps.desk, visit, session, link).await);
        }
        Err(refusal) => refusal,
    };
    dead_link::told(&deps.desk, visit, session, newest.as_ref(), (&link, refusal)).await
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
    let anew = Session { id, csrf, ..session.clone() };
    Hits::carry(desk, visit, &session, &anew);
    Ok(desk.arrive(visit, anew, &request))
}

/// Nobody is logged in: the link waits, and nothing else happens.
fn park(deps: &Deps, visit: &mut Visit, text: &str) -> Result<Answer, Trouble> {
    parked_link::park(&deps.desk, visit, text);
    Err(Trouble::LinkNeedsLogin)
}
