//! `make keys`: what it makes is what functions start with and ID-porten can check, and no key is lost
//! by it.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use futures_util::future::join_all;
use kontobro::{
    ambient::Ambient,
    keys::{Key, read},
};
use serde_json::{Map, Value, json};
use standins::wire::Wire;

use crate::{
    bootstraps::{self, process::Bootstrap},
    support::{Folder, Service},
    telling::numbers,
    world::{Options, World, ports::Ports, project_file},
};

const KARI: &str = "Kari Nordmann";
const SETS: [&str; 4] = ["client", "cookie", "link", "pid"];

fn tool(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(project_file(".tools/venv/bin/python"));
    command.arg(project_file("tools/keys.py")).args(arguments).arg("--folder").arg(folder);
    command.output().expect("Python's tools are there: `make tools` installs them")
}

/// Makes keys into `made` below this folder, and gives what was said.
fn makes(arguments: &[&str], below: &Path) -> String {
    let output = tool(arguments, &below.join("made"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The public key among what was said.
fn public_key(told: &str) -> Value {
    let line = told.lines().find_map(|line| line.strip_prefix("    {")).expect("a public key");
    serde_json::from_str(&format!("{{{line}")).expect("a JWK")
}

fn made(below: &Path, name: &str) -> PathBuf {
    below.join("made").join(format!("{name}.json"))
}

fn set(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).expect("a set was made")).expect("JSON")
}

/// Puts a whole set where a world looks for its keys.
fn all_keys_of_a_world(folder: &Path) {
    let client_jwk = public_key(&makes(&["all"], folder));
    let secrets: Map<_, _> =
        SETS.iter().map(|name| ((*name).to_owned(), set(&made(folder, name)))).collect();
    let keys = json!({ "secrets": secrets, "client_jwk": client_jwk });
    fs::write(folder.join("keys.json"), keys.to_string()).expect("the folder can be written");
}

#[tokio::test]
async fn a_whole_move_goes_by_the_keys_that_make_keys_makes() {
    let service = Service::new();
    all_keys_of_a_world(service.folder());
    let kontobro = service.starts().await;
    let kari = kontobro.person(KARI);
    kari.has_an_old_account().await;
    kari.links_the_old_account().await.saves().await.sees("Du er ferdig");
}

/// `login` has signed with the private key, and the provider has checked that by the printed one,
/// before there is anything to redirect to.
#[tokio::test]
async fn every_function_starts_with_made_keys_and_the_printed_key_proves_who_we_are() {
    let folder = Folder::new();
    all_keys_of_a_world(folder.path());
    let options = Options {
        ports: Ports::AnyFree,
        folder: Some(folder.path().to_owned()),
        ambient: Ambient::system(),
        issuer: None,
        wire: Wire::new(),
        more: vec![],
    };
    let world = World::start(options, |_| ()).await.expect("a world starts");
    let starts = bootstraps::process::FUNCTIONS
        .iter()
        .map(async |(name, _)| (*name, Bootstrap::start(name, world.settings_of(name)).await));
    let mut functions: BTreeMap<_, _> = join_all(starts).await.into_iter().collect();
    let login = functions.get_mut("login").expect("it started");
    let answer = login.invoke(&bootstraps::events()["login"]["begin"]).await.expect("an answer");
    let pushed = format!("{}/authorize?", world.urls.idporten);
    let location = answer["headers"]["location"].as_str().expect("a redirect");
    assert!(location.starts_with(&pushed) && location.contains("request_uri="), "{answer}");
}

#[test]
fn t12_the_client_key_says_until_when_it_is_registered() {
    let folder = Folder::new();
    let today = jiff::Zoned::now().date();
    let until = today.tomorrow().expect("a day").to_string();
    let told = makes(&["client", "--kid", "spring", "--until", &until], folder.path());
    let client = &set(&made(folder.path(), "client"))["keys"][0];
    assert_eq!((&client["kid"], &client["registered_until"]), (&json!("spring"), &json!(until)));
    assert_eq!(public_key(&told)["kid"], "spring");
    assert!(!made(folder.path(), "pid").exists());

    let late = today.saturating_add(jiff::Span::new().days(366)).to_string();
    for day in [today.to_string(), late, "soon".to_owned()] {
        let refused = tool(&["client", "--until", &day], &folder.path().join("other"));
        assert!(!refused.status.success(), "a key until {day}");
    }
}

#[tokio::test]
async fn t12_login_tells_at_its_start_how_many_days_the_client_key_has_left() {
    let mut sum = 0;
    for (days, left) in [(30, 30), (0, 0), (-3, 0)] {
        sum += left;
        let service = Service::new();
        all_keys_of_a_world(service.folder());
        let file = service.folder().join("keys.json");
        let mut keys = set(&file);
        let today = service.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let until = today.saturating_add(jiff::Span::new().days(days)).to_string();
        keys["secrets"]["client"]["keys"][0]["registered_until"] = json!(until);
        fs::write(&file, keys.to_string()).expect("the folder can be written");
        let kontobro = service.starts().await;
        kontobro.person(KARI).logs_in().await;
        assert_eq!(numbers(&kontobro).get("KeyDaysLeft"), Some(&sum), "{days}");
    }
}

#[test]
fn made_keys_are_their_owners_alone_and_never_written_over_nor_told() {
    let folder = Folder::new();
    let told = makes(&["all"], folder.path());
    let mode = |path: &Path| fs::metadata(path).expect("it was made").permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join("made")), 0o700);
    let before = SETS.map(|name| fs::read(made(folder.path(), name)).expect("it was made"));
    for (name, content) in SETS.iter().zip(&before) {
        assert_eq!(mode(&made(folder.path(), name)), 0o600, "{name}");
        let keys: Value = serde_json::from_slice(content).expect("JSON");
        let secret = if *name == "client" { "pkcs8" } else { "secret" };
        assert!(!told.contains(keys["keys"][0][secret].as_str().expect("a secret")), "{name}");
        assert!(told.contains(&format!("--secret-id kontobro/{name} ")), "{told}");
    }
    assert!(!tool(&["all"], &folder.path().join("made")).status.success());
    assert_eq!(before, SETS.map(|name| fs::read(made(folder.path(), name)).expect("it stays")));
}

