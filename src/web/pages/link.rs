//! P6: the mailed link, where it needs one press more; and thanks for «Dette var ikke meg».

use jiff::Timestamp;
use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::account::card;
use crate::{
    domain::{Request, Wish},
    texts::dates,
    web::{
        Answer, Note, Scene,
        html::{Button, Color, LinkButton, actions, alert},
        scene::Page,
    },
};

/// What was stopped.
#[derive(Serialize, Deserialize)]
pub struct StoppedNote {
    /// The request's.
    pub reference: String,
    /// Is the account closed to whoever asked?
    pub is_closed_to_them: bool,
}

impl Note for StoppedNote {
    const PAGE: &'static str = "/stoppet";
}

/// One button: «Bekreft brukerkonto», or «Bekreft e-postadresse». `login` is when the person was logged
/// in who confirms: if that was somebody else, there is a way out that keeps the link (T108).
pub fn confirm(scene: &Scene<'_>, request: &Request, login: Timestamp, token: &str) -> Answer {
    let scene = &scene.about(&request.id.reference());
    let texts = &scene.texts.link;
    // What comes after the way is no step of it.
    let (passage, button, step) = match request.wish {
        Wish::Link => (&texts.confirm, texts.confirm_button, Some(4)),
        Wish::Create => (&texts.confirm_new, texts.confirm_button, Some(4)),
        Wish::Gather { .. } => (&texts.confirm_gather, texts.confirm_button, None),
        Wish::ChangeEmail => (&texts.confirm_email, texts.confirm_email_button, None),
    };
    let when = dates::today_or_date(scene.language(), login, scene.visit.now);
    let said = scene.paragraphs(&[texts.logged_in], &[("when", &when)]);
    let not_me = actions(Button::new(texts.not_me_button).secondary());
    let body = html! {
        (scene.passage(passage, &[("email", request.email.as_given())]))
        (asked_for(scene, request))
        (alert(Color::Warning, said))
        (scene.form("/b", &[("t", token)], actions(Button::new(button))))
        (scene.form("/logg-ut", &[("t", token)], not_me))
    };
    let title = passage.heading.into();
    scene.page(StatusCode::OK, Page { title, step, has_errors: false, body })
}

/// The login is so old that somebody else may be in front of the browser: the link waits.
pub fn log_in_again(scene: &Scene<'_>, request: &Request, login: Timestamp) -> Answer {
    let scene = &scene.about(&request.id.reference());
    let passage = &scene.texts.link.log_in_again;
    let when = dates::today_or_date(scene.language(), login, scene.visit.now);
    let body = html! {
        (scene.passage(passage, &[("when", &when)]))
        (asked_for(scene, request))
        (actions(LinkButton::new("/logg-inn?til=lenke", scene.texts.common.log_in)))
    };
    let title = passage.heading.into();
    scene.page(StatusCode::OK, Page { title, step: None, has_errors: false, body })
}

/// Which mail and which account, as the mail shows them.
fn asked_for(scene: &Scene<'_>, request: &Request) -> Markup {
    let reference = request.id.reference();
    html! {
        @if request.wish.is_for_an_old_account() { (card(scene, &request.card)) }
        (scene.paragraphs(&[scene.texts.link.reference], &[("ref", &reference)]))
    }
}

/// The second look before a request is stopped: «Dette var ikke meg» is the button.
pub fn stop_check(scene: &Scene<'_>, token: &str) -> Answer {
    let texts = &scene.texts.stop;
    let back = format!("/b?t={token}");
    let buttons = html! {
        (Button::new(texts.button).sending("valg", "stopp"))
        (LinkButton::new(&back, texts.back).secondary())
    };
    let body = html! {
        (scene.passage(&texts.check, &[]))
        (scene.form("/b", &[("t", token)], actions(buttons)))
    };
    let title = texts.check.heading.into();
    scene.page(StatusCode::OK, Page { title, step: None, has_errors: false, body })
}

/// Thanks: what was stopped, and what that means.
pub fn stopped(scene: &Scene<'_>, note: &StoppedNote) -> Answer {
    let scene = &scene.about(&note.reference);
    let texts = &scene.texts.stop;
    let body = html! {
        (scene.passage(&texts.done, &[("ref", &note.reference)]))
        @if note.is_closed_to_them { (scene.paragraphs(&[texts.done_account], &[])) }
        (actions(LinkButton::new("/", scene.texts.common.to_start).secondary()))
    };
    let title = texts.done.heading.into();
    scene.page(StatusCode::OK, Page { title, step: None, has_errors: false, body })
}
