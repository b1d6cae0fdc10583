//! Forms.

use maud::{Markup, Render, html};

/// Name of the hidden field that carries the token against forged requests.
pub const CSRF_FIELD: &str = "csrf";

/// A form that posts to this service. The browser checks nothing, so that every mistake gets our
/// words, in the reader's language.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// Where it posts to; with `#feil` the browser goes to the error summary, if there is one.
    pub action: &'a str,
    /// Token against forged requests, of the reader's session.
    pub csrf: &'a str,
    /// Its `id`, for the buttons outside it that send it.
    pub id: Option<&'a str>,
    /// Names and values that travel unseen. They come back from the reader: seal what matters.
    pub hidden: &'a [(&'a str, &'a str)],
}

impl Form<'_> {
    /// The form around `body`.
    pub fn around(&self, body: impl Render) -> Markup {
        html! {
            form.kb-form action=(self.action) method="post" id=[self.id] novalidate {
                input type="hidden" name=(CSRF_FIELD) value=(self.csrf);
                @for (name, value) in self.hidden { input type="hidden" name=(name) value=(value); }
                (body)
            }
        }
    }
}
