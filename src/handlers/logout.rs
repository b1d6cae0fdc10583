//! `/logg-ut`, `/logget-ut` and ID-porten's two ways of telling us that a session has ended.
//!
//! Nothing of a logout token is logged: its `sub` may be an identity number (T28).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use lambda_http::{
    aws_lambda_events::apigw::ApiGatewayV2httpResponse,
    http::{HeaderName, Method, StatusCode},
};
use serde_json::Value;

use super::{NotReady, parked_link, parts::Desk};
use crate::{
    ambient::Ambient,
    domain::{LogoutHandle, Person, Pid, PidKeys},
    keys::KeyStore,
    oidc::{Logout, LogoutRefused, Provider},
    outbound::Outbound,
    settings::Settings,
    store::{Ending, NotEnded},
    telling::Number,
    web::{Answer, Scene, Trouble, Visit, pages},
};

/// What the function works with.
pub struct Deps {
    desk: Desk,
    provider: Provider,
    pid_keys: PidKeys,
}

impl Deps {
    /// Reads the settings of site, store and provider, and the secrets `cookie` and `pid`.
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        let outbound = Outbound::new(settings)?;
        let keys = KeyStore::from(settings, &outbound)?;
        let provider = Provider::from(settings, &outbound)?;
        let (desk, pid_keys, ()) = tokio::join!(
            Desk::from(settings, ambient, &outbound, &keys),
            keys.pid(),
            provider.warm(ambient.now()),
        );
        Ok(Self { desk: desk?, provider, pid_keys: pid_keys? })
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
    match (method, path.as_str()) {
        (Method::GET, "/logg-ut") => Ok(offer(&deps.desk, visit)),
        (Method::POST, "/logg-ut") => log_out(deps, visit).await,
        (Method::GET, "/logget-ut") => Ok(logged_out(&deps.desk, visit)),
        (Method::GET, "/utlogging/front") => front_channel(deps, visit).await,
        (Method::POST, "/utlogging/bak") => back_channel(deps, visit).await,
        _ => Err(Trouble::MethodNotAllowed),
    }
}

/// The way out for the public pages, which cannot open the session and make its form (D7).
fn offer(desk: &Desk, visit: &mut Visit) -> Answer {
    match desk.cookie.open(visit) {
        Ok(_) => pages::log_out(&Scene::new(&desk.site, visit)),
        Err(_) => pages::logged_out(&Scene::new(&desk.site, visit), false),
    }
}

/// The session ends here first, whatever ID-porten says then (T25). Who has no session left is
/// logged out already; but a browser that sent no cookie may have been told to keep it back, and so
/// none is taken away. The page of a mailed link sends the link along: it waits for whoever logs in
/// next (T108).
async fn log_out(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    match desk.cookie.open_for_form(visit, &desk.site) {
        Ok(session) => {
            let logout = desk.logout(visit);
            desk.store.end(&Ending::Sid(&session.sid), &logout).await?;
            desk.is_told_of(visit, Some(logout.id));
            Number::Logouts.count();
            desk.cookie.end(visit);
        }
        Err(Trouble::ForeignForm) => return Err(Trouble::ForeignForm),
        Err(Trouble::NotLoggedIn) => {}
        Err(_) => desk.cookie.end(visit),
    }
    let link = visit.form.get("t").map(str::to_owned);
    if let Some(link) = &link {
        parked_link::park(desk, visit, link);
    }
    let state = BASE64_URL_SAFE_NO_PAD.encode(desk.ambient.random::<16>());
    let answer = match deps.provider.end_session_url(&state, visit.now).await {
        Ok(address) => Answer::see_other(&address),
        Err(_) if link.is_some() => Answer::see_other("/b"),
        Err(_) => pages::logged_out(&Scene::new(&desk.site, visit), false),
    };
    Ok(answer.with(HeaderName::from_static("clear-site-data"), "\"cache\""))
}

