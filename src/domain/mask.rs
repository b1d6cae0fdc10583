//! What a hit may show: enough to recognise one's own account, too little to learn of another's.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Account, pid, redacted::redacted};

/// A fixed number of dots, so that the length of what they hide does not leak.
pub const DOTS: &str = "•••";

/// One masked account, as on the result card, the check screen and in the mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// First letters of the first name, without dots; empty if there is none, or one letter alone.
    pub first_name: String,
    /// First letters of the last name, without dots; empty if there is none, or one letter alone.
    pub last_name: String,
    /// First letters of the username, without dots; empty if it is one letter alone or may be an
    /// identity number (T67).
    pub username: String,
    /// The last character of the username, which tells «kari1» from «kari2»; empty if it is short.
    pub username_end: String,
    /// The year it was made.
    pub created: Option<i16>,
    /// Year and month of last use.
    pub last_used: Option<(i16, i8)>,
}
redacted!(Card);

impl Card {
    /// Masks an account.
    pub fn of(account: &Account) -> Self {
        Self::new(
            [&account.first_name, &account.last_name, &account.username],
            account.created_on,
            account.last_used_on,
        )
    }

    /// Masks `[first name, last name, username]` and two dates.
    pub fn new(names: [&str; 3], created: Option<Date>, last_used: Option<Date>) -> Self {
        let names = names.map(|name| if pid::may_be_in_name(name) { "" } else { name.trim() });
        let [first_name, last_name, username] = names;
        Self {
            first_name: beginning(first_name),
            last_name: beginning(last_name),
            username: beginning(username),
            username_end: end(username),
            created: created.map(Date::year),
            last_used: last_used.map(|date| (date.year(), date.month())),
        }
    }

    /// «Ka••• No•••»
    pub fn name_mask(&self) -> String {
        let names = [&self.first_name, &self.last_name].into_iter().filter(|name| !name.is_empty());
        names.map(|name| format!("{name}{DOTS}")).collect::<Vec<_>>().join(" ")
    }

    /// «ka•••1»
    pub fn user_mask(&self) -> String {
        if self.username.is_empty() {
            return String::new();
        }
        format!("{}{DOTS}{}", self.username, self.username_end)
    }
}

/// Two letters; one of a name of two or three; none of a name that is one letter. A letter is what a
/// reader sees as one: a grapheme cluster (UAX 29), never half an emoji.
fn beginning(name: &str) -> String {
    let shown = match name.graphemes(true).count() {
        0 | 1 => 0,
        2 | 3 => 1,
        _ => 2,
    };
    name.graphemes(true).take(shown).collect()
}

/// The last letter, of five or more: of four, three would be shown.
fn end(username: &str) -> String {
    let last =
        username.graphemes(true).next_back().filter(|_| username.graphemes(true).count() > 4);
    last.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(first: &str, last: &str, username: &str) -> Card {
        Card::new([first, last, username], None, None)
    }

    #[test]
    fn a_mask_shows_two_letters_and_always_three_dots() {
        let kari = card("Kari", "Nordmann", "kari1");
        assert_eq!((kari.name_mask(), kari.user_mask()), ("Ka••• No•••".into(), "ka•••1".into()));
    }

    #[test]
    fn a_short_name_shows_one_letter_and_a_short_username_no_end() {
        let bo = card("Bo", "Lie", "bo7");
        assert_eq!((bo.name_mask(), bo.user_mask()), ("B••• L•••".into(), "b•••".into()));
        assert_eq!(card("", "", "kari").user_mask(), "ka•••", "never three of four");
    }

    #[test]
    fn a_name_of_one_letter_is_never_shown_whole() {
        let odd = card("Å", "\u{1f469}\u{200d}\u{1f467}", "j");
        assert_eq!((odd.name_mask(), odd.user_mask()), (String::new(), String::new()));
        assert_eq!(card("e\u{301}", "", "").name_mask(), "");
    }

    #[test]
    fn a_mask_never_cuts_what_is_seen_as_one_letter() {
        let family = "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}";
        let flags = "\u{1f1f3}\u{1f1f4}\u{1f1f8}\u{1f1ea}";
        let card = card(&format!("{family}{family}"), "A\u{30a}se L", &format!("kari{flags}"));
        assert_eq!(card.name_mask(), format!("{family}••• A\u{30a}s•••"));
        assert_eq!(card.user_mask(), "ka•••\u{1f1f8}\u{1f1ea}");
    }

    #[test]
    fn t67_of_an_identity_number_nothing_is_shown() {
        let card = card("Kari", "018190 10001", "01819010001");
        assert_eq!((card.name_mask(), card.user_mask()), ("Ka•••".into(), String::new()));
        assert_eq!(super::Card::new(["", "", "01.81.90 100 01"], None, None).user_mask(), "");
    }

    #[test]
    fn nothing_is_made_of_nothing() {
        let nobody = card("", " ", "");
        assert_eq!((nobody.name_mask(), nobody.user_mask()), (String::new(), String::new()));
    }

    #[test]
    fn two_accounts_of_one_family_name_are_told_apart_by_the_last_sign() {
        assert_ne!(card("", "", "kari1").user_mask(), card("", "", "kari2").user_mask());
    }
}
