//! What two of the staff decide about an account, as the runbooks say: `docs/runbooks/wrong-link.md`,
//! `docs/runbooks/erasure.md` and `docs/runbooks/restore.md`.
//!
//! Runs on an operator's machine with their own rights, and writes what a function would: one
//! transaction with its audit entry.

use std::{collections::BTreeMap, fs, process::ExitCode};

use jiff::Timestamp;
use kontobro::{
    ambient::Ambient,
    domain::{AccountId, Decision},
    outbound::Outbound,
    settings::Settings,
    store::{Attempt, LostEntry, Replayed, Store},
};

const USAGE: &str = "staff take-back ACCOUNT NAME NAME REASON
staff lift-freeze ACCOUNT REFERENCE NAME NAME REASON
staff erase ACCOUNT NAME NAME REASON
staff erase-trails-of-nobody BEFORE NAME NAME REASON
staff replay FILE NAME NAME REASON

ACCOUNT is the account's id, REFERENCE that of the request that was stopped, as in the account's ledger
(`frozen`). BEFORE is a moment, as 2026-11-24T08:00:00Z. FILE has audit entries, one a line, as
`docs/runbooks/restore.md` writes it. The environment has ACCOUNTS_TABLE, PENDING_TABLE, AWS_REGION and credentials.";

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let given: Vec<_> = std::env::args().skip(1).collect();
    let given: Vec<_> = given.iter().map(String::as_str).collect();
    let done = match given[..] {
        ["take-back", account, one, other, why] => take_back(account, [one, other], why).await,
        ["lift-freeze", account, reference, one, other, why] => {
            lift_freeze((account, reference.trim()), [one, other], why).await
        }
        ["erase", account, one, other, why] => erase(account, [one, other], why).await,
        ["erase-trails-of-nobody", before, one, other, why] => {
            erase_trails_of_nobody(before, [one, other], why).await
        }
        ["replay", file, one, other, why] => replay(file, [one, other], why).await,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(told) => println!("{told}"),
        Err(failure) => {
            eprintln!("Nothing else was changed, as far as can be seen from here: {failure}.");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

async fn take_back(account: &str, by: [&str; 2], why: &str) -> Result<String, Failure> {
    let Decided { store, account, decision, now, attempt } = decided(account, by, why)?;
    let link = store.take_back(account, (&decision, now), &attempt).await?;
    Ok(format!(
        "Taken back: {account} is nobody's. It stays closed to whoever had it by {link}, until that is lifted."
    ))
}

async fn lift_freeze(
    (account, reference): (&str, &str),
    by: [&str; 2],
    why: &str,
) -> Result<String, Failure> {
    let Decided { store, account, decision, now, attempt } = decided(account, by, why)?;
    store.lift_freeze(account, reference, (&decision, now), &attempt).await?;
    Ok(format!("Lifted: {reference} may ask for {account} again."))
}

async fn erase(account: &str, by: [&str; 2], why: &str) -> Result<String, Failure> {
    let Decided { store, account, decision, now, attempt } = decided(account, by, why)?;
    store.erase(account, (&decision, now), &attempt).await?;
    Ok(format!("Erased: {account} is no more. Its audit trail stays."))
}

async fn erase_trails_of_nobody(before: &str, by: [&str; 2], why: &str) -> Result<String, Failure> {
    let before: Timestamp = before.parse().map_err(|_| "that is no moment")?;
    let (store, decision, ambient) = (store()?, Decision::new(by, why)?, Ambient::system());
    let found = store.trails_of_nobody(before).await?;
    let of = found.len();
    for (n, id) in found.into_iter().enumerate() {
        let (now, attempt) = (ambient.now(), Attempt::new(ambient.random()));
        let erased = store.erase(id, (&decision, now), &attempt).await;
        erased.map_err(|failure| format!("{n} of {of} were erased; of {id}: {failure}"))?;
    }
    Ok(format!("Erased: {of} trails of accounts that never were."))
}

/// Goes on where one entry fails, and says so: others must not stay open for its sake.
async fn replay(file: &str, by: [&str; 2], why: &str) -> Result<String, Failure> {
    let (store, ambient) = (store()?, Ambient::system());
    let read = |line| LostEntry::read(line).map_err(|failure| format!("{failure}: {line}"));
    let lines = fs::read_to_string(file)?;
    let lines = lines.lines().filter(|line| !line.trim().is_empty()).map(read);
    let lost = lines.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    let lost = LostEntry::in_order(lost);
    let (mut others, mut done, mut failed) = (BTreeMap::new(), 0, 0);
    for entry in &lost {
        let name = format!("{:?} {}", entry.event(), entry.account());
        if !entry.event().protects() {
            *others.entry(format!("{:?}", entry.event())).or_insert(0) += 1;
            continue;
        }
        let decision = Decision::new(by, &entry.reason(why))?;
        let (now, attempt) = (ambient.now(), Attempt::new(ambient.random()));
        match store.replay(entry, &lost, (&decision, now), &attempt).await {
            Ok(Replayed::Done) => {
                done += 1;
                println!("{name}: done");
            }
            Ok(Replayed::There) => println!("{name}: is here"),
            Ok(Replayed::NothingToDo) => println!("{name}: closes nothing"),
            Err(failure) => {
                failed += 1;
                eprintln!("{name}: NOT replayed: {failure}");
            }
        }
    }
    for (event, times) in others {
        println!("{event}, {times} times: nothing to replay, see the runbook");
    }
    match failed {
        0 => Ok(format!("Replayed: {done}. All that protects somebody is here.")),
        _ => Err(format!("{done} were replayed and {failed} were not: do not open yet").into()),
    }
}

/// What each decision about one account begins with.
struct Decided {
    store: Store,
    account: AccountId,
    decision: Decision,
    now: Timestamp,
    attempt: Attempt,
}

fn decided(account: &str, by: [&str; 2], why: &str) -> Result<Decided, Failure> {
    let account = AccountId::parse(account).ok_or("that is no account's id")?;
    let decision = Decision::new(by, why)?;
    let (store, ambient) = (store()?, Ambient::system());
    let (now, attempt) = (ambient.now(), Attempt::new(ambient.random()));
    Ok(Decided { store, account, decision, now, attempt })
}

fn store() -> Result<Store, Failure> {
    let settings = Settings::from_env();
    Ok(Store::from(&settings, &Outbound::new(&settings)?)?)
}
