//! P5: waiting for the link to be used. Says what is known of the mail, and no more; a small script
//! keeps that part of it up to date, and the page is whole without.

use jiff::Timestamp;
use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{Request, Wish, request::MailState},
    texts::dates,
    web::{
        Answer, Note, Scene, assets,
        html::{
            Button, Color, Row, Shown, actions, alert, description_list, heading, reference,
            subheading, words,
        },
        scene::Page,
    },
};

/// What the last button came to.
#[derive(Serialize, Deserialize)]
pub enum SentNote {
    /// The mail was asked for a moment ago.
    JustAsked,
    /// A newer mail is on its way.
    Resent,
    /// Not yet.
    Wait {
        /// From when on.
        until: Timestamp,
    },
    /// «Jeg har brukt lenken», but it has not been.
    NotUsedYet,
}

impl Note for SentNote {
    const PAGE: &'static str = "/sendt";
}

/// What there is to do on the page: it is another one for each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ToDo {
    /// Wait for the mail, which is not sent yet.
    WaitForIt,
    /// Open the mail.
    OpenIt,
    /// Ask for the mail once more: the mailbox has not taken it.
    AskForItAgain,
    /// Ask for it once more, as the link has expired.
    AskForAnotherLink,
    /// Search with another address.
    SearchAgain,
}

impl ToDo {
    fn with(mail: MailState) -> Self {
        match mail {
            MailState::Queued => Self::WaitForIt,
            MailState::HandedOver
            | MailState::Delayed
            | MailState::Unclear
            | MailState::Delivered => Self::OpenIt,
            MailState::BoxFull | MailState::Refused => Self::AskForItAgain,
            MailState::Dead => Self::SearchAgain,
        }
    }

    fn about(request: &Request, now: Timestamp) -> Self {
        match Self::with(request.mail) {
            Self::SearchAgain => Self::SearchAgain,
            _ if request.expires_at <= now => Self::AskForAnotherLink,
            to_do => to_do,
        }
    }
}

/// By what a mail is found in a full mailbox.
pub struct MailToFind<'a> {
    /// The address it comes from.
    pub sender: &'a str,
    /// Its subject.
    pub subject: &'a str,
}

/// The waiting page.
pub fn sent(
    scene: &Scene<'_>,
    request: &Request,
    mail: &MailToFind<'_>,
    note: Option<&SentNote>,
) -> Answer {
    let texts = &scene.texts.sent;
    let (reference, expires) =
        (request.id.reference(), dates::date_and_time(scene.language(), request.expires_at));
    let scene = &scene.about(&reference);
    let values = [
        ("email", request.email.as_given()),
        ("ref", reference.as_str()),
        ("expires", expires.as_str()),
    ];
    let to_do = ToDo::about(request, scene.visit.now);
    let title = match to_do {
        ToDo::WaitForIt | ToDo::OpenIt => texts.page.heading,
        ToDo::AskForItAgain if request.mail == MailState::BoxFull => texts.box_full_heading,
        ToDo::AskForItAgain => texts.refused_heading,
        ToDo::AskForAnotherLink => scene.texts.link.expired.heading,
        ToDo::SearchAgain => texts.dead_heading,
    };
    let waits = matches!(to_do, ToDo::WaitForIt | ToDo::OpenIt);
    // «Open the mail» is said only where there may be one.
    let note = note.filter(|note| waits || !matches!(note, SentNote::NotUsedYet));
    let resend = Button::new(texts.resend).sending("valg", "igjen");
    let cancel = Button::new(texts.cancel).sending("valg", "avbryt");
    let body = html! {
        @if let Some(note) = notice(scene, note) { (note) }
        (heading(title))
        @match to_do {
            ToDo::WaitForIt | ToDo::OpenIt => (status(scene, request, &values)),
            ToDo::AskForItAgain | ToDo::SearchAgain => (state_of_mail(scene, request, &values)),
            ToDo::AskForAnotherLink => (alert(Color::Warning, scene.paragraphs(&[texts.expired], &values))),
        }
        @if waits {
            @if note.is_none() { (scene.paragraphs(&[texts.pending], &[])) }
            (what_to_do(scene, to_do, &values))
        }
        (scene.form("/sendt", &[], html! {
            @if waits {
                (actions(Button::new(texts.go_on).secondary().sending("valg", "videre")))
                (subheading(texts.not_found_heading))
                (scene.paragraphs(&[texts.spam], &values))
                (description_list(&[
                    Row { term: texts.mail_from, value: Shown::Whole(mail.sender) },
                    Row { term: texts.mail_subject, value: Shown::Whole(mail.subject) },
                ]))
            }
            (scene.paragraphs(&[texts.cancel_means], &[]))
            (actions(html! {
                @match to_do {
                    ToDo::WaitForIt | ToDo::OpenIt => { (resend.secondary()) (cancel.tertiary()) }
                    ToDo::AskForItAgain | ToDo::AskForAnotherLink => { (resend) (cancel.tertiary()) }
                    ToDo::SearchAgain => (cancel),
                }
            }))
        }))
    };
    let step = (!matches!(request.wish, Wish::Gather { .. })).then_some(4);
    let page = Page { title: title.into(), step, has_errors: false, body };
    let page = scene.page(StatusCode::OK, page);
    if waits { page.scripted() } else { page }
}

