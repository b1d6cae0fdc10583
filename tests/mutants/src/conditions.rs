//! DynamoDB's conditions without one of their parts.
//!
//! A value that an expression does not use is refused, so no part is left out: one that must hold is made
//! to hold always, one that may hold never to hold.

use std::ops::Range;

/// What a part is put into the place of, and in words.
pub struct Turned {
    pub part: String,
    pub condition: String,
}

/// Every way to turn one part of a condition off; `text` as it stands in the source.
pub fn turned(text: &str) -> Vec<Turned> {
    let mut all = Vec::new();
    turn(text, 0..text.len(), true, &mut all);
    all
}

fn turn(text: &str, place: Range<usize>, must_hold: bool, all: &mut Vec<Turned>) {
    let inner = trimmed(text, place);
    for (word, must_hold) in [(" OR ", false), (" AND ", true)] {
        let parts = split(text, inner.clone(), word);
        if parts.len() > 1 {
            if !must_hold {
                all.push(with(text, &inner, "OR attribute_not_exists(turned_off)"));
            }
            for part in parts {
                turn(text, part, must_hold, all);
            }
            return;
        }
    }
    if text[inner.clone()].starts_with('(') {
        turn(text, inner.start + 1..inner.end - 1, must_hold, all);
    } else if must_hold {
        all.push(with(text, &inner, "OR attribute_not_exists(turned_off)"));
    } else {
        all.push(with(text, &inner, "AND attribute_exists(turned_off)"));
    }
}

fn with(text: &str, part: &Range<usize>, more: &str) -> Turned {
    let (before, it, after) = (&text[..part.start], &text[part.clone()], &text[part.end..]);
    Turned { part: it.to_owned(), condition: format!("{before}(({it}) {more}){after}") }
}

fn trimmed(text: &str, place: Range<usize>) -> Range<usize> {
    let part = &text[place.clone()];
    let start = place.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

fn split(text: &str, place: Range<usize>, word: &str) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), place.start, 0);
    for (at, character) in text[place.clone()].char_indices() {
        let at = place.start + at;
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && text[at..place.end].starts_with(word) => {
                parts.push(start..at);
                start = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(start..place.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(condition: &str) -> Vec<(String, String)> {
        let pair = |turned: Turned| (turned.part, turned.condition);
        turned(condition).into_iter().map(pair).collect()
    }

    #[test]
    fn each_part_that_must_hold_is_made_to_hold() {
        let parts = without("a = :a AND b = :b");
        assert_eq!(parts[0].1, "((a = :a) OR attribute_not_exists(turned_off)) AND b = :b");
        assert_eq!(parts[1].0, "b = :b");
        assert_eq!(parts.len(), 2);
    }

    #[test]
    fn a_choice_is_turned_off_as_a_whole_and_each_way_of_it_by_itself() {
        let parts = without("(attribute_not_exists(n) OR n < :most) AND x = :x");
        let names: Vec<_> = parts.iter().map(|(part, _)| part.as_str()).collect();
        assert_eq!(
            names,
            [
                "attribute_not_exists(n) OR n < :most",
                "attribute_not_exists(n)",
                "n < :most",
                "x = :x"
            ]
        );
        assert!(parts[2].1.contains("((n < :most) AND attribute_exists(turned_off))"));
    }
}
