//! The mailed link, while its owner is away to log in (T46). Sealed, and never sent to ID-porten.

use super::parts::Desk;
use crate::{
    domain::limits,
    web::{Purpose, Seal, Visit},
};

const COOKIE: &str = "__Host-lenke";

/// The link waits in a cookie for as long as a page may be left open.
pub(super) fn park(desk: &Desk, visit: &mut Visit, text: &str) {
    let seal = desk.cookie.seal();
    let sealed = seal.close((Purpose::Parked, b""), &text, limits::HANDLE, &desk.ambient);
    visit.bake(COOKIE, sealed);
}

/// The link that waits, if any.
pub(super) fn parked(seal: &Seal, visit: &Visit) -> Option<String> {
    seal.open((Purpose::Parked, b""), visit.cookie(COOKIE)?, visit.now)
}

/// No link waits any more, or every login would lead to it.
pub(super) fn forget(visit: &mut Visit) {
    visit.eat(COOKIE);
}