/// What the script asks for: what is new since it has `shown` this state. Nothing, or that part of
/// the page alone; or that the page is another one by now, and must be asked for as a whole.
pub fn sent_news(scene: &Scene<'_>, request: Option<&Request>, shown: &str) -> Answer {
    let shown = MailState::named(shown);
    let news = match (request, shown) {
        (Some(request), Some(shown)) if request.is_waiting(scene.visit.now) => {
            if request.mail == shown {
                return Answer::empty(StatusCode::NO_CONTENT);
            }
            // What stands around that part says what to do.
            let is_another = ToDo::with(shown) != ToDo::with(request.mail);
            let values = [("email", request.email.as_given())];
            (!is_another).then(|| News {
                state: request.mail.name(),
                html: state_of_mail(scene, request, &values).into_string(),
            })
        }
        _ => None,
    };
    Answer::json(&news)
}

/// The part of the page that the script renews.
#[derive(Serialize)]
struct News {
    state: &'static str,
    html: String,
}

/// The part of the page that changes while one waits. Screen readers hear of it when it does.
fn status(scene: &Scene<'_>, request: &Request, values: &[(&str, &str)]) -> Markup {
    html! {
        div #status role="status" data-state=(request.mail.name()) {
            (state_of_mail(scene, request, values))
        }
        script src=(assets::script_path()) defer {}
    }
}

/// What to do now, and by what to know our mail. What is to be done is in the mail: hence no button
/// of this page stands out.
fn what_to_do(scene: &Scene<'_>, to_do: ToDo, values: &[(&str, &str)]) -> Markup {
    let texts = &scene.texts.sent;
    let passage = if to_do == ToDo::WaitForIt { &texts.page_on_its_way } else { &texts.page };
    html! {
        @for text in passage.paragraphs {
            @if text.contains("{ref}") {
                (reference(scene.line(text, values)))
            } @else {
                (scene.paragraphs(&[text], values))
            }
        }
        (scene.paragraphs(&[texts.may_close], values))
    }
}

fn notice(scene: &Scene<'_>, note: Option<&SentNote>) -> Option<Markup> {
    let texts = &scene.texts.sent;
    let (color, text) = match note? {
        SentNote::JustAsked => return None,
        SentNote::Resent => (Color::Success, texts.resent.to_owned()),
        SentNote::NotUsedYet => (Color::Info, texts.not_used_yet.to_owned()),
        SentNote::Wait { until } => {
            (Color::Info, scene.fill(texts.wait, &[("minutes", &scene.minutes_until(*until))]))
        }
    };
    Some(alert(color, html! { p { (words(&text)) } }))
}

fn state_of_mail(scene: &Scene<'_>, request: &Request, values: &[(&str, &str)]) -> Markup {
    let texts = &scene.texts.sent;
    let (color, text) = match request.mail {
        MailState::Queued => (Color::Info, texts.queued),
        MailState::HandedOver => return html! {},
        MailState::Delayed => (Color::Warning, texts.delayed),
        MailState::Unclear => (Color::Warning, texts.unclear),
        MailState::Delivered => (Color::Success, texts.delivered),
        MailState::BoxFull => (Color::Warning, texts.box_full),
        MailState::Refused => (Color::Warning, texts.refused),
        MailState::Dead => (Color::Danger, texts.dead),
    };
    alert(color, scene.paragraphs(&[text], values))
}
