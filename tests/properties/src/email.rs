//! E-mail addresses, and what a mask shows of whatever was imported.

use kontobro::domain::{Card, Email, email};
use unicode_segmentation::UnicodeSegmentation as _;

/// An address that is taken has a key that is its own key, is one plain line without space, and
/// keeps its key in capitals; it is taken again as it was read, and out of what people paste it in.
/// A mask shows two letters.
pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    masked(&text);
    let Ok(address) = Email::parse(&text) else { return };
    let (given, key) = (address.as_given(), address.key());
    assert!(given.len() <= email::MAX_BYTES && key.len() <= email::MAX_BYTES);
    for spelling in [given, key] {
        assert_eq!(spelling.matches('@').count(), 1, "{spelling}");
        assert!(!spelling.contains(|c: char| c.is_control() || c.is_whitespace()), "{spelling:?}");
        assert!(!spelling.contains(['<', '>', ',', ';', ':', '"', '(', ')', '[', ']', '\\']));
    }
    let (_, domain) = key.split_once('@').expect("one @");
    assert!(domain.is_ascii() && !domain.contains(char::is_uppercase), "{domain}");
    let (local, domain) = given.split_once('@').expect("one @");
    let louder = format!("{}@{}", local.to_ascii_uppercase(), domain.to_ascii_uppercase());
    let pasted =
        [format!("\u{200b}\u{a0}{given}; "), format!("Kari <{given}>"), format!("<{key}.>")];
    let as_read = Email::parse(given).expect("taken before");
    assert_eq!(as_read.as_given(), given);
    for spelling in [given, key, &louder].into_iter().chain(pasted.iter().map(String::as_str)) {
        let again =
            Email::parse(spelling).unwrap_or_else(|_| panic!("{spelling} was taken before"));
        assert_eq!(again.key(), key, "{spelling}");
    }
}

fn masked(text: &str) {
    let mut parts = text.splitn(3, ['@', '.', ' ']);
    let names = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let card = Card::new(names, None, None);
    for (shown, name) in [&card.first_name, &card.last_name, &card.username].into_iter().zip(names)
    {
        assert!(name.trim().starts_with(shown.as_str()));
        let letters = |text: &str| text.graphemes(true).count();
        assert!(letters(shown) <= 2 && (shown.is_empty() || letters(shown) < letters(name.trim())));
    }
    assert!(card.username_end.graphemes(true).count() <= 1);
}
