//! How a mail looks: one list of parts, written once as plain text and once as HTML.
//!
//! Mail programs run no scripts, block images, know little CSS and change colours in the dark.
//! So: one column, no images, and styles on the elements themselves; the dark colours are the
//! only thing a program may miss.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Mail;
use crate::texts::Language;

/// A mail before it is written out.
pub(super) struct Letter {
    pub language: Language,
    /// Also the heading.
    pub subject: String,
    /// What an inbox shows beside the subject; repeats what the mail says.
    pub preheader: String,
    /// What the reader compares with the screen: stands out wherever it stands.
    pub reference: String,
    pub parts: Vec<Part>,
}

/// A piece of a letter, with all its values in place.
pub(super) enum Part {
    Paragraph(String),
    /// A link that looks like a button, and its address in full for those who distrust buttons.
    Button {
        label: &'static str,
        link: String,
        /// Leads over to the address. Only where there is a button.
        if_no_button: &'static str,
    },
}

/// Colours of one scheme. The tests hold each pair to a contrast of 4.5 : 1.
pub(super) struct Colours {
    pub paper: &'static str,
    pub ink: &'static str,
    pub link: &'static str,
    pub button: &'static str,
    pub button_ink: &'static str,
}

pub(super) const LIGHT: Colours = Colours {
    paper: "#ffffff",
    ink: "#1e2b3c",
    link: "#0b5f73",
    button: "#0b5f73",
    button_ink: "#ffffff",
};

pub(super) const DARK: Colours = Colours {
    paper: "#121820",
    ink: "#e8ecf1",
    link: "#8fcbdb",
    button: "#8fcbdb",
    button_ink: "#0b1420",
};

const FONT: &str = "font-family:Inter,system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
const HIDDEN: &str = "display:none;max-height:0;overflow:hidden;mso-hide:all";

impl From<Letter> for Mail {
    fn from(letter: Letter) -> Self {
        let (text, html) = (letter.text(), letter.html().into_string());
        Self { subject: letter.subject, text, html }
    }
}

impl Letter {
    fn text(&self) -> String {
        let mut text = self.subject.clone();
        for part in &self.parts {
            text.push_str("\n\n");
            match part {
                Part::Paragraph(words) => text.push_str(words),
                Part::Button { label, link, .. } => text.extend([label, "\n", link]),
            }
        }
        text.push('\n');
        text
    }

    fn html(&self) -> Markup {
        let lang = self.language.tag();
        let Colours { paper, ink, .. } = LIGHT;
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
                body class="paper" style={ "margin:0;padding:0;background-color:" (paper) } {
                    div style=(HIDDEN) { (self.preheader) }
                    // Some programs drop <html>, and its language with it.
                    div class="paper" lang=(lang) style={ "background-color:" (paper) } {
                        table role="presentation" align="center" width="100%" cellpadding="0"
                            cellspacing="0" style="max-width:600px;margin:0 auto" { tr {
                            td class="ink" style={
                                "padding:24px;font-size:16px;line-height:1.5;overflow-wrap:anywhere;"
                                "color:" (ink) ";" (FONT)
                            } {
                                h1 style="margin:0 0 24px;font-size:22px;line-height:1.3" { (self.subject) }
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
        let Colours { link: link_colour, button, button_ink, .. } = LIGHT;
        html! {
            @match self {
                Self::Paragraph(words) => {
                    p style="margin:0 0 16px" {
                        @match words.split_once(reference) {
                            Some((before, after)) => { (before) strong { (reference) } (after) }
                            None => { (words) }
                        }
                    }
                }
                Self::Button { label, link, if_no_button } => {
                    p style="margin:0 0 24px" {
                        a class="button" href=(link) style={
                            "display:inline-block;padding:14px 24px;border-radius:4px;"
                            "font-weight:600;text-decoration:none;"
                            "background-color:" (button) ";color:" (button_ink)
                        } { (label) }
                    }
                    p style="margin:0 0 16px" {
                        (if_no_button)
                        br;
                        a class="link" href=(link) style={ "word-break:break-all;color:" (link_colour) } { (link) }
                    }
                }
            }
        }
    }
}

/// The dark scheme. Must beat the styles on the elements, hence `!important`.
fn in_the_dark() -> String {
    let Colours { paper, ink, link, button, button_ink } = DARK;
    format!(
        ":root{{color-scheme:light dark}}\
         @media(prefers-color-scheme:dark){{\
         .paper{{background-color:{paper}!important}}\
         .ink{{color:{ink}!important}}\
         .link{{color:{link}!important}}\
         .button{{background-color:{button}!important;color:{button_ink}!important}}}}"
    )
}
