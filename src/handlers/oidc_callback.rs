//! `/logg-inn/svar`: back from ID-porten. The only place where an identity number exists: it comes
//! with the token, becomes a person key, and is gone before the store is asked who that is.
//!
//! The answer is always a way to somewhere else, as the address holds what ID-porten wrote there. What a
//! login came to instead is told at `/logg-inn/ikke-innlogget`.

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
    domain::{LogoutHandle, Person, PidKeys, Session, limits},
    keys::KeyStore,
    oidc::{self, ClientKey, Login, LoginRefused, Provider},
    outbound::Outbound,
    settings::Settings,
    store::{Arrival, Ending, NotConsumed, Over},
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
    let outcome = if visit.goes_to("/logg-inn/svar") {
        come_back(deps, &mut visit).await
    } else {
        told(deps, &mut visit)
    };
    deps.desk.answer(visit, outcome)
}

/// Whatever comes of it, it is not told here.
async fn come_back(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let begun = begun(deps, visit);
    let login = begun.as_ref().map_or(Goal::Onward, |begun| begun.goal).login();
    let outcome = match (visit.route(), begun) {
        (Err(unreadable), _) => Err(unreadable.into()),
        (Ok(_), Some(begun)) => arrive(deps, visit, begun).await,
        (Ok(_), None) => been_here(deps, visit).await,
    };
    let Err(trouble) = outcome else { return outcome };
    if let Trouble::SessionEnded(logout) = trouble {
        deps.desk.cookie.end(visit);
        deps.desk.is_told_of(visit, logout);
    }
    let (seal, ambient) = (deps.desk.cookie.seal(), &deps.desk.ambient);
    web::refuse_login(visit, trouble, login, (seal, ambient))
}

/// Why nobody was logged in; whoever is logged in all the same finds «Logg ut» there, as everywhere (D7).
fn told(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let (method, path) = visit.route()?;
    if method != Method::GET || path != web::REFUSED_LOGIN {
        return Err(Trouble::MethodNotAllowed);
    }
    let desk = &deps.desk;
    let _ = desk.cookie.open(visit); // or nobody is
    Ok(web::refused_login(&desk.site, visit, desk.cookie.seal()))
}

async fn arrive(deps: &Deps, visit: &mut Visit, begun: UnderWay) -> Result<Answer, Trouble> {
    let query = &visit.query;
    let answer = oidc::Answer {
        code: query.get("code"),
        state: query.get("state"),
        iss: query.get("iss"),
        error: query.get("error"),
    };
    let provider = &deps.provider;
    let code = provider.code(&begun.attempt, &answer, visit.now).await.map_err(refused)?;
    // Before ID-porten is asked about the code: whoever comes again, with the cookie of then, asks nobody
    // anything (T02). Who loses this answer logs in once more.
    let (used, change) = (begun.attempt.fingerprint(), deps.desk.attempt());
    match deps.desk.store.consume_login_attempt(&used, visit.now, &change).await {
        Ok(()) => {}
        Err(NotConsumed::UsedBefore) => return been_here(deps, visit).await,
        // Whether it is used up or not: nothing of the person's has changed, and the next will do.
        Err(NotConsumed::Fault(fault)) => return Err(Trouble::Unavailable(fault.into())),
    }
    let login = provider.redeem(&begun.attempt, code, visit.now).await.map_err(refused)?;
    welcome(deps, visit, login, begun).await
}

/// The login that this answer belongs to. Its cookie goes.
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
    UnderWay { attempt, goal, known_logouts, .. }: UnderWay,
) -> Result<Answer, Trouble> {
    let Login { pid, sid, subject, locale, at, identified_at } = login;
    let session = Session {
        id: deps.desk.ambient.random(),
        csrf: deps.desk.ambient.random(),
        person: deps.pid_keys.person(pid),
        sid: LogoutHandle::of(&sid),
        subject: LogoutHandle::of(&subject),
        started_at: at,
        identified_at,
        attempt_began_at: attempt.began_at(),
        known_logouts,
        seen_at: at,
        account: None,
    };
    let arrival = deps.desk.store.arrival(&session, at).await?;
    if let Some(over) = arrival.over {
        return ended_before(deps, visit, over, (&session, goal));
    }
    end_of_another(deps, visit, &session.person).await?;
    rekey(deps, &session.person, &arrival, at).await;
    let account = arrival.owned.as_ref().map(|owned| owned.account);
    let known_logouts = arrival.known_logouts.clone();
    let session = Session { known_logouts, account, ..session };
    deps.desk.cookie.keep(visit, &session);
    web::forget_refused_login(visit);
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

/// A logout names the login, and came before it reached us (T29). Where only the clocks say that it is
/// the newer of the two, ID-porten is asked once more, by an attempt that knows of the logout: whoever is
/// still logged in there does not notice, and nobody else comes in. Not for ever: who has been told of as
/// many logouts as a browser remembers is told once more.
fn ended_before(
    deps: &Deps,
    visit: &mut Visit,
    over: Over,
    (session, goal): (&Session, Goal),
) -> Result<Answer, Trouble> {
    let Over { by: Some(logout), unclear: true } = over else {
        return Err(Trouble::SessionEnded(over.by));
    };
    if session.known_logouts.len() >= limits::KNOWN_LOGOUTS {
        return Err(Trouble::SessionEnded(over.by));
    }
    deps.desk.is_told_of(visit, Some(logout));
    Ok(Answer::see_other(goal.login()))
}

/// The next person at the same machine: whoever was logged in here before is so no more (T15). What
/// else they left behind is sealed for their session, or a link that is inert for anyone else.
async fn end_of_another(deps: &Deps, visit: &mut Visit, person: &Person) -> Result<(), Trouble> {
    match deps.desk.cookie.open(visit) {
        Ok(before) if !person.is(before.person.key()) => {
            deps.desk.store.end(&Ending::Sid(&before.sid), &deps.desk.logout(visit)).await?;
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

/// An answer to no attempt, or to one that has been answered: the back button, a bookmark, a second tab,
/// or a stranger's link. Who is logged in goes on from here; for others nothing has happened (T02).
async fn been_here(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    if login::was_dropped(deps.desk.cookie.seal(), visit) {
        return Err(Trouble::LoginDropped);
    }
    let session = deps.desk.cookie.open(visit).map_err(|_| Trouble::LoginTooOld)?;
    let arrival = deps.desk.store.arrival(&session, visit.now).await?;
    if let Some(over) = arrival.over {
        return Err(Trouble::SessionEnded(over.by));
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
