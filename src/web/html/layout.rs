//! The document around every page: header, main part, footer.

use maud::{DOCTYPE, Markup, Render, html};

use super::{Button, CSRF_FIELD, LinkButton, words};
use crate::web::{assets, visit::LANGUAGE};

/// All that the document around a page says. Words are in the page's language.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// Language of the page: `nb`, `nn` or `en`.
    pub lang: &'a str,
    /// The page's `h1`.
    pub title: &'a str,
    /// «Feil: », on a page that tells what is wrong with a form; else empty.
    pub error_prefix: &'a str,
    /// The service that the accounts belong to.
    pub service_name: &'a str,
    /// «Hopp til hovedinnhold».
    pub skip_link: &'a str,
    /// «Språk».
    pub languages_label: &'a str,
    /// All languages, this one among them.
    pub languages: &'a [Language<'a>],
    /// The `id` of the form that the reader types in, if there is one: then the languages are buttons
    /// that send it, so that nothing typed is lost.
    pub typed_in: Option<&'a str>,
    /// Where the reader is on the way, if the page is a step of it.
    pub step: Option<Step<'a>>,
    /// Set for a reader who is logged in, or may be: «Logg ut» stands on every page then.
    pub way_out: Option<WayOut<'a>>,
    /// Where to find help, above the footer's links: see [`marked`](super::marked).
    pub help: Markup,
    /// Help, privacy, accessibility statement.
    pub footer: &'a [Link<'a>],
    /// Who runs the service, where that is not in its name.
    pub owner: Option<&'a str>,
}

/// A language to choose, named in itself.
#[derive(Clone, Copy, Debug)]
pub struct Language<'a> {
    /// Such as `nn`.
    pub tag: &'a str,
    /// Such as «Nynorsk».
    pub name: &'a str,
    /// This page in that language.
    pub href: &'a str,
    /// Whether the page is in it already.
    pub current: bool,
}

/// A link in the footer.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// Where it leads.
    pub href: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// The reader's place on the way.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// This step, from 1.
    pub number: u8,
    /// How many there are.
    pub of: u8,
    /// «Steg 2 av 5».
    pub text: &'a str,
}

/// What a reader sees who has a session's cookie.
#[derive(Clone, Copy, Debug)]
pub struct WayOut<'a> {
    /// «Logg ut».
    pub label: &'a str,
    /// Where to log out, by POST; by GET, where to find the form for it.
    pub action: &'a str,
    /// The session, where it has been opened: nothing is known of it elsewhere.
    pub session: Option<LoggedIn<'a>>,
}

/// What is known of a session.
#[derive(Clone, Copy, Debug)]
pub struct LoggedIn<'a> {
    /// «Du er logget inn med ID-porten».
    pub text: &'a str,
    /// Token against forged requests.
    pub csrf: &'a str,
}

/// The whole document around `body`.
pub fn layout(frame: &Frame<'_>, body: impl Render) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(frame.lang) data-color-scheme="auto" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="format-detection" content="telephone=no";
                title { (frame.error_prefix) (frame.title) " – " (frame.service_name) }
                link rel="stylesheet" href=(assets::stylesheet_path());
                link rel="icon" type="image/svg+xml" href=(assets::logo_path());
            }
            body {
                a.ds-skip-link href="#innhold" { (frame.skip_link) }
                (header(frame))
                main.kb-main #innhold tabindex="-1" {
                    @if let Some(step) = &frame.step { (step_indicator(*step)) }
                    (body)
                }
                (footer(frame))
            }
        }
    }
}

fn header(frame: &Frame<'_>) -> Markup {
    html! {
        header.kb-header {
            div.kb-header-row {
                a.kb-brand href="/" {
                    img src=(assets::logo_path()) alt="" width="40" height="40";
                    span { (frame.service_name) }
                }
                nav.kb-languages aria-label=(frame.languages_label) {
                    @if let Some(form) = frame.typed_in {
                        // The Enter key in a field presses the first button of its form: this one,
                        // which nobody meets, and not a language.
                        input type="submit" value="" form=(form) hidden;
                    }
                    ul {
                        @for language in frame.languages { li { (language_choice(language, frame.typed_in)) } }
                    }
                }
            }
            @if let Some(way_out) = &frame.way_out { (session(way_out)) }
        }
    }
}

fn language_choice(language: &Language<'_>, typed_in: Option<&str>) -> Markup {
    let current = language.current.then_some("true");
    html! {
        @if let Some(form) = typed_in {
            button.ds-link type="submit" form=(form) name=(LANGUAGE) value=(language.tag)
                lang=(language.tag) aria-current=[current] { (language.name) }
        } @else {
            a.ds-link href=(language.href) lang=(language.tag) hreflang=(language.tag)
                aria-current=[current] { (language.name) }
        }
    }
}

fn session(way_out: &WayOut<'_>) -> Markup {
    html! {
        div.kb-session {
            div.kb-header-row {
                @if let Some(known) = &way_out.session {
                    p { (words(known.text)) }
                    form action=(way_out.action) method="post" {
                        input type="hidden" name=(CSRF_FIELD) value=(known.csrf);
                        (Button::new(way_out.label).tertiary())
                    }
                } @else {
                    (LinkButton::new(way_out.action, way_out.label).tertiary())
                }
            }
        }
    }
}

fn step_indicator(step: Step<'_>) -> Markup {
    html! {
        div.kb-step {
            p { (step.text) }
            div.kb-step-bar aria-hidden="true" {
                @for number in 1..=step.of { span.kb-reached[number <= step.number] {} }
            }
        }
    }
}

fn footer(frame: &Frame<'_>) -> Markup {
    html! {
        footer.kb-footer {
            div.kb-footer-row {
                p { (frame.help) }
                ul { @for link in frame.footer { li { a.ds-link href=(link.href) { (link.text) } } } }
                @if let Some(owner) = frame.owner { p { (words(owner)) } }
            }
        }
    }
}
