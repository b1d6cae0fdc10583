//! Brings the old accounts into a deployed service, as `docs/runbooks/first-deployment.md` says.
//!
//! Runs on an operator's machine with their own rights. Repeatable: an account that is there is left as
//! it is, so a run that was cut short is simply run again; one that was erased stays so.

mod bring_in;
mod export;
mod report;

use std::{path::Path, process::ExitCode};

use kontobro::{outbound::Outbound, settings::Settings, store::Store};

use bring_in::bring_in;

const USAGE: &str = "import [--check] FILE

FILE is an export as README.md describes it. With --check it is read, and nothing is written. The
environment has ACCOUNTS_TABLE, PENDING_TABLE, AWS_REGION and credentials.";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let given: Vec<_> = std::env::args().skip(1).collect();
    let done = match given.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--check", file] => check(file),
        [file] if !file.starts_with('-') => import(file).await,
        _ => Err(USAGE.to_owned()),
    };
    if let Err(failure) = done {
        eprintln!("{failure}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// What an import would say of the file.
fn check(file: &str) -> Result<(), String> {
    let (name, export) = report::read(Path::new(file))?;
    report::rows(&name, &export);
    let (good, refused) = (export.accounts.len(), export.refused.len());
    report::say(format_args!("{name}: {good} good rows, {refused} refused. Nothing was imported."));
    Ok(())
}

async fn import(file: &str) -> Result<(), String> {
    let (name, export) = report::read(Path::new(file))?;
    let store = store().map_err(|failure| format!("{failure}\nNothing was imported."))?;
    let bar = report::bar(export.accounts.len());
    let brought_in = bring_in(&store, &export.accounts, || bar.inc(1)).await.map_err(|fault| {
        let (done, all) = (bar.position(), export.accounts.len());
        let why = kontobro::web::chain(&fault);
        format!("Stopped after {done} of {all} accounts: {why}.\nRun it again for the rest.")
    })?;
    bar.finish_and_clear();
    report::imported(&name, &export, brought_in);
    Ok(())
}

fn store() -> Result<Store, Box<dyn std::error::Error>> {
    let settings = Settings::from_env();
    Ok(Store::from(&settings, &Outbound::new(&settings)?)?)
}
