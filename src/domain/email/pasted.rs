//! The address in what people paste: out of a mail program, a web page or a spreadsheet.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::domain::invisible;

/// Takes away what is around an address: invisible characters, outer space, a full stop, comma or
/// semicolon behind it, quotation marks around it, `mailto:…?subject=…` and `Name <…>`. What is
/// left may be no address.
pub(super) fn address_in(text: &str) -> String {
    let visible = invisible::visible(text);
    let address = without_mailto(tidy(&visible));
    let address = in_angle_brackets(&address).unwrap_or(address);
    invisible::visible(tidy(&address))
}

fn tidy(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || ".;,".contains(c);
    let text = text.trim_start().trim_end_matches(ends);
    let mut quotes = ['"', '\''].into_iter();
    quotes.find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark)).unwrap_or(text).trim()
}

/// `kari@example.no` of `mailto:kari@example.no?subject=…` (RFC 6068).
fn without_mailto(text: &str) -> Cow<'_, str> {
    match text.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => {
            let to = rest.split_once('?').map_or(rest, |(to, _)| to);
            percent_decode_str(to).decode_utf8_lossy()
        }
        _ => text.into(),
    }
}

/// `kari@example.no` of `Kari Lie <kari@example.no>`. A name that is an address itself must be the
/// same one, as in `kari@example.no<mailto:kari@example.no>`: of two we never choose.
fn in_angle_brackets<'a>(text: &str) -> Option<Cow<'a, str>> {
    let (name, address) = text.strip_suffix('>')?.rsplit_once('<')?;
    let address = without_mailto(tidy(address));
    let is_alone = !name.contains(['@', '<', '>']) || tidy(name).eq_ignore_ascii_case(&address);
    is_alone.then(|| address.into_owned().into())
}
