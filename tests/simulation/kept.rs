//! Histories that once broke an invariant, kept for ever: each in a file below `kept/`, as the
//! failing run printed it, named by what went wrong.

use std::fs;

use super::{figures, fleet::on_every_core, history::History, local::project_file};

#[test]
fn histories_that_once_broke_an_invariant_break_none() {
    let mut files: Vec<_> = fs::read_dir(project_file("tests/simulation/kept"))
        .expect("the folder of kept histories")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no history is kept");
    let count = files.len();
    let broken = on_every_core(files, async |stage, file| {
        let text = fs::read_to_string(&file).expect("a readable file");
        let history: History = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let told = stage.replays(&history).await;
        told.broken.map(|broken| format!("{}: {broken}", file.display()))
    });
    let broken: Vec<_> = broken.into_iter().flatten().collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    figures::adds("Simulation, kept", &[("histories that once failed, and hold", count)]);
}
