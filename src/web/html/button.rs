//! Buttons, and links that look like them.

use maud::{Markup, Render, html};

use super::{Shown, words};

/// A submit button.
///
/// ```text
/// (Button::new("Slå sammen").hidden("(konto 1)"))
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Button<'a> {
    text: &'a str,
    object: Option<Shown<'a>>,
    hidden: Option<&'a str>,
    variant: Option<&'static str>,
    value: Option<(&'a str, &'a str)>,
}

impl<'a> Button<'a> {
    /// The page's main action.
    pub const fn new(text: &'a str) -> Self {
        Self { text, object: None, hidden: None, variant: None, value: None }
    }

    /// One of the other actions.
    pub const fn secondary(self) -> Self {
        Self { variant: Some("secondary"), ..self }
    }

    /// The least of the actions: text that becomes a button under the pointer.
    pub const fn tertiary(self) -> Self {
        Self { variant: Some("tertiary"), ..self }
    }

    /// What the action is done to, after the text: «Slå sammen med ka•••1».
    pub const fn on(self, object: Shown<'a>) -> Self {
        Self { object: Some(object), ..self }
    }

    /// Words that only screen readers say, after the text: they keep equal buttons apart.
    pub const fn hidden(self, words: &'a str) -> Self {
        Self { hidden: Some(words), ..self }
    }

    /// What the form sends when this button sends it.
    pub const fn sending(self, name: &'a str, value: &'a str) -> Self {
        Self { value: Some((name, value)), ..self }
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        html! {
            button.ds-button type="submit" data-variant=[self.variant]
                name=[self.value.map(|(name, _)| name)] value=[self.value.map(|(_, value)| value)] {
                span {
                    (words(self.text))
                    @if let Some(object) = self.object { " " (object) }
                    @if let Some(words) = self.hidden { span.ds-sr-only { " " (words) } }
                }
            }
        }
    }
}

/// A link that looks like a button: it leads on, and changes nothing.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct LinkButton<'a> {
    href: &'a str,
    text: &'a str,
    variant: Option<&'static str>,
    logo: Option<&'a str>,
}

impl<'a> LinkButton<'a> {
    /// The page's main way on. Login is such a link, as a form's answer must not leave this origin.
    pub const fn new(href: &'a str, text: &'a str) -> Self {
        Self { href, text, variant: None, logo: None }
    }

    /// One of the other ways on.
    pub const fn secondary(self) -> Self {
        Self { variant: Some("secondary"), ..self }
    }

    /// A way back or around.
    pub const fn tertiary(self) -> Self {
        Self { variant: Some("tertiary"), ..self }
    }

    /// Path of a logo before the text, on this origin: ID-porten's, once the owner has supplied it.
    pub const fn logo(self, path: Option<&'a str>) -> Self {
        Self { logo: path, ..self }
    }
}

impl Render for LinkButton<'_> {
    fn render(&self) -> Markup {
        html! {
            a.ds-button href=(self.href) data-variant=[self.variant] {
                @if let Some(path) = self.logo { img src=(path) alt=""; }
                span { (words(self.text)) }
            }
        }
    }
}

/// Buttons beside each other, or below each other where it is narrow. The main one comes first.
pub fn actions(buttons: impl Render) -> Markup {
    html! { div.kb-actions { (buttons) } }
}
