//! `/bekreft`, `/sendt` and `/sendt/status`: the second look, «Bekreft», and the wait for the mail.

use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpResponse, http::Method};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use super::asking::Deps;
use super::{
    asking::{self, Wanted},
    parts::Desk,
};
use crate::{
    domain::{
        Account, AccountId, FoundAccount, Request, Session, Standing, Wish, limits,
        request::{MailState, Progress},
    },
    store::{Glance, Look, NotAsked},
    web::{
        Answer, Purpose, Scene, Trouble, Visit,
        pages::{self, MailToFind, SearchDraft, SearchProblem, SentNote},
    },
};

/// What a person has looked at twice.
#[derive(Serialize, Deserialize)]
struct Checked {
    /// The account, as it was found.
    found: FoundAccount,
    /// Its version.
    version: u64,
    /// The account that they had, which it was to be gathered into.
    into: Option<AccountId>,
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
        (Method::GET, "/bekreft") => look_twice(&deps.desk, visit).await,
        (Method::POST, "/bekreft") => confirm(deps, visit).await,
        (Method::GET, "/sendt") => wait(deps, visit).await,
        (Method::GET, "/sendt/status") => news(&deps.desk, visit).await,
        (Method::POST, "/sendt") => match visit.form.text("valg") {
            "videre" => go_on(&deps.desk, visit).await,
            "igjen" => send_again(deps, visit).await,
            "avbryt" => call_off(&deps.desk, visit).await,
            _ => Err(Trouble::BadRequest),
        },
        _ => Err(Trouble::MethodNotAllowed),
    }
}

async fn look_twice(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let session = desk.cookie.open(visit)?;
    let seal = desk.cookie.seal();
    let found: Option<FoundAccount> =
        seal.open((Purpose::Hit, &session.id), visit.query.text("konto"), visit.now);
    let found = found.ok_or(Trouble::StaleForm)?;
    let look = Look { account: Some(found.id), ledger: true, request: true };
    let glance = desk.store.glance(&session, look, visit.now).await?;
    let account = open_account(&glance, &session, &found)?;
    asking::must_take_mail(&account.email)?;
    let seen = Checked { version: account.version, into: session.account, found };
    let checked = seal.close((Purpose::Checked, &session.id), &seen, limits::HANDLE, &desk.ambient);
    let replaced = glance.request.as_ref().filter(|request| request.is_waiting(visit.now));
    Ok(pages::check(&Scene::new(&desk.site, visit), account, replaced, &checked))
}

async fn confirm(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    let session = desk.cookie.open_for_form(visit, &desk.site)?;
    let checked = desk.cookie.seal().open(
        (Purpose::Checked, &session.id),
        visit.form.text("konto"),
        visit.now,
    );
    let Checked { found, version, into } = checked.ok_or(Trouble::StaleForm)?;
    let look = Look { account: Some(found.id), ledger: true, request: true };
    let glance = desk.store.glance(&session, look, visit.now).await?;
    let account = open_account(&glance, &session, &found)?;
    if account.version != version {
        return Err(Trouble::AccountChangedSinceFound);
    }
    let wanted = Wanted::old(account, into);
    asking::ask(desk, &deps.sender, visit, (&session, glance), wanted).await?;
    visit.leave(&SentNote::JustAsked, &session, desk.cookie.seal(), &desk.ambient);
    Ok(Answer::see_other("/sendt"))
}

/// The account, if this person may ask for it. Decided on the account itself, never on the index;
/// one that is closed to this person alone is as taken as any (T51), and one that has another address
/// than it was found by is not shown (T117).
fn open_account<'a>(
    glance: &'a Glance,
    session: &Session,
    found: &FoundAccount,
) -> Result<&'a Account, Trouble> {
    let account = glance.account.as_ref().ok_or(Trouble::AccountTaken)?;
    match account.standing(&session.person) {
        Standing::Open | Standing::Taken if !found.is_still(account) => {
            Err(Trouble::AccountChangedSinceFound)
        }
        Standing::Open if glance.ledger.bars(&session.person) => Err(Trouble::AccountTaken),
        Standing::Open => Ok(account),
        Standing::Mine => Err(Trouble::AlreadyMine),
        Standing::Taken => Err(Trouble::AccountTaken),
    }
}

