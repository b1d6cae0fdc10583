//! When DynamoDB fails: the page tells the truth, and the step can be repeated.

mod mail;

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use standins::wire::{Fault, Kind};

use crate::support::{Kontobro, Person, log, minutes};

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

/// The steps that change something.
const CHANGES: [Step; 3] = [Step::Confirm, Step::Link, Step::Save];

/// Goes the whole way with faults at one step, then repeats that step and goes on to the end.
/// Returns the heading that the faults led to.
async fn with_faults_at(step: Step, faults: Vec<Fault>) -> String {
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
            for fault in &faults {
                kontobro.wire.fail(fault.clone());
            }
            let begun = Instant::now();
            taken.is_taken_by(&kari).await;
            assert!(begun.elapsed() < PATIENCE, "{step:?} took {:?} (I12)", begun.elapsed());
            kontobro.heals();
            kari.page().heading().clone_into(&mut told);
            if told != taken.leads_to() {
                assert_eq!(kari.page().status, 503, "{step:?} {}", kari.page());
                kari.reads("oppgir feil-ID").reads("give the error ID");
                let leads_on = ["Prøv igjen", "Gå til forsiden"];
                let links = &kari.page().links;
                assert!(links.iter().any(|link| leads_on.contains(&&*link.label)), "{step:?}");
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
    at(&STEPS, || vec![fault()]).await
}

async fn at(steps: &[Step], faults: impl Fn() -> Vec<Fault>) -> Vec<(Step, String)> {
    let all = steps.iter().map(|step| {
        let faults = faults();
        async move { (*step, Box::pin(with_faults_at(*step, faults)).await) }
    });
    join_all(all).await
}

/// What happens to transactions.
fn transactions(kind: Kind) -> Fault {
    Fault::on("dynamodb", kind).only("TransactWriteItems")
}

fn refused(status: u16, error: &str) -> Kind {
    Kind::Refuse { status, error: error.into() }
}

#[tokio::test]
async fn t58_whatever_step_dynamodb_refuses_nothing_was_changed_and_the_step_can_be_repeated() {
    let denied = || Fault::on("dynamodb", refused(400, "AccessDeniedException"));
    for (step, told) in at_every_step(denied).await {
        assert_eq!(told, NOTHING_CHANGED, "{step:?}");
    }
}

#[tokio::test]
async fn the_error_id_on_the_page_leads_to_the_log_line_of_its_cause() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let kind = Kind::Refuse { status: 400, error: "AccessDeniedException".into() };
    kontobro.breaks("dynamodb", kind);
    kari.opens("/sok").await;
    kari.sees(NOTHING_CHANGED);
    let text = kari.page().text.clone();
    let (_, after) = text.split_once("feil-ID ").expect("an error id");
    let told: String = after.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
    let lines = log::lines();
    let mut fitting = lines.lines().filter(|line| line.contains(&told));
    let line = fitting.next().expect("a log line with the error id");
    assert!(line.contains("fault") && line.contains("AccessDeniedException"), "{line}");
    assert_eq!(fitting.count(), 0, "one line for {told}");
    kontobro.heals();
}

#[tokio::test]
async fn t57_whatever_step_dynamodb_cannot_be_reached_the_page_says_how_sure_it_is() {
    for (step, told) in at_every_step(|| Fault::on("dynamodb", Kind::CutBefore)).await {
        assert_eq!(told, NOTHING_CHANGED, "every step reads before it writes: {step:?}");
    }
}

#[tokio::test]
async fn t57_a_change_whose_answer_is_lost_is_made_once_and_told_as_made() {
    for kind in [Kind::CutAfter, Kind::CutBefore] {
        let lost = || transactions(kind.clone()).times(2);
        for (step, told) in at_every_step(lost).await {
            assert_eq!(told, step.leads_to(), "{kind:?} {step:?}");
        }
    }
    for (step, told) in at_every_step(|| transactions(Kind::CutAfter)).await {
        assert_eq!(told, step.leads_to(), "the audit trail tells whose attempt it was: {step:?}");
    }
}

#[tokio::test]
async fn t57_a_change_that_cannot_be_looked_up_either_is_told_as_unknown_and_repeating_it_is_safe()
{
    let blind = || {
        let reads = Fault::on("dynamodb", Kind::CutBefore).only("BatchGetItem");
        vec![transactions(Kind::CutAfter), reads.after(1)]
    };
    for (step, told) in at(&CHANGES, blind).await {
        assert_eq!(told, NOT_CONFIRMED, "{step:?}");
    }
}

#[tokio::test]
async fn t57_a_change_that_seems_not_to_arrive_may_still_be_under_way_and_is_told_so() {
    let never_applied = || vec![transactions(Kind::CutBefore)];
    for (step, told) in at(&CHANGES, never_applied).await {
        assert_eq!(told, NOT_CONFIRMED, "{step:?}");
    }
}

