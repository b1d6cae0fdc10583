//! An export of the old accounts: a CSV file, read whole before anything of it is imported.
//!
//! A file that is no export is refused as a whole. In an export each row stands for itself: bad
//! rows are told by line and reason, good rows are kept.

mod columns;
mod row;

use std::{collections::HashMap, fmt, fs, path::Path};

use csv::{ReaderBuilder, StringRecord};
use kontobro::domain::{Account, AccountId, pid};

/// What was read.
pub struct Export {
    /// The good rows.
    pub accounts: Vec<Account>,
    /// The bad ones, in the order of the file.
    pub refused: Vec<Remark>,
    /// What to know of good ones.
    pub noted: Vec<Remark>,
    /// Columns that are kept without being understood.
    pub further_columns: Vec<String>,
}

/// What there is to say of a row.
#[derive(Debug)]
pub struct Remark {
    /// The line it begins on, from 1; the header is on line 1.
    line: usize,
    /// Column and reason. Never the row itself.
    what: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Why a file is no export: a sentence that goes on after the file's name.
#[derive(Debug, thiserror::Error)]
pub enum NotAnExport {
    /// No such file, or not ours to read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// Bytes that are no UTF-8.
    #[error("is not UTF-8 (line {line}); save it as «CSV UTF-8»")]
    NotUtf8 {
        /// The first line with such bytes.
        line: usize,
    },
    /// Nothing in it.
    #[error("is empty")]
    Empty,
    /// Fields separated by something else.
    #[error("has its fields separated by «{0}», not by commas")]
    NotCommas(char),
    /// A required column is not in the header.
    #[error("has no column «{0}» in its first line; «username» and «email» are required")]
    MissingColumn(&'static str),
    /// Two columns with one name, or one without.
    #[error("has two columns called «{0}», or one without a name")]
    DoubledColumn(String),
    /// Columns that must be understood, and are not.
    #[error(
        "has columns that must not be kept without being understood: {0}. Leave each out of the file, or rename it if it holds something else; rows of closed accounts say «closed» in the column «status»"
    )]
    NotUnderstood(String),
}

impl Export {
    /// Reads a file.
    pub fn read(file: &Path) -> Result<Self, NotAnExport> {
        Self::parse(&fs::read(file)?)
    }

    /// Reads what stands in a file.
    pub fn parse(bytes: &[u8]) -> Result<Self, NotAnExport> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n');
            NotAnExport::NotUtf8 { line: before.count() }
        })?;
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err(NotAnExport::Empty);
        }
        // Rows of another length are ours to tell of, so the reader takes them.
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let columns = header(reader.headers().expect("UTF-8 in memory can be read"))?;
        let records: Vec<_> =
            reader.into_records().map(|row| row.expect("UTF-8 in memory can be read")).collect();
        let unclosed = !text.matches('"').count().is_multiple_of(2);
        let last = records.len().saturating_sub(1);

        let further = columns.iter().filter(|name| !row::KNOWN.contains(name));
        let further_columns: Vec<_> = further.map(str::to_owned).collect();
        must_be_harmless(&further_columns)?;
        let (mut accounts, mut refused, mut noted) = (Vec::new(), Vec::new(), Vec::new());
        let mut lines: HashMap<AccountId, First> = HashMap::new();
        let mut counted = Lines { text: bytes, byte: 0, line: 1 };
        for (at, record) in records.iter().enumerate() {
            let line = counted.until(record.position().map_or(0, csv::Position::byte));
            let swallowed = unclosed && at == last && record.iter().any(|f| f.contains('\n'));
            let read = if swallowed {
                Err("a quotation mark opens and never closes: no line from here on was read".into())
            } else {
                account(&columns, record).and_then(|account| match lines.get(&account.id) {
                    Some(first) => Err(first.is_as(&account.username)),
                    None => {
                        let username = account.username.clone();
                        lines.insert(account.id, First { line, username });
                        Ok(account)
                    }
                })
            };
            match read {
                Ok(account) => {
                    let what = remarks(&account, &columns, record);
                    noted.extend(what.into_iter().map(|what| Remark { line, what }));
                    accounts.push(account);
                }
                Err(what) => refused.push(Remark { line, what }),
            }
        }
        Ok(Self { accounts, refused, noted, further_columns })
    }
}

/// Where an account was first seen. That row is the one that is imported.
struct First {
    line: usize,
    username: String,
}

impl First {
    /// Why a later row with this username is refused.
    fn is_as(&self, username: &str) -> String {
        let Self { line, username: first } = self;
        if first == username {
            return format!("same username as line {line}");
        }
        format!(
            "username is that of line {line} in other letters: one of them must go, or be another"
        )
    }
}

