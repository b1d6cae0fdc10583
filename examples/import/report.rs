//! What an import says: what is wrong with the file, a bar while it goes on, what became of the rows.
//!
//! Of a row it says the line in the file, never what stands there.

use std::{
    collections::BTreeMap,
    fmt::Display,
    io::{self, Write as _},
    path::Path,
};

use indicatif::{ProgressBar, ProgressStyle};
use kontobro::domain::limits;

use crate::{bring_in::BroughtIn, export::Export};

/// Rows told one by one; of more, the number is told.
const SHOWN: usize = 20;

/// Says one line, or several.
pub fn say(text: impl Display) {
    let _ = writeln!(io::stdout(), "{text}"); // nobody may be listening any more
}

/// The file's name and what it holds. Read before anything starts, so that a wrong file changes nothing.
pub fn read(file: &Path) -> Result<(String, Export), String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match Export::read(file) {
        Ok(export) => Ok((name, export)),
        Err(error) => Err(format!("{name} {error}.\nNothing was imported.")),
    }
}

/// A bar of so many steps; invisible where there is no terminal.
pub fn bar(length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("  {bar:40} {human_pos} of {human_len}, {eta} left");
    ProgressBar::new(length as u64).with_style(style.expect("a constant template"))
}

/// The end of an import.
pub fn imported(name: &str, export: &Export, brought_in: BroughtIn) {
    rows(name, export);
    let BroughtIn { new, there, erased } = brought_in;
    let if_any = |number: usize, of_what: &str| match number {
        0 => String::new(),
        number => format!(", {number} {of_what}"),
    };
    let there = if_any(there, "there already and left as they are");
    let erased = if_any(erased, "erased earlier and left out");
    let refused = match export.refused.len() {
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
    };
    say(format_args!("{name}: {new} imported{there}{erased}, {refused} refused"));
}

/// What there is to say of the rows themselves.
pub fn rows(name: &str, export: &Export) {
    let Export { accounts, refused, noted, further_columns } = export;
    for remarks in [refused, noted] {
        for remark in remarks.iter().take(SHOWN) {
            say(format_args!("  {name}, {remark}"));
        }
        if remarks.len() > SHOWN {
            say(format_args!("  … and {} rows more", remarks.len() - SHOWN));
        }
    }
    let mut addresses = BTreeMap::<_, usize>::new();
    for account in accounts {
        *addresses.entry(account.email.key()).or_default() += 1;
    }
    let shared = addresses.values().filter(|accounts| **accounts > 1).count();
    if shared > 0 {
        let up_to = limits::HITS_SHOWN;
        say(format_args!(
            "  Addresses with several accounts: {shared}; a search shows up to {up_to}"
        ));
    }
    if !further_columns.is_empty() {
        say(format_args!("  Further columns, kept as they are: {}", further_columns.join(", ")));
    }
}
