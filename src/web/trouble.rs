//! The closed list of what can go wrong for a person, each with a page of its own (G3): what
//! happened, what did not, what to do next. No other error text reaches anyone.

use lambda_http::{
    aws_lambda_events::apigw::ApiGatewayV2httpResponse,
    http::{Method, StatusCode, header},
};
use maud::{Markup, html};

mod way;

pub use way::NextStep;
pub(super) use way::Way;

use super::{Answer, Scene, Unreadable, Visit, html::subheading, scene::Page, session::COOKIE};
use crate::{
    domain::{Link, LogoutId, RequestId, Wish, limits},
    settings::Site,
    telling::Number,
    texts::{Language, Passage, Texts, texts},
};

/// An error of ours or of what we depend on. Logged with its whole chain, never shown.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// What a person meets instead of the page they wanted.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr)]
#[expect(missing_docs, reason = "each has its words in the catalogue of texts")]
pub enum Trouble {
    #[error("the request cannot be read")]
    BadRequest,
    #[error("the request is too large")]
    TooLarge,
    #[error("there is no such page")]
    NotFound,
    #[error("the page does not take this method")]
    MethodNotAllowed,

    #[error("there is no session")]
    NotLoggedIn,
    #[error("the session has had its time")]
    SessionExpired,
    #[error("the session has had its time, and what was typed is kept")]
    SessionExpiredTyped,
    #[error("a logout has ended the session")]
    SessionEnded(Option<LogoutId>),
    #[error("the login is too old for this change")]
    LoginNotFresh,
    #[error("the form was open too long")]
    StaleForm,
    #[error("the form is not of this session")]
    ForeignForm,

