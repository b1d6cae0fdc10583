//! Every function as Lambda runs it: a bootstrap process behind the Runtime API, with exactly the
//! settings that `template.yaml` gives it, fed every event of its name in `events/`.

mod expected;
pub mod process;

use std::{collections::BTreeMap, fs, time::Duration};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures_util::future::join_all;
use kontobro::ambient::Ambient;
use serde_json::{Value, json};
use standins::wire::{Fault, Kind, Wire};

use crate::world::{Options, World, ports::Ports, project_file};
use expected::{ANSWERS, OUTCOMES};
use process::{Bootstrap, FUNCTIONS, refusal};

/// For one function and all its events; each takes milliseconds, but processes share few cores.
const PATIENCE: Duration = Duration::from_mins(1);

/// What an answer has whatever it says. `None`: any value.
const EVERY_ANSWER: [(&str, Option<&str>); 5] = [
    ("content-security-policy", None),
    ("strict-transport-security", Some("max-age=63072000; includeSubDomains")),
    ("x-content-type-options", Some("nosniff")),
    ("referrer-policy", Some("no-referrer")),
    ("cache-control", Some("no-store")),
];

async fn world() -> World {
    world_on(&Wire::new()).await
}

async fn world_on(wire: &Wire) -> World {
    let options = Options {
        ports: Ports::AnyFree,
        folder: None,
        ambient: Ambient::system(),
        issuer: None,
        wire: wire.clone(),
        more: vec![],
    };
    World::start(options, |_| ()).await.unwrap()
}

/// By function, then by case: `events/login--begin.json` is case `begin` of `login`.
pub fn events() -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut events = BTreeMap::<_, BTreeMap<_, _>>::new();
    for file in fs::read_dir(project_file("events")).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let Some((function, case)) = name.split_once("--") else { continue };
        let event = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        events.entry(function.to_owned()).or_default().insert(case.to_owned(), event);
    }
    events
}

#[test]
fn every_event_has_its_expected_answer_and_every_answer_its_event() {
    let events = events();
    let files = events
        .iter()
        .flat_map(|(function, cases)| cases.keys().map(move |case| format!("{function}--{case}")));
    let answers = ANSWERS.iter().map(|(name, ..)| *name);
    let mut expected: Vec<_> = answers.chain(OUTCOMES.iter().map(|(name, _)| *name)).collect();
    expected.sort_unstable();
    assert_eq!(files.collect::<Vec<_>>(), expected);
    assert_eq!(events.len(), FUNCTIONS.len(), "a function has no event");
}

#[tokio::test]
async fn every_function_answers_its_events_as_a_process() {
    let world = world().await;
    let events = events();
    let functions = events.iter().map(async |(function, cases)| {
        let mut bootstrap = Bootstrap::start(function, world.settings_of(function)).await;
        // Twice: what one event leaves behind must not hinder the next.
        for (case, event) in cases.iter().chain(cases) {
            let name = format!("{function}--{case}");
            let outcome = bootstrap.invoke(event).await;
            match ANSWERS.iter().find(|(known, ..)| *known == name) {
                Some((_, status, words)) => {
                    let answer = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
                    check(&name, &answer, *status, words);
                }
                None => {
                    let (_, reported) = OUTCOMES.iter().find(|(known, _)| *known == name).unwrap();
                    let error = outcome.err().map(|error| error.message);
                    assert_eq!(error.as_deref(), *reported, "{name}");
                }
            }
        }
    });
    tokio::time::timeout(PATIENCE, join_all(functions)).await.expect("every function answers");
}

/// The words stand in the body, or in the address a redirect leads to; no words are an empty
/// body, `/` the start page.
fn check(name: &str, answer: &Value, status: u16, words: &str) {
    let header = |header: &str| answer["headers"][header].as_str().unwrap_or_default();
    assert_eq!(answer["statusCode"], status, "{name}");
    let said = if status == 303 { header("location").to_owned() } else { body(answer) };
    let right = if words.len() > 1 { said.contains(words) } else { said == words };
    assert!(right, "{name}: {words} is missing in {said}");
    for (known, value) in EVERY_ANSWER {
        let right = match value {
            None => !header(known).is_empty(),
            // Files alone may be kept: their names change with what is in them.
            Some("no-store") if name == "start--asset" => header(known).starts_with("public"),
            Some(value) => header(known) == value,
        };
        assert!(right, "{name}: {known} is {}", header(known));
    }
}

fn body(answer: &Value) -> String {
    let body = answer["body"].as_str().unwrap_or_default().to_owned();
    if answer["isBase64Encoded"] == true {
        return String::from_utf8(BASE64_STANDARD.decode(body).unwrap()).unwrap();
    }
    body
}

#[tokio::test]
async fn t82_a_function_answers_what_is_no_event_and_a_body_of_a_megabyte() {
    let world = world().await;
    let events = events();
    let functions = FUNCTIONS.iter().filter(|(name, _)| !name.starts_with("mail-"));
    let functions = functions.map(async |(function, _)| {
        let mut bootstrap = Bootstrap::start(function, world.settings_of(function)).await;
        for garbled in [json!(null), json!([]), json!({}), json!("x"), json!({ "version": "1.0" })]
        {
            let answer = bootstrap.invoke(&garbled).await.unwrap();
            check(function, &answer, 400, "Vi forsto ikke det nettleseren sendte");
        }
        let mut large = events["account-search"]["form-plain"].clone();
        large["body"] = json!(format!("epost={}", "a".repeat(1024 * 1024)));
        let answer = bootstrap.invoke(&large).await.unwrap();
        check(function, &answer, 413, "Det du sendte, er for stort");
    });
    tokio::time::timeout(PATIENCE, join_all(functions)).await.expect("every function answers");
}

