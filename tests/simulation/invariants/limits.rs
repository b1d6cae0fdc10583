//! I11: limits hold, whatever the order of events.

use std::collections::{BTreeMap, BTreeSet};

use kontobro::domain::limits;

use super::{Invariant, Seen, must};
use crate::{
    books::{Kind, number, text},
    visit,
};

/// Person and hour, or person and day, counted from 1970.
type PerTime = BTreeMap<(usize, i64), u32>;

#[derive(Default)]
pub struct Limits {
    searches_an_hour: PerTime,
    searches_a_day: PerTime,
    /// Numbers of invocations that have searched.
    searched: BTreeSet<usize>,
    mails_a_day: PerTime,
    mails_of_account_a_day: BTreeMap<(String, i64), u32>,
}

impl Invariant for Limits {
    fn name(&self) -> &'static str {
        "I11: nobody searches or is mailed more than the limits say"
    }

    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String> {
        for applied in seen.applied {
            let Some(by) = &applied.by else { continue };
            let searches = by.function == "account-search" && applied.operation == "Query";
            // The SDK may ask twice for one search.
            if searches && self.searched.insert(by.number) {
                let session =
                    visit::session(&by.event, by.now).ok_or("a search without a session")?;
                let person =
                    seen.person(&session.person.key().to_store()).ok_or("nobody searches")?;
                let at = by.now.as_second();
                counts(
                    &mut self.searches_an_hour,
                    (person, at / 3_600),
                    limits::SEARCHES_PER_HOUR,
                )?;
                counts(&mut self.searches_a_day, (person, at / 86_400), limits::SEARCHES_PER_DAY)?;
            }
            for change in &applied.changes {
                let (Kind::Entry(id), None, Some(entry)) =
                    (Kind::of(&change.key), &change.before, &change.after)
                else {
                    continue;
                };
                if !["requested", "resent", "email_requested"].contains(&&*text(entry, "event")) {
                    continue;
                }
                let day = number(entry, "at") / 86_400;
                let person = seen.person(&text(entry, "actor")).ok_or("nobody asks for a mail")?;
                counts(&mut self.mails_a_day, (person, day), limits::MAILS_PER_PERSON_AND_DAY)?;
                counts(
                    &mut self.mails_of_account_a_day,
                    (id, day),
                    limits::MAILS_PER_ACCOUNT_AND_DAY,
                )?;
            }
        }
        Ok(())
    }
}

fn counts<Who: Ord + std::fmt::Debug>(
    counted: &mut BTreeMap<(Who, i64), u32>,
    who: (Who, i64),
    most: u32,
) -> Result<(), String> {
    let words = format!("{who:?}");
    let count = counted.entry(who).or_default();
    *count += 1;
    must(*count <= most, || format!("{words} did it {count} times, not {most}"))
}
