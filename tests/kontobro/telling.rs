//! What Kontobro tells those who watch over it: one line a request, numbers, and never who.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use kontobro::{
    ambient::Ambient, function::Function, handlers::start, settings::Settings, telling::Number,
};
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse;
use serde_json::{Value, json};
use standins::{ses::Fate, wire::Kind};
use strum::VariantNames as _;

use crate::{documents::read, support::Kontobro};

/// The one event that every request leaves.
const ONE_A_REQUEST: [&str; 3] = ["answered", "refused", "fault"];

/// Every line that has been told, as its fields.
fn told(kontobro: &Kontobro) -> Vec<Value> {
    let line = |line: &str| {
        let mut line: Value = serde_json::from_str(line).expect("JSON");
        line["fields"].take()
    };
    kontobro.log().lines().map(line).collect()
}

/// The sum of each number, with its kind where it has one.
pub fn numbers(kontobro: &Kontobro) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    for line in told(kontobro) {
        let (Some(number), Some(value)) = (line["number"].as_str(), line["value"].as_u64()) else {
            continue;
        };
        let kind = line["kind"].as_str().map(|kind| format!(" {kind}")).unwrap_or_default();
        *sums.entry(format!("{number}{kind}")).or_default() += value;
    }
    sums
}

fn are(sums: &[(&str, u64)]) -> BTreeMap<String, u64> {
    sums.iter().map(|(number, sum)| ((*number).to_owned(), *sum)).collect()
}

#[tokio::test]
async fn a_move_is_told_as_a_funnel() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for("nobody@example.no").await;
    kari.asks_for(kari.address).await;
    kontobro.outbox().tells(&kontobro.outbox().only_mail_to(kari.address), Fate::Delivered).await;
    kari.follows_the_mail().await.saves().await.logs_out().await;
    let funnel = [
        ("Logins", 1),
        ("Searches", 2),
        ("Hits", 1),
        ("Requests", 1),
        ("MailsHandedOver", 1),
        ("Deliveries", 1),
        ("Links", 1),
        ("Saves", 1),
        // Here, and then ID-porten's two ways of telling.
        ("Logouts", 3),
    ];
    let mut told = numbers(&kontobro);
    assert!(told.remove("LogoutDuration").is_some(), "{told:?}");
    assert_eq!(told, are(&funnel));
}

#[tokio::test]
async fn refusals_are_told_by_their_reason_and_faults_by_their_function() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let ola = kontobro.person("Ola Nordmann");
    ola.logs_in().await;
    ola.opens_from_elsewhere(&kontobro.outbox().only_mail_to(kari.address).link()).await;
    ola.opens("/b?t=garbled").await;
    let before = numbers(&kontobro);
    assert_eq!(before.get("Refusals LinkOfAnother"), Some(&1), "{before:?}");
    assert_eq!(before.get("Refusals LinkBroken"), Some(&1), "{before:?}");
    assert!(!before.keys().any(|number| number.starts_with("Faults")), "{before:?}");

    kontobro.breaks("dynamodb", Kind::CutBefore);
    ola.opens("/sok").await;
    kontobro.heals();
    assert_eq!(numbers(&kontobro).get("Faults account-search"), Some(&1));
}

#[tokio::test]
async fn a_bounce_is_told_as_one_and_a_note_of_absence_is_not() {
    for (fate, bounces) in [
        (Fate::AnsweredByAbsence, 0),
        (Fate::BouncedUnclearly, 0),
        (Fate::BouncedTransiently, 1),
        (Fate::BouncedWith(4, 4, 7), 1),
        (Fate::BouncedWith(5, 2, 2), 1),
        (Fate::BouncedWith(5, 4, 4), 1),
        (Fate::BouncedWith(5, 7, 1), 1),
    ] {
        let kontobro = Kontobro::start().await;
        let kari = kontobro.person("Kari Nordmann");
        kari.has_an_old_account().await;
        kari.logs_in().await.asks_for(kari.address).await;
        let bounced = || numbers(&kontobro).get("Bounces").copied().unwrap_or_default();
        let before = bounced();
        kontobro.outbox().tells(&kontobro.outbox().only_mail_to(kari.address), fate).await;
        assert_eq!(bounced() - before, bounces, "{fate:?}");
    }
}

#[tokio::test]
async fn a_mail_that_was_delayed_until_ses_gave_up_is_told_as_a_bounce_too() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let mail = kontobro.outbox().only_mail_to(kari.address);
    kontobro.outbox().tells(&mail, Fate::Delayed).await;
    assert_eq!(numbers(&kontobro).get("Bounces"), None);
    kontobro.outbox().tells(&mail, Fate::BouncedWith(4, 4, 7)).await;
    assert_eq!(numbers(&kontobro).get("Bounces"), Some(&1));
}

