//! P3: the hits, masked, or what to do without one.

use lambda_http::http::StatusCode;
use maud::{Markup, html};

use super::{
    account::CardWords,
    search::{linked, search_again},
};
use crate::{
    domain::{Card, limits},
    web::{
        Answer, Scene,
        html::{
            AccountCard, Button, Color, LinkButton, actions, alert, cards, heading, subheading,
        },
        scene::Page,
    },
};

/// What a search found, as the page shows it.
pub struct Result<'a> {
    /// The address as typed.
    pub email: &'a str,
    /// What there is to choose from.
    pub open: Vec<Found<'a>>,
    /// Is there one that cannot be linked?
    pub taken: bool,
    /// Were there more than are shown?
    pub too_many: bool,
}

/// An account that may be chosen.
pub struct Found<'a> {
    /// The sealed handle that choosing it sends.
    pub handle: &'a str,
    /// What is shown of it.
    pub card: &'a Card,
}

/// The result page. `new_account` is the sealed handle for an account with the address searched for.
pub fn result(scene: &Scene<'_>, result: &Result<'_>, new_account: &str) -> Answer {
    let texts = &scene.texts.result;
    let (title, body) = match result.open.len() {
        _ if result.too_many => about(scene, result, &texts.too_many),
        0 if result.taken => about(scene, result, &texts.taken),
        0 => about(scene, result, &texts.none),
        found => {
            let title = if found == 1 {
                texts.one.into()
            } else {
                scene.fill(texts.many, &[("n", &found.to_string())])
            };
            (title.clone(), hits(scene, result, &title))
        }
    };
    let body = html! {
        (body)
        (ways_on(scene, result, new_account))
    };
    let step = (!scene.has_account()).then_some(3);
    scene.page(StatusCode::OK, Page { title, step, has_errors: false, body })
}

/// All that was found is the reader's already.
pub fn already_linked(scene: &Scene<'_>) -> Answer {
    let body = html! {
        (linked(scene))
        (subheading(scene.texts.search.gather.heading))
        (actions(LinkButton::new("/sok", scene.texts.result.other_address).secondary()))
    };
    let title = scene.texts.result.mine.heading.into();
    scene.page(StatusCode::OK, Page { title, step: None, has_errors: false, body })
}

fn about(
    scene: &Scene<'_>,
    result: &Result<'_>,
    passage: &crate::texts::Passage,
) -> (String, Markup) {
    let values = [("email", result.email)];
    (scene.fill(passage.heading, &values), scene.passage(passage, &values))
}

fn hits(scene: &Scene<'_>, result: &Result<'_>, title: &str) -> Markup {
    let texts = &scene.texts.result;
    let total = result.open.len();
    let words: Vec<_> = result.open.iter().map(|found| CardWords::of(scene, found.card)).collect();
    let rows: Vec<_> = words.iter().map(|words| words.rows(scene)).collect();
    let numbered = |text: &str, at: usize| {
        scene.fill(text, &[("n", &(at + 1).to_string()), ("total", &total.to_string())])
    };
    let headings: Vec<_> = (0..total).map(|at| numbered(texts.card, at)).collect();
    let hits = result.open.iter().enumerate().map(|(at, found)| AccountCard {
        heading: (total > 1).then(|| headings[at].as_str()),
        rows: &rows[at],
        action: html! {
            form action="/bekreft" method="get" {
                input type="hidden" name="konto" value=(found.handle);
                (Button::new(texts.merge).hidden(&format!("({})", numbered(texts.merge_hidden, at))))
            }
        },
    });
    html! {
        (heading(title))
        (scene.paragraphs(&[texts.lead], &[("email", result.email)]))
        @if total > 1 {
            (scene.paragraphs(&[if scene.has_account() { texts.choose_gather } else { texts.choose }], &[]))
        }
        (cards(&hits.collect::<Vec<_>>()))
        @if result.taken { (alert(Color::Info, scene.paragraphs(&[texts.some_closed], &[]))) }
    }
}

/// Another address, or an account for someone who never had one: never first, never alone (S14), not
/// for someone who has one, and not where one is closed or another person's.
fn ways_on(scene: &Scene<'_>, result: &Result<'_>, new_account: &str) -> Markup {
    let texts = &scene.texts.result;
    let is_choice = !result.open.is_empty() && !result.too_many;
    let is_all_taken = result.open.is_empty() && result.taken;
    html! {
        @if is_choice {
            (actions(LinkButton::new("/sok", texts.other_address).secondary()))
        } @else {
            (search_again(scene, result.email))
        }
        @if !result.too_many && !is_all_taken && !scene.has_account() {
            (subheading(&scene.fill(texts.new_heading, &[])))
            (scene.paragraphs(&[texts.new_warning], &[]))
            form action="/ny" method="get" {
                input type="hidden" name="adresse" value=(new_account);
                (Button::new(texts.new_button).secondary())
            }
        }
    }
}

const _: () = assert!(limits::HITS_SHOWN == 5, "the words of `too_many` say five");
