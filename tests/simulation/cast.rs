//! Who and what there is when a history begins: people, their mailboxes, the old accounts.

use kontobro::domain::{Account, AccountId, Email, account::Status};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::local::people::PEOPLE;

/// The beginning of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// So many people, the first of the login page.
    pub people: usize,
    pub mailboxes: Vec<Mailbox>,
    pub accounts: Vec<OldAccount>,
}

/// An e-mail address, and who reads what comes there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    pub address: String,
    pub readers: Vec<usize>,
}

/// An account from before ID-porten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldAccount {
    /// The mailbox that it names.
    pub mailbox: usize,
    pub is_closed: bool,
}

impl Cast {
    pub fn pid(person: usize) -> &'static str {
        PEOPLE[person].pid
    }

    /// Mailboxes that a person reads.
    pub fn mailboxes_of(&self, person: usize) -> impl Iterator<Item = usize> {
        let read_by =
            move |(n, mailbox): (usize, &Mailbox)| mailbox.readers.contains(&person).then_some(n);
        self.mailboxes.iter().enumerate().filter_map(read_by)
    }

    /// Mailboxes of a person that SES can reach.
    pub fn mailable(&self, person: usize) -> impl Iterator<Item = usize> {
        self.mailboxes_of(person).filter(|mailbox| self.mailboxes[*mailbox].address.is_ascii())
    }

    pub fn can_be_mailed(&self, person: usize) -> bool {
        self.mailable(person).next().is_some()
    }

    /// The item that an import of an old account makes.
    pub fn item(&self, nth: usize) -> Value {
        let account = self.account(nth);
        let id = account.id.to_string();
        let text = |text: &str| json!({ "S": text });
        json!({
            "pk": text(&format!("ACCOUNT#{id}")),
            "sk": text("ACCOUNT"),
            "account": text(&id),
            "version": { "N": "1" },
            "email": text(account.email.as_given()),
            "email_key": text(account.email.key()),
            "username": text(&account.username),
            "first_name": text(&account.first_name),
            "last_name": text(&account.last_name),
            "phone": text(&account.phone),
            "created_at": text("2014-03-11"),
            "last_used_at": text("2026-08-30"),
            "status": text(if self.accounts[nth].is_closed { "closed" } else { "active" }),
            "other": { "M": { "employer": text(&account.other["employer"]) } },
        })
    }

    /// An old account as an import brings it.
    pub fn account(&self, nth: usize) -> Account {
        let OldAccount { mailbox, is_closed } = self.accounts[nth];
        let made = "2026-08-30T12:00:00Z".parse().expect("a moment");
        Account {
            id: AccountId::new(made, [u8::try_from(nth).expect("a handful"); 10]),
            version: 1,
            email: Email::parse(&self.mailboxes[mailbox].address).expect("an address"),
            username: format!("bruker{nth}"),
            first_name: format!("Fornavn{nth}"),
            last_name: format!("Etternavn{nth}"),
            phone: "+47 59 00 00 01".to_owned(),
            created_on: Some(jiff::civil::date(2014, 3, 11)),
            last_used_on: Some(jiff::civil::date(2026, 8, 30)),
            status: if is_closed { Status::Closed } else { Status::Active },
            merged_into: None,
            gathered: [].into(),
            owner: None,
            linked_at: None,
            saved_at: None,
            other: [("employer".to_owned(), format!("Fjordby {nth}"))].into(),
        }
    }
}
