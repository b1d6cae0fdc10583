//! The national identity number. It exists only while a login or logout is being answered.

use super::redacted::redacted;

/// A fødselsnummer or d-nummer: 11 ASCII digits. Not `Clone`, `Display` or `Serialize`.
pub struct Pid([u8; 11]);
redacted!(Pid);

/// Not 11 ASCII digits. Does not repeat what it was: errors are logged, identity numbers never.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the identity number is not 11 digits")]
pub struct InvalidPid;

impl Pid {
    /// Reads the `pid` claim of a token whose signature has been checked.
    ///
    /// The control digits are left to ID-porten: numbers issued from 1 January 2032 follow a new
    /// rule, and a check of ours would lock their owners out.
    /// Source: Skatteetaten, "Nye fødselsnummer og d-nummer fra 2032".
    pub fn from_claim(claim: &str) -> Result<Self, InvalidPid> {
        let digits: [u8; 11] = claim.as_bytes().try_into().map_err(|_| InvalidPid)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(InvalidPid) }
    }

    /// Is it made for tests? Synthetic numbers have 40, 65 or 80 added to the month, so the third
    /// digit is 4 or more; no person has such a number.
    pub fn is_synthetic(&self) -> bool {
        self.0[2] >= b'4'
    }

    /// The digits, for the keyed hash and nothing else.
    pub(super) fn digits(&self) -> &[u8; 11] {
        &self.0
    }
}

/// Does a text hold what may be an identity number: eleven digits in a row, or six and five with one
/// sign between? Old services took them as usernames. Others may look the same; that does no harm.
pub fn may_be_in(text: &str) -> bool {
    let runs: Vec<_> = text.split(|sign: char| !sign.is_ascii_digit()).map(str::len).collect();
    runs.contains(&11) || runs.windows(2).any(|two| two == [6, 5])
}

/// As [`may_be_in`], for a name or a username: eleven digits or more that no letter parts, whatever
/// else stands between them. No name has so many; in other texts, phone numbers and dates do.
pub fn may_be_in_name(name: &str) -> bool {
    let digits = |part: &str| part.chars().filter(|c| c.is_numeric()).count();
    may_be_in(name) || name.split(char::is_alphabetic).any(|part| digits(part) >= 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t67_in_a_name_an_identity_number_is_seen_however_it_is_written() {
        for name in [
            "01819010001",
            "018190 10001",
            "01 81 90 100 01",
            "01.81.90-10001",
            "018190  10001",
            "01819010001 Kari",
            "Kari (018190/10001)",
            "０１８１９０１０００１",
            "018190\u{200b}\u{a0}10001",
        ] {
            assert!(may_be_in_name(name), "{name}");
        }
        for name in
            ["", "Kari", "Kari 2", "Louis XIV", "kari19901231", "1234567890", "a12345b678901"]
        {
            assert!(!may_be_in_name(name), "{name}");
        }
    }

    #[test]
    fn t67_what_may_be_an_identity_number_is_seen_and_a_phone_number_is_none() {
        for number in
            ["01819010001", "018190 10001", "018190-10001", "u01819010001", "nr. 01819010001."]
        {
            assert!(may_be_in(number), "{number}");
        }
        for other in [
            "",
            "kari1",
            "+47 22 33 44 55",
            "004722334455",
            "2019-02-03T08:30:00Z",
            "018190  10001",
        ] {
            assert!(!may_be_in(other), "{other}");
        }
    }

    #[test]
    fn t08_only_eleven_ascii_digits_are_an_identity_number() {
        assert!(Pid::from_claim("01819010001").is_ok());
        for wrong in ["", "0181901000", "018190100011", "0181901000x", "0181901000١", " 1819010001"]
        {
            assert_eq!(Pid::from_claim(wrong).err(), Some(InvalidPid), "{wrong:?}");
        }
    }

    #[test]
    fn t08_numbers_under_the_2032_rule_and_d_numbers_are_welcome() {
        for number in ["01819010281", "01819010028", "41819010003", "41819010100"] {
            assert!(Pid::from_claim(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn t08_synthetic_numbers_are_recognised_by_the_month() {
        let synthetic = |number| Pid::from_claim(number).expect("eleven digits").is_synthetic();
        assert!(synthetic("01819010001"));
        assert!(synthetic("41410100000"));
        assert!(!synthetic("01010100000"));
        assert!(!synthetic("41120100000"));
    }

    #[test]
    fn t95_an_identity_number_cannot_be_printed() {
        let pid = Pid::from_claim("01819010001").expect("eleven digits");
        assert_eq!(format!("{pid:?}"), "Pid(redacted)");
    }
}
