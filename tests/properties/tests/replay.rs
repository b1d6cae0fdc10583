//! Every seed, every find that was kept, and every sample event, through their properties; on the
//! stable compiler, with every change.

#[path = "../../figures.rs"]
mod figures;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(project(folder)).into_iter().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// What a property is replayed with: `fuzz/seeds/<name>`, `fuzz/finds/<name>`, and of `events/` what
/// is of its kind.
fn inputs(name: &str) -> Vec<PathBuf> {
    let samples = files("events").into_iter().filter(|file| {
        let file = file.file_name().unwrap_or_default().to_string_lossy();
        match name {
            "news" => file.starts_with("mail-feedback"),
            "event" => file.ends_with(".json"),
            "export" => file.ends_with(".csv"),
            _ => false,
        }
    });
    let kept = ["seeds", "finds"].map(|kind| files(&format!("fuzz/{kind}/{name}")));
    kept.into_iter().flatten().chain(samples).collect()
}

#[test]
fn every_seed_and_every_find_keeps_its_property() {
    let mut broken = Vec::new();
    for (name, property) in properties::ALL {
        let inputs = inputs(name);
        assert!(!files(&format!("fuzz/seeds/{name}")).is_empty(), "{name} has seeds");
        println!("{name:<14} {:>4} inputs", inputs.len());
        property(b"");
        figures::adds("Fuzzing, replayed", &[("parsers", 1), ("inputs", inputs.len())]);
        broken.extend(inputs.into_iter().filter_map(|input| {
            let bytes = fs::read(&input).expect("a file");
            let held = std::panic::catch_unwind(|| property(&bytes)).is_ok();
            (!held).then(|| (name, input.strip_prefix(project("")).expect("ours").to_owned()))
        }));
    }
    assert!(broken.is_empty(), "the properties that are broken, and by what: {broken:#?}");
}

#[test]
fn every_property_has_a_fuzz_target_and_every_folder_a_property() {
    let known: BTreeSet<_> = properties::ALL.map(|(name, _)| name.to_owned()).into();
    let names = |folder: &str| -> BTreeSet<_> {
        let stems = files(folder).into_iter().filter_map(|file| file.file_stem().map(Into::into));
        stems.map(|stem: PathBuf| stem.to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names("fuzz/fuzz_targets"), known);
    assert_eq!(names("fuzz/seeds"), known);
    assert!(names("fuzz/finds").is_subset(&known));
    let manifest = fs::read_to_string(project("fuzz/Cargo.toml")).expect("a manifest");
    for name in known {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
    }
}

/// Seeds that open are worth most, and the first to go stale.
#[test]
fn the_seeds_of_sealed_and_signed_things_open() {
    for (name, text) in properties::opening() {
        let seeds = files(&format!("fuzz/seeds/{name}")).into_iter().map(fs::read_to_string);
        let found = seeds.flatten().any(|seed| seed == text);
        assert!(found, "a seed of {name} should be: {text}");
    }
}

/// `fuzz/` has a lock file of its own; what is fuzzed is to be what ships.
#[test]
fn the_fuzz_targets_are_built_of_the_libraries_that_ship() {
    let locked = |file: &str| -> BTreeSet<(String, String)> {
        let text = fs::read_to_string(project(file)).expect("a lock file");
        let packages = text.split("[[package]]\n").skip(1).map(str::lines);
        let names = packages.filter_map(|mut it| Some((it.next()?.into(), it.next()?.into())));
        names.collect()
    };
    let (ours, fuzzed) = (locked("Cargo.lock"), locked("fuzz/Cargo.lock"));
    let ships = |name| ours.iter().any(|(known, _)| known == name);
    let others: Vec<_> = fuzzed.difference(&ours).filter(|(name, _)| ships(name)).collect();
    assert!(others.is_empty(), "to mend: `cp Cargo.lock fuzz/` and `make fuzz`. {others:?}");
}
