//! `/profil`, `/profil/data` and `/ferdig`: review, «Lagre», done; and the account's data to take
//! home. Only the account's own person gets here.

use lambda_http::{aws_lambda_events::apigw::ApiGatewayV2httpResponse, http::Method};
use serde_json::Value;

pub use super::asking::Deps;
use super::{
    asking::{self, Wanted},
    hits::Hits,
    parts::Desk,
};
use crate::{
    domain::{
        Account, AccountId, Card, Email, Session, Standing, email, limits, pid,
        profile::{Fault, Field, Profile},
    },
    settings::Part,
    store::{Glance, Look, NotSaved},
    telling::Number,
    web::{
        Answer, Scene, Trouble, Visit,
        pages::{self, Done, DoneNote, DonePage, EmailNews, NotYet, ProfileDraft},
    },
};

/// The form's fields, in the order of [`Profile::check`].
const FIELDS: [&str; 4] = ["fornavn", "etternavn", "epost", "telefon"];
/// Bytes that are kept of each in a form that was not saved: one letter over the limit shows that
/// there were too many, and the cookie stays small.
const KEPT: [(&str, usize); 4] = [
    (FIELDS[0], 4 * (limits::NAME_CHARS + 1)),
    (FIELDS[1], 4 * (limits::NAME_CHARS + 1)),
    (FIELDS[2], email::MAX_BYTES + 1),
    // An imported number may have words in it.
    (FIELDS[3], 4 * (limits::PHONE_BYTES + 1)),
];

/// Answers one event.
pub async fn handle(deps: &Deps, event: Value) -> ApiGatewayV2httpResponse {
    let mut visit = Visit::read(event, deps.desk.ambient.now());
    let outcome = story(deps, &mut visit).await;
    deps.desk.answer(visit, outcome)
}

async fn story(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let (method, path) = visit.route()?;
    match (method, path.as_str()) {
        (Method::GET, "/profil") => review(&deps.desk, visit).await,
        (Method::POST, "/profil") => match save(deps, visit).await {
            Err(Trouble::SessionExpired) => Err(keep_for_login(&deps.desk, visit)),
            saved => saved,
        },
        (Method::GET, "/profil/data") => take_home(&deps.desk, visit).await,
        (Method::GET, "/ferdig") => done(&deps.desk, visit).await,
        _ => Err(Trouble::MethodNotAllowed),
    }
}

async fn review(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let session = desk.cookie.open(visit)?;
    let Some((account, glance)) = own_account(desk, visit, &session).await? else {
        return Ok(Answer::see_other("/sok"));
    };
    let draft = visit.take::<ProfileDraft>(&session, desk.cookie.seal());
    let asked = glance.request.as_ref();
    Ok(pages::profile(&Scene::new(&desk.site, visit), &account, draft.as_ref(), asked))
}

/// Everything that is kept of this account, and what was done to it (T98).
async fn take_home(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let session = desk.cookie.open(visit)?;
    let Some((account, glance)) = own_account(desk, visit, &session).await? else {
        return Ok(Answer::see_other("/sok"));
    };
    let history = desk.store.history(account.id, &glance.ledger).await?;
    let gathered = desk.store.gathered(&account).await?;
    let scene = Scene::new(&desk.site, visit);
    Ok(pages::own_data(&scene, (&account, &history), &gathered, glance.request.as_ref()))
}

async fn save(deps: &Deps, visit: &mut Visit) -> Result<Answer, Trouble> {
    let desk = &deps.desk;
    let session = desk.cookie.open_for_form(visit, &desk.site)?;
    let version = version_of_form(visit).ok_or(Trouble::BadRequest)?;
    if visit.takes_language() {
        keep(desk, visit, &session, version, NotYet::Waits);
        return Ok(Answer::see_other("/profil"));
    }
    let Some((account, mut glance)) = own_account(desk, visit, &session).await? else {
        return Ok(Answer::see_other("/sok"));
    };
    let profile = match Profile::check(FIELDS.map(|name| visit.form.text(name)), Some(&account)) {
        Ok(profile) => profile,
        Err(faults) => {
            return Ok(again(desk, visit, &session, version, NotYet::Faulty(faults)));
        }
    };
    let changes_email = profile.email.key() != account.email.key();
    if changes_email && !profile.email.takes_mail() {
        let faults = vec![(Field::Email, Fault::TakesNoMail)];
        return Ok(again(desk, visit, &session, version, NotYet::Faulty(faults)));
    }
    if changes_email && let Err(trouble) = may_change_email(desk, visit, &session) {
        keep(desk, visit, &session, version, NotYet::Waits);
        return Err(trouble);
    }
    let (store, based_on, person) = (&desk.store, (account.id, version), &session.person);
    let save = async |glance: &Glance| {
        let (seen, attempt) = ((glance, visit.now), desk.attempt());
        store.save_profile(based_on, person, &profile, seen, &attempt).await
    };
    let mut saved = save(&glance).await;
    if let Err(NotSaved::Overtaken) = saved {
        let look = Look { account: Some(account.id), ledger: true, request: true };
        glance = store.glance(&session, look, visit.now).await?;
        saved = save(&glance).await;
    }
    match saved {
        Ok(ledger) => glance.ledger = ledger,
        Err(NotSaved::ChangedElsewhere | NotSaved::Overtaken) => {
            return Ok(again(desk, visit, &session, version, NotYet::ChangedElsewhere));
        }
        Err(NotSaved::Fault(fault)) => return Err(fault.into()),
    }
    Number::Saves.count();
    let email = if changes_email {
        Some(
            ask_for_email(deps, visit, (&session, glance), (&account, version + 1), profile.email)
                .await?,
        )
    } else {
        None
    };
    // Who repeats the first «Lagre», not knowing that it was done, still comes to the end of the way.
    let again = account.saved_at.is_some() && account.version == version;
    let note = DoneNote { done: if again { Done::Changed } else { Done::Moved }, email };
    visit.leave(&note, &session, desk.cookie.seal(), &desk.ambient);
    Ok(Answer::see_other("/ferdig"))
}

