//! All functions and all stand-ins, running, with a clock of their own.

use std::{cell::Cell, path::Path, time::Duration};

use kontobro::{
    ambient::Ambient,
    domain::{Account, AccountId, Email, Request, account::Status},
    store::{Attempt, Claim, Imported, Store},
};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::json;
use standins::wire::{Call, Fault, Kind, Wire};

use super::{
    books::Books,
    browser::Browser,
    clock::Clock,
    log,
    outbox::Outbox,
    person::Person,
    secrets::{Secret, Secrets},
};
use crate::{
    rights::Policies,
    world::{Options, World, people::PEOPLE, ports::Ports, settings::TABLES},
};

/// A running Kontobro. When a test is done with it, its books must balance and its secrets be kept.
pub struct Kontobro {
    pub clock: Clock,
    pub wire: Wire,
    pub world: World,
    pub secrets: Secrets,
    store: Store,
    tampered: Cell<bool>,
}

impl Kontobro {
    /// In memory.
    pub async fn start() -> Self {
        Self::start_on(Wire::new()).await
    }

    /// In memory, on a wire that may have its faults already.
    pub async fn start_on(wire: Wire) -> Self {
        Self::begin(Some(Clock::new()), wire, None, &[]).await.expect("a world starts")
    }

    /// In memory, at the machine's own time, for functions that run as processes. Its clock stands.
    pub async fn start_in_real_time() -> Self {
        Self::begin(None, Wire::new(), None, &[]).await.expect("a world starts")
    }

    /// Kept in a folder, at the time that `clock` shows, with more settings: name and value.
    pub async fn start_in(
        folder: &Path,
        clock: Clock,
        more: &[(&str, &str)],
    ) -> Result<Self, String> {
        Self::begin(Some(clock), Wire::new(), Some(folder), more).await
    }

    async fn begin(
        clock: Option<Clock>,
        wire: Wire,
        folder: Option<&Path>,
        more: &[(&str, &str)],
    ) -> Result<Self, String> {
        log::keep();
        let ambient = clock.as_ref().map_or_else(Ambient::system, |clock| {
            let (now, dice) = (clock.clone(), SystemRandom::new());
            Ambient::new(
                move || now.now(),
                move |bytes| dice.fill(bytes).expect("the system has random bytes"),
            )
        });
        let clock = clock.unwrap_or_else(Clock::new);
        let options = Options {
            ports: Ports::AnyFree,
            folder: folder.map(Path::to_owned),
            ambient,
            issuer: None,
            wire: wire.clone(),
            more: more.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        };
        let world = World::start(options, |_| {}).await.map_err(|error| error.to_string())?;
        let store = world.store();
        wire.clear();
        let (secrets, tampered) = (Secrets::default(), Cell::new(false));
        Ok(Self { clock, wire, world, secrets, store, tampered })
    }

