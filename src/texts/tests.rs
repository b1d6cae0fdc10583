use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::*;

/// Every name that may stand in `{…}`. Those of the last line are for [`dates`].
const PLACEHOLDERS: &[&str] = &[
    "email",
    "error_id",
    "expires",
    "legal_basis",
    "link_host",
    "minutes",
    "n",
    "name_mask",
    "opens",
    "owner",
    "portal_host",
    "prefix",
    "privacy_contact",
    "ref",
    "service_name",
    "sign",
    "suffix",
    "support_email",
    "support_hours",
    "support_phone",
    "total",
    "ttl_hours",
    "user_mask",
    "when",
    "year",
    "date",
    "day",
    "hour",
    "minute",
    "month",
    "time",
];

/// Every text of a language by where it stands, as `search.hint` or `help.paragraphs.0`.
fn all_texts(language: Language) -> BTreeMap<String, String> {
    fn walk(place: &str, value: Value, found: &mut BTreeMap<String, String>) {
        let below =
            |name: &str| if place.is_empty() { name.into() } else { format!("{place}.{name}") };
        match value {
            Value::String(text) => drop(found.insert(place.into(), text)),
            Value::Array(list) => {
                list.into_iter()
                    .enumerate()
                    .for_each(|(i, v)| walk(&below(&i.to_string()), v, found));
            }
            Value::Object(fields) => {
                fields.into_iter().for_each(|(name, v)| walk(&below(&name), v, found));
            }
            other => panic!("not a text: {other}"),
        }
    }
    let mut found = BTreeMap::new();
    walk("", serde_json::to_value(texts(language)).unwrap(), &mut found);
    found
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').expect("every { has its }").0).collect()
}

#[test]
fn the_three_languages_say_the_same_things_about_the_same_values() {
    let bokmal = all_texts(Language::Bokmal);
    assert!(bokmal.len() > 250, "the walk found only {} texts", bokmal.len());
    for language in [Language::Nynorsk, Language::English] {
        let other = all_texts(language);
        assert!(bokmal.keys().eq(other.keys()), "{language:?} has other paragraphs");
        for (place, text) in &bokmal {
            assert_eq!(placeholders(text), placeholders(&other[place]), "{language:?} {place}");
        }
    }
}

