//! P5: waiting for the link to be used. Says what is known of the mail, and no more; a small script
//! keeps that part of it up to date, and the page is whole without.

use jiff::Timestamp;
use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{Request, Wish, request::MailState},
    texts::{Passage, dates},
    web::{
        Answer, Note, Scene, assets,
        html::{Button, Color, actions, alert, heading, reference, subheading, words},
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

/// The waiting page.
pub fn sent(scene: &Scene<'_>, request: &Request, note: Option<&SentNote>) -> Answer {
    let texts = &scene.texts.sent;
    let (reference, expires) =
        (request.id.reference(), dates::date_and_time(scene.language(), request.expires_at));
    let values = [
        ("email", request.email.as_given()),
        ("ref", reference.as_str()),
        ("expires", expires.as_str()),
    ];
    let dead = request.mail == MailState::Dead;
    let expired = !dead && request.expires_at <= scene.visit.now;
    let live = !dead && !expired;
    let passage =
        if request.mail >= MailState::HandedOver { &texts.page } else { &texts.page_on_its_way };
    let title = match () {
        () if dead => texts.dead_heading,
        () if expired => scene.texts.link.expired.heading,
        () => passage.heading,
    };
    let body = html! {
        @if let Some(note) = notice(scene, note) { (note) }
        (heading(title))
        @if expired {
            (alert(Color::Warning, scene.paragraphs(&[texts.expired], &values)))
        } @else if dead {
            (state_of_mail(scene, request, &values))
        } @else {
            (status(scene, request, &values))
        }
        @if live {
            @if note.is_none() { (scene.paragraphs(&[texts.pending], &[])) }
            (what_to_do(scene, passage, &values))
        }
        (scene.form("/sendt", &[], html! {
            @if live {
                (actions(Button::new(texts.go_on).secondary().sending("valg", "videre")))
                (subheading(texts.not_found_heading))
                (scene.paragraphs(&[texts.spam], &values))
            }
            @let cancel = Button::new(texts.cancel).sending("valg", "avbryt");
            (actions(html! {
                @if live { (Button::new(texts.resend).secondary().sending("valg", "igjen")) }
                @if expired { (Button::new(texts.resend).sending("valg", "igjen")) }
                (if dead { cancel } else { cancel.tertiary() })
            }))
        }))
    };
    let step = (!matches!(request.wish, Wish::Gather { .. })).then_some(4);
    let page = Page { title: title.into(), step, has_errors: false, body };
    let page = scene.page(StatusCode::OK, page);
    if live { page.scripted() } else { page }
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
            // What stands around that part speaks of a mail that is sent, and of one that can be.
            let is_another = shown == MailState::Queued || request.mail == MailState::Dead;
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
fn what_to_do(scene: &Scene<'_>, passage: &Passage, values: &[(&str, &str)]) -> Markup {
    let texts = &scene.texts.sent;
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