/// A required setting, as the first function that has it in this list needs it.
const NEEDED: [(&str, &[&str]); 6] = [
    ("start", &["BASE_URL", "PORTAL_URL", "SUPPORT_EMAIL", "OIDC_ISSUER"]),
    ("login", &["OIDC_CLIENT_ID", "SECRETS_PREFIX"]),
    ("oidc-callback", &["OIDC_CLIENT_ID", "PENDING_TABLE"]),
    ("account-search", &["ACCOUNTS_TABLE", "AWS_ACCESS_KEY_ID"]),
    ("mail-sweeper", &["PENDING_TABLE", "AWS_SECRET_ACCESS_KEY", "MAIL_FROM"]),
    ("merge-request", &["MAIL_FROM", "ACCOUNTS_TABLE"]),
];

/// Also while no secret can be read, which alone would let the function come up.
#[tokio::test]
async fn t91_a_missing_or_impossible_setting_stops_the_start_and_is_named() {
    let wire = Wire::new();
    let world = world_on(&wire).await;
    wire.fail(Fault::on("secrets", Kind::CutBefore));
    for (function, needed) in NEEDED {
        for name in needed {
            let mut settings = world.settings_of(function);
            settings.retain(|(known, _)| known != name);
            let told = refusal(function, settings).await;
            assert!(told.contains(&format!("the setting {name} is missing")), "{function}: {told}");
        }
    }
    for (function, name, value, wrong) in [
        ("start", "BASE_URL", "http://konto.example.no", "BASE_URL must begin with https://"),
        ("start", "BASE_URL", "https://example.no/konto", "BASE_URL must be a host alone"),
        ("login", "PRODUCTION", "true", "OIDC_ISSUER is a test issuer, in production"),
        ("login", "CLOSED", "login", "CLOSED must be a list of search, mail, links"),
        ("profile", "MAIL_FROM", "NAKOS", "MAIL_FROM must be an e-mail address"),
        ("mail-feedback", "NOT_BEFORE", "yesterday", "NOT_BEFORE must be a moment in ISO 8601"),
    ] {
        let settings = vec![(name.to_owned(), value.to_owned())];
        let told = refusal(function, [world.settings_of(function), settings].concat()).await;
        assert!(told.contains(&format!("the setting {wrong}")), "{told}");
    }
}

#[tokio::test]
async fn t91_a_secret_that_is_no_set_of_keys_stops_the_start_and_is_named() {
    let world = world().await;
    for (function, secret) in [
        ("oidc-callback", "pid"),
        ("mail-sweeper", "link"),
        ("account-search", "cookie"),
        ("login", "client"),
    ] {
        for malformed in ["", "{}", r#"{"keys":[]}"#, r#"{"keys":[{"version":1,"secret":"?"}]}"#] {
            world.secrets.rotate(&format!("kontobro/{secret}"), malformed);
            let told = refusal(function, world.settings_of(function)).await;
            assert!(told.contains(&format!("the secret {secret} is not a set of keys")), "{told}");
        }
    }
}

#[tokio::test]
async fn t86_a_process_without_secrets_comes_up_and_answers() {
    let wire = Wire::new();
    let world = world_on(&wire).await;
    wire.fail(Fault::on("secrets", Kind::CutBefore));
    let events = events();
    let functions = FUNCTIONS.iter().filter(|(name, _)| !["start", "mail-feedback"].contains(name));
    let functions = functions.map(async |(function, _)| {
        let mut bootstrap = Bootstrap::start(function, world.settings_of(function)).await;
        let (case, event) = events[*function].first_key_value().expect("an event");
        match bootstrap.invoke(event).await {
            Ok(answer) => check(case, &answer, 503, "Beklager, vi får ikke gjort dette nå"),
            Err(error) => assert_eq!(error.message, "the secret link cannot be read", "{function}"),
        }
    });
    tokio::time::timeout(PATIENCE, join_all(functions)).await.expect("every function answers");
}

#[tokio::test]
async fn t96_whatever_a_process_tells_is_json_and_its_numbers_are_cloudwatchs() {
    let world = world().await;
    let events = events();
    let settings = world.settings_of("account-search");
    let mut bootstrap = Bootstrap::start_and_listen("account-search", settings).await;
    bootstrap.invoke(&events["account-search"]["bad-utf8"]).await.unwrap();
    let told = bootstrap.told().await;
    let lines: Vec<Value> =
        told.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let request = lines.iter().find(|line| line["event"] == "refused").expect("one line a request");
    assert_eq!(request["function"], "account-search", "{told}");
    assert_eq!(
        (&request["route"], &request["reason"]),
        (&json!("POST /sok"), &json!("NotLoggedIn"))
    );
    let number = lines.iter().find(|line| !line["_aws"].is_null()).expect("a number");
    assert_eq!((&number["Refusals"], &number["Reason"]), (&json!(1), &json!("NotLoggedIn")));
    assert!(number["level"].is_null(), "a number is no log line: {number}");
}