/// What each step makes of each set, and `None` where it does not fit.
#[test]
fn t65_a_key_is_known_before_it_is_used_and_goes_once_another_is_in_use() {
    for (name, step, from, to) in [
        ("link", "add", &[1][..], Some(&[1, 2][..])),
        ("link", "use", &[1, 2], Some(&[2, 1])),
        ("link", "drop", &[2, 1], Some(&[2])),
        ("link", "add", &[2], Some(&[2, 3])),
        ("link", "replace", &[1], Some(&[2])),
        ("link", "replace", &[2, 1], Some(&[3])),
        ("link", "add", &[255], None),
        ("link", "add", &[1, 2], None),
        ("link", "use", &[1], None),
        ("link", "use", &[2, 1], None),
        ("link", "drop", &[1], None),
        ("link", "drop", &[1, 2], None),
        ("link", "add", &[], None),
        // Every account would have lost its person.
        ("pid", "replace", &[1], None),
    ] {
        let folder = Folder::new();
        let old =
            |version: &u32| json!({ "version": version, "secret": format!("b2xk{version:04}") });
        let keys: Vec<_> = from.iter().map(old).collect();
        let file = folder.path().join("in-use.json");
        fs::write(&file, json!({ "keys": keys }).to_string()).expect("the folder can be written");
        let arguments = [name, "--step", step, "--from", file.to_str().expect("a plain path")];
        let done = tool(&arguments, &folder.path().join("made")).status.success();
        assert_eq!(done, to.is_some(), "{step} of {name} {from:?}");
        let Some(to) = to else { continue };
        let after = set(&made(folder.path(), name));
        let after = after["keys"].as_array().expect("keys");
        let versions: Vec<_> = after.iter().map(|key| key["version"].clone()).collect();
        assert_eq!(versions, to, "{step} of {name} {from:?}");
        for key in after {
            let kept = keys.iter().find(|old| old["version"] == key["version"]);
            assert!(kept.is_none_or(|old| old == key), "{step} changed an old key");
        }
        let text = fs::read_to_string(made(folder.path(), name)).expect("it was made");
        assert!(read::<Key>(&text).is_some(), "a function reads it: {text}");
    }
}
