//! What two of the staff decide about an account, as the runbooks say: `docs/runbooks/wrong-link.md` and
//! `docs/runbooks/erasure.md`.
//!
//! Runs on an operator's machine with their own rights, and writes what a function would: one
//! transaction with its audit entry.

use std::process::ExitCode;

use jiff::Timestamp;
use kontobro::{
    ambient::Ambient,
    domain::{AccountId, Decision},
    outbound::Outbound,
    settings::Settings,
    store::{Attempt, Store},
};

const USAGE: &str = "staff take-back ACCOUNT NAME NAME REASON
staff lift-freeze ACCOUNT REFERENCE NAME NAME REASON
staff erase ACCOUNT NAME NAME REASON

ACCOUNT is the account's id, REFERENCE that of the request that was stopped, as in the account's ledger
(`frozen`). The environment has ACCOUNTS_TABLE, PENDING_TABLE, AWS_REGION and credentials.";

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
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(told) => println!("{told}"),
        Err(failure) => {
            eprintln!("Nothing was changed, as far as can be seen from here: {failure}.");
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

/// What each of the three begins with.
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
    let settings = Settings::from_env();
    let store = Store::from(&settings, &Outbound::new(&settings)?)?;
    let ambient = Ambient::system();
    let (now, attempt) = (ambient.now(), Attempt::new(ambient.random()));
    Ok(Decided { store, account, decision, now, attempt })
}
