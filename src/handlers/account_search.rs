//! `/sok` and `/treff`: the old account, found by its address.

use std::collections::BTreeSet;

use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpResponse, http::Method};
use serde_json::Value;

use super::{NotReady, hits::Hits, parts::Desk};
use crate::{
    ambient::Ambient,
    domain::{AccountId, Email, Session, SoughtKey, Standing, email, limits},
    keys::KeyStore,
    outbound::Outbound,
    settings::{Part, Settings},
    store::{Hit, Look, TooManySearches},
    telling::Number,
    web::{
        Answer, Purpose, Scene, Trouble, Visit,
        pages::{self, Found, SearchDraft, SearchProblem},
    },
};

/// What the function works with.
pub struct Deps {
    desk: Desk,
    sought: SoughtKey,
}

impl Deps {
    /// Reads the settings of site and store, and the secret `cookie`.
    pub async fn from(settings: &Settings, ambient: &Ambient) -> Result<Self, NotReady> {
        let outbound = Outbound::new(settings)?;
        let keys = KeyStore::from(settings, &outbound)?;
        let desk = Desk::from(settings, ambient, &outbound, &keys).await?;
        let sought = SoughtKey::new(&desk.cookie.seal().derive("address searched for"));
        Ok(Self { desk, sought })
    }
}

/// Answers one event.
pub async fn handle(deps: &Deps, event: Value) -> ApiGatewayV2httpResponse {
    let mut visit = Visit::read(event, deps.desk.ambient.now());
    let outcome = story(deps, &mut visit).await;
    deps.desk.answer(visit, outcome)
}

async fn story(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    let (method, path) = visit.route()?;
    desk.must_be_open(Part::Search)?;
    match (method, path.as_str()) {
        (Method::GET, "/sok") => ask(desk, visit).await,
        (Method::POST, "/sok") => match search(deps, visit).await {
            Err(Trouble::SessionExpired) => Err(keep_for_login(desk, visit)),
            searched => searched,
        },
        (Method::GET, "/treff") => show(desk, visit).await,
        _ => Err(Trouble::MethodNotAllowed),
    }
}

async fn ask(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let (session, _) = desk.enter(visit, Look::default()).await?;
    let draft = visit.take::<SearchDraft>(&session, desk.cookie.seal());
    Ok(pages::search(&Scene::new(&desk.site, visit), draft.as_ref()))
}

async fn search(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    let session = desk.cookie.open_for_form(visit, &desk.site)?;
    if visit.takes_language() {
        keep(desk, visit, &session, SearchProblem::Kept);
        return Ok(Answer::see_other("/sok"));
    }
    let email = match Email::parse(visit.form.text("epost")) {
        Ok(email) => email,
        Err(invalid) => {
            return Ok(again(desk, visit, &session, SearchProblem::NoAddress(invalid)));
        }
    };
    let sought = deps.sought.mark(&email);
    // Counted before the look-up, and beside the question whether the session still lives.
    let (alive, counted) = tokio::join!(
        desk.store.glance(&session, Look::default(), visit.now),
        desk.store.count_search(&session.person, &sought, visit.now),
    );
    alive?;
    match counted {
        Ok(()) => {}
        Err(TooManySearches::Until { until }) => {
            // Nothing is wrong in the form.
            keep(desk, visit, &session, SearchProblem::TooMany { until });
            return Ok(Answer::see_other("/sok"));
        }
        Err(TooManySearches::Fault(fault)) => return Err(fault.into()),
    }
    let hits = desk.store.search(&email, &session).await?;
    Number::Searches.count();
    if hits.iter().any(|hit| hit.standing == Standing::Open) {
        Number::Hits.count();
    }
    Hits::new(email.as_given().to_owned(), hits).keep(desk, visit, &session);
    Ok(Answer::see_other("/treff"))
}

/// Back to the form, with what was typed and what is wrong with it.
fn again(desk: &Desk, visit: &mut Visit, session: &Session, problem: SearchProblem) -> Answer {
    keep(desk, visit, session, problem);
    Answer::see_errors("/sok")
}

/// Nothing typed is lost.
fn keep(desk: &Desk, visit: &mut Visit, session: &Session, problem: SearchProblem) -> bool {
    let email = visit.form.text("epost").chars().take(email::MAX_BYTES).collect();
    visit.leave(&SearchDraft { email, problem }, session, desk.cookie.seal(), &desk.ambient)
}

/// The session ended over the form: what was typed waits for the next login of the same person.
fn keep_for_login(desk: &Desk, visit: &mut Visit) -> Trouble {
    visit.takes_language();
    match desk.cookie.expired_under_form(visit, &desk.site) {
        Some(session) if keep(desk, visit, &session, SearchProblem::Kept) => {
            Trouble::SessionExpiredTyped
        }
        _ => Trouble::SessionExpired,
    }
}

async fn show(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let session = desk.cookie.open(visit)?;
    let found = Hits::kept(desk, visit, &session);
    let closed = closed_to(desk, &session, found.as_ref()).await?;
    let Some(found) = found else { return Ok(Answer::see_other("/sok")) };
    let Hits { email, found: hits, too_many } = &found;
    let mine = hits.iter().find(|hit| hit.standing == Standing::Mine);
    if let (None, Some(mine)) = (session.account, mine) {
        // Linked in another browser since this one logged in.
        desk.cookie.keep(visit, &Session { account: Some(mine.found.id), ..session.clone() });
    }
    let is_open = |hit: &&Hit| hit.standing == Standing::Open && !closed.contains(&hit.found.id);
    if mine.is_some() && !hits.iter().any(|hit| is_open(&hit)) {
        return Ok(pages::already_linked(&Scene::new(&desk.site, visit)));
    }
    let open = found.open(&closed);
    let open: Vec<_> = open.map(|hit| (Hits::handle(hit, desk, &session), &hit.card)).collect();
    let result = pages::Result {
        email,
        open: open.iter().map(|(handle, card)| Found { handle, card }).collect(),
        taken: hits.iter().any(|hit| hit.standing != Standing::Mine && !is_open(&hit)),
        too_many: *too_many,
    };
    let seal = desk.cookie.seal();
    let new_account =
        seal.close((Purpose::NewAccount, &session.id), email, limits::HANDLE, &desk.ambient);
    Ok(pages::result(&Scene::new(&desk.site, visit), &result, &new_account))
}

/// The hits that are closed to this person: not offered, as they would be refused (T51). Asked for
/// with each page and not with the search, as one may be closed since.
async fn closed_to(
    desk: &Desk,
    session: &Session,
    found: Option<&Hits>,
) -> Result<BTreeSet<AccountId>, Trouble> {
    let none = BTreeSet::new();
    let open = found.into_iter().flat_map(|found| found.open(&none));
    let open: Vec<_> = open.map(|hit| hit.found.id).collect();
    Ok(desk.store.closed_to(session, &open).await?)
}
