//! What runbooks and `docs/observability.md` name is there under that name: an operator in a hurry
//! meets no setting, output, function or log event that never was.

use std::collections::BTreeSet;

use kontobro::{bundle::Bundle, domain::history::Event};
use serde_json::{Value, json};
use standins::cloudformation;

use super::{below, infrastructure, read, text};

type Names = BTreeSet<String>;

/// Every document for operators.
fn runbooks() -> String {
    below("docs/runbooks", "md").iter().map(|page| text(page)).collect()
}

/// What follows a phrase, up to the first of these characters.
fn after<'a>(text: &'a str, phrase: &str, end: &[char]) -> impl Iterator<Item = &'a str> {
    text.split(phrase).skip(1).filter_map(move |rest| rest.split(end).next())
}

fn keys(object: &Value) -> Names {
    object.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
}

fn names<'a>(of: impl IntoIterator<Item = &'a str>) -> Names {
    of.into_iter().map(str::to_owned).collect()
}

#[test]
fn settings_and_outputs_of_the_runbooks_are_the_stacks() {
    let template = cloudformation::read(&read("template.yaml")).expect("a template");
    let runbooks = runbooks();

    let switched = after(&runbooks, "switch ", &['`', '\n']).flat_map(str::split_whitespace);
    let switched = names(switched.filter_map(|word| Some(word.split_once('=')?.0)));
    let known = &keys(&template["Parameters"]) | &names(["NAME"]);
    assert!(switched.len() > 4 && switched.is_subset(&known), "{switched:?}");

    let asked = names(after(&runbooks, "$(output ", &[')']));
    let known = keys(&template["Outputs"]);
    assert!(asked.len() > 2 && asked.is_subset(&known), "{asked:?}");
}

#[test]
fn functions_and_secrets_of_the_runbooks_are_the_stacks() {
    let (runbooks, functions) = (runbooks(), names(Bundle::FUNCTIONS.iter().copied()));

    let (keys, switches) = (read("docs/runbooks/keys.md"), read("docs/runbooks/kill-switches.md"));
    let looped = |page: &str| {
        let list =
            after(page, "for function in ", &[';']).next().expect("a loop").replace('\\', "");
        names(list.split_whitespace())
    };
    assert_eq!(looped(&keys), functions, "what starts anew for a new key");
    let events = names(["mail-feedback", "mail-sweeper"]);
    assert_eq!(looped(&switches), &functions - &events, "what is stopped to stop every page");

    let ends = |c: char| !c.is_ascii_lowercase() && c != '-';
    let named = names(runbooks.split("$STACK-").skip(1).filter_map(|rest| rest.split(ends).next()));
    let others = names(["", "accounts-restored", "pages-fail"]);
    assert!(named.is_subset(&(&functions | &others)), "{named:?}");

    let named = runbooks.split("$STACK/").skip(1).filter_map(|rest| rest.split(ends).next());
    let others = names(["", "access", "functions", "trail"]);
    let secrets = names(["client", "cookie", "link", "pid"]);
    let named = &names(named) - &others;
    assert!(!named.is_empty() && named.is_subset(&secrets), "{named:?}");
}

#[test]
fn what_the_code_logs_is_what_is_promised() {
    let sources: String = below("src", "rs").iter().map(|file| text(file)).collect();
    let logged = names(after(&sources, "event = \"", &['"']));
    let overview = read("docs/observability.md");
    let events = after(&overview, "## Log events", &['#']).next().expect("a part on log events");
    let told = names(after(events, "\n| `", &['`']));
    assert_eq!(told, logged);

    let runbooks = runbooks();
    let sought = names(after(&runbooks, "$.event = \"", &['"', '*']));
    let known = |sought: &String| told.iter().any(|told| told.starts_with(sought.as_str()));
    assert!(sought.len() > 4 && sought.iter().all(known), "{sought:?}");
}

#[test]
fn an_alarm_counts_functions_and_reasons_that_there_are() {
    let (mut functions, mut reasons) = (Names::new(), Names::new());
    for (_, template) in infrastructure() {
        dimensions(&template, "Function", &mut functions);
        dimensions(&template, "Reason", &mut reasons);
    }
    assert!(
        !functions.is_empty() && functions.is_subset(&names(Bundle::FUNCTIONS.iter().copied())),
        "{functions:?}"
    );
    let trouble = read("src/web/trouble.rs");
    let variants =
        trouble.split("pub enum Trouble {").nth(1).and_then(|rest| rest.split("\n}").next());
    let variants = variants.expect("the enum");
    let known = |reason: &String| {
        variants
            .lines()
            .any(|line| line.trim().trim_end_matches(',').split('(').next() == Some(reason))
    };
    assert!(!reasons.is_empty() && reasons.iter().all(known), "{reasons:?}");
}

/// A restore forgets what has happened since: of each kind of event the runbook says what to do.
#[test]
fn t114_the_runbook_of_a_restore_knows_every_event_and_which_are_replayed() {
    let source = read("src/domain/history.rs");
    let variants = after(&source, "pub enum Event {", &['}']).next().expect("the enum");
    let variants = variants.lines().filter_map(|line| line.trim().strip_suffix(','));
    let snake = |name: &str| {
        let words = name.split_inclusive(|_: char| true).map(|letter| {
            let lower = letter.to_lowercase();
            if lower == letter { lower } else { format!("_{lower}") }
        });
        words.collect::<String>().trim_start_matches('_').to_owned()
    };
    let events: Names = variants.map(snake).collect();

    let runbook = read("docs/runbooks/restore.md");
    let rows = runbook.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let rows: Vec<_> = rows.collect();
    assert_eq!(names(rows.iter().map(|(event, _)| *event)), events);
    for (name, what) in rows {
        let event: Event = serde_json::from_value(json!(name)).expect("an event");
        assert_eq!(what.starts_with("replayed"), event.protects(), "{name}");
    }
}

/// Values of this dimension of Kontobro's own metrics, wherever in a template.
fn dimensions(value: &Value, name: &str, found: &mut Names) {
    match value {
        Value::Object(fields) if fields.get("Name").is_some_and(|of| of == name) => {
            found.extend(fields["Value"].as_str().map(str::to_owned));
        }
        Value::Object(fields) => fields.values().for_each(|field| dimensions(field, name, found)),
        Value::Array(items) => items.iter().for_each(|item| dimensions(item, name, found)),
        _ => {}
    }
}
