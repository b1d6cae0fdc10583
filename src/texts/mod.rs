//! Every word a citizen reads, in three languages, and how dates are written in each.
//!
//! Owns the catalogue ([`Texts`]: one constant a language, so a missing text does not compile) and
//! the filling of its placeholders. Never escapes: texts and values are plain, HTML is made
//! elsewhere. Never falls back from one language to another.

mod catalogue;
pub mod dates;
mod en;
mod nb;
mod nn;
mod pieces;

pub use catalogue::*;
pub use pieces::{Piece, pieces};

/// A language the pages and mails are written in.
///
/// Bokmål and nynorsk are both required by språklova § 14, at the same time and with the same
/// content. There is no Northern Sámi until a professional translation exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Norwegian bokmål, `nb`: for everyone whose choice we do not know.
    #[default]
    Bokmal,
    /// Norwegian nynorsk, `nn`.
    Nynorsk,
    /// English, `en`.
    English,
}

impl Language {
    /// All of them, in the order of the language choice.
    pub const ALL: [Self; 3] = [Self::Bokmal, Self::Nynorsk, Self::English];

    /// The BCP 47 tag, as in `lang` of a page and `ui_locales` of a login.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Bokmal => "nb",
            Self::Nynorsk => "nn",
            Self::English => "en",
        }
    }

    /// The language of a BCP 47 tag, judged by its first part in any case (`nn-NO` is nynorsk);
    /// plain `no` is bokmål. `None` for a language we do not write.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "nb" | "no" => Some(Self::Bokmal),
            "nn" => Some(Self::Nynorsk),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// What the language calls itself, for the language choice.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bokmal => "Bokmål",
            Self::Nynorsk => "Nynorsk",
            Self::English => "English",
        }
    }
}

/// The catalogue in one language.
pub const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Bokmal => &nb::TEXTS,
        Language::Nynorsk => &nn::TEXTS,
        Language::English => &en::TEXTS,
    }
}

/// Puts values in place of `{placeholders}`. A value is never searched for placeholders itself.
///
/// A placeholder without a value is a mistake of ours: it stops a debug build, so that tests find
/// it, and stays visible in a release build, which must not take a whole page down.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, name, after)) = next_placeholder(rest) {
        filled.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            filled.push_str(value);
        } else {
            debug_assert!(false, "no value for {{{name}}} in: {text}");
            filled.extend(["{", name, "}"]);
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The text before the first placeholder, the placeholder's name, and the text after it.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, opened) = text.split_once('{')?;
    let (name, after) = opened.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests;
