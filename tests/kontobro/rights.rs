//! Least privilege, proved at the wire (T89): what each function asks of AWS, in journeys and with the
//! sample events, is exactly what its policy allows.
//!
//! That a function does nothing it may not is checked at the end of every journey, against the policies
//! as `template.yaml` has them. Here also that it may do nothing it does not, and that SAM makes of them
//! what they say.

mod policies;
mod stack;

use std::{collections::BTreeSet, process::Command};

use lambda_http::http::Method;
use serde_json::{Value, json};
use standins::{
    http,
    ses::{self, Fate},
    wire::{Fault, Kind, Right},
};

pub use policies::Policies;
use policies::{Grant, Statement};
use stack::Stack;

use crate::{
    bootstraps::events,
    support::{Kontobro, Service, minutes},
    world::{project_file, settings::CLIENT_ID},
};

type Used = BTreeSet<(String, Right)>;

#[tokio::test]
async fn t89_each_function_may_do_exactly_what_it_does() {
    let service = Service::new();
    let used = [first_day(&service).await, after_a_change_of_the_pid_key(&service).await].concat();
    let used = used.into_iter().collect();
    let policies = Policies::as_written();
    assert_eq!(policies.denied(&used), [""; 0], "does, and may not");
    assert_eq!(policies.unused(&used), [""; 0], "may, and never does");
}

/// Everything that functions do, but for what a new pid key brings.
async fn first_day(service: &Service) -> Vec<(String, Right)> {
    let kontobro = service.starts().await;
    for (function, cases) in events() {
        for event in cases.into_values() {
            let _ = kontobro.world.invoke(&function, event).await; // some are to be tried again
        }
    }
    kari_moves_and_changes_her_address(&kontobro).await;
    nora_makes_an_account_while_ses_is_paused(&kontobro).await;
    ola_takes_over_the_machine_and_is_logged_out(&kontobro).await;
    kontobro.wire.rights_used().into_iter().collect()
}

async fn kari_moves_and_changes_her_address(kontobro: &Kontobro) {
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    kari.presses("Trekk tilbake forespørselen").await;
    kari.asks_for(kari.address).await;
    let mail = kontobro.outbox().newest_mail_to(kari.address);
    kontobro.outbox().tells(&mail, Fate::Delivered).await;
    // A stranger asks for the account too: its ledger is no longer as Kari's request remembers it.
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await.asks_for(kari.address).await;
    // … and whoever has the mailbox says that it was not them.
    let bjorn = kontobro.person("Bjørn Åsen");
    bjorn.logs_in().await;
    bjorn.opens_from_elsewhere(&kontobro.outbox().newest_mail_to(kari.address).link()).await;
    bjorn.says_not_me().await;
    kari.opens_from_elsewhere(&mail.link()).await;
    kari.sees("Se over profilen din");
    let new = "kari.ny@example.org";
    kontobro.secrets.address(new);
    kari.types("E-post", new).presses("Lagre").await;
    kari.opens_from_elsewhere(&kontobro.outbox().only_mail_to(new).link()).await;
    kari.reads("E-postadressen din er nå kari.ny@example.org.");
    kontobro.sweeps().await;
    kari.logs_out().await;
}

/// An answer of the store is lost, so that it is asked what happened; the sweeper sends what was left.
async fn nora_makes_an_account_while_ses_is_paused(kontobro: &Kontobro) {
    let nora = kontobro.person("Nora Ny");
    nora.logs_in().await.searches_for(nora.address).await;
    nora.presses("Opprett en helt ny brukerkonto").await;
    kontobro.breaks("ses", ses::paused());
    kontobro.wire.fail(Fault::on("dynamodb", Kind::CutAfter).only("TransactWriteItems").times(1));
    nora.ticks("ny").presses("Bekreft").await;
    nora.sees("Sjekk e-posten din");
    kontobro.heals();
    kontobro.clock.passes(minutes(6));
    kontobro.sweeps().await;
    nora.follows_the_mail().await.sees("Fyll ut profilen din");
}

async fn ola_takes_over_the_machine_and_is_logged_out(kontobro: &Kontobro) {
    let (kari, ola) = (kontobro.person("Kari Nordmann"), kontobro.person("Ola Nordmann"));
    kari.logs_in().await;
    // Kari is still logged in here, but no longer at ID-porten.
    kontobro.clock.passes(minutes(20));
    kari.opens("/profil").await;
    kontobro.clock.passes(minutes(20));
    kari.opens("/logg-inn").await;
    kari.identifies_as(ola.pid, "idporten-loa-high").await;
    kari.sees("Vi kunne ikke fullføre dette");
    let idporten = &kontobro.world.idporten;
    let token = idporten.mint(&idporten.logout_token(CLIENT_ID, ola.pid, "a session"));
    let url = format!("{}/utlogging/bak", kontobro.world.urls.kontobro);
    let answer = http::post_form(&url, &[("logout_token", &token)]).await.expect("an answer");
    assert_eq!(answer.status, 200);
    let front = format!("/utlogging/front?iss={}&sid=x", kontobro.world.urls.idporten);
    kari.sends(Method::GET, &front, &[], "").await;
}