/// Back from ID-porten. Who comes here by the address alone and has a session is told no lie, and for
/// whom a mailed link waits, it asks for their login.
fn logged_out(desk: &Desk, visit: &mut Visit) -> Answer {
    match desk.cookie.open(visit) {
        Ok(_) => Answer::see_other("/sok"),
        Err(_) if parked_link::parked(desk.cookie.seal(), visit).is_some() => {
            Answer::see_other("/b")
        }
        Err(_) => pages::logged_out(&Scene::new(&desk.site, visit), true),
    }
}

/// In a frame on ID-porten's page, without any cookie. The answer is the same whatever came, and
/// whether or not there was such a session (T30); but no logout is acknowledged that is not written.
async fn front_channel(deps: &Deps, visit: &Visit) -> Result<Answer, Trouble> {
    let sid = visit.query.get("sid").filter(|sid| !sid.is_empty());
    if let Some(sid) = sid.filter(|_| deps.provider.is_issuer(visit.query.text("iss"))) {
        let (sid, logout) = (LogoutHandle::of(sid), deps.desk.logout(visit));
        let ended = deps.desk.store.end(&Ending::Sid(&sid), &logout).await;
        if let Err(error) = ended {
            tracing::error!(event = "logout_lost", cause = %error, request_id = visit.request_id);
            Number::LogoutsLost.count();
            return Err(error.into());
        }
        took_effect(visit);
    }
    Ok(Answer::empty(StatusCode::OK).framed_by_the_provider())
}

/// From ID-porten's server: a signed token, once (T26, T27).
async fn back_channel(deps: &Deps, visit: &Visit) -> Result<Answer, Trouble> {
    let logout = match deps.provider.logout_token(visit.form.text("logout_token"), visit.now).await
    {
        Ok(logout) => logout,
        Err(LogoutRefused::NotReached(error)) => {
            Number::LogoutsLost.count();
            return Err(Trouble::Unavailable(error.into()));
        }
        Err(LogoutRefused::Untrusted(fault)) => {
            tracing::warn!(
                event = "logout_refused",
                reason = fault.reason(),
                request_id = visit.request_id
            );
            return Ok(Answer::empty(StatusCode::BAD_REQUEST));
        }
    };
    match end(deps, visit, &logout).await {
        Ok(()) => {
            took_effect(visit);
            Ok(Answer::empty(StatusCode::OK))
        }
        Err(NotEnded::Replayed) => Ok(Answer::empty(StatusCode::BAD_REQUEST)),
        Err(NotEnded::Fault(fault)) => {
            Number::LogoutsLost.count();
            Err(fault.into())
        }
    }
}

/// ID-porten has told, and here the session is ended: it waits for that five seconds at most (T27).
fn took_effect(visit: &Visit) {
    Number::Logouts.count();
    Number::LogoutDuration.tell(visit.milliseconds());
}

/// By `sid`; by `sub` only where there is none, and then both as a name and as an identity number.
async fn end(deps: &Deps, visit: &Visit, logout: &Logout) -> Result<(), NotEnded> {
    let jti = LogoutHandle::of(&logout.jti);
    let sid = logout.sid.as_deref().map(LogoutHandle::of);
    let subject = logout.subject.as_deref().filter(|_| sid.is_none());
    let name = subject.map(LogoutHandle::of);
    let person = subject
        .and_then(|subject| Pid::from_claim(subject).ok())
        .map(|pid| deps.pid_keys.person(pid));
    let by_person = person.iter().flat_map(Person::keys).map(Ending::Person);
    let endings: Vec<_> = sid
        .iter()
        .map(Ending::Sid)
        .chain(name.iter().map(Ending::Subject))
        .chain(by_person)
        .collect();
    let desk = &deps.desk;
    let token = (&jti, logout.expires_at);
    desk.store.end_by_token(&endings, token, &desk.logout(visit), &desk.attempt()).await
}
