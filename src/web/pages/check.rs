//! P4: the second look, before anything is sent.

use lambda_http::http::StatusCode;
use maud::{Markup, html};

use super::account::card;
use crate::{
    domain::{Account, Request, Wish},
    web::{
        Answer, Scene,
        html::{Button, Color, LinkButton, actions, alert, heading},
        scene::Page,
    },
};

/// The check page. `replaced` is what «Bekreft» would end: the request that waits; `checked` is the
/// sealed proof that this very page was seen.
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
        @if let Some(request) = replaced {
            (replaces(scene, request, request.account == account.id))
        }
        (scene.form("/bekreft", &[("konto", checked)], actions(html! {
            (Button::new(scene.texts.common.confirm))
            (LinkButton::new("/treff", texts.back).secondary())
        })))
    };
    let title = passage.heading.into();
    scene.page(StatusCode::OK, Page { title, step, has_errors: false, body })
}

/// What becomes of the request that waits if «Bekreft» is chosen here: a person has one at most, so
/// its link dies. Says of it what the waiting page and its mail say. `is_the_same`: is it for what
/// is asked for here?
pub(super) fn replaces(scene: &Scene<'_>, request: &Request, is_the_same: bool) -> Markup {
    let texts = &scene.texts.check;
    let text = match request.wish {
        _ if is_the_same => texts.replaces_same,
        Wish::Link | Wish::Gather { .. } => texts.replaces_account,
        Wish::Create => texts.replaces_new,
        Wish::ChangeEmail => texts.replaces_email,
    };
    let reference = request.id.reference();
    let values = [("email", request.email.as_given()), ("ref", reference.as_str())];
    alert(Color::Warning, scene.paragraphs(&[text], &values))
}
