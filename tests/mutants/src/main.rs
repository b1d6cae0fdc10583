//! Every condition, binding and check turned off in turn: does a test notice?
//!
//! `make mutants`. The changes are woven into one copy of the source, each asleep; the copy is compiled
//! once, each test is run once to see which changes it comes by, and then one change after the other is
//! woken for the tests that reach it. `docs/reliability.md` tells how to read the outcome.

mod conditions;
mod mutant;
mod source;
mod tests;
mod tree;
mod weave;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
    time::Duration,
};

use mutant::Mutant;
use tests::{Hand, Outcome};
use tree::Tree;

type Failure = Box<dyn std::error::Error>;

/// So many of a hundred must be noticed.
const AT_LEAST: usize = 90;

/// What is changed unless other files are named: rules, store, tokens, cookies, keys.
const FILES: [&str; 10] = [
    "src/store/**",
    "src/domain/**",
    "src/oidc/**",
    "src/web/seal.rs",
    "src/web/session.rs",
    "src/web/note.rs",
    "src/web/visit.rs",
    "src/web/visit/cookies.rs",
    "src/web/fields.rs",
    "src/keys.rs",
];

fn main() -> Result<(), Failure> {
    let given: Vec<String> = env::args().skip(1).collect();
    let files = if given.is_empty() { FILES.map(str::to_owned).to_vec() } else { given };
    let jobs = thread::available_parallelism()?.get();
    fs::create_dir_all(tree::FOLDER)?;
    let (mutants, sources) = mutant::all(&files)?;
    println!("{} mutants of {} files", mutants.len(), sources.len());
    let tree = Tree::plant(&sources)?;
    let before = known()?;
    let is = |number: &usize, what: &str| {
        before.get(&mutants[*number].name).is_some_and(|(outcome, _)| outcome == what)
    };
    let numbers = || 0..mutants.len();
    let broken = tree.weave(&mutants, &sources, numbers().filter(|n| is(n, "broken")).collect())?;
    let programs = tree.build()?;
    println!("Every test once, with every mutant asleep");
    let tests = tests::all(&programs, tree.root(), jobs)?;
    for test in tests.iter().filter(|test| !test.passed) {
        println!("not asked, as it fails in a copy: {}", test.name);
    }
    let mut outcomes = fs::File::options().append(true).create(true).open(outcomes())?;
    for number in broken.iter().filter(|number| !is(number, "broken")) {
        writeln!(outcomes, "broken\t{}\tit does not compile", mutants[*number].name)?;
    }
    let outcomes = Mutex::new(outcomes);
    let is_part = env::var("TESTS").is_ok_and(|tests| !tests.is_empty());
    let only = env::var("ONLY").unwrap_or_default();
    let awake = numbers().filter(|number| mutants[*number].name.contains(&only));
    let awake = awake.filter(|number| {
        let can_be = !broken.contains(number) && tree::why_not(&mutants[*number]).is_none();
        can_be && !is(number, "caught")
    });
    let at_most = env::var("AT_MOST").ok().and_then(|seconds| seconds.parse().ok());
    let at_most = at_most.map_or(Duration::MAX, Duration::from_secs);
    let catches = Mutex::new(BTreeMap::<&str, BTreeMap<String, usize>>::new());
    at_once(jobs, awake.collect(), |worker, number| {
        let Mutant { name, file, .. } = &mutants[number];
        let earlier = catches.lock().expect("no worker panics").get(file.as_str()).cloned();
        let earlier = earlier.unwrap_or_default();
        let module = file.split(['/', '.']).nth(1).unwrap_or_default();
        let hand = Hand { number: worker, root: tree.root(), module, earlier, at_most };
        let line = match tests::try_out(number, &tests, &hand) {
            Outcome::Caught(by) => {
                let mut catches = catches.lock().expect("no worker panics");
                *catches.entry(file).or_default().entry(by.clone()).or_default() += 1;
                format!("caught\t{name}\t{by}")
            }
            // Of the tests that were named none comes by: that says nothing of the others.
            Outcome::Missed(0, _) if is_part => return,
            Outcome::Missed(asked, reach) => format!("missed\t{name}\t{asked} of {reach} tests"),
        };
        if line.starts_with("missed") {
            println!("{line}");
        }
        let mut outcomes = outcomes.lock().expect("no worker panics");
        writeln!(outcomes, "{line}").expect("the file can be written to");
    });
    tell(&mutants, &broken)
}

fn outcomes() -> PathBuf {
    Path::new(tree::FOLDER).join("outcomes.tsv")
}

/// What has been tried in a run that was cut short, by name: `caught` or `missed`, and by what.
fn known() -> Result<BTreeMap<String, (String, String)>, Failure> {
    let text = if outcomes().exists() { fs::read_to_string(outcomes())? } else { String::new() };
    let fields = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        let (outcome, name) = (fields.next()?, fields.next()?);
        Some((name, (outcome, fields.next()?)))
    };
    Ok(text.lines().filter_map(fields).collect())
}

/// The figures, and every mutant that nobody noticed. Each of these needs a test, or a line in
/// `docs/reliability.md` that says why it needs none.
fn tell(mutants: &[Mutant], broken: &BTreeSet<usize>) -> Result<(), Failure> {
    let known = known()?;
    let told = fs::read_to_string("docs/reliability.md")?;
    let mut files: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut untold = Vec::new();
    for (number, mutant) in mutants.iter().enumerate() {
        let counts = files.entry(&mutant.file).or_default();
        if broken.contains(&number) || tree::why_not(mutant).is_some() {
            counts[2] += 1;
            continue;
        }
        let Some((outcome, _)) = known.get(&mutant.name) else {
            counts[3] += 1;
            continue;
        };
        if outcome == "caught" {
            counts[0] += 1;
        } else {
            counts[1] += 1;
            if !told.contains(&format!("`{}`", mutant.without_line())) {
                untold.push(&mutant.name);
            }
        }
    }
    println!("\n{:<28} caught missed not viable not tried", "");
    for (file, [caught, missed, broken, rest]) in &files {
        println!("{file:<28} {caught:>6} {missed:>6} {broken:>10} {rest:>9}");
    }
    let sum = |at: usize| files.values().map(|counts| counts[at]).sum::<usize>();
    let (caught, tried) = (sum(0), sum(0) + sum(1));
    let share = 100 * caught / tried.max(1);
    println!("{caught} of {tried} caught, {share} %, {} not viable, {} not tried", sum(2), sum(3));
    if untold.is_empty() && share >= AT_LEAST {
        return Ok(());
    }
    if share < AT_LEAST {
        println!("At least {AT_LEAST} % must be.");
    }
    if !untold.is_empty() {
        println!("Nobody noticed these, and docs/reliability.md does not say why nobody has to:");
    }
    for name in untold {
        println!("  {name}");
    }
    std::process::exit(1);
}

/// Does the work with so many hands; each knows its number.
fn at_once<T: Send, R: Send>(
    hands: usize,
    work: Vec<T>,
    job: impl Fn(usize, T) -> R + Sync,
) -> Vec<R> {
    let work = Mutex::new(work.into_iter());
    thread::scope(|scope| {
        let hand = |number| {
            let (work, job) = (&work, &job);
            scope.spawn(move || {
                let mut done = Vec::new();
                loop {
                    let next = work.lock().expect("no hand panics").next();
                    let Some(next) = next else { return done };
                    done.push(job(number, next));
                }
            })
        };
        let hands: Vec<_> = (0..hands).map(hand).collect();
        hands.into_iter().flat_map(|hand| hand.join().expect("no hand panics")).collect()
    })
}
