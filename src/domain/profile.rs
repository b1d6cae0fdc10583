//! What a person may change about their account, and when it is good enough to save.

use serde::{Deserialize, Serialize};

use super::{Email, InvalidEmail, limits, redacted::redacted};

/// A filled-in profile, checked.
pub struct Profile {
    /// 1 to 100 characters.
    pub first_name: String,
    /// 1 to 100 characters.
    pub last_name: String,
    /// Digits, with `+` and spaces; empty if not given.
    pub phone: String,
    /// Where mail goes. A changed address counts only once it is proved.
    pub email: Email,
}
redacted!(Profile);

/// A field of the profile form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// Fornavn.
    FirstName,
    /// Etternavn.
    LastName,
    /// E-post.
    Email,
    /// Telefon.
    Phone,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Nothing was filled in.
    Missing,
    /// More than [`limits::NAME_CHARS`] characters.
    TooLong,
    /// Control characters, or not of the field's form.
    Malformed,
    /// No e-mail address, and why not.
    NoAddress(InvalidEmail),
    /// An address that no mail can be sent to: it could never be proved.
    TakesNoMail,
}

impl Profile {
    /// Checks `[first name, last name, email, phone]` as typed; outer space goes.
    ///
    /// # Errors
    /// Every fault, in the order of the form, at most one a field.
    pub fn check(typed: [&str; 4]) -> Result<Self, Vec<(Field, Fault)>> {
        let [first_name, last_name, email, phone] = typed.map(str::trim);
        let address = Email::parse(email);
        let faults: Vec<_> = [
            (Field::FirstName, name_fault(first_name)),
            (Field::LastName, name_fault(last_name)),
            (Field::Email, address.as_ref().err().map(|error| email_fault(*error))),
            (Field::Phone, phone_fault(phone)),
        ]
        .into_iter()
        .filter_map(|(field, fault)| fault.map(|fault| (field, fault)))
        .collect();
        match address {
            Ok(email) if faults.is_empty() => Ok(Self {
                first_name: first_name.into(),
                last_name: last_name.into(),
                phone: phone.into(),
                email,
            }),
            _ => Err(faults),
        }
    }
}

fn email_fault(error: InvalidEmail) -> Fault {
    match error {
        InvalidEmail::Empty => Fault::Missing,
        _ => Fault::NoAddress(error),
    }
}

fn name_fault(name: &str) -> Option<Fault> {
    match name {
        "" => Some(Fault::Missing),
        _ if name.chars().count() > limits::NAME_CHARS => Some(Fault::TooLong),
        _ if name.chars().any(is_invisible) => Some(Fault::Malformed),
        _ => None,
    }
}

/// Controls, and the marks that turn the direction of text: nobody's name has them, and on a
/// page they make a name look like something else (T80).
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn phone_fault(phone: &str) -> Option<Fault> {
    if phone.is_empty() {
        return None;
    }
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let plain = phone
        .chars()
        .enumerate()
        .all(|(at, c)| c.is_ascii_digit() || c == ' ' || (at == 0 && c == '+'));
    (!plain || !(5..=15).contains(&digits) || phone.len() > limits::PHONE_BYTES)
        .then_some(Fault::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(typed: [&str; 4]) -> Vec<(Field, Fault)> {
        Profile::check(typed).err().unwrap_or_default()
    }

    #[test]
    fn a_plain_profile_is_fine_and_the_phone_may_be_left_out() {
        assert_eq!(faults(["Kari", "Nordmann", "kari@example.no", "+47 22 33 44 55"]), []);
        assert_eq!(faults(["Bjørn-Åge", "d'Arc Ødegård", "b@example.no", ""]), []);
    }

    #[test]
    fn what_is_just_long_enough_or_just_short_enough_is_fine() {
        let name = "å".repeat(limits::NAME_CHARS);
        let check = |phone: &str| Profile::check([&name, &name, "kari@example.no", phone]);
        for good in ["12345", "+12 34 56 78 90 12345", &format!("1 234{}5", " ".repeat(19))] {
            assert!(check(good).is_ok(), "{good}");
        }
        let longer = format!("1 234{}5", " ".repeat(20));
        for bad in ["1234", "1234567890123456", "12345+", "1+2345", "a12345", &*longer] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let all = faults(["", " ", "kari", "ring meg"]);
        assert_eq!(
            all,
            [
                (Field::FirstName, Fault::Missing),
                (Field::LastName, Fault::Missing),
                (Field::Email, Fault::NoAddress(InvalidEmail::NoAt)),
                (Field::Phone, Fault::Malformed),
            ]
        );
    }

    #[test]
    fn t80_names_that_would_dress_up_as_something_else_are_refused() {
        let long = "a".repeat(limits::NAME_CHARS + 1);
        for (name, fault) in [
            ("Ka\u{202e}ri", Fault::Malformed),
            ("Ka\nri", Fault::Malformed),
            (&*long, Fault::TooLong),
        ] {
            assert_eq!(
                faults([name, "Nordmann", "kari@example.no", ""]),
                [(Field::FirstName, fault)]
            );
        }
    }
}