/// Whoever logs in is known by the new key from then on.
async fn after_a_change_of_the_pid_key(service: &Service) -> Vec<(String, Right)> {
    let kontobro = service.starts_with_pid_keys(&[2, 1]).await;
    kontobro.person("Kari Nordmann").logs_in().await;
    kontobro.wire.rights_used().into_iter().collect()
}

#[test]
fn t89_sam_gives_each_function_what_is_written_and_the_boundary_is_the_sum() {
    let translated = Stack::root(translated());
    let by_sam = Policies::as_translated(&translated);
    let by_us = Policies::as_written();
    // Lambda itself uses it, in the function's name, when an event has failed for good.
    let keep: Grant = ("sqs:SendMessage".to_owned(), "queue/FailedEvents".to_owned());
    for function in by_us.functions() {
        let mut written = by_us.grants(function);
        written.extend(function.starts_with("mail-").then(|| keep.clone()));
        assert_eq!(by_sam.grants(function), written, "{function}");
    }
    let boundary = &translated.resources()["Boundary"]["Properties"]["PolicyDocument"];
    let boundary = Statement::all(&translated, &boundary["Statement"]);
    let boundary: BTreeSet<_> = boundary.iter().flat_map(Statement::grants).cloned().collect();
    let logs = ["CreateLogStream", "PutLogEvents"];
    let logs = logs.map(|action| (format!("logs:{action}"), "log-group/FunctionLogs".to_owned()));
    assert_eq!(boundary, by_sam.all_grants().into_iter().chain(logs).collect());
}

/// `template.yaml` as CloudFormation will see it.
fn translated() -> Value {
    let python = project_file(".tools/venv/bin/python");
    let output = Command::new(python).arg(project_file("tools/translate.py")).output();
    let output = output.expect("SAM is there: `make tools` installs it");
    let told = String::from_utf8_lossy(&output.stderr);
    let mut templates: Value = serde_json::from_slice(&output.stdout).expect(&told);
    templates["template"].take()
}

#[test]
fn a_right_too_many_one_too_few_another_index_and_another_sender_are_seen() {
    let stack = Stack::as_written();
    let policies = |statements: Value| {
        let policies = [("search".to_owned(), Statement::all(&stack, &statements))];
        Policies::new(policies.into())
    };
    let query = |index: &str| {
        json!({ "Effect": "Allow", "Action": "dynamodb:Query", "Resource":
            { "Fn::Sub": format!("${{Tables.Outputs.AccountsTableArn}}/index/{index}") } })
    };
    let send = json!({ "Effect": "Allow", "Action": "ses:SendEmail",
        "Resource": { "Fn::GetAtt": "Mail.Outputs.IdentityArn" },
        "Condition": { "StringEquals": { "ses:FromAddress": { "Ref": "MailFrom" } } } });
    let right = |action: &str, resource: &str, from: &str| {
        let context = [("ses:FromAddress".to_owned(), from.to_owned())].into();
        let right = Right { action: action.to_owned(), resource: resource.to_owned(), context };
        ("search".to_owned(), right)
    };
    let queried = right("dynamodb:Query", "table/kontobro-accounts/index/by-email", "");
    let sent = right("ses:SendEmail", "identity/nakos.example", "svar-ikke@nakos.example");
    let used: Used = [queried.clone(), sent.clone()].into();

    let exact = policies(json!([query("by-email"), send]));
    assert_eq!((exact.denied(&used), exact.unused(&used)), (vec![], vec![]));
    let too_few = policies(json!([send])).denied(&used);
    assert_eq!(too_few, ["search: dynamodb:Query table/kontobro-accounts/index/by-email"]);
    let too_many = exact.unused(&[queried].into());
    assert_eq!(too_many, ["search: ses:SendEmail identity/nakos.example"]);
    let other_index = policies(json!([query("by-name"), send]));
    assert_eq!((other_index.denied(&used).len(), other_index.unused(&used).len()), (1, 1));
    let forged = right("ses:SendEmail", "identity/nakos.example", "chief@nakos.example");
    assert_eq!(exact.denied(&[forged].into()), ["search: ses:SendEmail identity/nakos.example"]);
    let nobody = ("nobody".to_owned(), sent.1);
    assert_eq!(exact.denied(&[nobody].into()), ["nobody: ses:SendEmail identity/nakos.example"]);
}
