//! Headings, passages and what stands out in them.

use maud::{Markup, Render, html};

use crate::texts::{Piece, pieces};

/// The page's one `h1`.
pub fn heading(text: &str) -> Markup {
    html! { h1.ds-heading data-size="lg" { (words(text)) } }
}

/// The `h1` of the page that ends the way.
pub fn heading_done(text: &str) -> Markup {
    html! { h1.ds-heading.kb-done data-size="lg" { (words(text)) } }
}

/// The heading of a part of the page.
pub fn subheading(text: &str) -> Markup {
    html! { h2.ds-heading data-size="sm" { (words(text)) } }
}

/// Plain words, some of which stay on one line.
pub fn words(text: &str) -> Markup {
    html! {
        @for piece in pieces(text) {
            @match piece {
                Piece::Whole(word) => { span.kb-whole { (word) } }
                Piece::Loose(words) => { (words) }
            }
        }
    }
}

/// Something in a passage that is more than words.
#[derive(Clone, Copy, Debug)]
pub enum Mark<'a> {
    /// An address to write to: becomes a link.
    Mail {
        /// As it stands in the text.
        address: &'a str,
        /// What the mail is about, in ASCII; empty if nobody knows.
        subject: &'a str,
    },
    /// A place on the web, or a number to call: becomes a link.
    Link {
        /// As it stands in the text.
        words: &'a str,
        /// Where it leads.
        href: &'a str,
    },
    /// Something of the reader's own (an address, a reference): stands out, and keeps its direction.
    Value(&'a str),
}

impl<'a> Mark<'a> {
    const fn words(self) -> &'a str {
        match self {
            Self::Mail { address: words, .. } | Self::Link { words, .. } | Self::Value(words) => {
                words
            }
        }
    }
}

impl Render for Mark<'_> {
    fn render(&self) -> Markup {
        match self {
            Self::Mail { address, subject } => {
                let subject = subject.replace(' ', "%20");
                html! {
                    a.ds-link href={ "mailto:" (address) @if !subject.is_empty() { "?subject=" (subject) } } {
                        (breaking_at_the_at(address))
                    }
                }
            }
            Self::Link { words, href } => html! { a.ds-link href=(href) { (words) } },
            Self::Value(words) => value(words),
        }
    }
}

/// `text` in paragraphs, one a line, with each of `marks` marked wherever it stands.
pub fn passage(text: &str, marks: &[Mark<'_>]) -> Markup {
    html! {
        @for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
            p.ds-paragraph { (marked(paragraph, marks)) }
        }
    }
}

/// A first paragraph in larger type.
pub fn lead(text: &str) -> Markup {
    html! { p.ds-paragraph data-size="lg" { (words(text)) } }
}

/// `text` on one line, with each of `marks` marked wherever it stands.
pub fn marked(text: &str, marks: &[Mark<'_>]) -> Markup {
    let first = marks
        .iter()
        .filter(|mark| !mark.words().is_empty())
        .filter_map(|mark| text.find(mark.words()).map(|at| (at, mark)))
        .min_by_key(|(at, mark)| (*at, std::cmp::Reverse(mark.words().len())));
    let Some((at, mark)) = first else {
        return words(text);
    };
    let rest = &text[at + mark.words().len()..];
    // What ends the sentence stays with it, or it would begin a line.
    let stop = rest.find(|c: char| !".,:?!)»”".contains(c)).unwrap_or(rest.len());
    html! {
        (words(&text[..at]))
        span.kb-whole { (mark) (rest[..stop]) }
        (marked(&rest[stop..], marks))
    }
}

/// Something of the reader's own, standing out.
pub fn value(words: &str) -> Markup {
    html! { bdi.kb-value { (breaking_at_the_at(words)) } }
}

/// An address that is too long for its line goes on after the @, not with its last letter.
fn breaking_at_the_at(address: &str) -> Markup {
    html! {
        @for part in address.split_inclusive('@') {
            (part)
            @if part.ends_with('@') { wbr; }
        }
    }
}

/// A link on a line of its own.
pub fn way(href: &str, text: &str) -> Markup {
    html! { p.ds-paragraph { a.ds-link.kb-way href=(href) { (text) } } }
}

/// A paragraph that tells a reference to compare: set apart, so that it is found at a glance.
pub fn reference(line: impl Render) -> Markup {
    html! { p.ds-paragraph.kb-reference { (line) } }
}

/// Numbered steps, in order.
pub fn steps<S: AsRef<str>>(steps: &[S]) -> Markup {
    html! {
        ol.kb-steps { @for step in steps { li { span { (words(step.as_ref())) } } } }
    }
}
