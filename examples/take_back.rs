//! Takes an account back from whoever it was linked to by mistake: what `docs/runbooks/wrong-link.md`
//! has two of the staff decide.
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

const USAGE: &str = "take_back ACCOUNT NAME NAME REASON

ACCOUNT is the account's id. The environment has ACCOUNTS_TABLE, PENDING_TABLE, AWS_REGION and credentials.";

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let given: Vec<_> = std::env::args().skip(1).collect();
    let [account, one, other, reason] = &given[..] else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    match take_back(account, [one, other], reason).await {
        Ok(link) => println!(
            "Taken back: {account} is nobody's. It stays closed to whoever had it by {link}, until that is lifted."
        ),
        Err(failure) => {
            eprintln!("Nothing was taken back: {failure}.");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

async fn take_back(account: &str, by: [&str; 2], why: &str) -> Result<String, Failure> {
    let account = AccountId::parse(account).ok_or("that is no account's id")?;
    let decision = Decision::new(by, why)?;
    let settings = Settings::from_env();
    let store = Store::from(&settings, &Outbound::new(&settings)?)?;
    let ambient = Ambient::system();
    let attempt = Attempt::new(ambient.random());
    Ok(store.take_back(account, (&decision, ambient.now()), &attempt).await?)
}
