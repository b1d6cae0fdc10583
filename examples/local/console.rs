//! What the local run says: plain lines, and a bar while it imports.
//!
//! Of an imported row it says the line in the file, never what stands there.

use std::{
    fmt::Display,
    io::{self, Write as _},
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    export::Export,
    world::{people::PEOPLE, settings::Urls},
};

/// Bad rows told one by one; of more, the number is told.
const REFUSALS_SHOWN: usize = 20;

/// Says one line, or several.
pub fn say(text: impl Display) {
    let _ = writeln!(io::stdout(), "{text}"); // nobody may be listening any more
}

/// A bar of so many steps; invisible where there is no terminal.
pub fn bar(length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("  {bar:40} {human_pos} of {human_len}, {eta} left");
    ProgressBar::new(length as u64).with_style(style.expect("a constant template"))
}

/// The end of an import.
pub fn imported(name: &str, export: &Export, new: u64) {
    let Export { accounts, refused, further_columns } = export;
    for refused in refused.iter().take(REFUSALS_SHOWN) {
        say(format_args!("  {name}, {refused}"));
    }
    if refused.len() > REFUSALS_SHOWN {
        say(format_args!("  … and {} rows more", refused.len() - REFUSALS_SHOWN));
    }
    if !further_columns.is_empty() {
        say(format_args!("  Further columns, kept as they are: {}", further_columns.join(", ")));
    }
    let there = match accounts.len() as u64 - new {
        0 => String::new(),
        there => format!(", {there} were there already"),
    };
    say(format_args!("{name}: {new} imported{there}, {} rows refused", refused.len()));
}

/// Where everything is, and what to try first.
pub fn welcome(urls: &Urls, folder: &str, synthetic: bool) {
    let Urls { kontobro, idporten, outbox, dynamodb, portal, secrets } = urls;
    say(format_args!(
        "
Kontobro runs. Ctrl-C stops it. Everything is kept in {folder}/; without that folder it begins afresh.

  {kontobro}   Kontobro: begin here
  {idporten}   ID-porten stand-in
  {outbox}   outbox: the mails it sent; as JSON at /messages
  {dynamodb}   DynamoDB-compatible endpoint
  {portal}   portal: where linked people are sent
  {secrets}   secrets

One function alone, among these: cargo lambda watch --invoke-port 9100 --env-file {folder}/functions.env
"
    ));
    if synthetic {
        let first = &PEOPLE[0];
        say(format_args!(
            "Try it: log in as {}, search for {}, and open the mail in the outbox.\n\nWho can log in:",
            first.name, first.address
        ));
        for person in &PEOPLE {
            let [number, name, address] = [person.pid, person.name, person.address];
            say(format_args!("  {number}  {name:<20}{address:<34}{}", person.story));
        }
    } else {
        say(
            "Try it: log in with any 11 digits in «Fødselsnummer», and search for an imported address.",
        );
    }
}
