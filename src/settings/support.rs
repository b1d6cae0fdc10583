//! How people reach somebody when they cannot go on.

use super::{BadSetting, Settings, Translated};

/// How to reach people beside the support address, as far as the owner has set it.
#[derive(Clone, Default)]
pub struct Support {
    /// `+47 22 00 00 00`.
    pub phone: Option<String>,
    /// When somebody answers the phone: «hverdager kl. 9–15».
    pub hours: Option<Translated>,
    /// Within how many working days mails are answered.
    pub reply_days: Option<u8>,
}

impl Support {
    /// Reads `SUPPORT_PHONE`, `SUPPORT_HOURS` and `SUPPORT_REPLY_DAYS`.
    pub(super) fn from(settings: &Settings) -> Result<Self, BadSetting> {
        let wrong = |name, reason| BadSetting::Impossible { name, reason };
        let phone = settings.optional("SUPPORT_PHONE").map(str::to_owned);
        if phone.as_deref().is_some_and(|phone| dialled(phone).is_none()) {
            return Err(wrong("SUPPORT_PHONE", "must be digits and spaces, with + first or not"));
        }
        let hours = settings.translated("SUPPORT_HOURS")?;
        if hours.is_some() && phone.is_none() {
            return Err(wrong(
                "SUPPORT_HOURS",
                "says when SUPPORT_PHONE is answered: set that too",
            ));
        }
        let reply_days = settings.optional("SUPPORT_REPLY_DAYS").map(str::parse::<u8>).transpose();
        let reply_days = reply_days.ok().filter(|days| days.is_none_or(|days| days > 0));
        let reply_days = reply_days
            .ok_or_else(|| wrong("SUPPORT_REPLY_DAYS", "must be a number of working days"))?;
        Ok(Self { phone, hours, reply_days })
    }
}

/// A phone number as a `tel:` link has it (RFC 3966), without what only eyes need. None if it is none.
pub fn dialled(phone: &str) -> Option<String> {
    let dialled: String = phone.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
    let is_number = (3..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(dialled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(pairs: &[(&str, &str)]) -> Settings {
        Settings::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn t91_how_support_is_reached_is_set_so_that_people_can_use_it_or_nothing_starts() {
        let hours = ("SUPPORT_HOURS", "nb=kl. 9–15 | nn=kl. 9–15 | en=9–15");
        let support = Support::from(&settings(&[
            ("SUPPORT_PHONE", "+47 22 00 00 00"),
            hours,
            ("SUPPORT_REPLY_DAYS", "2"),
        ]));
        let support = support.expect("all of it");
        let dialled = support.phone.as_deref().and_then(dialled);
        assert_eq!(dialled.as_deref(), Some("+4722000000"));
        assert_eq!(support.reply_days, Some(2));
        assert!(Support::from(&settings(&[])).expect("nothing").phone.is_none());
        for (wrong, name) in [
            (("SUPPORT_PHONE", "ring oss"), "SUPPORT_PHONE"),
            (("SUPPORT_PHONE", "22 00 00 00 (kl. 9–15)"), "SUPPORT_PHONE"),
            (hours, "SUPPORT_HOURS"),
            (("SUPPORT_REPLY_DAYS", "0"), "SUPPORT_REPLY_DAYS"),
            (("SUPPORT_REPLY_DAYS", "to"), "SUPPORT_REPLY_DAYS"),
        ] {
            let error = Support::from(&settings(&[wrong])).err().expect(name).to_string();
            assert!(error.starts_with(&format!("the setting {name} ")), "{error}");
        }
    }
}
