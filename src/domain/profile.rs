//! What a person may change about their account, and when it is good enough to save.

use serde::{Deserialize, Serialize};

use super::{Account, Email, InvalidEmail, limits, phone, pid, redacted::redacted};

/// A filled-in profile, checked.
pub struct Profile {
    /// 1 to 100 characters; or what the import brought.
    pub first_name: String,
    /// 1 to 100 characters; or what the import brought.
    pub last_name: String,
    /// As [`phone::read`] reads it, empty if not given; or what the import brought.
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
    /// What may be an identity number, in place of a name.
    IdentityNumber,
    /// No e-mail address, and why not.
    NoAddress(InvalidEmail),
    /// An address that no mail can be sent to: it could never be proved.
    TakesNoMail,
}

impl Profile {
    /// Checks `[first name, last name, email, phone]` as typed; outer space goes. What was imported
    /// with `account` is good as long as it is left as it is: nobody must mend what they did not
    /// write before they can save the rest.
    ///
    /// # Errors
    /// Every fault, in the order of the form, at most one a field.
    pub fn check(typed: [&str; 4], account: Option<&Account>) -> Result<Self, Vec<(Field, Fault)>> {
        let [first_name, last_name, email, phone] = typed.map(str::trim);
        let imported = account.filter(|account| account.is_imported());
        let is_left = |value: &str, stored: fn(&Account) -> &str| {
            imported.is_some_and(|account| stored(account).trim() == value)
        };
        let name_fault = |name, stored| name_fault(name).filter(|_| !is_left(name, stored));
        let address = Email::parse(email);
        let phone = if is_left(phone, |account| &account.phone) {
            Some(phone.to_owned())
        } else {
            phone::read(phone)
        };
        let faults: Vec<_> = [
            (Field::FirstName, name_fault(first_name, |account| &account.first_name)),
            (Field::LastName, name_fault(last_name, |account| &account.last_name)),
            (Field::Email, address.as_ref().err().map(|error| email_fault(*error))),
            (Field::Phone, phone.is_none().then_some(Fault::Malformed)),
        ]
        .into_iter()
        .filter_map(|(field, fault)| fault.map(|fault| (field, fault)))
        .collect();
        match (address, phone) {
            (Ok(email), Some(phone)) if faults.is_empty() => Ok(Self {
                first_name: first_name.into(),
                last_name: last_name.into(),
                phone,
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
        _ if pid::may_be_in_name(name) => Some(Fault::IdentityNumber),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountId, account::Status};

    fn faults(typed: [&str; 4]) -> Vec<(Field, Fault)> {
        Profile::check(typed, None).err().unwrap_or_default()
    }

    #[test]
    fn a_plain_profile_is_fine_and_the_phone_may_be_left_out() {
        assert_eq!(faults(["Kari", "Nordmann", "kari@example.no", "+47 22 33 44 55"]), []);
        assert_eq!(faults(["Bjørn-Åge", "d'Arc Ødegård", "b@example.no", ""]), []);
    }

    #[test]
    fn what_is_just_long_enough_or_just_short_enough_is_fine() {
        let name = "å".repeat(limits::NAME_CHARS);
        assert_eq!(faults([&name, &name, "kari@example.no", "12345"]), []);
    }

    #[test]
    fn t67_an_identity_number_is_no_name() {
        let number = (Field::FirstName, Fault::IdentityNumber);
        for name in ["01819010001", "018190 10001", "Kari 01.81.90.100.01"] {
            assert_eq!(faults([name, "Lie", "kari@example.no", ""]), [number], "{name}");
        }
        let both = faults(["01819010001", "01819010001", "kari@example.no", ""]);
        assert_eq!(both, [number, (Field::LastName, Fault::IdentityNumber)]);
    }

    fn account(username: &str) -> Account {
        Account {
            id: AccountId::new(jiff::Timestamp::UNIX_EPOCH, [0; 10]),
            version: 1,
            email: Email::parse("kari@example.no").expect("an address"),
            username: username.into(),
            first_name: "Kari\u{200b}".into(),
            last_name: String::new(),
            phone: "90000000 (jobb)".into(),
            created_on: None,
            last_used_on: None,
            status: Status::Active,
            merged_into: None,
            gathered: [].into(),
            owner: None,
            linked_at: None,
            saved_at: None,
            other: [].into(),
        }
    }

    #[test]
    fn what_was_imported_is_good_as_long_as_it_is_left_as_it_is() {
        let left = ["Kari\u{200b}", "", "kari@example.no", "90000000 (jobb)"];
        let saved = Profile::check(left, Some(&account("kari"))).expect("left as it is");
        assert_eq!([&*saved.first_name, &saved.last_name, &saved.phone], [left[0], "", left[3]]);

        let changed = ["\u{200b}Kari", "\u{200b}", "kari@example.no", "90000000 (hjem)"];
        let all =
            [Field::FirstName, Field::LastName, Field::Phone].map(|of| (of, Fault::Malformed));
        assert_eq!(Profile::check(changed, Some(&account("kari"))).err(), Some(all.into()));

        let ours = Profile::check(left, Some(&account(""))).err().map(|faults| faults.len());
        assert_eq!(ours, Some(3), "what was not imported never had another form");
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
