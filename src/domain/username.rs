//! Usernames of the old service.

use caseless::default_case_fold_str;
use unicode_normalization::UnicodeNormalization as _;

use super::invisible;

/// The form that two spellings of one username share: `Kari` is `kari`, and a letter is the same
/// however Unicode composes it (canonical caseless matching, Unicode D145, without what nobody sees
/// and without space around it). Account ids are made of it.
///
/// Whoever changes what it gives makes other accounts of the usernames that change: a later export
/// would bring in again what was gathered or erased.
pub fn key(username: &str) -> String {
    let visible = invisible::visible(username);
    let decomposed: String = visible.trim().nfd().collect();
    default_case_fold_str(&decomposed).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t67_spellings_of_one_username_share_a_key() {
        for (username, stored) in [
            (" G3\u{a0}", "g3"),
            ("KariH", "karih"),
            ("KÅRE", "kåre"),
            ("ka\u{30a}re", "kåre"),
            ("\u{212b}se", "åse"),
            ("kari\u{200b}", "kari"),
            ("Weiß", "weiss"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("kari.n+1@Example.no", "kari.n+1@example.no"),
            ("ďábel\u{301}", "ďábeĺ"),
        ] {
            assert_eq!(key(username), stored, "{username}");
            assert_eq!(key(stored), stored, "{username}");
        }
    }

    #[test]
    fn t67_usernames_that_look_different_have_different_keys() {
        for (one, other) in
            [("kari", "kari1"), ("kare", "kåre"), ("kari n", "karin"), ("о'neil", "o'neil")]
        {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }
}
