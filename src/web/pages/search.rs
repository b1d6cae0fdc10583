//! P2: one question. For whoever has an account it comes second.

use jiff::Timestamp;
use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::address::invalid_email;
use crate::{
    domain::InvalidEmail,
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
}

impl Note for SearchDraft {
    const PAGE: &'static str = "/sok";
}

/// The search page.
pub fn search(scene: &Scene<'_>, draft: Option<&SearchDraft>) -> Answer {
    let (texts, common) = (&scene.texts.search, &scene.texts.common);
    let error = draft.and_then(|draft| match draft.problem {
        SearchProblem::NoAddress(invalid) => Some(invalid_email(scene, invalid)),
        SearchProblem::TooMany { until } => {
            Some(scene.fill(texts.too_many, &[("minutes", &scene.minutes_until(until))]))
        }
        SearchProblem::Cancelled => None,
    });
    let gathers = scene.has_account();
    let cancelled = draft.is_some_and(|draft| matches!(draft.problem, SearchProblem::Cancelled));
    let cancelled = cancelled.then_some(if gathers {
        scene.texts.sent.cancelled_gather
    } else {
        scene.texts.sent.cancelled
    });
    let errors: Vec<_> = error.iter().map(|text| FieldError { field: "epost", text }).collect();
    let question = scene.fill(texts.heading, &[]);
    let field = TextField {
        name: "epost",
        label: &question,
        is_question: !gathers,
        value: draft.map(|draft| draft.email.as_str()).unwrap_or_default(),
        hint: Some(if gathers { texts.gather_hint } else { texts.hint }),
        error: error.as_deref(),
        kind: "email",
        autocomplete: "email",
    };
    let body = html! {
        (error_summary(common.error_summary, &errors))
        @if let Some(text) = cancelled { (alert(Color::Info, scene.paragraphs(&[text], &[]))) }
        @if gathers {
            (linked(scene))
            (subheading(texts.gather.heading))
            (scene.paragraphs(texts.gather.paragraphs, &[]))
        }
        (scene.form("/sok", &[], html! {
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
    scene.page(StatusCode::OK, Page { title, step, has_errors: error.is_some(), body })
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
