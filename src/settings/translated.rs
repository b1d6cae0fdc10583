//! Words of the owner's that people read in their own language.

use crate::texts::Language;

/// Words of the owner's in each language that pages are written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translated {
    bokmal: String,
    nynorsk: String,
    english: String,
}

impl Translated {
    /// Reads `nb=… | nn=… | en=…`, in any order. None if a language is missing, empty, unknown or there
    /// twice.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let texts: Vec<_> = text.split('|').map(|part| part.trim().split_once('=')).collect();
        let words = |language: Language| {
            let mut of = texts.iter().flatten().filter(|(tag, _)| tag.trim() == language.tag());
            let (_, words) = of.next().filter(|(_, words)| !words.trim().is_empty())?;
            Some(words.trim().to_owned())
        };
        let all = Self {
            bokmal: words(Language::Bokmal)?,
            nynorsk: words(Language::Nynorsk)?,
            english: words(Language::English)?,
        };
        (texts.len() == Language::ALL.len()).then_some(all)
    }

    /// The words for readers of this language.
    pub fn words(&self, language: Language) -> &str {
        match language {
            Language::Bokmal => &self.bokmal,
            Language::Nynorsk => &self.nynorsk,
            Language::English => &self.english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn t91_the_owners_words_are_in_all_three_languages_or_nothing_starts() {
        let translated = |text: &str| {
            let settings = Settings::new([("LEGAL_BASIS".to_owned(), text.to_owned())]);
            settings.translated("LEGAL_BASIS")
        };
        assert_eq!(translated("").expect("not set"), None);
        for all in ["nb=lova | nn=lovi | en=the act", " en=the act|nn = lovi |nb= lova "] {
            let words = translated(all).expect("all three").expect("set");
            let words = Language::ALL.map(|language| words.words(language).to_owned());
            assert_eq!(words, ["lova", "lovi", "the act"], "{all}");
        }
        for wrong in [
            "lova",
            "nb=lova | nn=lovi",
            "nb=lova | nn=lovi | en=",
            "nb=lova | nn=lovi | se=láhka",
            "nb=lova | nn=lovi | en=the act | se=láhka",
            "nb=lova | nn=lovi | en=the act | en=the law",
            "nb=lova | nn=lovi | en=the act |",
        ] {
            let error = translated(wrong).expect_err(wrong);
            assert!(error.to_string().starts_with("the setting LEGAL_BASIS must be in all three"));
        }
    }
}
