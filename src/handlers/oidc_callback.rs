//! `/logg-inn/svar`: back from ID-porten. The only place where an identity number exists: it comes
//! with the token, becomes a person key, and is gone before the store is asked.

use jiff::Timestamp;
use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpResponse, http::Method};
use serde_json::Value;

use super::{
    NotReady,
    login::{self, Goal, UnderWay},
    parked_link,
    parts::Desk,
};
use crate::{
    ambient::Ambient,
    domain::{LogoutHandle, Person, PidKeys, Session},
    keys::KeyStore,
    oidc::{self, ClientKey, Login, LoginRefused, Provider},
    outbound::Outbound,
    settings::Settings,
    store::{Arrival, Ending},
    telling::Number,
    texts::Language,
    web::{
        self, Answer, Note, Purpose, Trouble, Visit,
        pages::{NotYet, ProfileDraft, SearchDraft, SearchProblem},
    },
};

/// What the function works with.
pub struct Deps {
    desk: Desk,
    provider: Provider<ClientKey>,
    pid_keys: PidKeys,
}

impl Deps {
    /// Reads the settings of site, store and provider, and the secrets `cookie`, `client`, `pid`.
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        let outbound = Outbound::new(settings)?;
        let keys = KeyStore::from(settings, &outbound)?;
        let provider = Provider::from(settings, &outbound)?;
        let desk = Desk::from(settings, ambient, &outbound, &keys).await?;
        let provider = provider.with_key(&keys).await?;
        let (pid_keys, ()) = tokio::join!(keys.pid(), provider.warm(ambient.now()));
        Ok(Self { desk, provider, pid_keys: pid_keys? })
    }
}

/// Answers one event.
pub async fn handle(deps: &Deps, event: Value) -> ApiGatewayV2httpResponse {
    let mut visit = Visit::read(event, deps.desk.ambient.now());
    let outcome = arrive(deps, &mut visit).await;
    deps.desk.answer(visit, outcome)
}

async fn arrive(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    if visit.route()?.0 != Method::GET {
        return Err(Trouble::MethodNotAllowed);
    }
    let Some(begun) = begun(deps, visit) else { return been_here(deps, visit).await };
    let query = &visit.query;
    let answer = oidc::Answer {
        code: query.get("code"),
        state: query.get("state"),
        iss: query.get("iss"),
        error: query.get("error"),
    };
    let login = deps.provider.finish(&begun.attempt, &answer, visit.now).await.map_err(refused)?;
    welcome(deps, visit, login, begun.goal).await
}

/// The login that this answer belongs to, used up.
fn begun(deps: &Deps, visit: &mut Visit) -> Option<UnderWay> {
    let state = visit.query.text("state");
    let seal = deps.desk.cookie.seal();
    let fitting = |(name, sealed): (&str, &str)| {
        let begun: UnderWay = seal.open((Purpose::Attempt, b""), sealed, visit.now)?;
        begun.attempt.matches_state(state).then(|| (name.to_owned(), begun))
    };
    let (name, begun) = visit.cookies_named(login::COOKIE_PREFIX).find_map(fitting)?;
    visit.eat(name);
    Some(begun)
}

async fn welcome(
    deps: &Deps,
    visit: &mut Visit,
    login: Login,
    goal: Goal,
) -> Result<Answer, Trouble> {
    let Login { pid, sid, subject, locale, at, identified_at } = login;
    let (sid, subject) = (LogoutHandle::of(&sid), LogoutHandle::of(&subject));
    let person = deps.pid_keys.person(pid);
    let arrival = deps.desk.store.arrival(&person, (&sid, &subject), at).await?;
    if arrival.ended {
        return Err(Trouble::SessionEnded);
    }
    end_of_another(deps, visit, &person).await?;
    rekey(deps, &person, &arrival, at).await;
    let session = Session {
        id: deps.desk.ambient.random(),
        csrf: deps.desk.ambient.random(),
        person,
        sid,
        subject,
        started_at: at,
        identified_at,
        seen_at: at,
        account: arrival.owned.as_ref().map(|owned| owned.account),
    };
    deps.desk.cookie.keep(visit, &session);
    Number::Logins.count();
    // The language chosen at ID-porten is the newest choice.
    if let Some(language) = locale.as_deref().and_then(Language::from_tag) {
        visit.choose(language);
    }
    Ok(Answer::see_other(&match goal {
        Goal::Profile if arrival.owned.is_some() => "/profil".into(),
        Goal::Profile | Goal::Link | Goal::Onward => onward(deps, visit, &session, &arrival),
    }))
}

