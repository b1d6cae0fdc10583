//! Phone numbers, as people write and paste them.

use super::{invisible, limits};

/// Reads a number: digits in groups, after a `+` for another country than Norway. Parentheses, dots,
/// dashes and spaces of any kind are one space each; a `00` in front is a `+`; `tel:` and what nobody
/// sees goes. Empty stays empty.
///
/// # Returns
/// The number as it is kept, of [`limits::PHONE_BYTES`] at most; `None` for what is no number.
pub fn read(typed: &str) -> Option<String> {
    let visible = invisible::visible(typed).to_lowercase();
    let written = visible.trim();
    let written = written.strip_prefix("tel:").unwrap_or(written);
    if written.is_empty() {
        return Some(String::new());
    }
    // «+44 (0)20»: the 0 that is left out after a country code.
    let abroad = written.starts_with(['+', '(']) && written.contains('+');
    let written = if abroad { written.replace("(0)", " ") } else { written.to_owned() };
    let groups: Vec<_> = written.split(separates).filter(|group| !group.is_empty()).collect();
    let number = groups.join(" ");
    let number = match number.strip_prefix("00").or_else(|| number.strip_prefix('+')) {
        Some(rest) => format!("+{}", rest.trim_start()),
        None => number,
    };
    let rest = number.strip_prefix('+').unwrap_or(&number);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let is_number = rest.chars().all(|c| c.is_ascii_digit() || c == ' ');
    if !is_number || !(5..=15).contains(&digits) {
        return None;
    }
    Some(if number.len() > limits::PHONE_BYTES { number.replace(' ', "") } else { number })
}

fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (typed, kept) in [
            ("", ""),
            (" \u{a0}", ""),
            ("900 00 000", "900 00 000"),
            ("(+47) 900 00 000", "+47 900 00 000"),
            ("+ 47 900 00 000", "+47 900 00 000"),
            ("0047 900 00 000", "+47 900 00 000"),
            ("004790000000", "+4790000000"),
            ("00 47 90000000", "+47 90000000"),
            ("900.00.000", "900 00 000"),
            ("90-00-00-00", "90 00 00 00"),
            ("90–00–00‑00", "90 00 00 00"),
            ("900\u{a0}00\u{2009}000", "900 00 000"),
            ("+47\u{202f}900\u{2007}00 \u{3000}000", "+47 900 00 000"),
            ("\u{202d}+47 900 00 000\u{202c}", "+47 900 00 000"),
            ("\u{200e}900\u{200b}00\u{ad}000\u{2069}", "90000000"),
            ("tel:+4790000000", "+4790000000"),
            ("+44 (0)20 7946 0000", "+44 20 7946 0000"),
            ("12345", "12345"),
            ("1 2 3 4 5 6 7 8 9 0 1 2 3 4 5", "123456789012345"),
            ("+12 34 56 78 90 12345", "+12 34 56 78 90 12345"),
        ] {
            assert_eq!(read(typed).as_deref(), Some(kept), "{typed:?}");
            assert_eq!(read(kept).as_deref(), Some(kept), "{typed:?}, read again");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for typed in [
            "1234",
            "00123",
            "1234567890123456",
            "90000000 (jobb)",
            "90000000/91111111",
            "ukjent",
            "12345+",
            "1+2345",
            "++4790000000",
            "a12345",
            "()",
            "٩٠٠٠٠٠٠٠",
        ] {
            assert_eq!(read(typed), None, "{typed:?}");
        }
    }
}
