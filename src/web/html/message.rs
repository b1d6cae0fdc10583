//! What the page has to tell at once: alerts, and what is wrong with a form.

use maud::{Markup, Render, html};

use super::words;

/// The fragment that leads to the error summary, for the address that a form's mistakes send back to
/// (`/sok#feil`): the browser then moves the focus there without any script.
pub const ERROR_SUMMARY: &str = "feil";

/// How an alert looks. Its words say it too: colour alone tells nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Good to know.
    Info,
    /// Something went as it should.
    Success,
    /// Read this before you go on.
    Warning,
    /// Something went wrong.
    Danger,
}

impl Color {
    const fn token(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A message that is on the page from the start, hence without a live role.
pub fn alert(color: Color, body: impl Render) -> Markup {
    html! { div.ds-alert data-color=(color.token()) { (body) } }
}

/// Something wrong in a form.
#[derive(Clone, Copy, Debug)]
pub struct FieldError<'a> {
    /// Name of the field, which is its id.
    pub field: &'a str,
    /// What is wrong, in the words that stand at the field.
    pub text: &'a str,
}

/// All that is wrong, at the top of the page, each with a link to its field. Nothing when all is well.
pub fn error_summary(heading: &str, errors: &[FieldError<'_>]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.ds-error-summary id=(ERROR_SUMMARY) role="group" tabindex="-1"
                aria-labelledby="feil-overskrift" {
                h2.ds-heading id="feil-overskrift" { (words(heading)) }
                ul.ds-list {
                    @for error in errors {
                        li { a.ds-link href={ "#" (error.field) } { (words(error.text)) } }
                    }
                }
            }
        }
    }
}
