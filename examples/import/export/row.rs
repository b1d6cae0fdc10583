//! The rule: one row of an export is one account.
//!
//! Only `username` and `email` must be filled in. What is said of a row never repeats it: these
//! are real people's data.

use std::collections::BTreeMap;

use csv::StringRecord;
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use kontobro::{
    domain::{Account, AccountId, Email, account::Status, username},
    texts::dates,
};
use ring::digest::{SHA256, digest};

/// Columns with a meaning. Every other column is kept as it is.
pub const KNOWN: [&str; 8] = [
    "username",
    "email",
    "first_name",
    "last_name",
    "phone",
    "created_at",
    "last_used_at",
    "status",
];

/// Bytes of a row: DynamoDB takes 400 kB an item, names of attributes included.
const ROW_BYTES: usize = 300_000;

/// Why a row is no account: the column, and a reason that goes on after its name.
pub type Fault = (&'static str, &'static str);

/// Reads one row, `fields`, under its header, `columns`; both are of one length.
pub fn account(columns: &StringRecord, fields: &StringRecord) -> Result<Account, Fault> {
    if columns.as_slice().len() + fields.as_slice().len() > ROW_BYTES {
        return Err(("row", "is longer than an account can be"));
    }
    let text = |column: &'static str| {
        let at = columns.iter().position(|name| name == column);
        let field = at.and_then(|at| fields.get(at)).unwrap_or_default().trim();
        if field.contains(char::is_control) {
            return Err((column, "holds a line break or another control character"));
        }
        Ok(field)
    };
    let day = |column| match text(column)? {
        "" => Ok::<_, Fault>(None),
        filled => Ok(Some(norwegian_day(filled).ok_or((
            column,
            "is no ISO 8601 date or time, such as 2019-02-03 or 2019-02-03T08:30:00Z",
        ))?)),
    };
    let username = text("username")?;
    if username.is_empty() {
        return Err(("username", "is empty"));
    }
    let email = Email::parse(text("email")?).map_err(|invalid| ("email", invalid.reason()))?;
    let other = columns.iter().zip(fields).filter(|(column, _)| !KNOWN.contains(column));
    let other = other.map(|(column, field)| (column.to_owned(), field.to_owned()));
    Ok(Account {
        id: id(username),
        version: 1,
        username: username.to_owned(),
        first_name: text("first_name")?.to_owned(),
        last_name: text("last_name")?.to_owned(),
        phone: text("phone")?.to_owned(),
        created_on: day("created_at")?,
        last_used_on: day("last_used_at")?,
        status: match text("status")?.to_ascii_lowercase().as_str() {
            "" | "active" => Status::Active,
            "closed" => Status::Closed,
            _ => return Err(("status", "is neither active nor closed")),
        },
        merged_into: None,
        gathered: [].into(),
        owner: None,
        linked_at: None,
        saved_at: None,
        other: other.collect::<BTreeMap<_, _>>(),
        email,
    })
}

/// The same username always gives the same id, however it is spelled ([`username::key`]): the old service
/// knew an account by it, whatever address it had that day. So importing twice, or a newer export, makes no
/// second account of it, and brings back none that was gathered or erased. Its time is zero: nothing but
/// the username may tell accounts apart.
fn id(username: &str) -> AccountId {
    let hash = digest(&SHA256, username::key(username).as_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&hash.as_ref()[..10]);
    AccountId::new(Timestamp::UNIX_EPOCH, random)
}

