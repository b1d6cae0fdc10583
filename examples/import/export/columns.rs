//! Names of columns that nobody may keep without understanding them.
//!
//! Guesses by words, and rather once too often: a column that is refused for nothing is renamed in a
//! minute, a closed account that is offered or a password that is kept is not found for years.

use std::fmt;

/// What a column seems to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dangerous {
    /// Whether the account may be used.
    Status,
    /// What opens the account or stands for who does.
    Secret,
    /// A national identity number.
    IdentityNumber,
}

impl fmt::Display for Dangerous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Status => "a status",
            Self::Secret => "a secret",
            Self::IdentityNumber => "an identity number",
        })
    }
}

/// Words that stand for themselves, as one word of a column's name.
const WORDS: [(Dangerous, &[&str]); 3] = [
    (
        Dangerous::IdentityNumber,
        &["fnr", "dnr", "pnr", "pid", "ssn", "nin", "dnummer", "nationalid", "identitynumber"],
    ),
    (
        Dangerous::Secret,
        &["pass", "pwd", "salt", "key", "nøkkel", "nokkel", "pin", "otp", "totp", "mfa", "cookie"],
    ),
    (
        Dangerous::Status,
        &[
            "active",
            "inactive",
            "activated",
            "isactive",
            "aktiv",
            "inaktiv",
            "aktivert",
            "state",
            "tilstand",
            "locked",
            "unlocked",
            "låst",
            "banned",
            "bannlyst",
            "closed",
            "stengt",
            "archived",
            "confirmed",
            "bekreftet",
            "bekrefta",
            "verified",
            "approved",
            "godkjent",
            "expired",
            "utløpt",
            "utlopt",
            "valid",
            "invalid",
            "gyldig",
            "ugyldig",
            "removed",
            "fjernet",
            "fjerna",
            "terminated",
            "avsluttet",
            "avslutta",
            "spam",
            "auth",
        ],
    ),
];

/// Parts of words, wherever in a column's name they stand.
const PARTS: [(Dangerous, &[&str]); 3] = [
    (
        Dangerous::IdentityNumber,
        &["fodselsn", "fødselsn", "foedselsn", "personnummer", "personnr", "socialsecurity"],
    ),
    (
        Dangerous::Secret,
        &[
            "passw",
            "passord",
            "passphrase",
            "secret",
            "hemmelig",
            "token",
            "hash",
            "session",
            "credential",
            "apikey",
        ],
    ),
    (
        Dangerous::Status,
        &[
            "status",
            "suspend",
            "disabl",
            "enabl",
            "deactivat",
            "deaktiver",
            "delete",
            "slett",
            "blocked",
            "blokk",
            "lockout",
            "islocked",
            "sperre",
            "sperra",
            "arkiver",
            "utesteng",
        ],
    ),
];

/// Does a column that we do not understand seem to hold something that must be understood?
pub fn dangerous(name: &str) -> Option<Dangerous> {
    let words = words(name);
    let all: String = words.concat();
    let ends_in_key = all.ends_with("pass").then_some(Dangerous::Secret);
    let whole = WORDS.iter().find(|(_, known)| {
        known.contains(&all.as_str()) || words.iter().any(|word| known.contains(&word.as_str()))
    });
    let part = PARTS.iter().find(|(_, parts)| parts.iter().any(|part| all.contains(part)));
    whole.or(part).map(|(dangerous, _)| *dangerous).or(ends_in_key)
}

/// `session_tokens`, `sessionTokens` and `Session Tokens` are the same two words, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphabetic() || (c.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphabetic()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t113_a_column_that_looks_like_a_status_or_a_secret_is_seen() {
        for (names, what) in [
            (
                &[
                    "suspended",
                    "deleted",
                    "enabled",
                    "Active",
                    "is_active",
                    "isActive",
                    "locked",
                    "disabled",
                    "confirmed",
                    "user_status",
                    "status_code",
                    "Kontostatus",
                    "sperret",
                    "Slettet",
                    "låst",
                    "utestengt",
                    "emailVerified",
                    "deleted_at",
                    "account state",
                    "timeDeleted",
                    "auth",
                    "blocked2",
                ][..],
                Dangerous::Status,
            ),
            (
                &[
                    "password",
                    "user_pass",
                    "userpass",
                    "Passord",
                    "passwd",
                    "pwd",
                    "hash",
                    "pw_hash",
                    "salt",
                    "session_tokens",
                    "sessionTokens",
                    "reset token",
                    "secret",
                    "api_key",
                    "activation_key",
                    "TOTP",
                    "hemmelig",
                ],
                Dangerous::Secret,
            ),
            (
                &["fnr", "FNR", "fodselsnummer", "Fødselsnr", "personnummer", "d-nummer", "pid"],
                Dangerous::IdentityNumber,
            ),
        ] {
            for name in names {
                assert_eq!(dangerous(name), Some(what), "{name}");
            }
        }
    }

    #[test]
    fn a_column_of_another_kind_is_kept() {
        for name in [
            "employer",
            "arbeidsgiver",
            "note",
            "department",
            "city",
            "last_activity",
            "fødselsdato",
            "roles",
            "keyboard",
            "idnumber",
            "course",
            "Shift",
            "locale",
        ] {
            assert_eq!(dangerous(name), None, "{name}");
        }
    }
}
