//! Fields: label, hint and error tied to the input, for eyes and for screen readers.

use maud::{Markup, Render, html};

use super::words;

/// A field for one line of text. Its `name` is its id too, so an error summary can lead to it.
///
/// ```text
/// (TextField { name: "email", label, hint: Some(hint), kind: "email", autocomplete: "email",
///     is_question: true, ..TextField::default() })
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TextField<'a> {
    /// Name in the form, and id in the document.
    pub name: &'a str,
    /// What to fill in. No full stop.
    pub label: &'a str,
    /// Whether the label is the page's `h1`: one question, one page.
    pub is_question: bool,
    /// What is filled in already.
    pub value: &'a str,
    /// Help below the label.
    pub hint: Option<&'a str>,
    /// What is wrong with the value, in the words of the error summary.
    pub error: Option<&'a str>,
    /// The input's `type`: `text`, `email` or `tel`.
    pub kind: &'a str,
    /// The input's `autocomplete`, such as `email` or `given-name`.
    pub autocomplete: &'a str,
}

impl Default for TextField<'_> {
    fn default() -> Self {
        Self {
            name: "",
            label: "",
            is_question: false,
            value: "",
            hint: None,
            error: None,
            kind: "text",
            autocomplete: "off",
        }
    }
}

impl Render for TextField<'_> {
    fn render(&self) -> Markup {
        let label = html! { label.ds-label for=(self.name) { (words(self.label)) } };
        // A name has no spelling, and an address neither that nor capitals.
        let as_typed = (self.kind == "email").then_some("none");
        html! {
            div.ds-field.kb-question[self.is_question] {
                @if self.is_question {
                    h1.ds-heading data-size="lg" { (label) }
                } @else {
                    (label)
                }
                @if let Some(hint) = self.hint {
                    div id={ (self.name) "-hint" } data-field="description" { (words(hint)) }
                }
                (validation(self.name, self.error))
                input.ds-input id=(self.name) name=(self.name) type=(self.kind) value=(self.value)
                    autocomplete=(self.autocomplete) autocapitalize=[as_typed] spellcheck="false"
                    aria-describedby=[described_by(self.name, self.hint, self.error)]
                    aria-invalid=[self.error.map(|_| "true")];
            }
        }
    }
}

/// A box to tick. Sends `name=ja` when ticked, and nothing when not.
#[derive(Clone, Copy, Debug)]
pub struct Checkbox<'a> {
    /// Name in the form, and id in the document.
    pub name: &'a str,
    /// What is stated by ticking.
    pub label: &'a str,
    /// Whether it is ticked already.
    pub checked: bool,
    /// Why the form cannot go on as it is, in the words of the error summary.
    pub error: Option<&'a str>,
}

impl Render for Checkbox<'_> {
    fn render(&self) -> Markup {
        html! {
            div.kb-statement {
                (validation(self.name, self.error))
                div.ds-field {
                    input.ds-input type="checkbox" id=(self.name) name=(self.name) value="ja"
                        checked[self.checked]
                        aria-describedby=[described_by(self.name, None, self.error)]
                        aria-invalid=[self.error.map(|_| "true")];
                    label.ds-label for=(self.name) { (words(self.label)) }
                }
            }
        }
    }
}

/// The error between label and input, where the eye comes past before it reaches the input.
fn validation(name: &str, error: Option<&str>) -> Markup {
    html! {
        @if let Some(error) = error {
            p.ds-validation-message id={ (name) "-feil" } data-field="validation" { (words(error)) }
        }
    }
}

fn described_by(name: &str, hint: Option<&str>, error: Option<&str>) -> Option<String> {
    let hint = hint.map(|_| format!("{name}-hint"));
    let error = error.map(|_| format!("{name}-feil"));
    let ids: Vec<String> = hint.into_iter().chain(error).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
