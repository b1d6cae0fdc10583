//! P8: done. And the page after logging out.

use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::{
    domain::Account,
    texts::dates,
    web::{
        Answer, Note, Scene,
        html::{Button, Color, LinkButton, actions, alert, heading, heading_done},
        scene::Page,
    },
};

/// What is new since the page before.
#[derive(Serialize, Deserialize)]
pub enum DoneNote {
    /// Another address was asked for.
    EmailPending {
        /// Which.
        email: String,
    },
    /// Another address was proved.
    EmailChanged {
        /// Which.
        email: String,
    },
}

impl Note for DoneNote {
    const PAGE: &'static str = "/ferdig";
}

/// The last page of the way.
pub fn done(scene: &Scene<'_>, account: &Account, note: Option<&DoneNote>) -> Answer {
    let texts = &scene.texts.done;
    let passage = if account.username.is_empty() { &texts.page_new } else { &texts.page };
    let linked = dates::in_norway(account.linked_at.unwrap_or(scene.visit.now));
    let date = dates::date(scene.language(), linked.date());
    let time = dates::time(scene.language(), linked.time());
    let values = [("date", date.as_str()), ("time", &time), ("email", account.email.as_given())];
    let on = scene.fill(scene.texts.common.go_to_service, &[]);
    let body = html! {
        (heading_done(passage.heading))
        (scene.paragraphs(passage.paragraphs, &values))
        @if let Some(note) = note { (news(scene, note)) }
        (actions(LinkButton::new(&scene.site.portal_url, &on)))
    };
    scene.page(
        StatusCode::OK,
        Page { title: passage.heading.into(), step: None, has_errors: false, body },
    )
}

fn news(scene: &Scene<'_>, note: &DoneNote) -> Markup {
    let texts = &scene.texts.profile;
    let (color, text, email) = match note {
        DoneNote::EmailPending { email } => (Color::Info, texts.email_pending, email),
        DoneNote::EmailChanged { email } => (Color::Success, texts.email_changed, email),
    };
    alert(color, scene.paragraphs(&[text], &[("email", email)]))
}

/// One button, for who came from a page that could not make it.
pub fn log_out(scene: &Scene<'_>) -> Answer {
    let common = &scene.texts.common;
    let body = html! {
        (heading(common.log_out))
        p.ds-paragraph { (common.logged_in) "." }
        (scene.form("/logg-ut", &[], actions(Button::new(common.log_out))))
    };
    let title = common.log_out.into();
    scene.page(StatusCode::OK, Page { title, step: None, has_errors: false, body })
}

/// After logging out: everywhere, or here at least.
pub fn logged_out(scene: &Scene<'_>, everywhere: bool) -> Answer {
    let system = &scene.texts.system;
    let passage = if everywhere { &system.logged_out } else { &system.logged_out_here };
    let body = html! {
        (scene.passage(passage, &[]))
        (actions(LinkButton::new("/", scene.texts.common.to_start).secondary()))
    };
    scene.page(
        StatusCode::OK,
        Page { title: passage.heading.into(), step: None, has_errors: false, body },
    )
}
