//! `/b` for someone other than who asked, and `/stoppet`: the link is inert for them, but whoever
//! has the mailbox may say «Dette var ikke meg».

use super::parts::Desk;
use crate::{
    domain::{
        EarlierRequest, Link, LinkKeys, RequestId, Session, Wish, earlier::Outcome,
        request::Progress,
    },
    store::{FoundByLink, Look, NotStopped},
    web::{
        Answer, Scene, Trouble, Visit, chain,
        pages::{self, StoppedNote},
    },
};

/// What another person's link opens. That it was opened stands in the account's trail
/// (T44); the page comes even if that cannot be written.
pub(super) async fn opened(desk: &Desk, visit: &Visit, session: &Session, link: Link) -> Trouble {
    let reference = link.request().reference();
    tracing::warn!(event = "link_opened_by_another", reference, request_id = visit.request_id);
    let noted = match desk.store.request_of_link(link.request(), visit.now).await {
        Ok(FoundByLink::Newest(found)) => {
            desk.store.note_opening(&found, &session.person, visit.now, &desk.attempt()).await
        }
        Ok(FoundByLink::Earlier(_) | FoundByLink::Gone) => Ok(()),
        Err(fault) => Err(fault),
    };
    if let Err(fault) = noted {
        let cause = chain(&fault);
        tracing::error!(event = "opening_not_noted", cause, request_id = visit.request_id);
    }
    Trouble::LinkOfAnother(link)
}

/// «Jeg ba ikke om e-posten»: what stopping means, before anybody is kept out of an account by it (T109).
pub(super) async fn look_twice(
    desk: &Desk,
    keys: &LinkKeys,
    visit: &Visit,
    (session, link): (&Session, &Link),
) -> Result<Answer, Trouble> {
    if keys.is_for(link, &session.person) {
        return Err(Trouble::BadRequest); // our pages lead others here only
    }
    desk.store.glance(session, Look::default(), visit.now).await?;
    Ok(pages::stop_check(&Scene::new(&desk.site, visit), &link.to_text()))
}

/// «Dette var ikke meg» was pressed: the request is stopped, or it is told why it cannot be. Pressed
/// again it is as it was.
pub(super) async fn stop(
    desk: &Desk,
    keys: &LinkKeys,
    visit: &mut Visit,
    (session, link): (&Session, &Link),
) -> Result<Answer, Trouble> {
    if keys.is_for(link, &session.person) {
        return Err(Trouble::BadRequest); // our pages have that button for others only
    }
    let (alive, found) = tokio::join!(
        desk.store.glance(session, Look::default(), visit.now),
        desk.store.request_of_link(link.request(), visit.now),
    );
    alive?;
    let mut found = found?;
    if let FoundByLink::Newest(open) = &found
        && open.request.progress == Progress::Open
    {
        match desk.store.stop(open, &session.person, visit.now, &desk.attempt()).await {
            Ok(()) => {
                let request = &open.request;
                return Ok(thank(desk, visit, session, (request.id, request.wish)));
            }
            Err(NotStopped::Overtaken) => {
                found = desk.store.request_of_link(link.request(), visit.now).await?;
            }
            Err(NotStopped::Fault(fault)) => return Err(fault.into()),
        }
    }
    tell(desk, visit, session, found)
}

/// What has become of a request that is no longer there to be stopped.
fn tell(
    desk: &Desk,
    visit: &mut Visit,
    session: &Session,
    found: FoundByLink,
) -> Result<Answer, Trouble> {
    let (id, wish, outcome) = match found {
        FoundByLink::Newest(found) => {
            let request = found.request;
            let outcome = Outcome::of(&request, visit.now);
            if request.progress == Progress::Open {
                return Err(Trouble::Unavailable("the request moved meanwhile".into()));
            }
            (request.id, request.wish, outcome)
        }
        FoundByLink::Earlier(EarlierRequest { id, wish, outcome }) => (id, wish, outcome),
        FoundByLink::Gone => return Err(Trouble::NothingToStop),
    };
    match outcome {
        Outcome::Stopped => Ok(thank(desk, visit, session, (id, wish))),
        Outcome::Confirmed => Err(Trouble::TooLateToStop(id)),
        Outcome::Cancelled | Outcome::Replaced | Outcome::Expired => Err(Trouble::NothingToStop),
    }
}

fn thank(
    desk: &Desk,
    visit: &mut Visit,
    session: &Session,
    (id, wish): (RequestId, Wish),
) -> Answer {
    let is_closed_to_them = wish.is_for_an_old_account();
    let note = StoppedNote { reference: id.reference(), is_closed_to_them };
    visit.leave(&note, session, desk.cookie.seal(), &desk.ambient);
    Answer::see_other("/stoppet")
}

/// Thanks, for as long as the note lasts: a reload shows them again.
pub(super) async fn thanks(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let (session, _) = desk.enter(visit, Look::default()).await?;
    match visit.see::<StoppedNote>(&session, desk.cookie.seal()) {
        Some(note) => Ok(pages::stopped(&Scene::new(&desk.site, visit), &note)),
        None => Ok(Answer::see_other("/")),
    }
}