/// What looks like a status, a secret or an identity number is for somebody to decide about, before
/// anything is imported (T113).
fn must_be_harmless(further_columns: &[String]) -> Result<(), NotAnExport> {
    let dangerous = further_columns.iter().filter_map(|name| {
        columns::dangerous(name).map(|what| format!("«{name}» (looks like {what})"))
    });
    match dangerous.collect::<Vec<_>>() {
        none if none.is_empty() => Ok(()),
        found => Err(NotAnExport::NotUnderstood(found.join(", "))),
    }
}

/// Counts lines once over the whole text. The reader's own count is off where lines end in CR LF.
struct Lines<'a> {
    text: &'a [u8],
    byte: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first character at or after `byte` that ends no line.
    fn until(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte).expect("an offset into a text in memory");
        let rest = self.text[byte..].iter();
        let byte = byte + rest.take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += self.text[self.byte..byte].split(|byte| *byte == b'\n').count() - 1;
        self.byte = byte;
        self.line
    }
}

fn account(columns: &StringRecord, record: &StringRecord) -> Result<Account, String> {
    if record.len() != columns.len() {
        return Err(format!("{} fields, where the header has {}", record.len(), columns.len()));
    }
    row::account(columns, record).map_err(|(column, reason)| format!("{column} {reason}"))
}

/// What to know of a good row.
fn remarks(account: &Account, columns: &StringRecord, record: &StringRecord) -> Vec<String> {
    let fields = columns.iter().zip(record);
    let numbers = fields
        .filter(|(_, field)| pid::may_be_in(field))
        .map(|(column, _)| format!("{column} may hold an identity number; no search shows it"));
    let at = columns.iter().position(|column| column == "email");
    let written = at.and_then(|at| record.get(at)).unwrap_or_default().trim();
    let tidied = (written != account.email.as_given())
        .then(|| "email is not written as a plain address; it is imported as one".to_owned());
    let dead = (!account.email.takes_mail()).then(|| {
        "email can be sent no mail, as it has letters beyond A to Z before the @; its owner needs support"
            .to_owned()
    });
    numbers.chain(tidied).chain(dead).collect()
}

