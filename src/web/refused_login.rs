//! A login that came to nothing, told on a page of our own.
//!
//! The address that ID-porten sends people back to holds a code, a state and words of ID-porten's. A page
//! shown there would repeat them in its links, and its language links would ask for the login once more:
//! the reason would be lost. So it is never shown there: what is to be told goes along in a sealed note,
//! and the page has an address that says nothing and can be asked for again.

use maud::html;
use serde::{Deserialize, Serialize};

use super::{
    Answer, Purpose, Scene, Seal, Trouble, Visit,
    html::{Button, LinkButton, actions},
    trouble::{self, Way},
};
use crate::{ambient::Ambient, domain::limits, settings::Site};

/// Where it is told.
pub const REFUSED_LOGIN: &str = "/logg-inn/ikke-innlogget";
const COOKIE: &str = "__Host-innlogging";

#[derive(Serialize, Deserialize)]
struct Note {
    why: Why,
    /// Where the person may try again: the login that was begun, for what it was begun for.
    login: String,
    /// The page has the id that stands beside the cause in the log.
    error_id: String,
}

/// What a login can come to instead. The causes stay in the log.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Why {
    Unreadable,
    Cancelled,
    Failed,
    TooOld,
    Dropped,
    TooWeak,
    NoNorwegianNumber,
    ProviderDown,
    Ended,
    Unavailable,
    NotConfirmed,
    OurFault,
}

impl Why {
    /// `None` for what no login comes to.
    fn of(trouble: &Trouble) -> Option<Self> {
        Some(match trouble {
            Trouble::BadRequest => Self::Unreadable,
            Trouble::LoginCancelled => Self::Cancelled,
            Trouble::LoginFailed(_) => Self::Failed,
            Trouble::LoginTooOld => Self::TooOld,
            Trouble::LoginDropped => Self::Dropped,
            Trouble::LoginTooWeak => Self::TooWeak,
            Trouble::NoNorwegianNumber => Self::NoNorwegianNumber,
            Trouble::ProviderDown(_) => Self::ProviderDown,
            Trouble::SessionEnded(_) => Self::Ended,
            Trouble::Unavailable(_) => Self::Unavailable,
            Trouble::NotConfirmed(_) => Self::NotConfirmed,
            Trouble::OurFault(_) => Self::OurFault,
            _ => return None,
        })
    }

    fn trouble(self) -> Trouble {
        let logged = || "see the line of the callback".into();
        match self {
            Self::Unreadable => Trouble::BadRequest,
            Self::Cancelled => Trouble::LoginCancelled,
            Self::Failed => Trouble::LoginFailed("see the line of the callback"),
            Self::TooOld => Trouble::LoginTooOld,
            Self::Dropped => Trouble::LoginDropped,
            Self::TooWeak => Trouble::LoginTooWeak,
            Self::NoNorwegianNumber => Trouble::NoNorwegianNumber,
            Self::ProviderDown => Trouble::ProviderDown(logged()),
            Self::Ended => Trouble::SessionEnded(None),
            Self::Unavailable => Trouble::Unavailable(logged()),
            Self::NotConfirmed => Trouble::NotConfirmed(logged()),
            Self::OurFault => Trouble::OurFault(logged()),
        }
    }
}

/// Leads to the page that tells it, with a login at `login` as the way to try again.
///
/// # Errors
/// The trouble itself, where it is none of a login's.
pub fn refuse_login(
    visit: &mut Visit,
    trouble: Trouble,
    login: &str,
    (seal, ambient): (&Seal, &Ambient),
) -> Result<Answer, Trouble> {
    let Some(why) = Why::of(&trouble) else { return Err(trouble) };
    let note = Note { why, login: login.to_owned(), error_id: visit.error_id.clone() };
    let sealed = seal.close((Purpose::RefusedLogin, b""), &note, limits::ATTEMPT, ambient);
    visit.bake(COOKIE, sealed);
    Ok(Answer::see_other(REFUSED_LOGIN).because(trouble))
}

/// The page, as often as it is asked for. Whoever has nothing to be told comes to the start.
pub fn refused_login(site: &Site, visit: &mut Visit, seal: &Seal) -> Answer {
    let sealed = visit.cookie(COOKIE);
    let note = sealed
        .and_then(|sealed| seal.open::<Note>((Purpose::RefusedLogin, b""), sealed, visit.now));
    let Some(Note { why, login, error_id }) = note else { return Answer::see_other("/") };
    visit.error_id = error_id;
    page(&Scene::new(site, visit), &why.trouble(), &login)
}

/// The page of a login that came to nothing: its way on is another login. Who has shown ID-porten who they
/// are, and may not come in here, is logged in there: they find the way out of that too, as everybody does
/// who is logged in here (D7).
fn page(scene: &Scene<'_>, trouble: &Trouble, login: &str) -> Answer {
    let (common, system) = (&scene.texts.common, &scene.texts.system);
    let is_there = matches!(trouble, Trouble::LoginTooWeak | Trouble::NoNorwegianNumber);
    let may_be_there = is_there
        || matches!(
            trouble,
            Trouble::LoginFailed(_)
                | Trouble::Unavailable(_)
                | Trouble::NotConfirmed(_)
                | Trouble::OurFault(_)
        );
    let (href, label) = match trouble.page(scene.texts).2 {
        Way::Login | Way::LoginAgain | Way::LoginForLink => (login, common.log_in),
        Way::Again => (login, common.try_again),
        _ => ("/", common.to_start),
    };
    let ways = |scene: &Scene<'_>| {
        actions(html! {
            (LinkButton::new(href, label))
            @if may_be_there && scene.visit.session().is_none() {
                (scene.form("/logg-ut", &[], Button::new(common.log_out).secondary()))
            }
        })
    };
    let more = is_there.then_some(system.still_at_provider);
    trouble::page(scene, trouble, more.as_slice(), ways)
}

/// Somebody is logged in: no page tells of earlier tries any more.
pub fn forget_refused_login(visit: &mut Visit) {
    if visit.cookie(COOKIE).is_some() {
        visit.eat(COOKIE);
    }
}
