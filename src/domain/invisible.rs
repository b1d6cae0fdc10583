//! Characters that nobody sees: what copying from web pages, mails and spreadsheets brings along.

/// Does `c` show nothing and mean nothing in an address or a number? Soft hyphens, zero-width
/// spaces and word joiners, byte order marks, marks that turn the direction of text, variation
/// selectors and tags: those of Unicode's `Default_Ignorable_Code_Point` that stand for no letter.
/// The two joiners U+200C and U+200D are none of them: some scripts spell with them.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text without them.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).collect()
}
