//! `cargo local`: Kontobro on this machine, with everything around it, until Ctrl-C.
//!
//! ```text
//! cargo local                    on port 9000 and the five after it; KONTOBRO_PORT moves them
//! cargo local --data file.csv    imports that export instead of the synthetic accounts
//! KONTOBRO_FOLDER=/some/where    keeps everything there instead of in .local/
//! KONTOBRO_AHEAD=1500            lives so many minutes ahead, to see what tomorrow brings
//! ```
//!
//! Tells and imports; what runs is [`world`]. No container, no cloud account, no other server.

#[path = "../import/bring_in.rs"]
mod bring_in;
mod console;
#[path = "../import/export/mod.rs"]
mod export;
mod folder;
#[path = "../import/report.rs"]
mod report;
#[cfg(test)]
mod tests;
#[allow(dead_code, reason = "the journeys use more of it")]
mod world;

use std::{env, error::Error, fs::OpenOptions, path::PathBuf, process::ExitCode, time::Duration};

use jiff::{SignedDuration, Timestamp};
use kontobro::ambient::Ambient;
use serde_json::json;
use standins::wire::Wire;
use tokio::{signal, time};

use bring_in::bring_in;
use folder::Folder;
use world::{Options, World, ports::Ports, project_file, settings};

/// Imported at the first start, if nothing else is asked for.
const SYNTHETIC: &str = "events/accounts.csv";
/// The sweeper's first round, so that what a stopped run left is soon sent.
const SWEEP_FIRST: Duration = Duration::from_secs(5);
/// And its further rounds, as the schedule in `template.yaml`.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

#[tokio::main]
async fn main() -> ExitCode {
    let folder = env::var("KONTOBRO_FOLDER").unwrap_or_else(|_| ".local".to_owned());
    tokio::select! {
        stopped = signal::ctrl_c() => match stopped {
            Ok(()) => report::say(format_args!("\nStopped. Everything is kept in {folder}/.")),
            Err(error) => report::say(format_args!("Ctrl-C cannot be heard: {error}")),
        },
        failed = run(&folder) => if let Err(error) = failed {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        },
    }
    ExitCode::SUCCESS
}

/// Returns only when something keeps it from running.
async fn run(place: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let data = data_argument(env::args().skip(1))?;
    let folder = Folder::take(project_file(place))?;
    let ports = Ports::from_setting(env::var("KONTOBRO_PORT").ok().as_deref())?;
    ports.check()?;
    let first = folder.imported().is_none().then(|| project_file(SYNTHETIC));
    let export = data.or(first).map(|file| report::read(&file)).transpose()?;
    keep_log(&folder)?;

    let world = World::start(
        Options {
            ports,
            folder: Some(folder.path().to_owned()),
            ambient: ahead_by(env::var("KONTOBRO_AHEAD").ok().as_deref())?,
            issuer: None,
            wire: Wire::new(),
            more: settings::from_outside(),
        },
        |step| report::say(step),
    )
    .await?;
    settings::write(&folder.file("functions.env"), &world.settings)?;
    if let Some((name, export)) = export {
        report::say(format_args!("Importing {name}"));
        let bar = report::bar(export.accounts.len());
        let brought_in = bring_in(&world.store(), &export.accounts, || bar.inc(1)).await?;
        bar.finish_and_clear();
        report::imported(&name, &export, brought_in);
        folder.has_imported(&name)?;
    }
    let synthetic = folder.imported().is_some_and(|name| SYNTHETIC.ends_with(&name));
    console::welcome(&world.urls, place, synthetic);
    sweep(&world).await
}

/// The system's time, so many minutes later.
fn ahead_by(minutes: Option<&str>) -> Result<Ambient, String> {
    let system = Ambient::system();
    let Some(minutes) = minutes else { return Ok(system) };
    let Ok(minutes @ 0..=1_000_000) = minutes.parse() else {
        return Err("KONTOBRO_AHEAD must be a number of minutes".to_owned());
    };
    let ahead = SignedDuration::from_mins(minutes);
    let dice = move |bytes: &mut [u8]| bytes.fill_with(|| system.random::<1>()[0]);
    Ok(Ambient::new(move || Timestamp::now() + ahead, dice))
}

/// What follows `--data`, if anything does.
fn data_argument(mut arguments: impl Iterator<Item = String>) -> Result<Option<PathBuf>, String> {
    match (arguments.next().as_deref(), arguments.next(), arguments.next()) {
        (None, ..) => Ok(None),
        (Some("--data"), Some(file), None) => Ok(Some(file.into())),
        _ => Err("Usage: cargo local [--data file.csv]".to_owned()),
    }
}

/// The functions log as in Lambda, one JSON line an event, but into a file.
fn keep_log(folder: &Folder) -> std::io::Result<()> {
    let log = OpenOptions::new().create(true).append(true).open(folder.file("log.jsonl"))?;
    tracing_subscriber::fmt().json().with_max_level(tracing::Level::INFO).with_writer(log).init();
    Ok(())
}

/// Sends the sweeper its schedule for ever. A round that fails is logged; the next tries again.
async fn sweep<T>(world: &World) -> Result<T, Box<dyn Error + Send + Sync>> {
    let mut rounds = time::interval_at(time::Instant::now() + SWEEP_FIRST, SWEEP_EVERY);
    loop {
        rounds.tick().await;
        let event =
            json!({ "detail-type": "Scheduled Event", "source": "aws.events", "detail": {} });
        let _ = world.invoke("mail-sweeper", event).await;
    }
}
