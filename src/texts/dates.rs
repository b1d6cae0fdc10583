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

/// «23. november 2026», on one line.
pub fn date(language: Language, date: Date) -> String {
    let (day, year) = (date.day().to_string(), date.year().to_string());
    let parts = [("day", &*day), ("month", month_name(language, date.month())), ("year", &*year)];
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

/// «i dag kl. 14.05», or with its date if `at` is not of the day of `now`.
pub fn today_or_date(language: Language, at: Timestamp, now: Timestamp) -> String {
    let local = in_norway(at);
    if local.date() != in_norway(now).date() {
        return date_and_time(language, at);
    }
    fill(texts(language).dates.today, &[("time", &time(language, local.time()))])
}

/// A moment that is still to come: «i dag kl. 14.05», «i morgen kl. 08.00», «25. november 2026
/// kl. 08.00».
pub fn coming(language: Language, at: Timestamp, now: Timestamp) -> String {
    let (at, today) = (in_norway(at), in_norway(now).date());
    let words = &texts(language).dates;
    let text = match at.date() {
        day if day == today => words.today,
        day if today.tomorrow().is_ok_and(|tomorrow| day == tomorrow) => words.tomorrow,
        _ => words.on_day,
    };
    let (date, time) = (date(language, at.date()), time(language, at.time()));
    fill(text, &[("date", &date), ("time", &time)])
}

/// «mars 2025». Months count from 1.
pub fn month(language: Language, year: i16, month: i8) -> String {
    let parts = [("month", month_name(language, month)), ("year", &*year.to_string())];
    fill(texts(language).dates.month, &parts)
}

/// «2014», or that it is not known.
pub fn year(language: Language, year: Option<i16>) -> String {
    year.map_or_else(|| texts(language).dates.unknown_year.to_owned(), |year| year.to_string())
}

fn month_name(language: Language, month: i8) -> &'static str {
    let months = &texts(language).dates.months;
    usize::try_from(month - 1)
        .ok()
        .and_then(|before| months.get(before))
        .expect("a month is 1 to 12")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let at: Timestamp = "2026-11-23T13:05:00Z".parse().unwrap();
        assert_eq!(
            date_and_time(Language::Bokmal, at),
            "23.\u{a0}november\u{a0}2026 kl.\u{a0}14.05"
        );
        assert_eq!(
            date_and_time(Language::Nynorsk, at),
            "23.\u{a0}november\u{a0}2026 kl.\u{a0}14.05"
        );
        assert_eq!(date_and_time(Language::English, at), "23\u{a0}November\u{a0}2026 at 14:05");
    }

    #[test]
    fn times_follow_norwegian_summer_time() {
        let at: Timestamp = "2026-07-01T22:30:00Z".parse().unwrap();
        assert_eq!(date_and_time(Language::Bokmal, at), "2.\u{a0}juli\u{a0}2026 kl.\u{a0}00.30");
    }

    #[test]
    fn a_time_of_today_stands_without_its_date_by_the_clocks_of_norway() {
        let at: Timestamp = "2026-11-23T22:58:00Z".parse().unwrap();
        let minutes = jiff::SignedDuration::from_mins;
        let said = |language, later| today_or_date(language, at, at + later);
        assert_eq!(said(Language::Bokmal, minutes(1)), "i dag kl.\u{a0}23.58");
        assert_eq!(said(Language::English, minutes(1)), "today at 23:58");
        let tomorrow = said(Language::Bokmal, minutes(2));
        assert_eq!(tomorrow, "23.\u{a0}november\u{a0}2026 kl.\u{a0}23.58");
    }

    #[test]
    fn what_comes_today_or_tomorrow_is_told_as_people_say_it() {
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        for (at, words) in [
            (
                "2026-11-24T22:59:00Z",
                ["i dag kl.\u{a0}23.59", "i dag kl.\u{a0}23.59", "today at 23:59"],
            ),
            (
                "2026-11-24T23:00:00Z",
                ["i morgen kl.\u{a0}00.00", "i morgon kl.\u{a0}00.00", "tomorrow at 00:00"],
            ),
            (
                "2026-11-25T23:00:00Z",
                [
                    "26.\u{a0}november\u{a0}2026 kl.\u{a0}00.00",
                    "26.\u{a0}november\u{a0}2026 kl.\u{a0}00.00",
                    "on 26\u{a0}November\u{a0}2026 at 00:00",
                ],
            ),
        ] {
            let at = at.parse().unwrap();
            assert_eq!(Language::ALL.map(|language| coming(language, at, now)), words);
        }
    }

    #[test]
    fn a_month_stands_without_its_day() {
        assert_eq!(month(Language::Bokmal, 2025, 3), "mars 2025");
        assert_eq!(month(Language::English, 2025, 12), "December 2025");
    }
}
