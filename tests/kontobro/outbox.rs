//! Mail under way while its request changes: orders of events that the model found.

use std::time::Duration;

use standins::wire::{Fault, Kind};

use crate::{
    bootstraps::process::Bootstrap,
    support::{Kontobro, Person, hours, minutes, number, old_account},
    telling::numbers,
};

const OTHER: &str = "kari.gammel@example.no";

/// Kari has asked for one account, and her mail is in the outbox: SES has not heard of it.
async fn kari_has_a_mail_in_the_outbox(kontobro: &Kontobro) -> Person<'_> {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.has(old_account("Kari Nordmann", OTHER)).await;
    kontobro.breaks("ses", Kind::CutBefore);
    kari.logs_in().await.asks_for(kari.address).await;
    kari
}

#[tokio::test]
async fn t71_a_late_refusal_of_an_older_mail_gives_the_newer_one_no_fourth_hand_over() {
    let kontobro = Kontobro::start().await;
    let kari = kari_has_a_mail_in_the_outbox(&kontobro).await;
    kontobro.clock.passes(minutes(2));
    let (older, claim) = kontobro.claims_the_mail().await;

    kontobro.heals();
    kontobro.breaks("ses", Kind::CutAfter);
    kari.asks_for(OTHER).await;
    let (store, now) = (kontobro.world.store(), kontobro.clock.now());
    store.mail_refused(&older, &claim, now).await.expect("noted, or out of place");
    for _ in 0..6 {
        kontobro.clock.passes(minutes(10));
        kontobro.sweeps().await;
    }
    let mails = kontobro.outbox().mails_to(OTHER).len();
    assert!((1..=3).contains(&mails), "{mails} mails");
}

#[tokio::test]
async fn t71_a_refusal_that_is_noted_twice_gives_one_hand_over_back() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.breaks("ses", standins::ses::sandboxed());
    kontobro.wire.fail(Fault::on("dynamodb", Kind::Twice).only("UpdateItem").after(1).times(1));
    kari.logs_in().await.asks_for(kari.address).await;
    kari.reads("E-posten er på vei.");

    kontobro.heals();
    kontobro.breaks("ses", Kind::CutAfter);
    for _ in 0..6 {
        kontobro.clock.passes(minutes(10));
        kontobro.sweeps().await;
    }
    let mails = kontobro.outbox().mails_to(kari.address).len();
    assert_eq!(mails, 3, "as many as may be handed over when nobody knows what became of them");
}

#[tokio::test]
async fn t71_a_mail_that_ses_took_before_it_failed_is_handed_over_three_times_at_most() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    let fails =
        Kind::RefuseAfter { status: 500, error: "InternalServiceErrorException".to_owned() };
    kontobro.breaks("ses", fails);
    kari.logs_in().await.asks_for(kari.address).await;
    for _ in 0..6 {
        kontobro.clock.passes(minutes(10));
        kontobro.sweeps().await;
    }
    assert_eq!(kontobro.outbox().mails_to(kari.address).len(), 3);
}

#[tokio::test]
async fn t70_a_sweep_that_clears_an_expired_mail_away_leaves_the_newer_one_in_the_outbox() {
    let kontobro = Kontobro::start().await;
    let kari = kari_has_a_mail_in_the_outbox(&kontobro).await;
    kontobro.clock.passes(hours(25));
    kari.logs_in().await.searches_for(OTHER).await;
    kari.presses(kari.texts().result.merge).await;

    // The sweeper claims the expired mail at once, and is a while in clearing it away.
    let takes = |how_long| Fault::on("dynamodb", Kind::Slow(how_long)).only("UpdateItem").times(1);
    kontobro.wire.clear();
    kontobro.wire.fail(takes(Duration::ZERO));
    kontobro.wire.fail(takes(Duration::from_millis(500)));
    let is_clearing_away = async {
        let updates =
            || kontobro.wire.taken().into_iter().filter(|it| it.operation == "UpdateItem");
        while updates().count() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(kontobro.sweeps(), async {
        is_clearing_away.await;
        kari.presses(kari.texts().common.confirm).await;
        kari.reads("E-posten er på vei.");
    });

    kontobro.heals();
    kontobro.clock.passes(minutes(10));
    kontobro.sweeps().await;
    kontobro.outbox().only_mail_to(OTHER);
}

#[tokio::test]
async fn t70_a_sweep_that_looked_too_early_gives_up_nothing_that_another_is_handing_over() {
    let kontobro = Kontobro::start().await;
    let kari = kari_has_a_mail_in_the_outbox(&kontobro).await;
    kontobro.clock.passes(minutes(2));
    kontobro.sweeps().await;

    // One sweep sees that the mail is due; before it can claim it, another has, for the last time.
    kontobro.clock.passes(minutes(2));
    let (store, now) = (kontobro.world.store(), kontobro.clock.now());
    kontobro.wire.clear();
    let late = Kind::Slow(Duration::from_millis(500));
    kontobro.wire.fail(Fault::on("dynamodb", late).only("UpdateItem").times(1));
    let last = async {
        while kontobro.wire.taken().iter().all(|it| it.operation != "UpdateItem") {
            tokio::task::yield_now().await;
        }
        kontobro.claims_the_mail().await
    };
    let ((), (mail, claim)) = tokio::join!(kontobro.sweeps(), last);
    assert!(!kontobro.log().contains("mail_given_up"));

    // SES refuses it, so that try does not count.
    store.mail_refused(&mail, &claim, now).await.expect("noted");
    kontobro.heals();
    kontobro.clock.passes(minutes(10));
    kontobro.sweeps().await;
    kontobro.outbox().only_mail_to(kari.address);
}

#[tokio::test]
async fn t70_a_request_that_cannot_be_read_holds_no_other_mail_up_and_is_given_up_aloud() {
    let kontobro = Kontobro::start().await;
    let kari = kari_has_a_mail_in_the_outbox(&kontobro).await;
    kontobro.garbles_what_waits();
    let ola = kontobro.person("Ola Nordmann");
    ola.has_an_old_account().await;
    ola.logs_in().await.asks_for(ola.address).await;

    kontobro.heals();
    for _ in 0..4 {
        kontobro.clock.passes(minutes(10));
        kontobro.sweeps().await;
    }
    kontobro.outbox().only_mail_to(ola.address);
    assert!(kontobro.outbox().mails_to(kari.address).is_empty());
    for told in ["unreadable_in_the_outbox", "mail_given_up"] {
        assert!(kontobro.log().contains(told), "{told}");
    }
    assert_eq!(numbers(&kontobro).get("MailsGivenUp"), Some(&1));
}

/// Four people have asked, and SES has refused each mail: none counts as handed over.
async fn four_mails_wait(kontobro: &Kontobro) -> Vec<Person<'_>> {
    kontobro.breaks("ses", standins::ses::paused());
    let mut people = Vec::new();
    for name in ["Kari Nordmann", "Ola Nordmann", "Ingrid Vik", "Sárá Joks"] {
        let person = kontobro.person(name);
        person.has_an_old_account().await;
        person.logs_in().await.asks_for(person.address).await;
        people.push(person);
    }
    kontobro.heals();
    people
}

