//! Opens an account again to whoever's request was stopped with «Dette var ikke meg»: what
//! `docs/runbooks/wrong-link.md` has two of the staff decide.
//!
//! Runs on an operator's machine with their own rights, and writes what a function would: one
//! transaction with its audit entry.

use std::process::ExitCode;

use kontobro::{
    ambient::Ambient,
    domain::{AccountId, Decision},
    outbound::Outbound,
    settings::Settings,
    store::{Attempt, Store},
};

const USAGE: &str = "lift_freeze ACCOUNT REFERENCE NAME NAME REASON

ACCOUNT is the account's id, REFERENCE that of the request that was stopped, as in the account's ledger
(`frozen`). The environment has ACCOUNTS_TABLE, PENDING_TABLE, AWS_REGION and credentials.";

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let given: Vec<_> = std::env::args().skip(1).collect();
    let [account, reference, one, other, reason] = &given[..] else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    match lift(account, reference, [one, other], reason).await {
        Ok(()) => println!("Lifted: {reference} may ask for {account} again."),
        Err(failure) => {
            eprintln!("Nothing was lifted: {failure}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

async fn lift(account: &str, reference: &str, by: [&str; 2], why: &str) -> Result<(), Failure> {
    let account = AccountId::parse(account).ok_or("that is no account's id")?;
    let decision = Decision::new(by, why)?;
    let settings = Settings::from_env();
    let store = Store::from(&settings, &Outbound::new(&settings)?)?;
    let (ambient, reference) = (Ambient::system(), reference.trim());
    let attempt = Attempt::new(ambient.random());
    Ok(store.lift_freeze(account, reference, (&decision, ambient.now()), &attempt).await?)
}
