//! Which words are not parted at the end of a line.

/// A part of a text; all of them together are the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// May go on the next line anywhere that a line may end.
    Loose(&'a str),
    /// A word like «e-post», «ID-porten» or «feil-ID»: a break that leaves one or two letters alone
    /// makes the reader stumble.
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

/// «e-posten», «(ID-porten)», «feil-ID», but not «K7QM-2WXD» or «1-2».
fn is_short_compound(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('-').is_some_and(|(first, last)| {
        let are_words = [first, last].iter().all(|part| part.starts_with(char::is_alphabetic));
        let short = |part: &str| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic);
        are_words && (short(first) || short(last))
    })
}