async fn wait(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    let (session, glance) = desk.enter(visit, Look { request: true, ..Look::default() }).await?;
    match glance.request {
        // Another address for a linked account is no reason to wait here.
        Some(request) if request.wish == Wish::ChangeEmail => Ok(Answer::see_other("/profil")),
        Some(request) if request.progress == Progress::Open => {
            let note = visit.take::<SentNote>(&session, desk.cookie.seal());
            let post = &deps.sender.post;
            let (sender, subject) = (post.sender(), &post.subject_of_link(&request));
            let mail = MailToFind { sender, subject };
            Ok(pages::sent(&Scene::new(&desk.site, visit), &request, &mail, note.as_ref()))
        }
        Some(request) if request.progress == Progress::Confirmed => {
            Ok(desk.arrive(visit, session, &request))
        }
        Some(request) if request.progress == Progress::Stopped => {
            Err(Trouble::Stopped(request.id, request.wish))
        }
        _ => Ok(Answer::see_other("/sok")),
    }
}

/// What is new, for the waiting page's script. Nobody has done anything: the session grows as idle as
/// if nothing had been asked (T22).
async fn news(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let session = desk.cookie.look_into(visit)?;
    let look = Look { request: true, ..Look::default() };
    let glance = desk.store.glance(&session, look, visit.now).await?;
    let shown = visit.query.text("vist");
    Ok(pages::sent_news(&Scene::new(&desk.site, visit), waiting(&glance), shown))
}

async fn go_on(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let (session, glance) =
        desk.enter_with_form(visit, Look { request: true, ..Look::default() }).await?;
    if waiting(&glance).is_some() {
        visit.leave(&SentNote::NotUsedYet, &session, desk.cookie.seal(), &desk.ambient);
    }
    Ok(Answer::see_other("/sendt"))
}

async fn send_again(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    let (session, glance) =
        desk.enter_with_form(visit, Look { request: true, ..Look::default() }).await?;
    let Some(request) = waiting(&glance) else { return Ok(Answer::see_other("/sendt")) };
    if request.mail == MailState::Dead {
        return Ok(Answer::see_other("/sendt"));
    }
    if request.mails_on_day_of(visit.now) >= limits::MAILS_PER_PERSON_AND_DAY {
        return Err(Trouble::TooManyMailsToday);
    }
    let note = match request.may_resend(visit.now) {
        Err(until) => SentNote::Wait { until },
        Ok(()) => {
            let newer = request.clone().resent(&session.person, &deps.sender.keys, visit.now);
            asking::write_and_send(
                desk,
                &deps.sender,
                (&newer, &session.person),
                (Some(request), &glance.ledger),
                None,
            )
            .await?;
            SentNote::Resent
        }
    };
    visit.leave(&note, &session, desk.cookie.seal(), &desk.ambient);
    Ok(Answer::see_other("/sendt"))
}

async fn call_off(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let (session, glance) =
        desk.enter_with_form(visit, Look { request: true, ..Look::default() }).await?;
    let Some(request) = waiting(&glance) else { return Ok(Answer::see_other("/sendt")) };
    match desk.store.cancel(request, &glance.ledger, visit.now, &desk.attempt()).await {
        Ok(()) => {}
        Err(NotAsked::Fault(fault)) => return Err(fault.into()),
        Err(NotAsked::Overtaken | NotAsked::TooManyMails | NotAsked::Barred) => {
            return Ok(Answer::see_other("/sendt"));
        }
    }
    let draft = SearchDraft { email: String::new(), problem: SearchProblem::Cancelled };
    visit.leave(&draft, &session, desk.cookie.seal(), &desk.ambient);
    Ok(Answer::see_other("/sok"))
}

fn waiting(glance: &Glance) -> Option<&Request> {
    glance.request.as_ref().filter(|request| request.progress == Progress::Open)
}
