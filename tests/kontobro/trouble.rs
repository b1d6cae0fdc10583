//! When DynamoDB or SES fails: the page tells the truth, and the step can be repeated.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use standins::wire::{Fault, Kind};

use crate::support::{Clock, Folder, Kontobro, Person, minutes};

const NOTHING_CHANGED: &str = "Beklager, vi får ikke gjort dette nå";
const NOT_CONFIRMED: &str = "Vi vet ikke om det gikk i orden";

/// No answer takes longer, whatever breaks.
const PATIENCE: Duration = Duration::from_secs(10);

/// The steps that talk to DynamoDB, in the order of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Return,
    Search,
    Choose,
    Confirm,
    Wait,
    Link,
    Save,
}

const STEPS: [Step; 7] =
    [Step::Return, Step::Search, Step::Choose, Step::Confirm, Step::Wait, Step::Link, Step::Save];

impl Step {
    /// Does what this step of the way takes, from where the one before left.
    async fn is_taken_by(self, kari: &Person<'_>) {
        match self {
            Self::Return => drop(kari.logs_in().await),
            Self::Search => {
                kari.opens("/sok").await;
                if kari.page().status == 200 {
                    kari.types("epost", kari.address).presses("Søk").await;
                }
            }
            Self::Choose => drop(kari.presses("Slå sammen").await),
            Self::Confirm => drop(kari.presses("Bekreft").await),
            Self::Wait => drop(kari.opens("/sendt").await),
            Self::Link => drop(kari.follows_the_mail().await),
            Self::Save => drop(kari.presses("Lagre").await),
        }
    }

    /// What stands on the page after it.
    fn leads_to(self) -> &'static str {
        match self {
            Self::Return => "Hvilken e-postadresse har du brukt hos NAKOS?",
            Self::Search => "Vi fant én konto",
            Self::Choose => "Er dette riktig konto?",
            Self::Confirm | Self::Wait => "Sjekk e-posten din",
            Self::Link => "Se over profilen din",
            Self::Save => "Du er ferdig",
        }
    }
}

/// Goes the whole way with a fault at one step, then repeats that step and goes on to the end.
/// Returns the heading that the fault led to.
async fn with_a_fault_at(step: Step, fault: Fault) -> String {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    let mut told = String::new();
    for taken in STEPS {
        if taken == Step::Link {
            // A mail that the fault left in the outbox is the sweeper's.
            kontobro.clock.passes(minutes(1));
            kontobro.sweeps().await;
        }
        if taken == step {
            let before = kari.in_another_tab();
            kontobro.wire.fail(fault.clone());
            let begun = Instant::now();
            taken.is_taken_by(&kari).await;
            assert!(begun.elapsed() < PATIENCE, "{step:?} took {:?} (I12)", begun.elapsed());
            kontobro.heals();
            kari.page().heading().clone_into(&mut told);
            if told != taken.leads_to() {
                assert_eq!(kari.page().status, 503, "{step:?} {}", kari.page());
                kari.reads("oppgir feil-ID").reads("give the error ID");
                kari.goes_back_to(&before);
                taken.is_taken_by(&kari).await;
            }
        } else {
            taken.is_taken_by(&kari).await;
        }
        kari.sees(taken.leads_to());
    }
    kontobro.outbox().only_mail_to(kari.address);
    let history = kontobro.books().history_of(kari.address);
    assert_eq!(history, ["requested", "linked", "saved"], "{step:?}");
    told
}

async fn at_every_step(fault: impl Fn() -> Fault) -> Vec<(Step, String)> {
    let all = STEPS.map(|step| {
        let fault = fault();
        async move { (step, Box::pin(with_a_fault_at(step, fault)).await) }
    });
    join_all(all).await
}

#[tokio::test]
async fn t58_whatever_step_dynamodb_refuses_nothing_was_changed_and_the_step_can_be_repeated() {
    let denied = || Kind::Refuse { status: 400, error: "AccessDeniedException".into() };
    for (step, told) in at_every_step(|| Fault::on("dynamodb", denied())).await {
        assert_eq!(told, NOTHING_CHANGED, "{step:?}");
    }
}

#[tokio::test]
async fn t57_whatever_step_dynamodb_cannot_be_reached_the_page_says_how_sure_it_is() {
    for (step, told) in at_every_step(|| Fault::on("dynamodb", Kind::CutBefore)).await {
        assert_eq!(told, NOTHING_CHANGED, "every step reads before it writes: {step:?}");
    }
}

#[tokio::test]
async fn t57_a_change_whose_answer_is_lost_is_made_once() {
    for times in [1, 2] {
        let lost = || Fault::on("dynamodb", Kind::CutAfter).only("TransactWriteItems").times(times);
        for (step, told) in at_every_step(lost).await {
            assert_eq!(told, step.leads_to(), "retried with the same token: {step:?}");
        }
    }
}