#[tokio::test]
async fn t57_a_change_that_is_made_and_never_answered_is_looked_up_when_patience_is_over() {
    for (step, told) in at(&CHANGES, || vec![transactions(Kind::HangAfter)]).await {
        assert_eq!(told, step.leads_to(), "{step:?}");
    }
}

#[tokio::test]
async fn t57_the_mail_goes_at_once_although_the_answer_was_lost() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    kari.presses("Slå sammen").await;
    kontobro.wire.fail(transactions(Kind::CutAfter));
    kari.presses("Bekreft").await;
    kari.sees("Sjekk e-posten din").reads("Vi har sendt en e-post til kari.nordmann@example.no.");
    kontobro.outbox().only_mail_to(kari.address);

    kontobro.clock.passes(minutes(2));
    kari.presses("Send e-posten på nytt").await;
    kari.reads("Vi har sendt en ny e-post.");
    assert_eq!(kontobro.outbox().mails_to(kari.address).len(), 2);

    kari.presses("Trekk tilbake forespørselen").await;
    kari.reads("Du har trukket tilbake forespørselen. Ingen konto er koblet til deg");
    let history = kontobro.books().history_of(kari.address);
    assert_eq!(history, ["requested", "resent", "cancelled"]);
}

#[tokio::test]
async fn keys_that_dynamodb_leaves_unread_are_read_before_anything_is_decided() {
    let partly = || Fault::on("dynamodb", Kind::Partly).only("BatchGetItem");
    for fault in [partly().times(1), partly()] {
        for (step, told) in at_every_step(|| fault.clone()).await {
            assert_eq!(told, step.leads_to(), "{step:?}");
        }
    }
}

#[tokio::test]
async fn t58_a_change_that_meets_another_is_tried_again_three_times_in_all() {
    let twice = || vec![transactions(Kind::Conflict).times(2)];
    for (step, told) in at(&CHANGES, twice).await {
        assert_eq!(told, step.leads_to(), "{step:?}");
    }
    let always = || vec![transactions(Kind::Conflict)];
    for (step, told) in at(&CHANGES, always).await {
        assert_eq!(told, NOTHING_CHANGED, "{step:?}");
    }
}

#[tokio::test]
async fn t58_lagre_is_saved_although_the_trail_of_the_account_has_moved_on() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.types("E-post", "kari.ny@example.org");
    kontobro.secrets.address("kari.ny@example.org");
    kari.saves().await.sees("Du er ferdig");
    kari.opens("/profil").await;
    let other_tab = kari.in_another_tab();
    let csrf = kari.page().value("csrf").to_owned();

    let form = [("content-type", "application/x-www-form-urlencoded")];
    let calling_off = format!("csrf={csrf}&valg=avbryt");
    let slow = Kind::Slow(Duration::from_millis(300));
    kontobro.wire.fail(transactions(slow).times(1));
    tokio::join!(kari.saves(), async {
        while kontobro.wire.taken().last().is_none_or(|call| call.operation != "TransactWriteItems")
        {
            tokio::task::yield_now().await;
        }
        other_tab.sends("POST".parse().expect("a method"), "/sendt", &form, calling_off).await
    });
    kari.sees("Endringene er lagret");
    let history = ["requested", "linked", "saved", "email_requested", "cancelled", "saved"];
    assert_eq!(kontobro.books().history_of(kari.address), history);
}

#[tokio::test]
async fn t59_a_transaction_is_sent_again_the_same_to_the_byte() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    kontobro.wire.clear();
    kontobro.wire.fail(transactions(refused(500, "InternalServerError")).times(2));
    kari.saves().await.sees("Du er ferdig");
    let mut sent = kontobro.calls_to("dynamodb");
    sent.retain(|call| call.operation == "TransactWriteItems");
    let [one, two, three] = &sent[..] else { panic!("{} tries", sent.len()) };
    assert_eq!([one.fingerprint, two.fingerprint], [three.fingerprint; 2]);
}

#[tokio::test]
async fn t59_a_name_that_dynamodb_knows_with_other_content_leaves_the_change_in_doubt() {
    let mismatch = || transactions(refused(400, "IdempotentParameterMismatchException"));
    for (step, told) in at(&CHANGES, || vec![mismatch().times(1)]).await {
        assert_eq!(told, step.leads_to(), "{step:?}");
    }
    for (step, told) in at(&CHANGES, || vec![mismatch()]).await {
        assert_eq!(told, NOT_CONFIRMED, "{step:?}");
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
    for (step, told) in at(&CHANGES, || vec![transactions(Kind::Hang)]).await {
        assert_eq!(told, NOT_CONFIRMED, "{step:?}");
    }
}

#[tokio::test]
async fn one_throttled_call_is_tried_again_without_a_word() {
    let busy = || Fault::on("dynamodb", refused(400, "ThrottlingException")).times(1);
    for (step, told) in at_every_step(busy).await {
        assert_eq!(told, step.leads_to(), "{step:?}");
    }
}
