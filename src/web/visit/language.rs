//! The language that a browser would like best, of those that we have.

use crate::texts::Language;

/// One wish of an `Accept-Language`: a language range, and how much it is wanted.
struct Wish<'a> {
    range: &'a str,
    /// Thousandths. Zero is «not this one».
    weight: u16,
    /// Which wish of the line it is.
    place: usize,
}

/// The language of the highest weight (RFC 9110 §12.5.4), and among equals the one that is named
/// first. `None` where none of ours is wanted.
///
/// A range is cut down to its language (RFC 4647 §3.4): whoever wants `en-GB` takes `en`. `no` is
/// both kinds of Norwegian, `*` is whatever no other range names.
pub(super) fn preferred(accept_language: &str) -> Option<Language> {
    let wishes = accept_language.split(',').enumerate();
    let wishes: Vec<_> = wishes.filter_map(|(place, wish)| read(wish, place)).collect();
    let wanted = Language::ALL.iter().filter_map(|language| {
        let ranges: &[&str] = match language {
            Language::Bokmal => &["nb", "no", "*"],
            Language::Nynorsk => &["nn", "no", "*"],
            Language::English => &["en", "*"],
        };
        let wish = ranges.iter().find_map(|range| most_wanted(&wishes, range))?;
        (wish.weight > 0).then_some((wish.weight, wish.place, *language))
    });
    // The first of equals: `max_by_key` would take the last.
    let best = wanted.min_by_key(|(weight, place, _)| (std::cmp::Reverse(*weight), *place));
    best.map(|(.., language)| language)
}

fn most_wanted<'a>(wishes: &'a [Wish<'a>], language: &str) -> Option<&'a Wish<'a>> {
    let of_language = wishes.iter().filter(|wish| {
        let primary = wish.range.split('-').next().unwrap_or_default();
        primary.eq_ignore_ascii_case(language)
    });
    of_language.min_by_key(|wish| (std::cmp::Reverse(wish.weight), wish.place))
}

/// `range` or `range;q=0.8`. A wish whose weight cannot be read is none.
fn read(wish: &str, place: usize) -> Option<Wish<'_>> {
    let mut parts = wish.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = match parts.next() {
        None => 1000,
        Some(parameter) => {
            let (name, value) = parameter.split_once('=')?;
            thousandths(value.trim()).filter(|_| name.trim().eq_ignore_ascii_case("q"))?
        }
    };
    Some(Wish { range, weight, place })
}

/// A weight from 0 to 1 (RFC 9110 §12.4.2). Of more than three decimals the first three count.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}")[..3].parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_highest_weight_is_chosen() {
        let (nb, nn, en) =
            (Some(Language::Bokmal), Some(Language::Nynorsk), Some(Language::English));
        for (line, language) in [
            ("nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6", nb),
            ("en;q=0.5, nn;q=0.9", nn),
            ("en;q=0.5,nn;q=0.51", nn),
            ("en ; Q=0.5 ,\tnb ; q = 0.499", en),
            ("de, en-GB;q=0.1", en),
            ("en;q=1.000, nb;q=1", en),
            ("no", nb),
            ("NO-no", nb),
            ("nn-NO, no", nn),
            ("no, nn", nb),
            ("nb;q=0, no", nn),
            ("nb;q=0, en;q=0.001", en),
            ("en;q=0, *;q=0.5", nb),
            ("en;q=0.5, *;q=0.8", nb),
            ("nb;q=0, nn;q=0, *", en),
            ("*", nb),
            ("*;q=0", None),
            ("en;q=0", None),
            ("de, se", None),
            ("en;q=high, nn;q=0.1", nn),
            ("en;q=2, en;q=-1, en;q=1.5, en;q=, en;q=.5, nn;q=0.1", nn),
            ("en;q=0.33333, nn;q=0.3", en),
            ("en-US;q=0, en", en),
            (",,;q=1, ;", None),
            ("", None),
        ] {
            assert_eq!(preferred(line), language, "{line}");
        }
    }
}
