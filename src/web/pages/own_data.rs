//! A person's own data, as a file to take home (T98). The names in it are the same in every language,
//! the words are in the reader's. Never holds a key, of the owner's or of anyone else's.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use lambda_http::http::header;
use serde::Serialize;

use crate::{
    domain::{Account, Happened, Request, history::Event},
    texts::History,
    web::{Answer, Scene},
};

const FILE: &str = "attachment; filename=\"opplysninger.json\"";

#[derive(Serialize)]
struct OwnData<'a> {
    tjeneste: &'a str,
    hentet: Timestamp,
    konto: Konto<'a>,
    foresporsel: Option<Foresporsel<'a>>,
    historikk: Vec<Hendelse<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    slatt_sammen: Vec<SlattSammen<'a>>,
}

/// An account that was gathered into the person's.
#[derive(Serialize)]
struct SlattSammen<'a> {
    konto: Konto<'a>,
    historikk: Vec<Hendelse<'a>>,
}

#[derive(Serialize)]
struct Konto<'a> {
    epost: &'a str,
    brukernavn: &'a str,
    fornavn: &'a str,
    etternavn: &'a str,
    telefon: &'a str,
    opprettet: Option<Date>,
    sist_brukt: Option<Date>,
    koblet: Option<Timestamp>,
    lagret: Option<Timestamp>,
    /// What the import brought besides.
    annet: &'a BTreeMap<String, String>,
}

/// What the person waits for.
#[derive(Serialize)]
struct Foresporsel<'a> {
    epost: &'a str,
    referanse: String,
    bedt_om: Timestamp,
    gyldig_til: Timestamp,
}

#[derive(Serialize)]
struct Hendelse<'a> {
    tidspunkt: Timestamp,
    hva: &'a str,
    referanse: Option<&'a str>,
}

impl<'a> Konto<'a> {
    fn of(account: &'a Account) -> Self {
        Self {
            epost: account.email.as_given(),
            brukernavn: &account.username,
            fornavn: &account.first_name,
            etternavn: &account.last_name,
            telefon: &account.phone,
            opprettet: account.created_on,
            sist_brukt: account.last_used_on,
            koblet: account.linked_at,
            lagret: account.saved_at,
            annet: &account.other,
        }
    }
}

/// The file. `gathered` are the accounts that were gathered into this one, each with what was done to it.
pub fn own_data(
    scene: &Scene<'_>,
    (account, history): (&Account, &[Happened]),
    gathered: &[(Account, Vec<Happened>)],
    request: Option<&Request>,
) -> Answer {
    let waits = request.filter(|request| request.is_waiting(scene.visit.now));
    let data = OwnData {
        tjeneste: &scene.site.service_name,
        hentet: scene.visit.now,
        konto: Konto::of(account),
        foresporsel: waits.map(|request| Foresporsel {
            epost: request.email.as_given(),
            referanse: request.id.reference(),
            bedt_om: request.asked_at,
            gyldig_til: request.expires_at,
        }),
        historikk: told(scene, history),
        slatt_sammen: gathered
            .iter()
            .map(|(account, history)| SlattSammen {
                konto: Konto::of(account),
                historikk: told(scene, history),
            })
            .collect(),
    };
    let content = serde_json::to_vec_pretty(&data).expect("plain fields make JSON");
    Answer::file(&content, "application/json").with(header::CONTENT_DISPOSITION, FILE)
}

fn told<'a>(scene: &Scene<'_>, history: &'a [Happened]) -> Vec<Hendelse<'a>> {
    let told = |happened: &'a Happened| Hendelse {
        tidspunkt: happened.at,
        hva: words(&scene.texts.history, happened.event),
        referanse: happened.reference.as_deref(),
    };
    history.iter().map(told).collect()
}

fn words(texts: &History, event: Event) -> &'static str {
    match event {
        Event::Requested => texts.requested,
        Event::Resent => texts.resent,
        Event::Cancelled => texts.cancelled,
        Event::Linked => texts.linked,
        Event::Created => texts.created,
        Event::Gathered => texts.gathered,
        Event::Saved => texts.saved,
        Event::EmailRequested => texts.email_requested,
        Event::EmailChanged => texts.email_changed,
        Event::Rekeyed => texts.rekeyed,
        Event::OpenedByAnother => texts.opened_by_another,
        Event::Stopped => texts.stopped,
        Event::FreezeLifted => texts.freeze_lifted,
        Event::TakenBack => texts.taken_back,
        Event::Erased => texts.erased,
    }
}