/// A moment is the day it was in Norway; a date or a time without zone is taken at its word.
fn norwegian_day(text: &str) -> Option<Date> {
    let moment = text.parse::<Timestamp>().map(|at| dates::in_norway(at).date());
    moment.or_else(|_| text.parse::<DateTime>().map(DateTime::date)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(row: [(&str, &str); 3]) -> Result<Account, Fault> {
        account(
            &row.map(|(column, _)| column).to_vec().into(),
            &row.map(|(_, f)| f).to_vec().into(),
        )
    }

    fn kari(column: &str, field: &str) -> Result<Account, Fault> {
        read([("username", " kari "), ("email", "Kari@Example.no"), (column, field)])
    }

    fn refusal(row: Result<Account, Fault>) -> Option<(&'static str, String)> {
        row.err().map(|(column, reason)| (column, reason.to_owned()))
    }

    #[test]
    fn username_and_address_are_enough() {
        let account = kari("phone", "").expect("complete");
        assert_eq!((&*account.username, account.email.as_given()), ("kari", "Kari@Example.no"));
        assert_eq!((account.status, account.created_on), (Status::Active, None));
        for (column, row) in [
            ("username", [("username", " "), ("email", "k@example.no"), ("phone", "")]),
            ("email", [("username", "kari"), ("email", ""), ("phone", "")]),
        ] {
            assert_eq!(refusal(read(row)), Some((column, "is empty".into())));
        }
    }

    #[test]
    fn a_moment_is_the_day_it_was_in_norway() {
        for (text, day) in [
            ("2019-02-03", "2019-02-03"),
            ("2019-02-03T23:59:59", "2019-02-03"),
            ("2019-02-03 23:59", "2019-02-03"),
            ("2019-12-31T23:30:00Z", "2020-01-01"),
            ("2013-09-01T00:30:00+02:00", "2013-09-01"),
        ] {
            let account = kari("created_at", text).expect(text);
            assert_eq!(account.created_on, day.parse().ok(), "{text}");
        }
        for wrong in ["03.02.2019", "2019", "2019-02-30", "2019-02-03T25:00:00Z", "i fjor"] {
            assert_eq!(refusal(kari("created_at", wrong)).map(|fault| fault.0), Some("created_at"));
        }
    }

    #[test]
    fn a_status_is_active_or_closed() {
        for (text, status) in
            [("", Status::Active), ("Active", Status::Active), ("closed", Status::Closed)]
        {
            assert_eq!(kari("status", text).expect("a status").status, status);
        }
        assert_eq!(
            kari("status", "locked").err(),
            Some(("status", "is neither active nor closed"))
        );
    }

    #[test]
    fn further_columns_are_kept_as_they_are() {
        let account = kari("Employer", " Legevakta \"Nattuglene\"\n").expect("complete");
        assert_eq!(account.other["Employer"], " Legevakta \"Nattuglene\"\n");
    }

    #[test]
    fn the_same_username_is_the_same_account_whatever_its_address() {
        let id = |username: &str, email: &str, created: &str| {
            let row = [("username", username), ("email", email), ("created_at", created)];
            read(row).expect("complete").id
        };
        let first = id("kari", "kari@example.no", "2019-02-03");
        assert_eq!(first, id("kari", " KARI@example.no", ""));
        assert_ne!(first, id("kari1", "kari@example.no", "2019-02-03"));
        assert_eq!(first, id("kari", "kari@example.com", "2019-02-03"));
    }

    #[test]
    fn t67_the_same_username_in_other_letters_is_the_same_account() {
        let id = |username: &str| {
            read([("username", username), ("email", "k@example.no"), ("phone", "")])
                .expect("complete")
                .id
        };
        assert_eq!(id("g3"), id("G3"));
        assert_eq!(id("kåre"), id("\u{a0}KA\u{30a}RE "));
        assert_ne!(id("kåre"), id("kare"));
    }

    #[test]
    fn no_reason_repeats_the_row() {
        for (column, field) in
            [("email", "kari@@example.no"), ("created_at", "hemmelig"), ("phone", "22\u{7}33")]
        {
            let row = [("username", "kari"), ("email", "k@example.no"), (column, field)];
            let row = if column == "email" { [row[0], row[2], ("phone", "")] } else { row };
            let (named, reason) = refusal(read(row)).expect("refused");
            assert_eq!(named, column);
            assert!(!reason.contains(field));
        }
    }
}
