//! E-mail addresses: one strict reading for import, search and mail.
//!
//! Two spellings are the same address exactly when [`Email::key`] is equal, byte for byte. The
//! address as given is kept, because mail goes to what the account holds and nothing else (T40).

use unicode_normalization::UnicodeNormalization as _;

use super::redacted::redacted;

/// Longest address SMTP can carry, in bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const MAX_BYTES: usize = 254;
/// Longest part before the `@`, in bytes (RFC 5321 §4.5.3.1.1).
const MAX_LOCAL_BYTES: usize = 64;

/// An e-mail address that has passed [`Email::parse`].
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    given: String,
    key: String,
}
redacted!(Email);

/// Why a text is no e-mail address we take. Never repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEmail {
    /// Nothing but space.
    #[error("the e-mail address is empty")]
    Empty,
    /// Anything that is not one plain address.
    #[error("the e-mail address is not one plain address")]
    NotAnAddress,
}

impl Email {
    /// Reads an address (T36): outer space goes; the local part is a dot-atom (RFC 5322 §3.2.3,
    /// with letters beyond ASCII as RFC 6531 has them) and loses only ASCII upper case; the domain
    /// becomes lower-case A-labels (UTS 46). Refused: quoted local parts, comments, lists, address
    /// literals, controls, and whatever Unicode compatibility folding (NFKC) would change, because
    /// a look-alike must never find somebody else's account.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let given = text.trim();
        if given.is_empty() {
            return Err(InvalidEmail::Empty);
        }
        let key = normalised(given).ok_or(InvalidEmail::NotAnAddress)?;
        Ok(Self { given: given.to_owned(), key })
    }

    /// The address as its owner wrote it: for mail and for the screen.
    pub fn as_given(&self) -> &str {
        &self.given
    }

    /// Can a mail go there? SES takes no letters beyond ASCII before the `@`: it does not speak
    /// SMTPUTF8 (RFC 6531).
    pub fn takes_mail(&self) -> bool {
        self.given.split_once('@').is_some_and(|(local, _)| local.is_ascii())
    }

    /// The form that two spellings of one address share: for comparing and for the index.
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn normalised(given: &str) -> Option<String> {
    if given.len() > MAX_BYTES || !given.nfkc().eq(given.chars()) {
        return None;
    }
    let (local, domain) = given.split_once('@')?;
    let atoms_are_plain =
        local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext));
    if !atoms_are_plain || local.len() > MAX_LOCAL_BYTES {
        return None;
    }
    let domain = idna::domain_to_ascii_strict(domain).ok()?;
    let has_letters_at_the_end = domain
        .rsplit_once('.')
        .is_some_and(|(_, top)| top.starts_with(|c: char| c.is_ascii_lowercase()));
    let key = format!("{}@{domain}", local.to_ascii_lowercase());
    (has_letters_at_the_end && key.len() <= MAX_BYTES).then_some(key)
}

/// A character of a dot-atom: RFC 5322's `atext`, and letters and digits beyond ASCII.
fn is_atext(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Result<String, InvalidEmail> {
        Email::parse(text).map(|email| email.key().to_owned())
    }

    #[test]
    fn t36_spellings_of_one_address_share_a_key() {
        for text in ["kari@example.no", " Kari@Example.NO ", "KARI@EXAMPLE.no\t"] {
            assert_eq!(key(text), Ok("kari@example.no".into()), "{text:?}");
        }
        assert_eq!(key("ola@blåbær.no"), Ok("ola@xn--blbr-roah.no".into()));
        assert_eq!(key("ola@BLÅBÆR.no"), key("ola@xn--blbr-roah.no"));
    }

    #[test]
    fn t36_dots_plus_and_norwegian_letters_are_part_of_the_address() {
        assert_eq!(key("a.b+c@example.no"), Ok("a.b+c@example.no".into()));
        assert_ne!(key("a.b@example.no"), key("ab@example.no"));
        assert_eq!(key("bjørn@example.no"), Ok("bjørn@example.no".into()));
    }

    #[test]
    fn mail_goes_where_the_part_before_the_at_sign_is_ascii() {
        for (text, takes) in
            [("kari@example.no", true), ("ola@blåbær.no", true), ("bjørn@example.no", false)]
        {
            assert_eq!(Email::parse(text).expect("an address").takes_mail(), takes, "{text}");
        }
    }

    #[test]
    fn t36_whatever_is_not_one_plain_address_is_refused() {
        let long = format!("{}@example.no", "a".repeat(65));
        for text in [
            "kari",
            "@example.no",
            "kari@",
            "kari@example",
            "kari@@example.no",
            "a@b@example.no",
            "kari @example.no",
            "kari@exam ple.no",
            "kari,ola@example.no",
            "a@example.no,b@example.no",
            "a@example.no;b@example.no",
            "\"kari\"@example.no",
            "kari(x)@example.no",
            "kari@[127.0.0.1]",
            "kari@127.0.0.1",
            ".kari@example.no",
            "kari.@example.no",
            "ka..ri@example.no",
            "Kari <kari@example.no>",
            "kari@example.no\r\nBcc: x@example.no",
            "kari\u{0}@example.no",
            "ｋari@example.no",
            "kari＠example.no",
            "ﬁn@example.no",
            "kari@ｅxample.no",
            "kari@-example.no",
            "kari@example..no",
            "kari@exa_mple.no",
            "kari\u{200b}@example.no",
            "kari\u{202e}@example.no",
            &long,
        ] {
            assert_eq!(key(text), Err(InvalidEmail::NotAnAddress), "{text:?}");
        }
        for empty in ["", "  ", "\n"] {
            assert_eq!(key(empty), Err(InvalidEmail::Empty), "{empty:?}");
        }
    }

    #[test]
    fn t36_the_longest_address_there_can_be_is_one() {
        let of = |local: usize, last: usize| {
            let label = "b".repeat(63);
            format!("{}@{label}.{label}.{}.no", "a".repeat(local), "c".repeat(last))
        };
        assert_eq!(of(64, 58).len(), MAX_BYTES);
        assert!(key(&of(64, 58)).is_ok());
        for (local, last) in [(64, 59), (65, 57)] {
            assert_eq!(key(&of(local, last)), Err(InvalidEmail::NotAnAddress), "{local}");
        }
    }

    #[test]
    fn t36_look_alike_letters_of_other_scripts_stay_different() {
        assert_ne!(key("kаri@example.no"), key("kari@example.no"), "the first has a Cyrillic a");
    }
}
