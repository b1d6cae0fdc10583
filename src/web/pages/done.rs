//! P8: done. And the page after logging out.

use lambda_http::http::StatusCode;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::account::CardWords;
use crate::{
    domain::{Account, Card, Request},
    texts::dates,
    web::{
        Answer, Note, Scene,
        html::{
            self, Button, Color, LinkButton, actions, alert, heading, heading_done, subheading,
        },
        scene::Page,
    },
};

/// What is new since the page before.
#[derive(Serialize, Deserialize)]
pub struct DoneNote {
    /// What was done.
    pub done: Done,
    /// What became of another address, if there is one.
    pub email: Option<EmailNews>,
}

/// What was done.
#[derive(Serialize, Deserialize)]
pub enum Done {
    /// The way is at its end.
    Moved,
    /// It was before: only something in the profile is other than it was.
    Changed,
    /// It was before: one more account was gathered into this.
    Gathered,
}

/// What became of another address.
#[derive(Serialize, Deserialize)]
pub enum EmailNews {
    /// It was asked for.
    Pending(String),
    /// It was not, as there have been too many mails: the old one stays.
    NotAsked(String),
    /// It was proved.
    Changed(String),
}

impl Note for DoneNote {
    const PAGE: &'static str = "/ferdig";
}

/// What the last page of the way tells.
pub struct DonePage<'a> {
    /// The person's account.
    pub account: &'a Account,
    /// What is new.
    pub note: Option<&'a DoneNote>,
    /// What the person has asked for last.
    pub asked: Option<&'a Request>,
    /// Further accounts that the same search found: the sealed handle and what is shown of each.
    pub others: &'a [(String, Card)],
}

/// The last page of the way.
pub fn done(scene: &Scene<'_>, page: &DonePage<'_>) -> Answer {
    let DonePage { account, note, asked, others } = *page;
    let texts = &scene.texts.done;
    let what = note.map(|note| &note.done);
    let is_about_asked = !matches!(note, Some(DoneNote { done: Done::Changed, email: None }));
    let reference = asked.filter(|_| is_about_asked).map(|asked| asked.id.reference());
    let about = reference.as_deref().map(|reference| scene.about(reference));
    let scene = about.as_ref().unwrap_or(scene);
    let passage = match what {
        Some(Done::Changed) => &texts.page_again,
        Some(Done::Gathered) => &texts.page_gathered,
        _ if account.username.is_empty() => &texts.page_new,
        _ => &texts.page,
    };
    let linked = dates::in_norway(account.linked_at.unwrap_or(scene.visit.now));
    let date = dates::date(scene.language(), linked.date());
    let time = dates::time(scene.language(), linked.time());
    let values = [("date", date.as_str()), ("time", &time)];
    let on = scene.fill(scene.texts.common.go_to_service, &[]);
    let body = html! {
        (heading_done(passage.heading))
        (scene.paragraphs(passage.paragraphs, &values))
        @if let Some(news) = note.and_then(|note| note.email.as_ref()) { (email_news(scene, news)) }
        @if let Some(reference) = &reference {
            (html::reference(scene.line(texts.reference, &[("ref", reference)])))
        }
        (actions(html! {
            (LinkButton::new(&scene.site.portal_url, &on))
            @match what {
                // There the other account is told of, and there may be one more.
                Some(Done::Gathered) => (LinkButton::new("/profil", scene.texts.profile.page.heading).secondary()),
                Some(Done::Moved) if others.is_empty() => (LinkButton::new("/sok", scene.texts.profile.gather).tertiary()),
                _ => {}
            }
        }))
        @if !matches!(what, Some(Done::Changed)) { (others_found(scene, others)) }
    };
    scene.page(
        StatusCode::OK,
        Page { title: passage.heading.into(), step: None, has_errors: false, body },
    )
}

/// One button for each further account: nobody has to search again.
fn others_found(scene: &Scene<'_>, others: &[(String, Card)]) -> Markup {
    html! {
        @if !others.is_empty() {
            (subheading(scene.texts.search.gather.heading))
            (scene.paragraphs(scene.texts.search.gather.paragraphs, &[]))
            (actions(html! {
                @for (handle, card) in others {
                    form action="/bekreft" method="get" {
                        input type="hidden" name="konto" value=(handle);
                        @let words = CardWords::of(scene, card);
                        (Button::new(scene.texts.done.merge_with).on(words.shortest(scene)).secondary())
                    }
                }
            }))
        }
    }
}

fn email_news(scene: &Scene<'_>, news: &EmailNews) -> Markup {
    let texts = &scene.texts.profile;
    let (color, text, email) = match news {
        EmailNews::Pending(email) => (Color::Info, texts.email_pending, email),
        EmailNews::NotAsked(email) => (Color::Warning, texts.email_not_asked, email),
        EmailNews::Changed(email) => (Color::Success, texts.email_changed, email),
    };
    alert(color, scene.paragraphs(&[text], &[("email", email)]))
}

/// One button, for who came from a page that could not make it.
pub fn log_out(scene: &Scene<'_>) -> Answer {
    let common = &scene.texts.common;
    let body = html! {
        (heading(common.log_out))
        p.ds-paragraph { (common.logged_in) "." }
        (scene.form("/logg-ut", &[], actions(Button::new(common.log_out))))
    };
    let title = common.log_out.into();
    scene.page(StatusCode::OK, Page { title, step: None, has_errors: false, body })
}

/// After logging out: everywhere, or here at least.
pub fn logged_out(scene: &Scene<'_>, everywhere: bool) -> Answer {
    let system = &scene.texts.system;
    let passage = if everywhere { &system.logged_out } else { &system.logged_out_here };
    let body = html! {
        (scene.passage(passage, &[]))
        (actions(LinkButton::new("/", scene.texts.common.to_start).secondary()))
    };
    scene.page(
        StatusCode::OK,
        Page { title: passage.heading.into(), step: None, has_errors: false, body },
    )
}
