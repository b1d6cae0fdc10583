//! P0: what will happen, and the one way in, which leads whoever is logged in back to where they are.

use lambda_http::http::StatusCode;
use maud::html;

use crate::web::{
    Answer, Scene, assets,
    html::{Color, LinkButton, actions, alert, heading, lead, steps, subheading, way},
    scene::Page,
};

/// The start page.
pub fn start(scene: &Scene<'_>) -> Answer {
    let texts = &scene.texts.start;
    let how: Vec<_> = texts.steps.iter().map(|step| scene.fill(step, &[])).collect();
    let (way_in, to_profile) = if scene.visit.has_session_cookie() {
        (LinkButton::new("/logg-inn", texts.go_on), "/profil")
    } else {
        let log_in = LinkButton::new("/logg-inn", scene.texts.common.log_in);
        (log_in.logo(assets::idporten_logo_path()), "/logg-inn?til=profil")
    };
    let body = html! {
        (heading(texts.heading))
        (lead(&scene.fill(texts.lead, &[])))
        @if scene.site.closed.any() {
            (alert(Color::Warning, scene.paragraphs(&[texts.closed], &[("opens", &scene.opens())])))
        }
        (actions(way_in))
        (subheading(texts.how_heading))
        (steps(&how))
        (scene.paragraphs(&[texts.new_here, texts.no_number, texts.linked], &[]))
        (way(to_profile, texts.to_profile))
    };
    scene.page(
        StatusCode::OK,
        Page { title: texts.heading.into(), step: None, has_errors: false, body },
    )
}
