//! `docs/threats.md` is true: each proof it names is there, and each numbered test has its row.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    documents::{below, read},
    world::project_file,
};

/// What stands between backticks in the last cell of a row.
fn proofs(row: &str) -> impl Iterator<Item = &str> {
    let cell = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
    cell.split('`').skip(1).step_by(2)
}

/// The rows: number and line.
fn rows(page: &str) -> Vec<(&str, &str)> {
    let rows = page.lines().filter_map(|line| Some((line.strip_prefix("| T")?, line)));
    rows.filter_map(|(rest, line)| Some((rest.split_once(' ')?.0, line))).collect()
}

/// The names of all test functions, here and in every crate of the project.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in ["src", "tests", "standins/src", "examples"].iter().flat_map(|of| below(of, "rs")) {
        let code = fs::read_to_string(file).expect("source");
        let after = code.split("test]\n").skip(1).filter_map(|rest| rest.split_once("fn "));
        names.extend(after.filter_map(|(_, rest)| Some(rest.split_once('(')?.0.to_owned())));
    }
    names
}

#[test]
fn every_proof_of_the_page_exists() {
    let (page, tests) = (read("docs/threats.md"), tests());
    for (number, row) in rows(&page) {
        for proof in proofs(row) {
            let is_there = match proof.strip_suffix('*') {
                Some(beginning) => tests.iter().any(|test| test.starts_with(beginning)),
                None => tests.contains(proof) || Path::new(&project_file(proof)).is_file(),
            };
            assert!(is_there, "T{number} names {proof}, which is not there");
        }
        let has_proof = proofs(row).next().is_some() || row.contains("**Operators**");
        assert!(has_proof, "T{number} is proved by nobody");
    }
}

#[test]
fn every_numbered_test_has_its_row_and_every_row_stands_once() {
    let page = read("docs/threats.md");
    let numbers: Vec<_> = rows(&page).iter().map(|(number, _)| number.to_string()).collect();
    let unique: BTreeSet<_> = numbers.iter().cloned().collect();
    assert_eq!(numbers.len(), unique.len(), "a row stands twice");
    let numbered = |test: &str| {
        let number = test.strip_prefix('t')?.split_once('_')?.0;
        number.bytes().all(|digit| digit.is_ascii_digit()).then(|| number.to_owned())
    };
    let tested: BTreeSet<_> = tests().iter().filter_map(|test| numbered(test)).collect();
    let lost: Vec<_> = tested.difference(&unique).collect();
    assert!(lost.is_empty(), "{lost:?} are tested and stand nowhere");
}
