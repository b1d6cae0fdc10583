//! The tests: which mutants each comes by, and whether some of them notice one.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    env, fs,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use crate::{Failure, at_once, tree::FOLDER};

/// This test builds a function, which is minutes for each mutant.
const BUILDS: &str = "invoke::";

/// One test, as it went with every mutant asleep.
#[derive(Serialize, Deserialize)]
pub struct Test {
    pub program: PathBuf,
    pub name: String,
    pub took: Duration,
    pub passed: bool,
    pub seen: BTreeSet<usize>,
}

/// One of those who do the work, and what it knows.
pub struct Hand<'a> {
    pub number: usize,
    pub root: &'a Path,
    /// The module that is changed.
    pub module: &'a str,
    /// How many mutants of the same file each test has caught so far.
    pub earlier: BTreeMap<String, usize>,
    /// Of the tests' usual time.
    pub at_most: Duration,
}

/// What came of a mutant.
pub enum Outcome {
    /// A test failed, by this name, or ran much longer than it does.
    Caught(String),
    /// So many tests passed, of so many that reach it.
    Missed(usize, usize),
}

/// Lists and runs every test of these programs once, by itself.
pub fn all(programs: &[PathBuf], root: &Path, jobs: usize) -> Result<Vec<Test>, Failure> {
    let only = env::var("TESTS").unwrap_or_default();
    let file = PathBuf::from(FOLDER).join(format!("tests-{}.json", only.replace(':', "")));
    if let Some(tests) = remembered(&file, programs) {
        return Ok(tests);
    }
    let mut names = Vec::new();
    for program in programs {
        let list = ["--list", "--format", "terse"];
        let list = Command::new(program).current_dir(root).args(list).output()?;
        let list = String::from_utf8(list.stdout)?;
        let tests = list.lines().filter_map(|line| line.strip_suffix(": test"));
        let tests = tests.filter(|name| name.contains(&only) && !name.starts_with(BUILDS));
        names.extend(tests.map(|name| (program.clone(), name.to_owned())));
    }
    fs::create_dir_all(pairs())?;
    let run = |worker: usize, (program, name): (PathBuf, String)| {
        let seen = PathBuf::from(FOLDER).join(format!("seen-{worker}"));
        let _ = fs::remove_file(&seen);
        let begun = Instant::now();
        let file = std::path::absolute(&seen).expect("a path");
        let program_and = test(&program, root, &[&name], worker, ("MUTANTS_SEEN", file.to_str()));
        let passed = wait(program_and, Duration::from_mins(10)).is_some_and(|good| good);
        let seen = fs::read_to_string(&seen).unwrap_or_default();
        let seen = seen.lines().filter_map(|number| number.parse().ok()).collect();
        Test { program, name, took: begun.elapsed(), passed, seen }
    };
    let tests = at_once(jobs, names, run);
    fs::write(file, serde_json::to_vec(&tests)?)?;
    Ok(tests)
}

/// How the tests went, if nothing has been built since.
fn remembered(file: &Path, programs: &[PathBuf]) -> Option<Vec<Test>> {
    let made = |path: &Path| fs::metadata(path)?.modified();
    let then = made(file).ok()?;
    let is_older = |program: &PathBuf| made(program).is_ok_and(|made| made < then);
    let tests = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    programs.iter().all(is_older).then_some(tests)
}

/// Wakes one mutant and runs the tests that reach it, for so long at most: first those that have
/// caught most others, then those beside the code, then the quick ones.
pub fn try_out(mutant: usize, tests: &[Test], hand: &Hand<'_>) -> Outcome {
    let mut reach: Vec<_> =
        tests.iter().filter(|test| test.passed && test.seen.contains(&mutant)).collect();
    reach.sort_by_key(|test| {
        let is_near = test.name.starts_with(hand.module);
        (Reverse(hand.earlier.get(&test.name)), Reverse(is_near), test.took)
    });
    let mut time = Duration::ZERO;
    let asked = reach.iter().take_while(|test| {
        let is_time_left = time < hand.at_most;
        time += test.took;
        is_time_left
    });
    let asked: Vec<_> = asked.copied().collect();
    let mut programs: BTreeMap<&Path, Vec<&Test>> = BTreeMap::new();
    let (mut size, mut rest) = (2, &asked[..]);
    while !rest.is_empty() {
        let (now, later) = rest.split_at(size.min(rest.len()));
        (rest, size) = (later, size * 2);
        programs.clear();
        for test in now {
            programs.entry(&test.program).or_default().push(test);
        }
        for (program, tests) in &programs {
            let names: Vec<_> = tests.iter().map(|test| test.name.as_str()).collect();
            let usual: Duration = tests.iter().map(|test| test.took).sum();
            let number = mutant.to_string();
            let goes_well = || {
                let awake = ("MUTANT", Some(number.as_str()));
                let running = test(program, hand.root, &names, hand.number, awake);
                wait(running, usual * 4 + Duration::from_secs(20))
            };
            // A busy machine can fail a test too: it is asked again.
            if goes_well() != Some(true) {
                match goes_well() {
                    Some(true) => {}
                    Some(false) => return Outcome::Caught(failed(hand.number)),
                    None => return Outcome::Caught("it never ends".into()),
                }
            }
        }
    }
    Outcome::Missed(asked.len(), reach.len())
}

fn output(worker: usize) -> PathBuf {
    PathBuf::from(FOLDER).join(format!("output-{worker}"))
}

/// The stand-ins' key pairs, made once: otherwise each start of a test spends most of its time on them.
fn pairs() -> PathBuf {
    std::path::absolute(FOLDER).expect("a path").join("pairs")
}

/// One by one, and none after the first that fails.
fn test(
    program: &Path,
    root: &Path,
    names: &[&str],
    worker: usize,
    (name, value): (&str, Option<&str>),
) -> Child {
    Command::new(program)
        .current_dir(root)
        .args(["--exact", "--test-threads=1", "-Zunstable-options", "--fail-fast"])
        .args(names)
        // Stopping at the first failure is not stable yet.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_MANIFEST_DIR", root)
        .env("INSTA_UPDATE", "no")
        .env("STANDINS_RSA_KEPT_IN", pairs())
        .env(name, value.unwrap_or_default())
        .stdout(fs::File::create(output(worker)).expect("a file"))
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a test starts")
}

fn failed(worker: usize) -> String {
    let output = fs::read(output(worker)).unwrap_or_default();
    let output = String::from_utf8_lossy(&output);
    let name =
        |line: &str| Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_owned());
    output.lines().find_map(name).unwrap_or_else(|| "the program ends".into())
}

/// Did all go well? `None` when it took too long.
fn wait(mut child: Child, at_most: Duration) -> Option<bool> {
    let until = Instant::now() + at_most;
    while Instant::now() < until {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status.success());
        }
        sleep(Duration::from_millis(10));
    }
    let group = format!("-{}", child.id());
    let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
    let _ = child.wait();
    None
}
