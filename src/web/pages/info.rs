//! Help, privacy notice and accessibility: reachable from every page, logged in or not.

use lambda_http::http::StatusCode;
use maud::html;

use crate::{
    texts::Passage,
    web::{
        Answer, Scene,
        html::{heading, lead, subheading},
        scene::Page,
    },
};

/// Help.
pub fn help(scene: &Scene<'_>) -> Answer {
    plain(scene, &scene.texts.help)
}

/// What is done so that everyone can use the pages.
pub fn accessibility(scene: &Scene<'_>) -> Answer {
    plain(scene, &scene.texts.accessibility)
}

/// What is stored, why, and for how long.
pub fn privacy(scene: &Scene<'_>) -> Answer {
    let texts = &scene.texts.privacy;
    let body = html! {
        (heading(texts.heading))
        (lead(texts.lead))
        @for section in texts.sections {
            (subheading(section.heading))
            (scene.paragraphs(section.paragraphs, &[]))
        }
    };
    scene.page(
        StatusCode::OK,
        Page { title: texts.heading.into(), step: None, has_errors: false, body },
    )
}

fn plain(scene: &Scene<'_>, passage: &Passage) -> Answer {
    let body = scene.passage(passage, &[]);
    scene.page(
        StatusCode::OK,
        Page { title: passage.heading.into(), step: None, has_errors: false, body },
    )
}