    /// Someone who can log in, by their name on the login page.
    pub fn person(&self, name: &str) -> Person<'_> {
        let known = PEOPLE.iter().find(|person| person.name == name);
        Person::new(self, known.unwrap_or_else(|| panic!("{name} is on the login page")))
    }

    /// A browser nobody has used yet.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.world.urls.kontobro, self.secrets.clone())
    }

    /// Brings an old account in.
    pub async fn has(&self, account: Account) -> AccountId {
        self.secrets.address(account.email.as_given());
        let imported = self.store.import(&account, &Attempt::new(rand::random())).await;
        assert_eq!(imported.expect("an import"), Imported::New);
        account.id
    }

    pub fn outbox(&self) -> Outbox<'_> {
        Outbox(&self.world.ses)
    }

    pub fn books(&self) -> Books {
        Books::of(&self.world.dynamodb, &TABLES.map(|(_, name)| name))
    }

    /// The sweeper's minute has come.
    pub async fn sweeps(&self) {
        self.tries_to_sweep().await.expect("a sweep");
    }

    /// The same while something is broken.
    pub async fn tries_to_sweep(&self) -> Result<serde_json::Value, crate::world::Failure> {
        self.world.invoke("mail-sweeper", Self::tick()).await
    }

    /// The same, with so much time before Lambda ends the function.
    pub async fn sweeps_within(&self, timeout: Duration) {
        self.world.invoke_within("mail-sweeper", Self::tick(), timeout).await.expect("a sweep");
    }

    /// What the schedule sends the sweeper.
    pub fn tick() -> serde_json::Value {
        json!({ "source": "aws.events", "detail-type": "Scheduled Event" })
    }

    /// Claims the one mail in the outbox that is due, as the sweeper does.
    pub async fn claims_the_mail(&self) -> (Request, Claim) {
        let (store, now) = (self.world.store(), self.clock.now());
        let due = store.mails_due(now).await.expect("an index");
        let [due] = &due[..] else { panic!("one mail is due, not {}", due.len()) };
        let claim = Claim::new(rand::random());
        let request = store.claim_mail(due, &claim, now).await.expect("a claim");
        (request.expect("nobody else has claimed it"), claim)
    }

    /// Something breaks, until [`Self::heals`].
    pub fn breaks(&self, service: &'static str, kind: Kind) {
        self.wire.fail(Fault::on(service, kind));
    }

    pub fn heals(&self) {
        self.wire.heal();
    }

    /// What was asked of a service since the last time this was asked.
    pub fn calls_to(&self, service: &str) -> Vec<Call> {
        let mut calls = self.wire.taken();
        calls.retain(|call| call.service == service);
        self.wire.clear();
        calls
    }

    /// What the functions have logged.
    #[expect(clippy::unused_self, reason = "it is this world's log, kept by its thread")]
    pub fn log(&self) -> String {
        log::lines()
    }

    /// From now on the books need not balance: others have written in them.
    pub fn is_tampered_with(&self) {
        self.tampered.set(true);
    }

    /// I1, I2, I3, I9, I10, and T89: no function did what its policy does not allow.
    fn all_is_well(&self) {
        let books = self.books();
        if !self.tampered.get() {
            books.balance();
        }
        let denied = Policies::as_written().denied(&self.wire.rights_used());
        assert!(denied.is_empty(), "AWS would not have let them: {denied:#?}");
        let mails = self.world.ses.messages();
        for mail in self.outbox().all().iter().filter(|mail| mail.has_link()) {
            self.secrets.keep(Secret::Link, &mail.token());
        }
        for token in self.world.idporten.handed_out() {
            self.secrets.keep(Secret::Token, &token);
        }
        self.secrets.are_not_in_the_log(&log::lines());
        self.secrets.are_not_in_addresses();
        self.secrets.are_not_in_the_store(&books.0);
        self.secrets.are_not_in_mails(&mails);
    }
}

impl Drop for Kontobro {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.all_is_well();
        }
    }
}

/// An account from before ID-porten: username of first and last name, made in 2014, used in 2026.
pub fn old_account(name: &str, address: &str) -> Account {
    let (first_name, last_name) = name.rsplit_once(' ').expect("first and last name");
    let mut random = [0; 10];
    SystemRandom::new().fill(&mut random).expect("the system has random bytes");
    Account {
        id: AccountId::new("2026-08-30T12:00:00Z".parse().expect("a moment"), random),
        version: 1,
        email: Email::parse(address).expect("an address"),
        username: format!("{}{}1", &first_name, &last_name).to_lowercase(),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        phone: "+47 59 00 00 01".to_owned(),
        created_on: Some(jiff::civil::date(2014, 3, 11)),
        last_used_on: Some(jiff::civil::date(2026, 8, 30)),
        status: Status::Active,
        merged_into: None,
        gathered: [].into(),
        owner: None,
        linked_at: None,
        saved_at: None,
        other: [("employer".to_owned(), "Fjordby ambulansestasjon".to_owned())].into(),
    }
}
