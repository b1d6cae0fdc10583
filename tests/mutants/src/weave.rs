//! All mutants in one source, each asleep until it is called by its number: the whole is compiled
//! once, and a mutant costs no more than the tests that reach it.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::mutant::{Change, Mutant};

/// What is added to the library: is this mutant awake? And who came by?
pub const SWITCH: &str = r#"
/// Is this mutant the one that is awake?
pub fn mutant(number: usize) -> bool {
    use std::sync::{LazyLock, Mutex};
    static AWAKE: LazyLock<Option<usize>> =
        LazyLock::new(|| std::env::var("MUTANT").ok()?.parse().ok());
    static SEEN: LazyLock<Option<(String, Mutex<std::collections::HashSet<usize>>)>> =
        LazyLock::new(|| Some((std::env::var("MUTANTS_SEEN").ok()?, Mutex::default())));
    if let Some((file, seen)) = &*SEEN
        && seen.lock().expect("no mutant panics here").insert(number)
    {
        use std::io::Write as _;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(file);
        file.expect("a file").write_all(format!("{number}\n").as_bytes()).expect("a line");
    }
    *AWAKE == Some(number)
}
"#;

/// Text that goes in at one point. Of several at one point the outer ones go first.
struct Piece {
    at: usize,
    closes: bool,
    order: (Reverse<usize>, usize),
    text: String,
}

/// The text with these mutants woven in.
pub fn woven<'a>(text: &str, mutants: impl Iterator<Item = (usize, &'a Mutant)>) -> String {
    let mut pieces = Vec::new();
    for (number, mutant) in mutants {
        let asked = format!("crate::mutant({number})");
        let mut around = |start: usize, end: usize, before: String, after: &str| {
            let order = (Reverse(end - start), number);
            pieces.push(Piece { at: start, closes: false, order, text: before });
            pieces.push(Piece { at: end, closes: true, order, text: after.to_owned() });
        };
        let marked = |text: &str| format!("/*<{number}*/{text}/*{number}>*/");
        match &mutant.change {
            Change::Instead(place, instead) => {
                let before = format!("(if {asked} {{ {} }} else {{ ", marked(instead));
                around(place.start, place.end, before, " })");
            }
            Change::Answer(place, answer) => {
                let more = if *answer { format!(") | {asked})") } else { format!(") & !{asked})") };
                around(place.start, place.end, "((".into(), &more);
            }
            Change::Return(at, given) => {
                let given = marked(given);
                around(*at, *at, format!("if {asked} {{ return {given}; }} "), "");
            }
            Change::NoArm(pattern, None) => {
                let guard = marked(&format!(" if !{asked}"));
                around(pattern.end, pattern.end, guard, "");
            }
            Change::NoArm(_, Some(guard)) => {
                let before = format!("{} && (", marked(&format!("!{asked}")));
                around(guard.start, guard.end, before, ")");
            }
            Change::NotDone(place) => {
                around(place.start, place.end, marked(&format!("if !{asked} {{ ")), " }");
            }
            Change::No(_) => {}
        }
    }
    // What closes goes before what opens at the same point; inner ones close first.
    pieces.sort_by_key(|piece| {
        let (Reverse(length), number) = piece.order;
        if piece.closes {
            (piece.at, 0, length, usize::MAX - number)
        } else {
            (piece.at, 1, usize::MAX - length, number)
        }
    });
    let (mut whole, mut done) = (String::new(), 0);
    for piece in pieces {
        whole += &text[done..piece.at];
        whole += &piece.text;
        done = piece.at;
    }
    whole + &text[done..]
}

/// Which mutant's own text stands at this byte of a woven text?
pub fn at(woven: &str, byte: usize) -> Option<usize> {
    let mut open = BTreeMap::<usize, usize>::new();
    for (start, _) in woven.match_indices("/*") {
        let Some(end) = woven[start..].find("*/") else { break };
        let (word, end) = (&woven[start + 2..start + end], start + end + 2);
        if let Some(number) = word.strip_prefix('<').and_then(|number| number.parse().ok()) {
            open.insert(number, start);
        } else if let Some(number) = word.strip_suffix('>').and_then(|number| number.parse().ok())
            && let Some(start) = open.remove(&number)
            && (start..end).contains(&byte)
        {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_one_place_stand_inside_each_other() {
        let mutant = |change| Mutant { name: String::new(), file: String::new(), change };
        let text = "fn f() { if a && b { g(); } }";
        let (asked, done) = (12..18, 21..25);
        let mutants = [
            mutant(Change::Return(9, "()".into())),
            mutant(Change::Instead(asked.clone(), "a || b".into())),
            mutant(Change::Answer(asked, false)),
            mutant(Change::NotDone(done)),
        ];
        let woven = woven(text, mutants.iter().enumerate());
        let plain = woven.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, b)| b));
        assert_eq!(
            plain.collect::<String>(),
            "fn f() { if crate::mutant(0) { return (); } \
             if (if crate::mutant(1) { a || b } else { ((a && b) & !crate::mutant(2)) }) \
             { if !crate::mutant(3) { g(); } } }"
        );
        assert_eq!(at(&woven, woven.find("a || b").expect("it is there")), Some(1));
        assert_eq!(at(&woven, woven.find("a && b").expect("it is there")), None);
    }
}
