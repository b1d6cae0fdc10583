//! What the local run says: plain lines, and a bar while it imports.

use std::io::{self, Write as _};

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    export::Export,
    world::{people::PEOPLE, settings::Urls},
};

/// Rows told one by one; of more, the number is told.
const REFUSALS_SHOWN: usize = 20;

/// Goes on with a line of steps.
pub fn step(name: &str) {
    print!(" {name} …");
    flush();
}

/// Ends a line of steps, or begins one.
pub fn line(text: &str) {
    println!("{text}");
}

/// Shows at once what stands on a line that is not ended.
fn flush() {
    let _ = io::stdout().flush(); // nobody may be looking
}

/// A bar of so many steps; invisible where there is no terminal.
pub fn bar(length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("  {bar:40} {human_pos} of {human_len}, {eta} left");
    ProgressBar::new(length as u64).with_style(style.expect("a constant template"))
}

/// The end of an import.
pub fn imported(name: &str, export: &Export, new: u64) {
    for refused in export.refused.iter().take(REFUSALS_SHOWN) {
        println!("  {name}, {refused}");
    }
    if export.refused.len() > REFUSALS_SHOWN {
        println!("  … and {} more", export.refused.len() - REFUSALS_SHOWN);
    }
    if !export.further_columns.is_empty() {
        println!("  Further columns, kept as they are: {}", export.further_columns.join(", "));
    }
    let there = export.accounts.len() as u64 - new;
    let there = if there == 0 { String::new() } else { format!(", {there} were there already") };
    println!("{name}: {new} imported{there}, {} rows refused", export.refused.len());
}

/// Where everything is, and what to try first.
pub fn welcome(urls: &Urls, synthetic: bool) {
    let Urls { kontobro, idporten, outbox, dynamodb, portal, secrets } = urls;
    println!(
        "
Kontobro runs. Ctrl-C stops it; everything is kept in .local/, and removing that begins afresh.

  {kontobro}   Kontobro: begin here
  {outbox}   the mails it sent; JSON at /messages
  {idporten}   ID-porten stand-in
  {dynamodb}   DynamoDB-compatible endpoint
  {portal}   the portal, where linked people are sent
  {secrets}   secrets

One function alone, with these around it: cargo lambda watch --env-file .local/functions.env
"
    );
    if synthetic {
        let kari = &PEOPLE[0];
        println!(
            "Try: log in as {}, search for {}, and find the mail in the outbox.",
            kari.name, kari.address
        );
        println!("Everyone on the login page:");
        for person in &PEOPLE {
            println!("  {}  {:<20}{:<42}{}", person.pid, person.name, person.address, person.story);
        }
    } else {
        println!(
            "Try: log in with any 11 digits in «Fødselsnummer», and search for an imported address."
        );
    }
}
