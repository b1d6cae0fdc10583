//! Where a page of trouble leads: its buttons.

use lambda_http::http::Method;
use maud::{Markup, html};

use crate::{
    domain::Link,
    texts::{Text, Texts},
    web::{
        Scene,
        html::{Button, LinkButton, actions},
    },
};

/// The way on from a link that completes nothing: by what the person has now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// The link's own request still waits, but the link is too old: one button sends a new mail.
    SendAgain,
    /// A request of theirs waits for the link in its mail.
    Wait,
    /// What they asked for last has something to tell: it was stopped, or its link is too old.
    SeeRequest,
    /// They have an account.
    Profile,
    /// They have nothing yet.
    Search,
}

/// Where a page of trouble leads.
pub(in crate::web) enum Way<'a> {
    Start,
    Login,
    LoginAgain,
    /// For the mailed link that waits.
    LoginForLink,
    Search,
    /// To a search for another account than this.
    SearchOther,
    Profile,
    Again,
    /// To the waiting page, or wherever that has led since.
    Wait,
    Next(NextStep),
    /// Another person's link: mostly it is theirs who sits there, logged in as somebody else. If they did
    /// not ask for it, they may stop it, after a second look.
    OtherPerson(&'a Link),
}

impl Way<'_> {
    /// What leads there, said after what has happened.
    pub(super) fn words(&self, texts: &Texts) -> &'static [Text] {
        let link = &texts.link;
        match self {
            Self::Next(NextStep::SendAgain) => link.next_send_again,
            Self::Next(NextStep::Wait) => link.next_wait,
            Self::Next(NextStep::SeeRequest) => link.next_see_request,
            Self::Next(NextStep::Profile) => link.next_profile,
            Self::Next(NextStep::Search) => link.next_search,
            _ => &[],
        }
    }

    /// The buttons that lead there.
    pub(super) fn buttons(&self, scene: &Scene<'_>) -> Markup {
        let (href, text) = match self {
            Self::OtherPerson(link) => return other_person(scene, &link.to_text()),
            Self::Next(NextStep::SendAgain) => return send_again(scene),
            Self::Login => ("/logg-inn".to_owned(), scene.texts.common.log_in),
            Self::LoginAgain => ("/logg-inn?til=profil".to_owned(), scene.texts.common.log_in),
            Self::LoginForLink => ("/logg-inn?til=lenke".to_owned(), scene.texts.common.log_in),
            Self::Search | Self::Next(NextStep::Search) => {
                ("/sok".to_owned(), scene.texts.common.search_again)
            }
            Self::SearchOther => ("/sok".to_owned(), scene.texts.result.other_address),
            Self::Profile | Self::Next(NextStep::Profile) => {
                ("/profil".to_owned(), scene.texts.start.go_on)
            }
            Self::Wait | Self::Next(NextStep::Wait | NextStep::SeeRequest) => {
                ("/sendt".to_owned(), scene.texts.start.go_on)
            }
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

/// The waiting page's own button: all limits and proofs are those of that.
fn send_again(scene: &Scene<'_>) -> Markup {
    let button = Button::new(scene.texts.link.send_again_button).sending("valg", "igjen");
    scene.form("/sendt", &[], actions(button))
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
