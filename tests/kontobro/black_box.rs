//! The built functions as processes, behind the gateway and a wire that breaks: people who press
//! whatever there is to press, in an order that a seed decides (L4).
//!
//! Nothing here knows how a page comes about. What is asked: every answer keeps the house rules, a 5xx
//! is a 503 with a page of ours, the books balance, and once the wire is whole again everyone comes to
//! exactly one account in three tries at most (I13). Time is the machine's: nothing expires here.

mod processes;

use std::path::Path;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};
use standins::{
    ses::Fate,
    wire::{Fault, Kind},
};

use crate::{
    bootstraps::process::FUNCTIONS,
    figures,
    support::{Kontobro, Person},
    world::people,
};
use processes::Processes;

/// What each person does before the wire is whole again.
const STEPS: usize = 12;
/// What a person asks for at most, so that a limit never bars the way home.
const ASKS: usize = 1;

/// Histories: a few in every run, as many as one likes in a long one.
fn histories() -> u64 {
    std::env::var("HISTORIES").map_or(5, |count| count.parse().expect("a number of histories"))
}

/// Two strangers, one with an old account, whom nobody else in this run is.
fn people(kontobro: &Kontobro, history: u64) -> [Person<'_>; 2] {
    [("Kari", 0), ("Ola", 1)].map(|(name, at)| {
        let number = history * 2 + at;
        let leaked = |text: String| -> &'static str { text.leak() };
        let of = people::Person {
            pid: leaked(format!("{:011}", 1_880_000_000 + number)),
            name: leaked(format!("{name} Nordmann")),
            address: leaked(format!("{}{number}@example.no", name.to_lowercase())),
            story: "",
        };
        Person::new(kontobro, &of)
    })
}

struct Story<'k> {
    kontobro: &'k Kontobro,
    processes: &'k Processes,
    dice: StdRng,
    asks: usize,
    kills: usize,
}

impl Story<'_> {
    /// One thing that a person may do, whatever they see.
    async fn step(&mut self, person: &Person<'_>, other: &Person<'_>) {
        match self.dice.gen_range(0..12) {
            0..=5 => self.press_something(person, other).await,
            6 => drop(person.opens(self.some_page()).await),
            7 => drop(person.reloads().await),
            8 => self.follow_the_mail(person).await,
            9 => self.break_something(),
            10 => {
                let (function, _) = FUNCTIONS.choose(&mut self.dice).expect("there are some");
                self.kills += usize::from(self.processes.kill(function).await);
            }
            // It may fail: then Lambda reports it, and the next minute comes.
            _ => drop(self.kontobro.tries_to_sweep().await),
        }
    }

    fn some_page(&mut self) -> &'static str {
        ["/", "/sok", "/sendt", "/profil", "/ferdig", "/logg-inn"]
            .choose(&mut self.dice)
            .expect("there are some")
    }

    async fn press_something(&mut self, person: &Person<'_>, other: &Person<'_>) {
        let page = person.page();
        if page.heading() == "Logg inn" {
            person.identifies_as(person.pid, "idporten-loa-substantial").await;
            return;
        }
        // «Logg inn med ID-porten», or «Prøv igjen» after an answer of theirs that led nowhere.
        if let Some(way) = page.links.iter().find(|link| link.href.starts_with("/logg-inn")) {
            person.follows(&way.label).await;
            return;
        }
        let t = person.texts();
        // A freeze is lifted by support alone, and a limit by tomorrow: no way home past those.
        let barred = |label: &&str| {
            *label == t.stop.button || (self.asks >= ASKS && *label == t.common.confirm)
        };
        let buttons: Vec<_> = page.buttons().into_iter().filter(|label| !barred(label)).collect();
        let Some(button) = buttons.choose(&mut self.dice).map(|label| (*label).to_owned()) else {
            return;
        };
        if button == t.common.confirm {
            self.asks += 1;
        }
        for field in page.forms.iter().flat_map(|form| &form.fields) {
            match &*field.name {
                "epost" if page.path().starts_with("/sok") => {
                    let whose = if self.dice.gen_bool(0.3) { other } else { person };
                    person.types("epost", whose.address);
                }
                "ny" => drop(person.ticks("ny")),
                _ => {}
            }
        }
        person.presses(&button).await;
    }

    /// Only their own: nobody here reads another's mail.
    async fn follow_the_mail(&mut self, person: &Person<'_>) {
        let outbox = self.kontobro.outbox();
        let mails = outbox.mails_to(person.address);
        let Some(mail) = mails.iter().rfind(|mail| mail.has_link()) else { return };
        if self.dice.gen_bool(0.3) {
            let fate = if self.dice.gen_bool(0.5) { Fate::Delivered } else { Fate::Delayed };
            outbox.tells(mail, fate).await;
        }
        person.opens_from_elsewhere(&mail.link()).await;
    }

    fn break_something(&mut self) {
        let refuse = |status, error: &str| Kind::Refuse { status, error: error.into() };
        let kinds = [
            Kind::CutBefore,
            Kind::CutAfter,
            refuse(400, "ThrottlingException"),
            refuse(500, "InternalServerError"),
        ];
        let kind = kinds.choose(&mut self.dice).expect("there are some").clone();
        let service = *["dynamodb", "dynamodb", "ses", "secrets", "idporten"]
            .choose(&mut self.dice)
            .expect("there are some");
        let fault = match service {
            "dynamodb" if self.dice.gen_bool(0.3) => {
                Fault::on(service, Kind::Conflict).only("TransactWriteItems")
            }
            // The browser goes to the other pages itself, and is not what is tried here.
            "idporten" => Fault::on(service, kind).only("POST /token"),
            service => Fault::on(service, kind),
        };
        let (after, times) = (self.dice.gen_range(0..4), self.dice.gen_range(1..6));
        self.kontobro.wire.fail(fault.after(after).times(times));
    }
}

