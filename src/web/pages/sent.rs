//! P5: waiting for the link to be used. Says what is known of the mail, and no more.

use jiff::Timestamp;
use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{Request, request::MailState},
    texts::{Passage, dates},
    web::{
        Answer, Note, Scene,
        html::{Button, Color, actions, alert, heading, reference, subheading},
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
        } @else {
            (state_of_mail(scene, request, &values))
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
    scene.page(StatusCode::OK, Page { title: title.into(), step: Some(4), has_errors: false, body })
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
    Some(alert(color, html! { p { (text) } }))
}

fn state_of_mail(scene: &Scene<'_>, request: &Request, values: &[(&str, &str)]) -> Markup {
    let texts = &scene.texts.sent;
    let (color, text) = match request.mail {
        MailState::Queued => (Color::Info, texts.queued),
        MailState::HandedOver => return html! {},
        MailState::Delayed => (Color::Warning, texts.delayed),
        MailState::Delivered => (Color::Success, texts.delivered),
        MailState::Returned => (Color::Warning, texts.returned),
        MailState::Dead => (Color::Danger, texts.dead),
    };
    alert(color, scene.paragraphs(&[text], values))
}