/// Known names in lower case, the others as they are; each once.
fn header(columns: &StringRecord) -> Result<StringRecord, NotAnExport> {
    let columns: Vec<_> = columns
        .iter()
        .map(str::trim)
        .map(|name| {
            let known = row::KNOWN.iter().find(|known| name.eq_ignore_ascii_case(known));
            known.map_or(name, |known| known)
        })
        .collect();
    if let [only] = columns[..]
        && let Some(separator) = only.chars().find(|c| [';', '\t'].contains(c))
    {
        return Err(NotAnExport::NotCommas(separator));
    }
    for required in ["username", "email"] {
        if !columns.contains(&required) {
            return Err(NotAnExport::MissingColumn(required));
        }
    }
    for (at, name) in columns.iter().enumerate() {
        if name.is_empty() || columns[..at].contains(name) {
            return Err(NotAnExport::DoubledColumn((*name).to_owned()));
        }
    }
    Ok(columns.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(export: &Export) -> Vec<String> {
        export.refused.iter().map(Remark::to_string).collect()
    }

    fn refusal(file: impl AsRef<[u8]>) -> String {
        Export::parse(file.as_ref()).err().expect("refused").to_string()
    }

    #[test]
    fn good_rows_are_kept_and_bad_rows_are_told_by_line() {
        let file = "\u{feff}Username,email,status,shift\r\n\
            kåri,kari@example.no,active,\"day\nnight\"\r\n\
            \r\n\
            ola,ola(at)example.no,,\r\n\
            per,per@example.no\r\n\
            kåri,KARI@example.com,closed,\r\n\
            liv,liv@example.no,closed,\r\n";
        let export = Export::parse(file.as_bytes()).expect("an export");
        let names: Vec<_> = export.accounts.iter().map(|account| &*account.username).collect();
        assert_eq!(names, ["kåri", "liv"]);
        assert_eq!(export.further_columns, ["shift"]);
        assert_eq!(
            lines(&export),
            [
                "line 5: email has no @",
                "line 6: 2 fields, where the header has 4",
                "line 7: same username as line 2",
            ]
        );
    }

    #[test]
    fn t67_a_good_row_with_what_may_be_an_identity_number_is_told_without_it() {
        let file = "username,email,note\n01819010001,kari@example.no,x\nola,ola@example.no,nr 018190 10001\n";
        let export = Export::parse(file.as_bytes()).expect("an export");
        assert_eq!(export.accounts.len(), 2);
        let noted: Vec<_> = export.noted.iter().map(Remark::to_string).collect();
        let may = "may hold an identity number; no search shows it";
        assert_eq!(noted, [format!("line 2: username {may}"), format!("line 3: note {may}")]);
    }

    #[test]
    fn an_address_that_no_mail_reaches_is_told_before_its_owner_meets_it() {
        let file = "username,email\nkåre,kåre@example.no\nkari,kari@blåbær.example\n";
        let export = Export::parse(file.as_bytes()).expect("an export");
        let noted: Vec<_> = export.noted.iter().map(Remark::to_string).collect();
        assert_eq!((export.accounts.len(), noted.len()), (2, 1));
        assert!(noted[0].starts_with("line 2: email can be sent no mail"));
    }

    #[test]
    fn an_address_that_was_pasted_is_read_and_told() {
        let file = "username,email\nkari,\"Kari Lie <kari@example.no>\"\n\
            ola,ola\u{200b}@example.no\nper, Per@Example.no \nliv,liv@example.no;\n\
            ida,ida@example.no; ida@example.com\nbo,=?x?=@example.no\n";
        let export = Export::parse(file.as_bytes()).expect("an export");
        let read = export.accounts.iter().map(|account| account.email.as_given());
        let addresses = ["kari@example.no", "ola@example.no", "Per@Example.no", "liv@example.no"];
        assert_eq!(read.collect::<Vec<_>>(), addresses);
        let noted: Vec<_> = export.noted.iter().map(Remark::to_string).collect();
        let among = "email is not written as a plain address; it is imported as one";
        assert_eq!(noted, [2, 3, 5].map(|line| format!("line {line}: {among}")));
        assert_eq!(
            lines(&export),
            [
                "line 6: email is more than one address",
                "line 7: email has =? before the @, which some mail servers read as a code",
            ]
        );
    }

    #[test]
    fn a_quotation_mark_left_open_is_told_and_costs_no_row_before_it() {
        let file = "username,email,note\nkari,kari@example.no,\nola,ola@example.no,\"x\nper,p@example.no,\n";
        let export = Export::parse(file.as_bytes()).expect("an export");
        assert_eq!(export.accounts.len(), 1);
        assert!(lines(&export)[0].starts_with("line 3: a quotation mark opens"));
    }

    #[test]
    fn t113_an_export_with_a_column_that_must_be_understood_is_refused_whole() {
        let why =
            refusal("username,email,user_pass,shift,suspended,fnr\nkari,k@example.no,x,,1,x\n");
        for named in [
            "«user_pass» (looks like a secret)",
            "«suspended» (looks like a status)",
            "«fnr» (looks like an identity number)",
            "Leave each out of the file, or rename it",
        ] {
            assert!(why.contains(named), "{why}");
        }
        assert!(!why.contains("shift"), "{why}");
    }

    #[test]
    fn t67_rows_whose_usernames_are_one_are_told_with_both_lines() {
        let file = "username,email\nkåre,k@example.no\nKÅRE,k2@example.no\nka\u{30a}re,k3@example.no\n\
            kåre,k4@example.no\n Kåre ,k5@example.no\nkare,k6@example.no\n";
        let export = Export::parse(file.as_bytes()).expect("an export");
        let names: Vec<_> = export.accounts.iter().map(|account| &*account.username).collect();
        assert_eq!(names, ["kåre", "kare"]);
        let other =
            "username is that of line 2 in other letters: one of them must go, or be another";
        assert_eq!(
            lines(&export),
            [
                format!("line 3: {other}"),
                format!("line 4: {other}"),
                "line 5: same username as line 2".to_owned(),
                format!("line 6: {other}"),
            ]
        );
    }

    #[test]
    fn what_is_no_export_is_refused_whole_with_the_reason() {
        assert!(refusal(b"username,email\nk\xe5re,k@example.no\n").contains("not UTF-8 (line 2)"));
        assert!(refusal("username;email\n").contains("separated by «;»"));
        assert!(refusal("username,mail\n").contains("no column «email»"));
        assert!(refusal("name\n").contains("no column «username»"));
        assert_eq!([refusal(""), refusal("\u{feff}\r\n")], ["is empty", "is empty"]);
        assert!(refusal("username,email,x,x\n").contains("two columns called «x»"));
    }

    #[test]
    fn the_synthetic_accounts_are_a_whole_export() {
        let export = Export::parse(include_bytes!("../../../events/accounts.csv"));
        let export = export.expect("an export");
        assert_eq!((export.accounts.len(), lines(&export)), (44, Vec::new()));
    }
}
