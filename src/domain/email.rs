//! E-mail addresses: one strict reading for import, search and mail.
//!
//! Two spellings are the same address exactly when [`Email::key`] is equal, byte for byte. The
//! address as given is kept, because mail goes to what the account holds and nothing else (T40).

mod pasted;

use std::iter::once;

use serde::{Deserialize, Serialize};
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

/// Why a text is no e-mail address we take: the first thing that is wrong with it. Repeats one
/// character of the text at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the e-mail address {}", self.reason())]
pub enum InvalidEmail {
    /// Nothing but space.
    Empty,
    /// No `@`.
    NoAt,
    /// More than one `@` in what seems to be one address.
    SeveralAts,
    /// A list of addresses.
    SeveralAddresses,
    /// A space, tab or line break inside.
    Space,
    /// The address begins with its `@`.
    NothingBeforeAt,
    /// The address ends with its `@`.
    NothingAfterAt,
    /// A character that no address has, or one that Unicode compatibility folding would change
    /// into another: a look-alike must never find somebody else's account (T36).
    Character(char),
    /// A dot first, beside the `@`, or beside another dot.
    Dots,
    /// `=?` before the `@`, where some relays take what follows for an encoded word (T112).
    EncodedWord,
    /// No dot after the `@`.
    NoDot,
    /// Longer than SMTP can carry.
    TooLong,
    /// What stands after the `@` can be no domain.
    Domain,
}

impl InvalidEmail {
    /// In English, for whoever imports: goes on after «email» or «the e-mail address».
    pub fn reason(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::NoAt => "has no @",
            Self::SeveralAts => "has more than one @",
            Self::SeveralAddresses => "is more than one address",
            Self::Space => "has a space inside",
            Self::NothingBeforeAt => "has nothing before the @",
            Self::NothingAfterAt => "has nothing after the @",
            Self::Character(_) => "has a character that no address has",
            Self::Dots => "has a dot first, beside the @, or beside another dot",
            Self::EncodedWord => "has =? before the @, which some mail servers read as a code",
            Self::NoDot => "has no dot after the @",
            Self::TooLong => "is longer than any address",
            Self::Domain => "has no possible domain after the @",
        }
    }

    /// The characters at fault, to show to whoever typed them; of one that shows nothing, its code
    /// point. Empty if the fault lies in no character.
    pub fn sign(self) -> String {
        match self {
            Self::Character(c) if c.is_control() || c.is_whitespace() || !is_seen(c) => {
                format!("U+{:04X}", u32::from(c))
            }
            Self::Character(c) => c.into(),
            Self::EncodedWord => "=?".into(),
            _ => String::new(),
        }
    }
}

impl Email {
    /// Reads an address as people paste it (T36). What is around it goes (invisible characters,
    /// space, `mailto:`, a name, a full stop, comma or semicolon at the end), and so do invisible
    /// characters and spaces beyond ASCII inside, which nobody types and layout puts there. An
    /// ordinary space inside stays a fault: what stands before it may be another word.
    ///
    /// The local part is a dot-atom (RFC 5322 §3.2.3, with letters beyond ASCII as RFC 6531 has
    /// them); the domain is one that UTS 46 takes. Refused: quoted local parts, comments, lists,
    /// address literals, controls, and whatever Unicode compatibility folding (NFKC) would change.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let pasted = pasted::address_in(text);
        must_be_one(&pasted)?;
        let written: String =
            pasted.chars().filter(|c| c.is_ascii() || !c.is_whitespace()).collect();
        if let Some(changed) = written.chars().find(|c| !once(*c).nfkc().eq(once(*c))) {
            return Err(InvalidEmail::Character(changed));
        }
        let given: String = written.nfc().collect();
        let key = key_of(&given)?;
        Ok(Self { given, key })
    }

    /// The address as its owner wrote it: for the screen, and for the words of a mail.
    pub fn as_given(&self) -> &str {
        &self.given
    }

    /// The address as it leaves us: letter by letter, but for a domain beyond ASCII, which is in A-labels
    /// (RFC 5890). SMTP and SES know no other form (T115).
    pub fn on_the_wire(&self) -> String {
        match (self.given.split_once('@'), self.key.split_once('@')) {
            (Some((local, domain)), Some((_, a_labels))) if !domain.is_ascii() => {
                format!("{local}@{a_labels}")
            }
            _ => self.given.clone(),
        }
    }

    /// Can a mail go there? SES takes no letters beyond ASCII before the `@`: it does not speak
    /// SMTPUTF8 (RFC 6531).
    pub fn takes_mail(&self) -> bool {
        self.given.split_once('@').is_some_and(|(local, _)| local.is_ascii())
    }

    /// The form that two spellings of one address share: for comparing and for the index. The local
    /// part in small letters, dots and plus kept; the domain in lower-case A-labels (UTS 46).
    ///
    /// The store keeps it beside each address. Whoever changes what it gives must write the keys of
    /// all accounts again; a test holds on to what it gives today.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// One `@`, nothing that separates words, and something on both sides.