#[tokio::test]
async fn t72_a_mail_that_ses_does_not_take_is_told_with_its_age() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await;
    kontobro.breaks("ses", Kind::CutBefore);
    kari.asks_for(kari.address).await;
    assert_eq!(numbers(&kontobro).get("MailsRefused"), Some(&1));
    kontobro.heals();
    kontobro.clock.passes(crate::support::minutes(6));
    kontobro.sweeps().await;
    let told = numbers(&kontobro);
    assert_eq!((told["OutboxAge"], told["MailsHandedOver"]), (360, 1), "{told:?}");
    kontobro.sweeps().await;
    assert_eq!(numbers(&kontobro)["OutboxAge"], 360, "nothing waits any more");
}

/// Whatever else a line has, it must be on this list first (T96).
const FIELDS: [&str; 18] = [
    "by",
    "cause",
    "duration_ms",
    "error_id",
    "event",
    "function",
    "kind",
    "left",
    "moved",
    "number",
    "reason",
    "reference",
    "request_id",
    "route",
    "sent",
    "status",
    "unit",
    "value",
];

#[tokio::test]
async fn t96_a_request_leaves_one_line_of_what_it_was_and_none_of_who() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    for path in ["/finnes-ikke?a=b", "/b?t=secret", "/assets/kontobro.js"] {
        kari.opens(path).await;
    }
    kontobro.breaks("dynamodb", Kind::CutBefore);
    kari.opens("/sok").await;
    kontobro.heals();
    let mut requests = BTreeMap::<String, usize>::new();
    for line in told(&kontobro) {
        for field in line.as_object().expect("fields").keys() {
            assert!(FIELDS.contains(&field.as_str()), "{field} in {line}");
        }
        if !ONE_A_REQUEST.contains(&line["event"].as_str().unwrap_or_default()) {
            continue;
        }
        let id = line["request_id"].as_str().expect("the gateway's name for it");
        *requests.entry(id.to_owned()).or_default() += 1;
        let route = line["route"].as_str().expect("a route");
        assert!(!route.contains(['?', '@', '=']) && !route.contains("finnes"), "{line}");
        assert!(line["duration_ms"].is_u64() && line["function"] != "", "{line}");
    }
    assert!(requests.len() > 8, "{requests:?}");
    assert!(requests.values().all(|lines| *lines == 1), "{requests:?}");
}

/// Alarms and dashboard rely on names: each is in the list, and nothing in it is told by nobody.
#[test]
fn every_number_is_promised_and_every_promise_is_a_number() {
    let list = read("docs/observability.md");
    let numbers = list.split("## Metrics").nth(1).and_then(|rest| rest.split("## Alarms").next());
    let rows = numbers.expect("two headings").lines().filter_map(|line| line.strip_prefix("| `"));
    let promised: BTreeSet<_> = rows.filter_map(|row| row.split('`').next()).collect();
    assert_eq!(promised, Number::VARIANTS.iter().copied().collect());
}

#[tokio::test]
async fn t58_what_takes_too_long_is_a_page_before_lambda_ends_the_function() {
    let kontobro = Kontobro::start().await;
    let settings = Settings::new(kontobro.world.settings_of("start"));
    let started = Function::start("start", settings, &Ambient::system(), start::Deps::from).await;
    let Ok(function) = started else { panic!("it starts") };
    let handle = async |_: &start::Deps, _: Value| std::future::pending().await;
    tokio::time::pause();
    let began = tokio::time::Instant::now();
    let answer = function.answer(start::Deps::from, handle, front_page("nb")).await;
    assert!(began.elapsed() < Duration::from_secs(10), "Lambda's patience is at its end");
    assert_eq!(answer.status_code, 503);
    assert!(format!("{:?}", answer.body).contains("Vi vet ikke om det gikk i orden"));
}

#[tokio::test]
async fn t85_a_panic_is_a_page_and_the_next_event_gets_new_parts() {
    let kontobro = Kontobro::start().await;
    let (made, asked) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let make = async |settings: &Settings, ambient: &Ambient| {
        made.fetch_add(1, Ordering::Relaxed);
        start::Deps::from(settings, ambient).await
    };
    let handle = async |deps: &start::Deps, event: Value| -> ApiGatewayV2httpResponse {
        assert!(asked.fetch_add(1, Ordering::Relaxed) != 1, "an invariant is broken");
        start::handle(deps, event).await
    };
    let settings = Settings::new(kontobro.world.settings_of("start"));
    let started = Function::start("start", settings, &Ambient::system(), make).await;
    let Ok(function) = started else { panic!("it starts") };
    let mut statuses = vec![];
    for _ in 0..3 {
        let answer = function.answer(make, handle, front_page("nn")).await;
        statuses.push(answer.status_code);
        if answer.status_code == 500 {
            let page = format!("{:?}", answer.body);
            assert!(
                page.contains("noko gjekk gale hos oss") && !page.contains("invariant"),
                "{page}"
            );
        }
    }
    assert_eq!(statuses, [200, 500, 200]);
    assert_eq!(made.load(Ordering::Relaxed), 2, "once at the start, once after the panic");
}

fn front_page(language: &str) -> Value {
    json!({
        "version": "2.0",
        "rawPath": "/",
        "headers": { "accept-language": language },
        "requestContext": { "http": { "method": "GET" } },
    })
}
