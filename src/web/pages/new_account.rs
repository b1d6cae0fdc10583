//! N1: a new account, for someone who never had one.

use lambda_http::http::StatusCode;
use maud::html;
use serde::{Deserialize, Serialize};

use super::check::replaces;
use crate::{
    domain::{Request, Wish},
    web::{
        Answer, Note, Scene,
        html::{
            Button, Checkbox, Color, FieldError, LinkButton, actions, alert, error_summary, heading,
        },
        scene::Page,
    },
};

/// What became of the box.
#[derive(Serialize, Deserialize)]
pub enum NewAccountNote {
    /// It was not ticked.
    Missing,
    /// It was ticked, when another language was chosen.
    Ticked,
}

impl Note for NewAccountNote {
    const PAGE: &'static str = "/ny";
}

/// The page. `handle` is the sealed address it is about; `replaced` is the request that «Bekreft»
/// would end.
pub fn new_account(
    scene: &Scene<'_>,
    email: &str,
    handle: &str,
    note: Option<&NewAccountNote>,
    replaced: Option<&Request>,
) -> Answer {
    let (texts, common) = (&scene.texts.new_account, &scene.texts.common);
    let is_missing = matches!(note, Some(NewAccountNote::Missing));
    let error = is_missing.then_some(texts.never_had_one_missing);
    let checked = matches!(note, Some(NewAccountNote::Ticked));
    let errors: Vec<_> = error.iter().map(|text| FieldError { field: "ny", text }).collect();
    let label = scene.fill(texts.never_had_one, &[]);
    let body = html! {
        (error_summary(common.error_summary, &errors))
        (heading(texts.page.heading))
        (scene.paragraphs(texts.page.paragraphs, &[("email", email)]))
        (alert(Color::Warning, scene.paragraphs(&[scene.texts.result.new_warning], &[])))
        @if let Some(request) = replaced {
            @let is_the_same = request.wish == Wish::Create && request.email.as_given() == email;
            (replaces(scene, request, is_the_same))
        }
        (scene.form_to_type_in("/ny", &[("adresse", handle)], html! {
            (Checkbox { name: "ny", label: &label, checked, error })
            (actions(html! {
                (Button::new(common.confirm))
                (LinkButton::new("/sok", scene.texts.result.other_address).secondary())
            }))
        }))
    };
    let title = texts.page.heading.into();
    scene.page_to_type_in(
        StatusCode::OK,
        Page { title, step: Some(3), has_errors: error.is_some(), body },
    )
}