#[test]
fn only_known_placeholders_stand_in_the_texts_and_each_is_used() {
    let used: BTreeSet<String> = Language::ALL
        .into_iter()
        .flat_map(all_texts)
        .flat_map(|(_, text)| {
            placeholders(&text).into_iter().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(used, PLACEHOLDERS.iter().map(|name| (*name).to_owned()).collect());
}

#[test]
fn texts_are_plain_and_friendly() {
    for (place, text) in Language::ALL.into_iter().flat_map(all_texts) {
        assert!(!text.is_empty() && text.trim() == text, "{place} is empty or padded");
        assert!(!text.contains("  ") && !text.contains('\n'), "{place} is broken in the middle");
        assert!(!text.contains(['<', '>', '*', '&']), "{place} has markup");
        let lower = text.to_lowercase();
        for unwanted in ["vennligst", "venlegst", "please", "personnummer", "!!"] {
            assert!(!lower.contains(unwanted), "{place} says {unwanted}");
        }
        let names = ["AWS", "WCAG"];
        let shouted = text.split(|c: char| !c.is_alphabetic()).find(|word| {
            word.chars().count() > 2 && *word == word.to_uppercase() && !names.contains(word)
        });
        assert_eq!(shouted, None, "{place} shouts");
    }
}

#[test]
fn headings_and_buttons_have_no_full_stop_and_messages_have() {
    for language in Language::ALL {
        for (place, text) in all_texts(language) {
            if place.ends_with("heading") || place.ends_with("button") {
                assert!(!text.ends_with('.'), "{language:?} {place}: {text}");
            }
            if place.contains("paragraphs") || place.contains("_malformed") {
                assert!(text.ends_with(['.', '!', '?']), "{language:?} {place}: {text}");
            }
        }
    }
}

/// S14, S18, S19, S21, S24, S26: a guide in people's hands shows these labels.
#[test]
fn labels_of_the_user_guide_are_word_for_word() {
    let nb = texts(Language::Bokmal);
    assert_eq!(nb.result.merge, "Slå sammen");
    assert_eq!(nb.result.new_button, "Opprett en helt ny brukerkonto");
    assert_eq!(nb.common.confirm, "Bekreft");
    assert_eq!(nb.link.confirm_button, "Bekreft brukerkonto");
    assert_eq!(nb.mail.confirmation.button, "Bekreft brukerkonto");
    assert_eq!(nb.profile.save, "Lagre");
}

/// A text that tells people to choose «Lagre» must name a button that exists.
#[test]
fn quoted_labels_exist_as_buttons() {
    for language in Language::ALL {
        let all = all_texts(language);
        for (place, text) in &all {
            let quoted =
                text.split(['«', '“']).skip(1).filter_map(|rest| rest.split(['»', '”']).next());
            for label in quoted {
                assert!(all.values().any(|text| text == label), "{language:?} {place}: {label}");
            }
        }
    }
}

/// Whoever reads both must not be told to leave the link alone by one, and to open it by the other.
#[test]
fn t51_mail_and_help_tell_one_way_to_stop_what_one_did_not_ask_for() {
    for language in Language::ALL {
        let texts = texts(language);
        let sections = texts.help.sections.iter().map(|section| section.paragraphs.concat());
        let button = texts.stop.not_asked_button;
        let help = sections.filter(|section| section.contains(button)).collect::<Vec<_>>();
        let [help] = &help[..] else { panic!("{language:?}: one section of the help tells it") };
        for place in [help, texts.mail.was_it_not_you] {
            assert!(place.contains(button), "{language:?}: {place}");
            for contrary in ["ikke bruk", "ikkje bruk", "not use"] {
                assert!(!place.to_lowercase().contains(contrary), "{language:?}: {place}");
            }
        }
    }
}

/// «Avbryt» changes nothing anywhere; what gives something up is called what it is. A login is
/// cancelled at ID-porten, whose button has that name.
#[test]
fn only_what_changes_nothing_is_called_cancelling() {
    for language in Language::ALL {
        for (place, text) in all_texts(language) {
            let lower = text.to_lowercase();
            let says_it = ["avbr", "cancel"].iter().any(|word| lower.contains(word));
            let may = place == "common.cancel" || place.starts_with("system.login_cancelled");
            assert!(!says_it || may, "{language:?} {place}: {text}");
        }
    }
}

#[test]
fn filling_puts_each_value_in_its_place() {
    let filled = fill("{a} og {b}, {a}", &[("a", "éin"), ("b", "to")]);
    assert_eq!(filled, "éin og to, éin");
    assert_eq!(fill("uten noe", &[]), "uten noe");
}

#[test]
fn a_value_that_looks_like_a_placeholder_stays_as_it_is() {
    let values = [("email", "{link}@example.no"), ("link", "secret")];
    assert_eq!(fill("til {email}", &values), "til {link}@example.no");
}

#[test]
#[should_panic(expected = "no value for {email}")]
fn a_forgotten_value_stops_a_debug_build() {
    fill("til {email}", &[]);
}

#[test]
fn all_pieces_of_a_text_are_the_text() {
    use Piece::{Loose, Whole};
    let text = "Åpne  «e-posten», til (ID-porten): feil-ID. 1-2 i K7QM-2WXD. Ja-takk x- -x";
    let all = pieces(text).map(|(Loose(words) | Whole(words))| words);
    assert_eq!(all.collect::<String>(), text);
    let whole = pieces(text).filter(|piece| matches!(piece, Whole(_)));
    assert_eq!(
        whole.collect::<Vec<_>>(),
        [Whole("«e-posten»,"), Whole("(ID-porten):"), Whole("feil-ID."), Whole("Ja-takk")]
    );
}

#[test]
fn languages_are_known_by_their_tags() {
    for language in Language::ALL {
        assert_eq!(Language::from_tag(language.tag()), Some(language));
    }
    assert_eq!(Language::from_tag("no"), Some(Language::Bokmal));
    assert_eq!(Language::from_tag("nn-NO"), Some(Language::Nynorsk));
    assert_eq!(Language::from_tag("EN"), Some(Language::English));
    assert_eq!(Language::from_tag("se"), None);
    assert_eq!(Language::from_tag(""), None);
}
