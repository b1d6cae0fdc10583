//! What the local run says when everything runs.

use crate::{
    report::say,
    world::{people::PEOPLE, settings::Urls},
};

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