    #[error("the person cancelled the login")]
    LoginCancelled,
    #[error("the login was refused: {0}")]
    LoginFailed(&'static str),
    #[error("the login attempt is unknown or too old")]
    LoginTooOld,
    #[error("newer login attempts of the same browser have pushed this one out")]
    LoginDropped,
    #[error("the login is below the level we ask for")]
    LoginTooWeak,
    #[error("the login brought no identity number")]
    NoNorwegianNumber,
    #[error("ID-porten cannot be reached")]
    ProviderDown(#[source] Source),

    #[error("the account is taken")]
    AccountTaken,
    #[error("the account has changed since it was found")]
    AccountChangedSinceFound,
    #[error("the account is the person's own already")]
    AlreadyMine,
    #[error("the person has asked for too many mails today")]
    TooManyMailsToday,
    #[error("the account has been asked for too often today")]
    TooManyMailsToAccount,
    #[error("there is no mailing the address")]
    AddressDead,
    #[error("no mail can be sent to an address of this form")]
    AddressTakesNoMail,

    #[error("nobody is logged in to use the link")]
    LinkNeedsLogin,
    #[error("the link is not one of ours")]
    LinkBroken,
    #[error("the link has expired")]
    LinkExpired(NextStep),
    #[error("a newer mail has replaced the link")]
    LinkReplaced,
    #[error("a newer request has replaced the link's")]
    LinkSuperseded(NextStep),
    #[error("the link was used, and the account is the person's no more")]
    LinkUsed(RequestId, NextStep),
    #[error("nothing is known of the link's request")]
    LinkUnknown(NextStep),
    #[error("the link belongs to another person's request")]
    LinkOfAnother(Link),
    #[error("the request was cancelled")]
    LinkCancelled(NextStep),
    #[error("the request was stopped by someone else")]
    Stopped(RequestId, Wish),
    #[error("the request was to be stopped, but its link has been used")]
    TooLateToStop(RequestId),
    #[error("the request was to be stopped, but it is no more")]
    NothingToStop,
    #[error("the account has changed since it was asked for")]
    AccountChanged,
    #[error("the person has an account")]
    PersonHasAccount,

    #[error("this part of the service is closed")]
    Closed,

    #[error("something we need does not answer")]
    Unavailable(#[source] Source),
    #[error("it is not known whether the change was made")]
    NotConfirmed(#[source] Source),
    #[error("something is wrong here")]
    OurFault(#[source] Source),
}

impl From<Unreadable> for Trouble {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Malformed => Self::BadRequest,
            Unreadable::TooLarge => Self::TooLarge,
        }
    }
}

impl Trouble {
    /// Ours to mend, not the person's.
    fn is_fault(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_)
                | Self::NotConfirmed(_)
                | Self::OurFault(_)
                | Self::ProviderDown(_)
        )
    }

    /// What screen and mail called the request, where support will ask for it.
    fn reference(&self) -> String {
        match self {
            Self::Stopped(id, _) | Self::TooLateToStop(id) | Self::LinkUsed(id, _) => {
                id.reference()
            }
            Self::LinkOfAnother(link) => link.request().reference(),
            _ => String::new(),
        }
    }

    /// Status, words and way on. No `_` arm: a new trouble does not compile without a page.
    pub(super) fn page(&self, texts: &'static Texts) -> (StatusCode, &'static Passage, Way<'_>) {
        let (system, link, stop) = (&texts.system, &texts.link, &texts.stop);
        match self {
            Self::BadRequest => (StatusCode::BAD_REQUEST, &system.bad_request, Way::Start),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, &system.too_large, Way::Start),
            Self::NotFound => (StatusCode::NOT_FOUND, &system.not_found, Way::Start),
            Self::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, &system.method_not_allowed, Way::Start)
            }
            Self::NotLoggedIn => (StatusCode::FORBIDDEN, &system.not_logged_in, Way::Login),
            Self::SessionEnded(_) => (StatusCode::FORBIDDEN, &system.session_ended, Way::Login),
            Self::SessionExpired => (StatusCode::FORBIDDEN, &system.session_expired, Way::Login),
            Self::SessionExpiredTyped => {
                (StatusCode::FORBIDDEN, &system.session_expired_typed, Way::Login)
            }
            Self::LoginNotFresh => {
                (StatusCode::FORBIDDEN, &system.login_not_fresh, Way::LoginAgain)
            }
            Self::StaleForm => (StatusCode::CONFLICT, &system.stale_form, Way::Search),
            Self::ForeignForm => (StatusCode::FORBIDDEN, &system.foreign_form, Way::Start),
            Self::LoginCancelled => (StatusCode::OK, &system.login_cancelled, Way::Login),
            Self::LoginFailed(_) => (StatusCode::FORBIDDEN, &system.login_failed, Way::Login),
            Self::LoginTooOld => (StatusCode::BAD_REQUEST, &system.login_too_old, Way::Login),
            Self::LoginDropped => (StatusCode::CONFLICT, &system.login_dropped, Way::Login),
            Self::LoginTooWeak => (StatusCode::FORBIDDEN, &system.login_too_weak, Way::Login),
            Self::NoNorwegianNumber => {
                (StatusCode::FORBIDDEN, &system.no_norwegian_number, Way::Start)
            }
            Self::ProviderDown(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, &system.provider_down, Way::Login)
            }
            Self::AccountTaken => (StatusCode::CONFLICT, &texts.result.taken, Way::Search),
            Self::AccountChangedSinceFound => {
                (StatusCode::CONFLICT, &texts.check.changed, Way::Search)
            }
            Self::AlreadyMine => (StatusCode::CONFLICT, &texts.result.mine, Way::Profile),
            Self::TooManyMailsToday => {
                (StatusCode::TOO_MANY_REQUESTS, &texts.check.too_many_today, Way::Start)
            }
            Self::TooManyMailsToAccount => {
                (StatusCode::TOO_MANY_REQUESTS, &texts.check.too_many_to_account, Way::Start)
            }
            Self::AddressDead => (StatusCode::CONFLICT, &texts.check.address_dead, Way::Search),
            Self::AddressTakesNoMail => {
                (StatusCode::CONFLICT, &texts.check.address_takes_no_mail, Way::Search)
            }
            Self::LinkNeedsLogin => (StatusCode::OK, &link.login, Way::LoginForLink),
            Self::LinkBroken => (StatusCode::NOT_FOUND, &link.broken, Way::Start),
            Self::LinkExpired(next) => (StatusCode::GONE, &link.expired, Way::Next(*next)),
            Self::LinkSuperseded(next) => (StatusCode::GONE, &link.superseded, Way::Next(*next)),
            Self::LinkUsed(_, next) => (StatusCode::GONE, &link.used, Way::Next(*next)),
            Self::LinkUnknown(next) => (StatusCode::GONE, &link.unknown, Way::Next(*next)),
            Self::LinkReplaced => (StatusCode::GONE, &link.newer, Way::Wait),
            Self::LinkOfAnother(of) => {
                (StatusCode::FORBIDDEN, &link.other_person, Way::OtherPerson(of))
            }
            Self::LinkCancelled(next) => (StatusCode::GONE, &link.cancelled, Way::Next(*next)),
            Self::Stopped(_, Wish::ChangeEmail) => {
                (StatusCode::GONE, &stop.told_email, Way::Profile)
            }
            Self::Stopped(_, Wish::Create) => (StatusCode::GONE, &stop.told_new, Way::Search),
            // The account is closed to them: to search for it again would lead nowhere.
            Self::Stopped(_, Wish::Link | Wish::Gather { .. }) => {
                (StatusCode::GONE, &stop.told, Way::SearchOther)
            }
            Self::TooLateToStop(_) => (StatusCode::CONFLICT, &stop.too_late, Way::Start),
            Self::NothingToStop => (StatusCode::GONE, &stop.nothing, Way::Start),
            Self::AccountChanged => (StatusCode::CONFLICT, &link.account_changed, Way::Search),
            Self::PersonHasAccount => {
                (StatusCode::CONFLICT, &link.person_has_account, Way::Profile)
            }
            Self::Closed => (StatusCode::SERVICE_UNAVAILABLE, &system.closed, Way::Start),
            Self::Unavailable(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, &system.unavailable, Way::Again)
            }
            Self::NotConfirmed(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, &system.not_confirmed, Way::Again)
            }
            Self::OurFault(_) => (StatusCode::INTERNAL_SERVER_ERROR, &system.our_fault, Way::Start),
        }
    }
}