/// The next person at the same machine: whoever was logged in here before is so no more (T15). What
/// else they left behind is sealed for their session, or a link that is inert for anyone else.
async fn end_of_another(deps: &Deps, visit: &mut Visit, person: &Person) -> Result<(), Trouble> {
    match deps.desk.cookie.open(visit) {
        Ok(before) if !person.is(before.person.key()) => {
            deps.desk.store.end(&Ending::Sid(&before.sid), visit.now).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Whoever is still known by an older key is known by the current one from now on (T65). If that
/// cannot be done now, the older key is good enough, and the next login tries again.
async fn rekey(deps: &Deps, person: &Person, arrival: &Arrival, at: Timestamp) {
    let Some(owned) = arrival.owned.as_ref().filter(|owned| owned.is_outdated(person)) else {
        return;
    };
    if let Err(error) = deps.desk.store.rekey(person, owned, at, &deps.desk.attempt()).await {
        tracing::error!(event = "not_rekeyed", cause = web::chain(&error));
    }
}

/// Where a person goes on: to the link they came by, to what they had typed, to the account they have, to the mail they
/// wait for, or to the search.
fn onward(deps: &Deps, visit: &Visit, session: &Session, arrival: &Arrival) -> String {
    if parked_link::parked(deps.desk.cookie.seal(), visit).is_some() {
        return "/b".into();
    }
    if let Some(page) = typed_on(deps, visit, session, arrival) {
        return page.into();
    }
    match (&arrival.owned, &arrival.request) {
        (Some(owned), _) if owned.saved_at.is_some() => deps.desk.site.portal_url.clone(),
        (Some(_), _) => "/profil".into(),
        (None, Some(request)) if request.is_to_be_told() => "/sendt".into(),
        (None, _) => "/sok".into(),
    }
}

/// The page on which something was typed that waits for this person's login.
fn typed_on(
    deps: &Deps,
    visit: &Visit,
    session: &Session,
    arrival: &Arrival,
) -> Option<&'static str> {
    let seal = deps.desk.cookie.seal();
    let profile = visit.see::<ProfileDraft>(session, seal);
    let search = visit.see::<SearchDraft>(session, seal);
    if arrival.owned.is_some() && profile.is_some_and(|draft| matches!(draft.why, NotYet::Waits)) {
        return Some(ProfileDraft::PAGE);
    }
    let waits = search.is_some_and(|draft| matches!(draft.problem, SearchProblem::Kept));
    waits.then_some(SearchDraft::PAGE)
}

/// An answer to no attempt: the back button, a bookmark, a second tab, or a stranger's link. Who is
/// logged in goes on from here; for others nothing has happened (T02).
async fn been_here(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    if login::was_dropped(deps.desk.cookie.seal(), visit) {
        return Err(Trouble::LoginDropped);
    }
    let session = deps.desk.cookie.open(visit).map_err(|_| Trouble::LoginTooOld)?;
    let handles = (&session.sid, &session.subject);
    let arrival = deps.desk.store.arrival(&session.person, handles, session.started_at).await?;
    if arrival.ended {
        return Err(Trouble::SessionEnded);
    }
    Ok(Answer::see_other(&onward(deps, visit, &session, &arrival)))
}

fn refused(refused: LoginRefused) -> Trouble {
    match refused {
        LoginRefused::Cancelled => Trouble::LoginCancelled,
        LoginRefused::TryLater | LoginRefused::NotReached(_) => {
            Trouble::ProviderDown(refused.into())
        }
        LoginRefused::StaleAttempt => Trouble::LoginTooOld,
        LoginRefused::NoIdentityNumber => Trouble::NoNorwegianNumber,
        LoginRefused::TooWeak => Trouble::LoginTooWeak,
        LoginRefused::ProviderError
        | LoginRefused::ForeignAnswer(_)
        | LoginRefused::Untrusted(_) => Trouble::LoginFailed(refused.reason()),
    }
}
