//! P4: the second look, before anything is sent.

use lambda_http::http::StatusCode;
use maud::html;

use super::account::card;
use crate::{
    domain::{Account, Request},
    web::{
        Answer, Scene,
        html::{Button, Color, LinkButton, actions, alert, heading},
        scene::Page,
    },
};

/// The check page. `replaced` is what «Bekreft» would end: another address that is waited for; `checked`
/// is the sealed proof that this very page was seen.
pub fn check(
    scene: &Scene<'_>,
    account: &Account,
    replaced: Option<&Request>,
    checked: &str,
) -> Answer {
    let texts = &scene.texts.check;
    let (passage, step) =
        if scene.has_account() { (&texts.gather, None) } else { (&texts.page, Some(3)) };
    let body = html! {
        (heading(passage.heading))
        (card(scene, &crate::domain::Card::of(account)))
        (scene.paragraphs(passage.paragraphs, &[("email", account.email.as_given())]))
        @if let Some(email) = replaced.map(|request| request.email.as_given()) {
            (alert(Color::Warning, scene.paragraphs(&[texts.replaces], &[("email", email)])))
        }
        (scene.form("/bekreft", &[("konto", checked)], actions(html! {
            (Button::new(scene.texts.common.confirm))
            (LinkButton::new("/treff", texts.back).secondary())
        })))
    };
    let title = passage.heading.into();
    scene.page(StatusCode::OK, Page { title, step, has_errors: false, body })
}
