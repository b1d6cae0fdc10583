//! Exports of the old accounts, as CSV.

use std::collections::HashSet;

use kontobro::domain::{Account, Email, account::Status};

use crate::export::Export;

const COLUMNS: [&str; 8] = [
    "username",
    "email",
    "first_name",
    "last_name",
    "phone",
    "created_at",
    "last_used_at",
    "status",
];

/// A file is read whole or refused whole; no account comes twice, each has an address and is
/// nobody's; a refusal names a line that there is; and the good rows, written out, are read again as the
/// same accounts.
pub fn holds(data: &[u8]) {
    let Ok(export) = Export::parse(data) else { return };
    let ids: HashSet<_> = export.accounts.iter().map(|account| account.id).collect();
    assert_eq!(ids.len(), export.accounts.len());
    for account in &export.accounts {
        assert_eq!(Email::parse(account.email.as_given()).as_ref(), Ok(&account.email));
        assert!(account.owner.is_none() && account.linked_at.is_none() && account.version == 1);
        assert!(!account.username.is_empty() && !account.username.contains(char::is_control));
    }
    let lines = data.split(|byte| *byte == b'\n').count();
    for refused in &export.refused {
        let told = refused.to_string();
        let line = told.strip_prefix("line ").and_then(|rest| rest.split_once(": "));
        let (line, _) = line.expect("a line and a reason");
        assert!((1..=lines).contains(&line.parse().expect("a number")), "{told} of {lines}");
    }
    let again = Export::parse(&written(&export.accounts)).expect("written by us");
    assert!(again.refused.is_empty());
    assert_eq!(again.accounts.len(), export.accounts.len());
    for (account, again) in export.accounts.iter().zip(&again.accounts) {
        assert_eq!(row(again), row(account));
        assert_eq!(again.id, account.id);
    }
}

fn written(accounts: &[Account]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).expect("in memory");
    for account in accounts {
        writer.write_record(row(account)).expect("in memory");
    }
    writer.into_inner().expect("in memory")
}

fn row(account: &Account) -> [String; 8] {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        account.username.clone(),
        account.email.as_given().to_owned(),
        account.first_name.clone(),
        account.last_name.clone(),
        account.phone.clone(),
        day(account.created_on),
        day(account.last_used_on),
        if account.status == Status::Active { "active" } else { "closed" }.to_owned(),
    ]
}
