//! What is wrong with an address that somebody typed.

use crate::{domain::InvalidEmail, web::Scene};

/// In the reader's words.
pub(super) fn invalid_email(scene: &Scene<'_>, invalid: InvalidEmail) -> String {
    let texts = &scene.texts.address;
    let text = match invalid {
        InvalidEmail::Empty => texts.missing,
        InvalidEmail::NoAt => texts.no_at,
        InvalidEmail::SeveralAts => texts.several_ats,
        InvalidEmail::SeveralAddresses => texts.several_addresses,
        InvalidEmail::Space => texts.space,
        InvalidEmail::NothingBeforeAt => texts.nothing_before_at,
        InvalidEmail::NothingAfterAt => texts.nothing_after_at,
        InvalidEmail::Character(_) | InvalidEmail::EncodedWord => texts.character,
        InvalidEmail::Dots => texts.dots,
        InvalidEmail::NoDot => texts.no_dot,
        InvalidEmail::TooLong => texts.too_long,
        InvalidEmail::Domain => texts.domain,
    };
    scene.fill(text, &[("sign", &invalid.sign())])
}
