//! One masked account, as it is shown to whoever may be its owner.

use maud::Markup;

use crate::{
    domain::Card,
    texts::dates,
    web::{
        Scene,
        html::{AccountCard, Row, Shown},
    },
};

/// The words of one card.
pub(super) struct CardWords {
    name: (String, String),
    username: (String, String),
    created: String,
    last_used: String,
}

impl CardWords {
    pub fn of(scene: &Scene<'_>, card: &Card) -> Self {
        let texts = &scene.texts.result;
        let begins = |prefix: &str| scene.fill(texts.begins_with, &[("prefix", prefix)]);
        let both = |prefix: &str, suffix: &str| {
            scene.fill(texts.begins_and_ends, &[("prefix", prefix), ("suffix", suffix)])
        };
        let names = [&card.first_name, &card.last_name].into_iter().filter(|name| !name.is_empty());
        let names: Vec<_> = names.map(|name| begins(name)).collect();
        let username = match (card.username.as_str(), card.username_end.as_str()) {
            (beginning, "") => begins(beginning),
            (beginning, end) => both(beginning, end),
        };
        let unknown = || texts.unknown.to_owned();
        let month = |(year, month)| dates::month(scene.language(), year, month);
        Self {
            name: (card.name_mask(), names.join(", ")),
            username: (card.user_mask(), username),
            created: card.created.map_or_else(unknown, |year| year.to_string()),
            last_used: card.last_used.map_or_else(|| texts.never_used.to_owned(), month),
        }
    }

    /// What tells the account from others in few words: its username, or the name where there is none to show.
    pub fn shortest<'a>(&'a self, scene: &Scene<'_>) -> Shown<'a> {
        let [name, username, ..] = self.rows(scene);
        let has_letters = |(seen, _): &(String, String)| seen.contains(char::is_alphanumeric);
        if has_letters(&self.username) || !has_letters(&self.name) {
            username.value
        } else {
            name.value
        }
    }

    pub fn rows<'a>(&'a self, scene: &Scene<'_>) -> [Row<'a>; 4] {
        let texts = &scene.texts.result;
        let masked = |(seen, spoken): &'a (String, String)| {
            if seen.is_empty() {
                Shown::Whole(texts.unknown)
            } else {
                Shown::Masked { seen, spoken }
            }
        };
        [
            Row { term: texts.name, value: masked(&self.name) },
            Row { term: texts.username, value: masked(&self.username) },
            Row { term: texts.created, value: Shown::Whole(&self.created) },
            Row { term: texts.last_used, value: Shown::Whole(&self.last_used) },
        ]
    }
}

/// A card alone on its page.
pub(super) fn card(scene: &Scene<'_>, card: &Card) -> Markup {
    let words = CardWords::of(scene, card);
    maud::Render::render(&AccountCard {
        heading: None,
        rows: &words.rows(scene),
        action: maud::html! {},
    })
}
