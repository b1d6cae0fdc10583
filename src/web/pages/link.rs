//! P6: the mailed link, where it needs one press more; and thanks for «Dette var ikke meg».

use lambda_http::http::StatusCode;
use maud::html;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{Request, Wish},
    web::{
        Answer, Note, Scene,
        html::{Button, LinkButton, actions},
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

/// One button: «Bekreft brukerkonto», or «Bekreft e-postadresse».
pub fn confirm(scene: &Scene<'_>, request: &Request, token: &str) -> Answer {
    let texts = &scene.texts.link;
    // What comes after the way is no step of it.
    let (passage, button, step) = match request.wish {
        Wish::Link => (&texts.confirm, texts.confirm_button, Some(4)),
        Wish::Create => (&texts.confirm_new, texts.confirm_button, Some(4)),
        Wish::Gather { .. } => (&texts.confirm_gather, texts.confirm_button, None),
        Wish::ChangeEmail => (&texts.confirm_email, texts.confirm_email_button, None),
    };
    let body = html! {
        (scene.passage(passage, &[("email", request.email.as_given())]))
        (scene.form("/b", &[("t", token)], actions(Button::new(button))))
    };
    let title = passage.heading.into();
    scene.page(StatusCode::OK, Page { title, step, has_errors: false, body })
}

/// Thanks: what was stopped, and what that means.
pub fn stopped(scene: &Scene<'_>, note: &StoppedNote) -> Answer {
    let texts = &scene.texts.stop;
    let body = html! {
        (scene.passage(&texts.done, &[("ref", &note.reference)]))
        @if note.is_closed_to_them { (scene.paragraphs(&[texts.done_account], &[])) }
        (actions(LinkButton::new("/", scene.texts.common.to_start).secondary()))
    };
    let title = texts.done.heading.into();
    scene.page(StatusCode::OK, Page { title, step: None, has_errors: false, body })
}