/// Home: a saved account, by the way that the pages offer, in three tries.
async fn comes_home(person: &Person<'_>) {
    for _ in 0..3 {
        person.logs_in().await;
        if person.page().heading() == "Du er på portalen" {
            return;
        }
        // A mail that SES did not take comes again in five minutes: who does not wait asks anew.
        if person.page().path().starts_with("/sendt") {
            person.presses(person.texts().sent.cancel).await;
        }
        if person.page().path().starts_with("/sok") {
            person.searches_for(person.address).await;
            let t = person.texts();
            if person.page().buttons().contains(&t.result.merge) {
                person.presses(t.result.merge).await;
            } else {
                person.presses(t.result.new_button).await;
                person.ticks("ny");
            }
            person.presses(t.common.confirm).await;
        }
        if person.page().path().starts_with("/sendt") {
            person.follows_the_mail().await;
        }
        if person.page().path().starts_with("/profil") {
            person.types("fornavn", "Kari").types("etternavn", "Nordmann");
            person.saves().await;
        }
    }
    panic!("{} is not at home: {}", person.name, person.page());
}

#[tokio::test]
async fn i13_whatever_is_pressed_and_whatever_breaks_everyone_comes_home_to_one_account() {
    let kontobro = Kontobro::start_in_real_time().await;
    let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join("black-box.log");
    let processes = Processes::take_over(&kontobro.world, &log);
    for history in 0..histories() {
        let people = people(&kontobro, history);
        people[0].has_an_old_account().await;
        let dice = StdRng::seed_from_u64(history);
        let mut story =
            Story { kontobro: &kontobro, processes: &processes, dice, asks: 0, kills: 0 };
        for person in &people {
            person.opens("/").await;
        }
        for step in 0..STEPS * people.len() {
            let who = step % people.len();
            if step == STEPS {
                story.asks = 0;
            }
            story.step(&people[who], &people[1 - who]).await;
        }
        kontobro.heals();
        let (steps, kills) = (STEPS * people.len(), story.kills);
        figures::adds("Black box", &[("histories", 1), ("steps", steps), ("kills", kills)]);
        // Which may leave ID-porten in peace for half a minute still, and this is no place to wait.
        for function in ["login", "oidc-callback"] {
            processes.kill(function).await;
        }
        for person in &people {
            comes_home(&person.on_another_device()).await;
        }
        if history % 25 == 0 {
            kontobro.books().balance();
        }
    }
    figures::adds("Black box", &[("faults at the wire", kontobro.wire.struck())]);
    let books = kontobro.books();
    books.balance();
    let moved = usize::try_from(histories() * 2).expect("few");
    assert_eq!(books.of_kind("PERSON").len(), moved, "everyone has one account");
}
