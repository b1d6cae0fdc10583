//! Which words are not parted at the end of a line.

/// A part of a text; all of them together are the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// May go on the next line anywhere that a line may end.
    Loose(&'a str),
    /// A word like «e-post» or «ID-porten»: a break after one or two letters makes the reader
    /// stumble.
    Whole(&'a str),
}

/// `text`, with the words that stay on one line apart.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split_inclusive(' ').flat_map(|word| {
        let (word, space) = word.split_at(word.trim_end().len());
        let word = if is_short_compound(word) { Piece::Whole(word) } else { Piece::Loose(word) };
        [word, Piece::Loose(space)]
    })
}

/// «e-posten», «(ID-porten)», but not «K7QM-2WXD» or «1-2».
fn is_short_compound(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.split_once('-').is_some_and(|(first, rest)| {
        (1..=2).contains(&first.chars().count())
            && first.chars().all(char::is_alphabetic)
            && rest.starts_with(char::is_alphabetic)
    })
}
