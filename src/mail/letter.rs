//! How a mail looks: one list of parts, written once as plain text and once as HTML.
//!
//! Mail programs run no scripts, block images, know little CSS and change colours in the dark.
//! So: one column, no images, and styles on the elements themselves; the dark colours are the
//! only thing a program may miss.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Mail;
use crate::texts::{Language, Piece, pieces};

/// A mail before it is written out.
pub(super) struct Letter {
    pub language: Language,
    pub subject: String,
    pub heading: String,
    /// What an inbox shows beside the subject; repeats what the mail says.
    pub preheader: String,
    /// What the reader compares with the screen: stands out wherever it stands.
    pub reference: String,
    pub parts: Vec<Part>,
}

/// A piece of a letter, with all its values in place.
pub(super) enum Part {
    Paragraph(String),
    /// A paragraph that the reader compares with the screen: set apart.
    Reference(String),
    /// A link that looks like a button, and its address in full for those who distrust buttons.
    Button {
        label: &'static str,
        link: String,
        /// Leads over to the address. Only where there is a button.
        if_no_button: &'static str,
    },
    /// The last words.
    Signature(String),
}

/// Colours of one scheme: steps of the theme's palettes, computed when the style sheet is built.
/// The tests hold each pair to a contrast of 4.5 : 1.
pub(super) struct Colours {
    pub ground: &'static str,
    pub paper: &'static str,
    pub ink: &'static str,
    pub line: &'static str,
    /// Behind the reference.
    pub reference: &'static str,
    pub link: &'static str,
    pub button: &'static str,
    pub button_ink: &'static str,
}

pub(super) const LIGHT: Colours = Colours {
    ground: env!("KONTOBRO_MAIL_LIGHT_GROUND"),
    paper: env!("KONTOBRO_MAIL_LIGHT_PAPER"),
    ink: env!("KONTOBRO_MAIL_LIGHT_INK"),
    line: env!("KONTOBRO_MAIL_LIGHT_LINE"),
    reference: env!("KONTOBRO_MAIL_LIGHT_BOX"),
    link: env!("KONTOBRO_MAIL_LIGHT_LINK"),
    button: env!("KONTOBRO_MAIL_LIGHT_BUTTON"),
    button_ink: env!("KONTOBRO_MAIL_LIGHT_BUTTON_INK"),
};

pub(super) const DARK: Colours = Colours {
    ground: env!("KONTOBRO_MAIL_DARK_GROUND"),
    paper: env!("KONTOBRO_MAIL_DARK_PAPER"),
    ink: env!("KONTOBRO_MAIL_DARK_INK"),
    line: env!("KONTOBRO_MAIL_DARK_LINE"),
    reference: env!("KONTOBRO_MAIL_DARK_BOX"),
    link: env!("KONTOBRO_MAIL_DARK_LINK"),
    button: env!("KONTOBRO_MAIL_DARK_BUTTON"),
    button_ink: env!("KONTOBRO_MAIL_DARK_BUTTON_INK"),
};

const FONT: &str = "font-family:Inter,system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
/// On one line, unless it fills one.
const WHOLE: &str = "display:inline-block";
const HIDDEN: &str = "display:none;max-height:0;overflow:hidden";

impl From<Letter> for Mail {
    fn from(letter: Letter) -> Self {
        let (text, html) = (letter.text(), letter.html().into_string());
        Self { subject: letter.subject, text, html }
    }
}

impl Letter {
    fn text(&self) -> String {
        let mut text = self.heading.clone();
        for part in &self.parts {
            text.push_str("\n\n");
            match part {
                Part::Paragraph(words) | Part::Reference(words) | Part::Signature(words) => {
                    text.push_str(words);
                }
                Part::Button { label, link, .. } => text.extend([label, "\n", link]),
            }
        }
        text.push('\n');
        text
    }

