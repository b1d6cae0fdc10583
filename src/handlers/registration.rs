//! `/ny`: «Opprett en helt ny brukerkonto», by the same mailed proof as an old one.

use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpResponse, http::Method};
use serde_json::Value;

pub use super::asking::Deps;
use super::{
    asking::{self, Wanted},
    parts::Desk,
};
use crate::{
    domain::{AccountId, Email, Session},
    store::Look,
    web::{
        Answer, Fields, Purpose, Scene, Trouble, Visit,
        pages::{self, NewAccountNote, SearchDraft, SearchProblem, SentNote},
    },
};

/// Answers one event.
pub async fn handle(deps: &Deps, event: Value) -> ApiGatewayV2httpResponse {
    let mut visit = Visit::read(event, deps.desk.ambient.now());
    let outcome = story(deps, &mut visit).await;
    deps.desk.answer(visit, outcome)
}

async fn story(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    match visit.route()?.0 {
        Method::GET => offer(&deps.desk, visit).await,
        Method::POST => match confirm(deps, visit).await {
            Err(Trouble::SessionExpired) => Err(keep_for_login(&deps.desk, visit)),
            confirmed => confirmed,
        },
        _ => Err(Trouble::MethodNotAllowed),
    }
}

async fn offer(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let (session, glance) = desk.enter(visit, Look { request: true, ..Look::default() }).await?;
    let Some(email) = address(desk, &session, &visit.query, visit) else {
        return Ok(Answer::see_other("/sok"));
    };
    asking::must_take_mail(&email)?;
    let note = visit.take::<NewAccountNote>(&session, desk.cookie.seal());
    let handle = visit.query.text("adresse");
    let replaced = glance.request.as_ref().filter(|request| request.is_waiting(visit.now));
    let scene = Scene::new(&desk.site, visit);
    Ok(pages::new_account(&scene, email.as_given(), handle, note.as_ref(), replaced))
}

async fn confirm(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    let (session, glance) =
        desk.enter_with_form(visit, Look { request: true, ..Look::default() }).await?;
    let email = address(desk, &session, &visit.form, visit).ok_or(Trouble::StaleForm)?;
    let here = format!("/ny?adresse={}", visit.form.text("adresse"));
    let is_ticked = visit.form.get("ny").is_some();
    if visit.takes_language() {
        if is_ticked {
            visit.leave(&NewAccountNote::Ticked, &session, desk.cookie.seal(), &desk.ambient);
        }
        return Ok(Answer::see_other(&here));
    }
    if !is_ticked {
        visit.leave(&NewAccountNote::Missing, &session, desk.cookie.seal(), &desk.ambient);
        return Ok(Answer::see_errors(&here));
    }
    let wanted = Wanted::new(email, AccountId::new(visit.now, desk.ambient.random()));
    let glance = glance.without_ledger();
    asking::ask(desk, &deps.sender, visit, (&session, glance), wanted).await?;
    visit.leave(&SentNote::JustAsked, &session, desk.cookie.seal(), &desk.ambient);
    Ok(Answer::see_other("/sendt"))
}

/// The session ended over the form, and the address in it is sealed for that session: it waits in the
/// search field for the next login of the same person.
fn keep_for_login(desk: &Desk, visit: &mut Visit) -> Trouble {
    visit.takes_language();
    let expired = desk.cookie.expired_under_form(visit, &desk.site);
    let typed = expired
        .and_then(|session| Some((address(desk, &session, &visit.form, visit)?, session)))
        .map(|(email, session)| (email.as_given().to_owned(), session));
    match typed {
        Some((email, session)) => {
            let draft = SearchDraft { email, problem: SearchProblem::Kept };
            visit.leave(&draft, &session, desk.cookie.seal(), &desk.ambient);
            Trouble::SessionExpiredTyped
        }
        None => Trouble::SessionExpired,
    }
}

/// The address that was searched for, out of its seal: no other can be asked for (T38).
fn address(desk: &Desk, session: &Session, fields: &Fields, visit: &Visit) -> Option<Email> {
    let sealed = fields.text("adresse");
    let email: String =
        desk.cookie.seal().open((Purpose::NewAccount, &session.id), sealed, visit.now)?;
    Email::parse(&email).ok()
}
