//! `/b` with a person's own link that completes nothing: what became of it, and the way on from what the
//! person has now. Each is told by itself, so that every pair of them is true.

use super::parts::Desk;
use crate::{
    domain::{Link, Request, Session, Wish, request::LinkRefusal},
    store::Fault,
    web::{NextStep, Trouble, Visit},
};

/// `None` if the link has done its work and the account is the person's. `newest` is the person's
/// request, if they have one.
pub(super) async fn told<T>(
    desk: &Desk,
    visit: &Visit,
    session: &Session,
    newest: Option<&Request>,
    (link, refusal): (&Link, LinkRefusal),
) -> Result<Option<T>, Trouble> {
    let id = link.request();
    match refusal {
        LinkRefusal::NewerMail => return Err(Trouble::LinkReplaced),
        LinkRefusal::Stopped(wish) => return Err(Trouble::Stopped(id, wish)),
        LinkRefusal::Used if has_account(desk, session).await? => return Ok(None),
        _ => {}
    }
    let next = next_step(desk, visit, session, newest, link).await?;
    Err(match refusal {
        LinkRefusal::Expired => Trouble::LinkExpired(next),
        LinkRefusal::Replaced => Trouble::LinkSuperseded(next),
        LinkRefusal::Cancelled => Trouble::LinkCancelled(next),
        LinkRefusal::Used => Trouble::LinkUsed(id, next),
        _ => Trouble::LinkUnknown(next),
    })
}

async fn next_step(
    desk: &Desk,
    visit: &Visit,
    session: &Session,
    newest: Option<&Request>,
    link: &Link,
) -> Result<NextStep, Fault> {
    let waits = newest.is_some_and(|request| request.is_waiting(visit.now));
    let open = newest.filter(|request| request.is_to_be_told());
    // Another address is asked for in the profile, with a fresh login.
    let is_own =
        |request: &Request| request.id == link.request() && request.wish != Wish::ChangeEmail;
    Ok(match open {
        Some(_) if waits => NextStep::Wait,
        Some(request) if is_own(request) => NextStep::SendAgain,
        _ if has_account(desk, session).await? => NextStep::Profile,
        Some(_) => NextStep::SeeRequest,
        None => NextStep::Search,
    })
}

/// As the session knows, or the store.
async fn has_account(desk: &Desk, session: &Session) -> Result<bool, Fault> {
    Ok(session.account.is_some() || desk.store.account_of(&session.person).await?.is_some())
}
