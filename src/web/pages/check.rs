//! P4: the second look, before anything is sent.

use lambda_http::http::StatusCode;
use maud::html;

use super::account::card;
use crate::{
    domain::Account,
    web::{
        Answer, Scene,
        html::{Button, LinkButton, actions, heading},
        scene::Page,
    },
};

/// The check page. `checked` is the sealed proof that this very page was seen.
pub fn check(scene: &Scene<'_>, account: &Account, checked: &str) -> Answer {
    let texts = &scene.texts.check;
    let body = html! {
        (heading(texts.page.heading))
        (card(scene, &crate::domain::Card::of(account)))
        (scene.paragraphs(texts.page.paragraphs, &[("email", account.email.as_given())]))
        (scene.form("/bekreft", &[("konto", checked)], actions(html! {
            (Button::new(scene.texts.common.confirm))
            (LinkButton::new("/treff", texts.back).secondary())
        })))
    };
    scene.page(
        StatusCode::OK,
        Page { title: texts.page.heading.into(), step: Some(3), has_errors: false, body },
    )
}
