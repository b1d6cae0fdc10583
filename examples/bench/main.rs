//! `make bench`: what each function costs, measured on the binaries that ship.
//!
//! ```text
//! cargo run --example bench -- FOLDER     with FOLDER/<function>/bootstrap, or FOLDER/<function>
//! ```
//!
//! Twice through the whole journey, with the functions as Lambda runs them and everything around
//! them behind TLS: under callgrind, which counts instructions and is the same every time, and
//! plain, for processor time, memory, round trips and DynamoDB's bill. Needs valgrind, and Linux.

mod figures;
mod front;
mod function;
mod journey;
mod report;
mod stage;
#[allow(dead_code, reason = "the local run uses more of it")]
#[path = "../local/world/mod.rs"]
mod world;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use function::Gauge;
use journey::Person;
use report::Report;
use stage::Stage;
use world::{Failure, project_file};

/// Journeys with each gauge: the first meets cold functions, the others warm ones.
const JOURNEYS: u16 = 4;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let folder = env::args().nth(1).map_or_else(|| project_file("target/lambda"), PathBuf::from);
    let binary = |name: &str| {
        let lambda = folder.join(name).join("bootstrap");
        if lambda.exists() { lambda } else { folder.join(name) }
    };
    let scratch = project_file("target/bench");
    let _ = fs::remove_dir_all(&scratch); // what an earlier run left
    fs::create_dir_all(&scratch)?;
    let counted = play(binary, &scratch, &Gauge::Instructions(scratch.clone())).await?;
    let timed = play(binary, &scratch, &Gauge::Cpu).await?;
    let report = Report { binary: &binary, counted: &counted, timed: &timed };
    report.write(&scratch.join("figures.json"))?;
    report.print()
}

async fn play(
    binary: impl Fn(&str) -> PathBuf,
    scratch: &Path,
    gauge: &Gauge,
) -> Result<Stage, Failure> {
    let mut stage = Box::pin(Stage::set(binary, scratch, gauge)).await?;
    for n in 0..JOURNEYS {
        let person = Person::nth(n);
        person.has_an_account(&stage).await?;
        let begin = stage.steps.len();
        person.moves_the_account(&mut stage).await?;
        stage.laps.push(begin..stage.steps.len());
        Person::nth(JOURNEYS + n).asks_for_a_new_account(&mut stage).await?;
    }
    Ok(stage)
}