/// The account's version that the form was based on. No account comes to four billion changes, and counting
/// on from there must not run over.
fn version_of_form(visit: &Visit) -> Option<u64> {
    visit.form.text("versjon").parse().ok().map(|version: u32| u64::from(version))
}

/// The rest is saved, and stays so whatever becomes of this.
async fn ask_for_email(
    deps: &Deps,
    visit: &Visit,
    seen: (&Session, Glance),
    (account, version): (&Account, u64),
    email: Email,
) -> Result<EmailNews, Trouble> {
    let given = email.as_given().to_owned();
    let wanted = Wanted::other_email(account, version, email);
    match asking::ask(&deps.desk, &deps.sender, visit, seen, wanted).await {
        Ok(()) => Ok(EmailNews::Pending(given)),
        Err(Trouble::TooManyMailsToday | Trouble::TooManyMailsToAccount | Trouble::AddressDead) => {
            Ok(EmailNews::NotAsked(given))
        }
        Err(trouble) => Err(trouble),
    }
}

/// Whoever finds an open browser shall not move the account to a mailbox of theirs (T53).
fn may_change_email(desk: &Desk, visit: &Visit, session: &Session) -> Result<(), Trouble> {
    desk.must_be_open(Part::Mail)?;
    if session.is_fresh(visit.now) { Ok(()) } else { Err(Trouble::LoginNotFresh) }
}

/// Back to the form, with what was typed.
fn again(desk: &Desk, visit: &mut Visit, session: &Session, version: u64, why: NotYet) -> Answer {
    keep(desk, visit, session, version, why);
    Answer::see_errors("/profil")
}

/// Nothing typed is lost, but for an identity number in place of a name: that is kept nowhere (T95).
fn keep(desk: &Desk, visit: &mut Visit, session: &Session, version: u64, why: NotYet) -> bool {
    let typed = KEPT.map(|(name, bytes)| {
        let typed = visit.form.text(name);
        let is_a_name = name == FIELDS[0] || name == FIELDS[1];
        let is_number = is_a_name && pid::may_be_in_name(typed);
        let kept = if is_number { 0 } else { typed.floor_char_boundary(bytes) };
        typed[..kept].to_owned()
    });
    let draft = ProfileDraft { typed, version, why };
    visit.leave(&draft, session, desk.cookie.seal(), &desk.ambient)
}

/// The session ended over the form: what was typed waits for the next login of the same person.
fn keep_for_login(desk: &Desk, visit: &mut Visit) -> Trouble {
    visit.takes_language();
    let expired = desk.cookie.expired_under_form(visit, &desk.site);
    match (expired, version_of_form(visit)) {
        (Some(session), Some(version)) if keep(desk, visit, &session, version, NotYet::Waits) => {
            Trouble::SessionExpiredTyped
        }
        _ => Trouble::SessionExpired,
    }
}

async fn done(desk: &Desk, visit: &mut Visit) -> Result<Answer, Trouble> {
    let session = desk.cookie.open(visit)?;
    match own_account(desk, visit, &session).await? {
        Some((account, glance)) if account.saved_at.is_some() => {
            let note = visit.take::<DoneNote>(&session, desk.cookie.seal());
            let others = others_found(desk, visit, &session, &account);
            let scene = Scene::new(&desk.site, visit);
            let end = DonePage {
                account: &account,
                note: note.as_ref(),
                asked: glance.request.as_ref(),
                others: &others,
            };
            Ok(pages::done(&scene, &end))
        }
        Some(_) => Ok(Answer::see_other("/profil")),
        None => Ok(Answer::see_other("/sok")),
    }
}

/// What the same search found besides, which may be gathered next: the handle of each, and its card.
/// Known without another look, from the browser that searched.
fn others_found(
    desk: &Desk,
    visit: &Visit,
    session: &Session,
    account: &Account,
) -> Vec<(String, Card)> {
    let Some(found) = Hits::kept(desk, visit, session) else { return Vec::new() };
    let taken = account.gathered.iter().copied().chain([account.id]).collect();
    let open = found.open(&taken);
    open.map(|hit| (Hits::handle(hit, desk, session), hit.card.clone())).collect()
}

/// The account that is this person's by its own word, with its ledger.
async fn own_account(
    desk: &Desk,
    visit: &mut Visit,
    session: &Session,
) -> Result<Option<(Account, Glance)>, Trouble> {
    let id = match session.account {
        Some(id) => id,
        // Linked in another browser since this one logged in.
        None => match learn_account(desk, visit, session).await? {
            Some(id) => id,
            None => return Ok(None),
        },
    };
    let look = Look { account: Some(id), ledger: true, request: true };
    let mut glance = desk.store.glance(session, look, visit.now).await?;
    let account =
        glance.account.take().filter(|account| account.standing(&session.person) == Standing::Mine);
    Ok(account.map(|account| (account, glance)))
}

async fn learn_account(
    desk: &Desk,
    visit: &mut Visit,
    session: &Session,
) -> Result<Option<AccountId>, Trouble> {
    let account = desk.store.account_of(&session.person).await?;
    if account.is_some() {
        desk.cookie.keep(visit, &Session { account, ..session.clone() });
    } else {
        // Nothing to show, but a session that was ended elsewhere must hear of it.
        desk.store.glance(session, Look::default(), visit.now).await?;
    }
    Ok(account)
}
