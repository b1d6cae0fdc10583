//! What must be true of every parser of outside input, whatever it is given.
//!
//! Each property takes any bytes and panics if something does not hold: not only that nothing else
//! panics, but what the parser promises. The fuzz targets look for bytes that break one; the
//! replay in `tests/` runs every seed and every find that was kept.
//!
//! Uses Kontobro's public functions alone. What a property needs besides is here and fixed, so that
//! the same bytes always do the same.

mod claims;
mod cookie;
mod directory;
mod email;
mod event;
#[expect(dead_code, unreachable_pub, reason = "a file of the local run")]
#[path = "../../../examples/import/export/mod.rs"]
mod export;
mod form;
mod import;
mod link;
mod news;
mod people;
mod secret;
mod signer;
mod token;
mod words;

/// One property: its fuzz target's name, and what it asks of any bytes.
pub type Property = (&'static str, fn(&[u8]));

/// Every property.
pub const ALL: [Property; 12] = [
    ("cookie", cookie::holds),
    ("directory", directory::holds),
    ("email", email::holds),
    ("event", event::holds),
    ("export", import::holds),
    ("form", form::holds),
    ("id_claims", claims::id_claims_hold),
    ("link", link::holds),
    ("logout_claims", claims::logout_claims_hold),
    ("news", news::holds),
    ("secret", secret::holds),
    ("token", token::holds),
];

/// The property of a fuzz target.
///
/// # Panics
/// When there is none of that name, or when it does not hold.
pub fn holds(name: &str, data: &[u8]) {
    let found = ALL.iter().find(|(known, _)| *known == name);
    let (_, property) = found.unwrap_or_else(|| panic!("no property {name}"));
    property(data);
}

/// The one time of all properties: Sunday 1 November 2026, noon.
fn now() -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_793_534_400).expect("a moment")
}

/// What opens: target and text. A seed of each is kept.
#[must_use]
pub fn opening() -> [(&'static str, String); 4] {
    let [login, logout] = token::GIVEN.clone();
    [("cookie", cookie::sealed()), ("link", link::written()), ("token", login), ("token", logout)]
}
