//! What the documents promise each other and the templates.

mod runbooks;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use standins::cloudformation;

use crate::world::project_file;

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut documents = below("docs", "md");
    documents.extend(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(project_file));
    for document in documents {
        let text = text(&document);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for link in links.filter(|link| !link.is_empty() && !link.contains("://")) {
            let target = document.parent().expect("a folder").join(link);
            assert!(target.exists(), "{} links to {link}", document.display());
        }
    }
}

#[test]
fn every_alarm_says_what_to_do_and_every_page_belongs_to_an_alarm() {
    let overview = read("docs/observability.md");
    let mut told = BTreeSet::new();
    for (file, template) in infrastructure() {
        for (id, alarm) in cloudformation::resources(&template, "AWS::CloudWatch::Alarm") {
            let text = alarm["AlarmDescription"].as_str().expect("a description");
            let page = text.rsplit_once(" See ").unwrap_or_else(|| panic!("{file} {id}: {text}")).1;
            assert!(project_file(page).exists(), "{file} {id} names {page}, which is not there");
            assert!(overview.contains(page.trim_start_matches("docs/")), "{page} has no promise");
            told.insert(project_file(page));
        }
    }
    let pages: BTreeSet<_> = below("docs/runbooks/alarms", "md").into_iter().collect();
    assert_eq!(pages, told);
}

/// Alarms and dashboard wait for metrics by name: whoever tells them reads `docs/observability.md`.
#[test]
fn alarms_and_dashboard_use_the_metrics_that_are_promised() {
    let overview = read("docs/observability.md");
    let promised: BTreeSet<_> =
        overview.lines().filter_map(|line| line.strip_prefix("| `")).collect();
    let is_promised =
        |metric: &str| promised.iter().any(|line| line.starts_with(&format!("{metric}` | ")));
    let mut used = BTreeSet::new();
    for (_, template) in infrastructure() {
        gather(&template, &mut used);
    }
    let dashboard = read("infra/dashboard.yaml");
    let ours = dashboard
        .split("\"metrics\": [")
        .skip(1)
        .filter(|list| list.trim_start().starts_with("[\"Kontobro\""));
    for list in ours {
        let list = list.split("\n                ]").next().expect("a list");
        used.extend(list.lines().filter_map(|line| Some(line.split('"').nth(3)?.to_owned())));
    }
    assert!(used.len() > 15, "{used:?}");
    let unknown: Vec<_> = used.iter().filter(|metric| !is_promised(metric)).collect();
    assert!(unknown.is_empty(), "{unknown:?} are used and not promised");
}

/// Names of metrics in namespace Kontobro, wherever in a template.
fn gather(value: &Value, used: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("Namespace").is_some_and(|namespace| namespace == "Kontobro") {
                used.insert(fields["MetricName"].as_str().expect("a name").to_owned());
            }
            fields.values().for_each(|field| gather(field, used));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, used)),
        _ => {}
    }
}

fn infrastructure() -> Vec<(String, Value)> {
    let read = |file: PathBuf| {
        (file.display().to_string(), cloudformation::read(&text(&file)).expect("a template"))
    };
    below("infra", "yaml").into_iter().map(read).collect()
}

pub fn below(folder: &str, extension: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of this project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, extension, files);
            } else if path.extension().is_some_and(|of| of == extension) {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    walk(&project_file(folder), extension, &mut files);
    assert!(!files.is_empty(), "{folder} has files");
    files
}

pub fn read(file: &str) -> String {
    text(&project_file(file))
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).expect("a file of this project")
}

#[test]
fn t97_the_copy_of_the_trail_is_gone_after_two_years_as_the_runbooks_say() {
    let template = standins::cloudformation::read(&read("infra/trail.yaml")).expect("a template");
    let rule = &template["Resources"]["Trail"]["Properties"]["LifecycleConfiguration"]["Rules"][0];
    let hidden_after = rule["ExpirationInDays"].as_u64().expect("days");
    let gone_after = rule["NoncurrentVersionExpiration"]["NoncurrentDays"].as_u64().expect("days");
    assert_eq!(hidden_after + gone_after, 730, "what expires becomes an older version first");
    for page in ["docs/runbooks/audit-trail.md", "docs/runbooks/erasure.md"] {
        assert!(read(page).contains("two years"), "{page}");
    }
}