    fn html(&self) -> Markup {
        let lang = self.language.tag();
        let Colours { ground, paper, ink, line, button, .. } = LIGHT;
        html! {
            (DOCTYPE)
            html lang=(lang) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="supported-color-schemes" content="light dark";
                    title { (self.subject) }
                    style { (PreEscaped(in_the_dark())) }
                }
                body class="ground" style={ "margin:0;padding:0;background-color:" (ground) } {
                    div style=(HIDDEN) { (self.preheader) }
                    // Some programs drop <html>, and its language with it.
                    div class="ground" lang=(lang) style={ "padding:16px 8px;background-color:" (ground) } {
                        table role="presentation" class="paper" style={
                            "width:100%;max-width:600px;margin:0 auto;border-spacing:0;border-radius:8px;"
                            "border:1px solid " (line) ";border-top:6px solid " (button) ";"
                            "background-color:" (paper)
                        } { tr {
                            td class="ink" style={
                                "padding:24px;font-size:16px;line-height:1.5;overflow-wrap:anywhere;"
                                "color:" (ink) ";" (FONT)
                            } {
                                h1 style="margin:0 0 24px;font-size:24px;line-height:1.3" { (words(&self.heading)) }
                                @for part in &self.parts { (part.html(&self.reference)) }
                            }
                        } }
                    }
                }
            }
        }
    }
}

impl Part {
    fn html(&self, reference: &str) -> Markup {
        let colours = LIGHT;
        html! {
            @match self {
                Self::Paragraph(words) => {
                    p style="margin:0 0 16px" { (strong(words, reference)) }
                }
                Self::Reference(words) => {
                    p class="reference" style={
                        "margin:0 0 24px;padding:12px 16px;border-radius:4px;"
                        "border:1px solid " (colours.line) ";background-color:" (colours.reference)
                    } { (strong(words, reference)) }
                }
                Self::Button { label, link, if_no_button } => {
                    p style="margin:0 0 24px" {
                        a class="button" href=(link) style={
                            "display:inline-block;padding:14px 24px;border-radius:4px;"
                            "font-weight:600;text-decoration:none;"
                            "background-color:" (colours.button) ";color:" (colours.button_ink)
                        } { (words(label)) }
                    }
                    p style="margin:0 0 16px" {
                        (words(if_no_button))
                        br;
                        a class="link" href=(link) style={ "word-break:break-all;color:" (colours.link) } { (link) }
                    }
                }
                Self::Signature(words) => {
                    p class="signature" style={
                        "margin:24px 0 0;padding:16px 0 0;border-top:1px solid " (colours.line)
                    } { (self::words(words)) }
                }
            }
        }
    }
}

/// `text` with the reference standing out, and on one line: it is compared letter by letter.
fn strong(text: &str, reference: &str) -> Markup {
    html! {
        @match text.split_once(reference) {
            Some((before, after)) => {
                (words(before)) strong style=(WHOLE) { (reference) } (words(after))
            }
            None => { (words(text)) }
        }
    }
}

fn words(text: &str) -> Markup {
    html! {
        @for piece in pieces(text) {
            @match piece {
                Piece::Whole(word) => { span style=(WHOLE) { (word) } }
                Piece::Loose(words) => { (words) }
            }
        }
    }
}

/// The dark scheme. Must beat the styles on the elements, hence `!important`.
fn in_the_dark() -> String {
    let Colours { ground, paper, ink, line, reference, link, button, button_ink } = DARK;
    format!(
        ":root{{color-scheme:light dark}}\
         @media(prefers-color-scheme:dark){{\
         .ground{{background-color:{ground}!important}}\
         .paper{{background-color:{paper}!important;border-color:{button} {line} {line}!important}}\
         .ink{{color:{ink}!important}}\
         .reference{{background-color:{reference}!important;border-color:{line}!important}}\
         .signature{{border-color:{line}!important}}\
         .link{{color:{link}!important}}\
         .button{{background-color:{button}!important;color:{button_ink}!important}}}}"
    )
}