/// The one event that every request leaves.
macro_rules! log {
    ($level:ident, event = $event:literal, $site:expr, $visit:expr, $status:expr $(, $($more:tt)+)?) => {
        tracing::event!(
            tracing::Level::$level,
            event = $event,
            function = $site.function,
            route = $visit.known_route(),
            status = $status.as_u16(),
            duration_ms = $visit.milliseconds(),
            request_id = $visit.request_id,
            error_id = $visit.error_id,
            $($($more)+)?
        )
    };
}

/// The answer to a request, whatever came of it. A failure is logged here, and only here; so is
/// the one event that every request leaves.
pub fn answer(
    site: &Site,
    mut visit: Visit,
    outcome: Result<Answer, Trouble>,
) -> ApiGatewayV2httpResponse {
    let answer = match outcome {
        Ok(answer) => {
            match answer.cause() {
                Some(trouble) => log_trouble(trouble, site, &visit, answer.status),
                None => log!(INFO, event = "answered", site, visit, answer.status),
            }
            answer
        }
        Err(trouble) => {
            match trouble {
                Trouble::SessionEnded(_) => {
                    visit.eat(COOKIE);
                    visit.session = None;
                }
                // What another site's page sends changes nothing: not even a cookie (T24).
                Trouble::ForeignForm => visit.baked.clear(),
                _ => {}
            }
            let answer = trouble_page(site, &visit, &trouble);
            log_trouble(&trouble, site, &visit, answer.status);
            answer
        }
    };
    answer.finish(&visit, site)
}

fn trouble_page(site: &Site, visit: &Visit, trouble: &Trouble) -> Answer {
    if matches!(trouble, Trouble::NotLoggedIn)
        && [Method::GET, Method::HEAD].contains(&visit.method)
    {
        return Answer::see_other("/");
    }
    let scene = Scene::new(site, visit);
    let (_, _, way) = trouble.page(scene.texts);
    let answer = page(&scene, trouble, way.words(scene.texts), |scene| way.buttons(scene));
    match trouble {
        Trouble::MethodNotAllowed => answer.with(header::ALLOW, visit.allowed_methods()),
        _ => answer,
    }
}

/// What happened, what more there is to say, and the ways on.
pub(super) fn page(
    scene: &Scene<'_>,
    trouble: &Trouble,
    more: &[&str],
    ways: impl Fn(&Scene<'_>) -> Markup,
) -> Answer {
    let (status, passage, _) = trouble.page(scene.texts);
    let (reference, opens) = (trouble.reference(), scene.opens());
    let tells_error_id = passage.paragraphs.iter().any(|text| text.contains("{error_id}"));
    let scene = &match reference.as_str() {
        "" if tells_error_id => scene.about_error(),
        "" => scene.clone(),
        reference => scene.about(reference),
    };
    let values: [(&str, &str); 4] = [
        ("ref", &reference),
        ("opens", &opens),
        ("minutes", &limits::SESSION_IDLE.as_mins().to_string()),
        ("ttl_hours", &limits::LINK.as_hours().to_string()),
    ];
    let body = html! {
        (scene.passage(passage, &values))
        (scene.paragraphs(more, &values))
        (ways(scene))
        @if trouble.is_fault() && scene.language() != Language::English { (in_english(scene, trouble, &values)) }
    };
    let title = scene.fill(passage.heading, &values);
    scene.page(status, Page { title, step: None, has_errors: false, body })
}

/// Faults of ours say it in English too: whoever meets one cannot be expected to find the choice.
fn in_english(scene: &Scene<'_>, trouble: &Trouble, values: &[(&str, &str)]) -> Markup {
    let (_, passage, _) = trouble.page(texts(Language::English));
    html! {
        section lang="en" {
            (subheading(passage.heading))
            (scene.paragraphs(passage.paragraphs, values))
        }
    }
}

/// A refusal is told by its name, a fault by everything behind it. An outage of ID-porten's is
/// counted among the refusals: it is no fault of any function of ours.
fn log_trouble(trouble: &Trouble, site: &Site, visit: &Visit, status: StatusCode) {
    let reason: &str = trouble.into();
    if !trouble.is_fault() {
        Number::Refusals.count_of(reason);
        log!(INFO, event = "refused", site, visit, status, reason, cause = %trouble);
        return;
    }
    match trouble {
        Trouble::ProviderDown(_) => Number::Refusals.count_of(reason),
        _ => Number::Faults.count_of(&site.function),
    }
    log!(ERROR, event = "fault", site, visit, status, reason, cause = chain(trouble));
}

/// An error and everything behind it, as log lines drop `source()`.
pub fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

#[cfg(test)]
mod tests;
