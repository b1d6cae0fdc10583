//! Dates and times as people write them, in Norwegian time. Decides nothing: deadlines are
//! compared as timestamps, elsewhere.

use jiff::civil::{Date, Time};
use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, Zoned};

use super::{Language, fill, texts};

static OSLO: TimeZone = tz::get!("Europe/Oslo");

/// The moment by the clocks of Norway.
pub fn in_norway(at: Timestamp) -> Zoned {
    at.to_zoned(OSLO.clone())
}

/// «23. november 2026».
pub fn date(language: Language, date: Date) -> String {
    let (day, year) = (date.day().to_string(), date.year().to_string());
    let parts = [("day", &*day), ("month", month_name(language, date)), ("year", &*year)];
    fill(texts(language).dates.date, &parts)
}

/// «14.05», to stand after «kl.».
pub fn time(language: Language, time: Time) -> String {
    let (hour, minute) = (format!("{:02}", time.hour()), format!("{:02}", time.minute()));
    fill(texts(language).dates.time, &[("hour", &hour), ("minute", &minute)])
}

/// «23. november 2026 kl. 14.05».
pub fn date_and_time(language: Language, at: Timestamp) -> String {
    let at = in_norway(at);
    let (date, time) = (date(language, at.date()), time(language, at.time()));
    fill(texts(language).dates.date_and_time, &[("date", &date), ("time", &time)])
}

/// «mars 2025».
pub fn month(language: Language, date: Date) -> String {
    let year = date.year().to_string();
    let parts = [("month", month_name(language, date)), ("year", &*year)];
    fill(texts(language).dates.month, &parts)
}

fn month_name(language: Language, date: Date) -> &'static str {
    let months_before = usize::try_from(date.month() - 1).expect("months count from 1");
    texts(language).dates.months[months_before]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let at: Timestamp = "2026-11-23T13:05:00Z".parse().unwrap();
        assert_eq!(date_and_time(Language::Bokmal, at), "23. november 2026 kl. 14.05");
        assert_eq!(date_and_time(Language::Nynorsk, at), "23. november 2026 kl. 14.05");
        assert_eq!(date_and_time(Language::English, at), "23 November 2026 at 14:05");
    }

    #[test]
    fn times_follow_norwegian_summer_time() {
        let at: Timestamp = "2026-07-01T22:30:00Z".parse().unwrap();
        assert_eq!(date_and_time(Language::Bokmal, at), "2. juli 2026 kl. 00.30");
    }

    #[test]
    fn a_month_stands_without_its_day() {
        let march = jiff::civil::date(2025, 3, 9);
        assert_eq!(month(Language::Bokmal, march), "mars 2025");
        assert_eq!(month(Language::English, march), "March 2025");
    }
}
