//! Where a page of trouble leads: its buttons.

use lambda_http::http::Method;
use maud::{Markup, html};

use crate::{
    domain::Link,
    web::{
        Scene,
        html::{Button, LinkButton, actions},
    },
};

/// Where a page of trouble leads.
pub(super) enum Way<'a> {
    Start,
    Login,
    LoginAgain,
    /// For the mailed link that waits.
    LoginForLink,
    Search,
    Profile,
    Again,
    /// To the waiting page, or wherever that has led since.
    Wait,
    /// Another person's link: mostly it is theirs who sits there, logged in as somebody else. If they did
    /// not ask for it, they may stop it, after a second look.
    OtherPerson(&'a Link),
}

impl Way<'_> {
    /// The buttons that lead there.
    pub(super) fn buttons(&self, scene: &Scene<'_>) -> Markup {
        let (href, text) = match self {
            Self::OtherPerson(link) => return other_person(scene, &link.to_text()),
            Self::Login => ("/logg-inn".to_owned(), scene.texts.common.log_in),
            Self::LoginAgain => ("/logg-inn?til=profil".to_owned(), scene.texts.common.log_in),
            Self::LoginForLink => ("/logg-inn?til=lenke".to_owned(), scene.texts.common.log_in),
            Self::Search => ("/sok".to_owned(), scene.texts.common.search_again),
            Self::Profile => ("/profil".to_owned(), scene.texts.start.go_on),
            Self::Wait => ("/sendt".to_owned(), scene.texts.start.go_on),
            Self::Again
                if scene.visit.method == Method::GET
                    && let Some(path) = scene.visit.address() =>
            {
                (format!("{path}?{}", scene.visit.query.all()), scene.texts.common.try_again)
            }
            // What was sent is not kept here; the front page leads on to where the person is.
            Self::Again | Self::Start => ("/".to_owned(), scene.texts.common.to_start),
        };
        actions(LinkButton::new(&href, text))
    }
}

fn other_person(scene: &Scene<'_>, token: &str) -> Markup {
    let texts = scene.texts;
    let stop = format!("/b?t={token}&valg=stopp");
    let buttons = html! {
        (Button::new(texts.link.right_person_button))
        (LinkButton::new(&stop, texts.stop.not_asked_button).secondary())
    };
    scene.form("/logg-ut", &[("t", token)], actions(buttons))
}