/// The next sweep loses so many answers of the store, from its nth write on.
async fn sweeps_and_loses_answers(kontobro: &Kontobro, nth: usize, answers: usize) {
    kontobro.clock.passes(minutes(6));
    let lost = Fault::on("dynamodb", Kind::CutAfter).only("UpdateItem").after(nth).times(answers);
    kontobro.wire.fail(lost);
    let _ = kontobro.tries_to_sweep().await;
    kontobro.heals();
}

#[tokio::test]
async fn t110_a_claim_whose_answer_was_lost_is_known_again_and_its_mail_goes_out() {
    let kontobro = Kontobro::start().await;
    let people = four_mails_wait(&kontobro).await;
    sweeps_and_loses_answers(&kontobro, 0, 1).await;
    for person in people {
        kontobro.outbox().only_mail_to(person.address);
    }
}

#[tokio::test]
async fn t110_a_store_that_answers_no_more_in_mid_sweep_costs_the_other_mails_no_try() {
    let kontobro = Kontobro::start().await;
    let people = four_mails_wait(&kontobro).await;
    for _ in 0..3 {
        // As many as the SDK tries: nobody learns whether that write was done.
        sweeps_and_loses_answers(&kontobro, 2, 3).await;
    }
    kontobro.clock.passes(minutes(6));
    kontobro.sweeps().await;
    assert!(!kontobro.log().contains("mail_given_up"), "{}", kontobro.log());
    for person in people {
        let mails = kontobro.outbox().mails_to(person.address).len();
        assert!((1..=3).contains(&mails), "{mails} mails to {}", person.address);
    }
}

#[tokio::test]
async fn t110_a_sweep_begins_nothing_that_lambda_might_cut_short_and_the_next_one_goes_on() {
    let kontobro = Kontobro::start().await;
    let people = four_mails_wait(&kontobro).await;
    kontobro.clock.passes(minutes(6));
    // Time for one hand-over at its longest, and two seconds: three of these begin at most.
    kontobro.breaks("ses", Kind::Slow(Duration::from_millis(900)));
    kontobro.sweeps_within(Duration::from_secs(15)).await;
    let books = kontobro.books();
    let waiting = books.of_kind("REQUEST").into_iter().filter(|it| it.get("outbox_due").is_some());
    let waiting: Vec<_> = waiting.collect();
    assert!(!waiting.is_empty(), "there was no time for all");
    for request in waiting {
        assert_eq!(number(request, "outbox_tries"), 0, "no hand-over of it was begun");
    }

    kontobro.heals();
    kontobro.sweeps().await;
    for person in people {
        kontobro.outbox().only_mail_to(person.address);
    }
}

#[tokio::test]
async fn t110_a_sweep_takes_its_time_from_the_runtime_api() {
    let kontobro = Kontobro::start_in_real_time().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.breaks("ses", standins::ses::paused());
    kari.logs_in().await.asks_for(kari.address).await;
    kontobro.heals();
    kontobro.mail_is_due();
    let settings = kontobro.world.settings_of("mail-sweeper");
    let mut sweeper = Bootstrap::start("mail-sweeper", settings).await;
    let tick = Kontobro::tick();
    sweeper.invoke_within(&tick, Duration::from_secs(5)).await.expect("a sweep in time");
    assert!(kontobro.outbox().all().is_empty(), "five seconds may be too short for a hand-over");
    sweeper.invoke(&tick).await.expect("a sweep");
    kontobro.outbox().only_mail_to(kari.address);
}