#[tokio::test]
async fn t57_a_change_that_is_never_answered_is_told_as_unknown_and_repeating_it_is_safe() {
    let lost = || Fault::on("dynamodb", Kind::CutAfter).only("TransactWriteItems");
    for (step, told) in at_every_step(lost).await {
        let expected = match step {
            Step::Confirm | Step::Save => NOT_CONFIRMED,
            // The link's item tells whose attempt spent it.
            _ => step.leads_to(),
        };
        assert_eq!(told, expected, "{step:?}");
    }
}

#[tokio::test]
async fn dynamodb_being_slow_costs_time_and_nothing_else() {
    let slow = || Fault::on("dynamodb", Kind::Slow(Duration::from_millis(150)));
    for (step, told) in at_every_step(slow).await {
        assert_eq!(told, step.leads_to(), "{step:?}");
    }
}

#[tokio::test]
async fn i12_dynamodb_that_never_answers_is_given_up_in_time() {
    for (step, told) in at_every_step(|| Fault::on("dynamodb", Kind::Hang)).await {
        assert_eq!(told, NOTHING_CHANGED, "{step:?}");
    }
}

#[tokio::test]
async fn one_throttled_call_is_tried_again_without_a_word() {
    let busy = || {
        let kind = Kind::Refuse { status: 400, error: "ThrottlingException".into() };
        Fault::on("dynamodb", kind).times(1)
    };
    for (step, told) in at_every_step(busy).await {
        assert_eq!(told, step.leads_to(), "{step:?}");
    }
}

#[tokio::test]
async fn t72_ses_being_down_is_told_as_on_its_way_and_the_sweeper_sends_the_same_link_later() {
    for fault in [standins::ses::paused(), standins::ses::sandboxed(), Kind::CutBefore] {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kontobro.breaks("ses", fault);
        kari.logs_in().await.asks_for(kari.address).await;
        kari.sees("Sjekk e-posten din").reads("En e-post til kari.nordmann@example.no er på vei.");
        kari.reads("E-posten er på vei. Det kan ta litt tid.").does_not_read("Vi har sendt");
        kontobro.clock.passes(minutes(1));
        kontobro.sweeps().await;
        assert!(kontobro.outbox().all().is_empty());
        kontobro.heals();
        kontobro.clock.passes(minutes(5));
        kontobro.sweeps().await;
        kontobro.outbox().only_mail_to(kari.address);
        kari.reloads().await;
        kari.reads("Vi har sendt en e-post til kari.nordmann@example.no.");
        kari.follows_the_mail().await.sees("Se over profilen din");
    }
}

#[tokio::test]
async fn t71_a_mail_that_ses_took_without_an_answer_comes_again_with_the_same_link() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kontobro.breaks("ses", Kind::CutAfter);
    kari.logs_in().await.asks_for(kari.address).await;
    for _ in 0..5 {
        kontobro.clock.passes(minutes(1));
        kontobro.sweeps().await;
    }
    let handed_over: Vec<_> = kontobro.calls_to("ses");
    let mails = kontobro.outbox().mails_to(kari.address);
    assert_eq!(mails.len(), handed_over.len());
    let links: Vec<_> = mails.iter().map(|mail| mail.link()).collect();
    assert!(links.iter().all(|link| *link == links[0]), "one link");
    kari.follows_the_mail().await.sees("Se over profilen din");
}

#[tokio::test]
async fn a_receipt_that_ses_does_not_take_is_owed_until_it_does() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kontobro.breaks("ses", standins::ses::paused());
    kontobro.sweeps().await;
    assert_eq!(kontobro.outbox().all().len(), 1);
    kontobro.heals();
    for _ in 0..10 {
        kontobro.clock.passes(minutes(1));
        kontobro.sweeps().await;
    }
    assert_eq!(kontobro.outbox().all().len(), 2);
}

#[tokio::test]
async fn t70_killed_between_store_and_mail_a_restart_sends_the_mail() {
    let folder = Folder::new();
    let clock = Clock::new();
    let browser;
    {
        let kontobro = Kontobro::start_in(folder.path(), &clock).await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kontobro.breaks("ses", Kind::CutBefore);
        kari.logs_in().await.asks_for(kari.address).await;
        browser = kari.cookies().clone();
    }
    clock.passes(minutes(2));
    let kontobro = Kontobro::start_in(folder.path(), &clock).await;
    let kari = kontobro.person("Kari Nordmann");
    assert!(kontobro.outbox().all().is_empty());
    kontobro.sweeps().await;
    kari.browser.change_cookies(|jar| *jar = browser);
    kari.follows_the_mail().await.sees("Se over profilen din");
    kari.saves().await.sees("Du er ferdig");
}

#[tokio::test]
async fn a_restart_after_bekreft_loses_nothing() {
    let folder = Folder::new();
    let clock = Clock::new();
    {
        let kontobro = Kontobro::start_in(folder.path(), &clock).await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kari.logs_in().await.asks_for(kari.address).await;
    }
    let kontobro = Kontobro::start_in(folder.path(), &clock).await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await.sees("Sjekk e-posten din");
    let token = kontobro.outbox().only_mail_to(kari.address).token();
    kari.opens(&format!("/b?t={token}")).await;
    kari.sees("Se over profilen din");
}
