//! Sealed values: cookies, hits, notes.

use std::sync::LazyLock;

use jiff::SignedDuration;
use kontobro::{
    ambient::Ambient,
    web::{Purpose, Seal},
};
use serde_json::Value;

use crate::now;

const PURPOSES: [Purpose; 8] = [
    Purpose::Session,
    Purpose::Attempt,
    Purpose::Parked,
    Purpose::Hits,
    Purpose::Hit,
    Purpose::Checked,
    Purpose::NewAccount,
    Purpose::Draft,
];
const LIFE: SignedDuration = SignedDuration::from_mins(10);
const SESSION: &[u8] = b"sixteen bytes of";

static SEAL: LazyLock<Seal> =
    LazyLock::new(|| Seal::new(vec![(2, &[2; 32]), (1, &[1; 32])]).expect("two keys"));
/// What we have sealed: for each purpose one word, under the old key and under the new one.
static SEALED: LazyLock<Vec<(Purpose, String)>> = LazyLock::new(|| {
    let old = Seal::new(vec![(1, &[1; 32])]).expect("a key");
    let both = PURPOSES.into_iter().flat_map(|purpose| {
        [&old, &SEAL]
            .map(|seal| (purpose, seal.close((purpose, SESSION), &"word", LIFE, &ambient())))
    });
    both.collect()
});

fn ambient() -> Ambient {
    Ambient::new(now, |bytes| bytes.fill(7))
}

/// What opens was sealed by us, for that purpose; and what we seal opens for its purpose, its
/// session and its time, and for no other.
pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for purpose in PURPOSES {
        let opened: Option<Value> = SEAL.open((purpose, SESSION), &text, now());
        let ours = SEALED.iter().any(|(of, sealed)| (*of, &**sealed) == (purpose, &*text));
        assert_eq!(opened.is_some(), ours, "{purpose:?}");
    }
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let (bound_to, value) = rest.split_at(rest.len().min(usize::from(first % 32)));
    let purpose = PURPOSES[usize::from(first / 32)];
    let value = String::from_utf8_lossy(value);
    let sealed = SEAL.close((purpose, bound_to), &value, LIFE, &ambient());
    assert!(sealed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    let open = |purpose, bound_to: &[u8], at| SEAL.open::<String>((purpose, bound_to), &sealed, at);
    let last = now() + LIFE - SignedDuration::from_secs(1);
    assert_eq!(open(purpose, bound_to, last).as_deref(), Some(&*value));
    assert_eq!(open(purpose, bound_to, now() + LIFE), None);
    assert_eq!(open(purpose, &[bound_to, b"x"].concat(), now()), None);
    for other in PURPOSES.into_iter().filter(|other| *other != purpose) {
        assert_eq!(open(other, bound_to, now()), None);
    }
}

/// What a seed is made of: a value that opens.
#[must_use]
pub fn sealed() -> String {
    SEALED[0].1.clone()
}
