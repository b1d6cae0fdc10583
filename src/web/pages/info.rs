//! Help, privacy notice and accessibility: reachable from every page, logged in or not.

use lambda_http::http::StatusCode;
use maud::{Markup, Render, html};

use crate::{
    domain::limits,
    texts::{Article, Passage},
    web::{
        Answer, Scene,
        html::{heading, subheading, way},
        scene::Page,
    },
};

/// Help.
pub fn help(scene: &Scene<'_>) -> Answer {
    let Article { heading, lead, sections } = &scene.texts.help;
    let more = html! { @for line in scene.more_support() { p.ds-paragraph { (line) } } };
    article(scene, heading, lead, more, sections)
}

/// What is stored, why, and for how long.
pub fn privacy(scene: &Scene<'_>) -> Answer {
    let Article { heading, lead, sections } = &scene.texts.privacy;
    article(scene, heading, lead, html! {}, sections)
}

/// What is done so that everyone can use the pages, and where the statement is that the law asks for.
pub fn accessibility(scene: &Scene<'_>) -> Answer {
    let texts = &scene.texts.accessibility;
    let statement = match &scene.site.accessibility_statement {
        Some(href) => way(href, texts.published),
        None => scene.paragraphs(&[texts.unpublished], &[]),
    };
    article(scene, texts.heading, texts.lead, statement, texts.sections)
}

fn article(
    scene: &Scene<'_>,
    title: &str,
    lead: &str,
    first: impl Render,
    sections: &[Passage],
) -> Answer {
    let (pause, life) = (limits::RESEND_PAUSE.as_mins(), limits::LINK.as_hours());
    let values = [("minutes", &*pause.to_string()), ("ttl_hours", &*life.to_string())];
    let body: Markup = html! {
        (heading(title))
        p.ds-paragraph data-size="lg" { (scene.line(lead, &values)) }
        (first)
        @for section in sections {
            (subheading(section.heading))
            (scene.paragraphs(section.paragraphs, &values))
        }
    };
    scene.page(StatusCode::OK, Page { title: title.into(), step: None, has_errors: false, body })
}

const _: () = {
    let week = 7 * 24;
    let kept = limits::COUNTER_KEPT.as_hours() == week && limits::REQUEST_KEPT.as_hours() == week;
    assert!(kept, "the privacy notice says a week");
};
