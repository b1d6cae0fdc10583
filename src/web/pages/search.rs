//! P2: one question. For whoever has an account it comes second.

use jiff::{SignedDuration, Timestamp};
use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::address::invalid_email;
use crate::{
    domain::{InvalidEmail, limits},
    web::{
        Answer, Note, Scene,
        html::{
            Button, Color, FieldError, LinkButton, TextField, actions, alert, error_summary,
            subheading, way,
        },
        scene::Page,
    },
};

/// A search that was not made, on its way back to the person.
#[derive(Serialize, Deserialize)]
pub struct SearchDraft {
    /// What was typed.
    pub email: String,
    /// What came of it.
    pub problem: SearchProblem,
}

/// Why it was not made.
#[derive(Serialize, Deserialize)]
pub enum SearchProblem {
    /// It is no e-mail address, and why not.
    NoAddress(InvalidEmail),
    /// Over the limit.
    TooMany {
        /// From when on the person may search again.
        until: Timestamp,
    },
    /// No problem: the request was called off, and this is where one begins again.
    Cancelled,
    /// No problem: the session ended, or another language was chosen, before it was made.
    Kept,
}

impl Note for SearchDraft {
    const PAGE: &'static str = "/sok";
    /// It may wait for a login.
    const LIFE: SignedDuration = limits::HANDLE;
}

/// The search page.
pub fn search(scene: &Scene<'_>, draft: Option<&SearchDraft>) -> Answer {
    let (texts, common) = (&scene.texts.search, &scene.texts.common);
    let problem = draft.map(|draft| &draft.problem);
    let error = problem.and_then(|problem| match problem {
        SearchProblem::NoAddress(invalid) => Some(invalid_email(scene, *invalid)),
        SearchProblem::TooMany { .. } | SearchProblem::Cancelled | SearchProblem::Kept => None,
    });
    let gathers = scene.has_account();
    let errors: Vec<_> = error.iter().map(|text| FieldError { field: "epost", text }).collect();
    let question = scene.fill(texts.heading, &[]);
    let field = TextField {
        is_question: !gathers,
        value: draft.map(|draft| draft.email.as_str()).unwrap_or_default(),
        error: error.as_deref(),
        ..field(scene, &question)
    };
    let body = html! {
        (error_summary(common.error_summary, &errors))
        @if let Some(problem) = problem { (notice(scene, problem)) }
        @if gathers {
            (linked(scene))
            (subheading(texts.gather.heading))
            (scene.paragraphs(texts.gather.paragraphs, &[]))
        }
        (scene.form_to_type_in("/sok", &[], html! {
            (field)
            (actions(html! {
                @if gathers {
                    (Button::new(texts.button).secondary())
                } @else {
                    (Button::new(texts.button))
                    (LinkButton::new("/", common.cancel).tertiary())
                }
            }))
        }))
        (scene.paragraphs(&[texts.no_access, texts.privacy_note], &[]))
        (way("/personvern", texts.privacy_link))
    };
    let (title, step) = if gathers {
        (scene.texts.result.mine.heading.into(), None)
    } else {
        (question.clone(), Some(2))
    };
    scene.page_to_type_in(StatusCode::OK, Page { title, step, has_errors: error.is_some(), body })
}

/// The one field, empty.
fn field<'a>(scene: &Scene<'_>, question: &'a str) -> TextField<'a> {
    let texts = &scene.texts.search;
    TextField {
        name: "epost",
        label: question,
        hint: Some(if scene.has_account() { texts.gather_hint } else { texts.hint }),
        kind: "email",
        autocomplete: "email",
        ..TextField::default()
    }
}

/// The search once more, on the page that told of one: with what was searched for, to be corrected.
pub(super) fn search_again(scene: &Scene<'_>, email: &str) -> Markup {
    let question = scene.fill(scene.texts.search.heading, &[]);
    let field = TextField { value: email, ..field(scene, &question) };
    scene.form("/sok", &[], html! { (field) (actions(Button::new(scene.texts.search.button))) })
}

/// What is no mistake in the address: that one must wait, or that a request was called off.
fn notice(scene: &Scene<'_>, problem: &SearchProblem) -> Markup {
    let told = |color, text, minutes: &str| {
        alert(color, scene.paragraphs(&[text], &[("minutes", minutes)]))
    };
    match problem {
        SearchProblem::NoAddress(_) | SearchProblem::Kept => html! {},
        SearchProblem::TooMany { until } => {
            let minutes = scene.minutes_until(*until);
            told(Color::Warning, scene.texts.search.too_many, &minutes)
        }
        SearchProblem::Cancelled if scene.has_account() => {
            told(Color::Info, scene.texts.sent.cancelled_gather, "")
        }
        SearchProblem::Cancelled => told(Color::Info, scene.texts.sent.cancelled, ""),
    }
}

/// For whoever has an account: that all is done, and where it is.
pub(super) fn linked(scene: &Scene<'_>) -> Markup {
    let on = scene.fill(scene.texts.common.go_to_service, &[]);
    html! {
        (scene.passage(&scene.texts.result.mine, &[]))
        (actions(html! {
            (LinkButton::new(&scene.site.portal_url, &on))
            (LinkButton::new("/profil", scene.texts.profile.page.heading).secondary())
        }))
    }
}
