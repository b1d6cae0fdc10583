//! Accounts that were found, and other lists of terms and values.

use maud::{Markup, Render, html};

/// A value, whole or masked.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'a> {
    /// Shown as it is.
    Whole(&'a str),
    /// Shown in part: dots for the eye, words for the ear («begynner med Ka»).
    Masked {
        /// What is seen: «Ka••• No•••».
        seen: &'a str,
        /// What screen readers say in its place.
        spoken: &'a str,
    },
}

impl Render for Shown<'_> {
    fn render(&self) -> Markup {
        match self {
            Self::Whole(value) => html! { bdi { (value) } },
            Self::Masked { seen, spoken } => html! {
                bdi aria-hidden="true" { (seen) }
                span.ds-sr-only { (spoken) }
            },
        }
    }
}

/// A term and its value.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Such as «Brukernavn».
    pub term: &'a str,
    /// Such as «ka•••1».
    pub value: Shown<'a>,
}

/// Terms and values.
pub fn description_list(rows: &[Row<'_>]) -> Markup {
    html! {
        dl.kb-facts {
            @for row in rows { div { dt { (row.term) } dd { (row.value) } } }
        }
    }
}

/// An account that may be the reader's.
#[derive(Clone, Debug)]
pub struct AccountCard<'a> {
    /// Such as «Konto 1 av 2»; none where the page has but one account.
    pub heading: Option<&'a str>,
    /// What may be shown of the account.
    pub rows: &'a [Row<'a>],
    /// What to do with it: a form with its button, or nothing.
    pub action: Markup,
}

impl Render for AccountCard<'_> {
    fn render(&self) -> Markup {
        html! {
            div.ds-card.kb-account {
                @if let Some(heading) = self.heading { h2.ds-heading data-size="xs" { (heading) } }
                (description_list(self.rows))
                (self.action)
            }
        }
    }
}

/// Account cards below each other, as a list that screen readers count.
pub fn cards(cards: &[AccountCard<'_>]) -> Markup {
    html! { ul.kb-cards { @for card in cards { li { (card) } } } }
}
