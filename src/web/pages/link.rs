//! P6: the mailed link, where it needs one press more.

use lambda_http::http::StatusCode;
use maud::html;

use crate::{
    domain::{Request, Wish},
    web::{
        Answer, Scene,
        html::{Button, actions},
        scene::Page,
    },
};

/// One button: «Bekreft brukerkonto», or «Bekreft e-postadresse».
pub fn confirm(scene: &Scene<'_>, request: &Request, token: &str) -> Answer {
    let texts = &scene.texts.link;
    let (passage, button) = match request.wish {
        Wish::Link => (&texts.confirm, texts.confirm_button),
        Wish::Create => (&texts.confirm_new, texts.confirm_button),
        Wish::ChangeEmail => (&texts.confirm_email, texts.confirm_email_button),
    };
    let body = html! {
        (scene.passage(passage, &[("email", request.email.as_given())]))
        (scene.form("/b", &[("t", token)], actions(Button::new(button))))
    };
    scene.page(
        StatusCode::OK,
        Page { title: passage.heading.into(), step: Some(4), has_errors: false, body },
    )
}
