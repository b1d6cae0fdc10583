//! How a `Cookie` header is read (RFC 6265 §4.2): split at `;`, without the spaces and tabs around.
//! Nothing else is white space there, whatever Unicode says.

use axum::http::{HeaderMap, header};

/// Every `name=value` of a request. Bytes that are no UTF-8 are replaced.
pub(crate) fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::COOKIE).iter();
    let lines = lines.map(|line| String::from_utf8_lossy(line.as_bytes()));
    let all = lines.flat_map(|line| line.split(';').map(stripped).collect::<Vec<_>>());
    all.filter(|cookie| !cookie.is_empty()).collect()
}

/// The value of the first cookie of exactly this name.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = cookies(headers);
    let mut pairs = cookies.iter().filter_map(|cookie| cookie.split_once('='));
    pairs.find(|(known, _)| stripped(known) == name).map(|(_, value)| stripped(value))
}

fn stripped(text: &str) -> String {
    text.trim_matches([' ', '\t']).to_owned()
}
