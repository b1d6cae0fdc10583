//! P5: waiting for the link to be used. Says what is known of the mail, and no more.

use jiff::Timestamp;
use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{Request, request::MailState},
    texts::dates,
    web::{
        Answer, Note, Scene,
        html::{Button, Color, actions, alert, heading},
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
    let expired = request.expires_at <= scene.visit.now;
    let passage =
        if request.mail >= MailState::HandedOver { &texts.page } else { &texts.page_on_its_way };
    let dead = request.mail == MailState::Dead;
    let body = html! {
        @if let Some(note) = notice(scene, note) { (note) }
        (heading(passage.heading))
        @if expired {
            (alert(Color::Warning, scene.paragraphs(&[texts.expired], &values)))
        } @else {
            (state_of_mail(scene, request, &values))
        }
        @if !expired && !dead { (scene.paragraphs(passage.paragraphs, &values)) }
        (scene.form("/sendt", &[], actions(html! {
            @if !expired && !dead { (Button::new(texts.go_on).sending("valg", "videre")) }
            @if !dead { (Button::new(texts.resend).secondary().sending("valg", "igjen")) }
            (Button::new(texts.cancel).tertiary().sending("valg", "avbryt"))
        })))
        @if !dead { (scene.paragraphs(&[texts.spam, texts.may_close], &values)) }
    };
    scene.page(
        StatusCode::OK,
        Page { title: passage.heading.into(), step: Some(4), has_errors: false, body },
    )
}

fn notice(scene: &Scene<'_>, note: Option<&SentNote>) -> Option<Markup> {
    let texts = &scene.texts.sent;
    let (color, text) = match note {
        None => (Color::Info, texts.pending.to_owned()),
        Some(SentNote::JustAsked) => return None,
        Some(SentNote::Resent) => (Color::Success, texts.resent.to_owned()),
        Some(SentNote::NotUsedYet) => (Color::Info, texts.not_used_yet.to_owned()),
        Some(SentNote::Wait { until }) => {
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