fn must_be_one(text: &str) -> Result<(), InvalidEmail> {
    let separates = |c: char| c.is_whitespace() || ",;<>|/".contains(c);
    let addresses = text.split(separates).filter(|word| word.contains('@')).count();
    match text.matches('@').count() {
        0 if text.is_empty() => Err(InvalidEmail::Empty),
        0 => Err(InvalidEmail::NoAt),
        1 if text.contains(|c: char| c.is_ascii_whitespace()) => Err(InvalidEmail::Space),
        1 if text.starts_with('@') => Err(InvalidEmail::NothingBeforeAt),
        1 if text.ends_with('@') => Err(InvalidEmail::NothingAfterAt),
        1 => Ok(()),
        _ if addresses > 1 => Err(InvalidEmail::SeveralAddresses),
        _ => Err(InvalidEmail::SeveralAts),
    }
}

fn key_of(given: &str) -> Result<String, InvalidEmail> {
    let (local, domain) = given.split_once('@').ok_or(InvalidEmail::NoAt)?;
    let odd = local.chars().find(|c| !is_atext(*c) && *c != '.');
    let odd = odd.or_else(|| domain.chars().find(|c| !may_stand_in_domain(*c)));
    if let Some(odd) = odd {
        return Err(InvalidEmail::Character(odd));
    }
    if [local, domain].iter().any(|part| part.split('.').any(str::is_empty)) {
        return Err(InvalidEmail::Dots);
    }
    if local.contains("=?") {
        return Err(InvalidEmail::EncodedWord);
    }
    if given.len() > MAX_BYTES || local.len() > MAX_LOCAL_BYTES {
        return Err(InvalidEmail::TooLong);
    }
    let domain = idna::domain_to_ascii_strict(domain).map_err(|_| InvalidEmail::Domain)?;
    let (_, top) = domain.rsplit_once('.').ok_or(InvalidEmail::NoDot)?;
    if !top.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err(InvalidEmail::Domain);
    }
    let local: String = local.chars().map(small).nfc().collect();
    let key = format!("{local}@{domain}");
    if key.len() > MAX_BYTES { Err(InvalidEmail::TooLong) } else { Ok(key) }
}

/// A character of a dot-atom: RFC 5322's `atext`, and letters and digits beyond ASCII.
fn is_atext(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

/// Of the characters beyond ASCII, UTS 46 knows which may.
fn may_stand_in_domain(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-' || c == '.'
}

fn is_seen(c: char) -> bool {
    !super::invisible::is_invisible(c) && !matches!(c, '\u{200c}' | '\u{200d}')
}

/// The small letter of a letter, one for one: as Unicode's simple case folding, but that no letter
/// beyond ASCII becomes one of ASCII. `İ` has no small letter of its own and stays.
fn small(c: char) -> char {
    let mut letters = c.to_lowercase();
    match (letters.next(), letters.next()) {
        (Some('ς'), None) => 'σ',
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests;
