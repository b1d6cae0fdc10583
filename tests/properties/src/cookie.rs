//! Cookies: which of them count, and the values that are sealed into them and into hits and notes.

use std::sync::LazyLock;

use jiff::SignedDuration;
use kontobro::{
    ambient::Ambient,
    web::{Purpose, Seal, Visit},
};
use serde_json::{Value, json};

use crate::now;

const PURPOSES: [Purpose; 10] = [
    Purpose::Session,
    Purpose::Attempt,
    Purpose::KnownLogouts,
    Purpose::RefusedLogin,
    Purpose::Parked,
    Purpose::Hits,
    Purpose::Hit,
    Purpose::Checked,
    Purpose::NewAccount,
    Purpose::Draft,
];
const LIFE: SignedDuration = SignedDuration::from_mins(10);
const SESSION_COOKIE: &str = "__Host-kontobro";
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
    only_the_very_name_counts(&String::from_utf8_lossy(data));
}

/// Whatever somebody has planted in a browser, before our cookie or behind it: ours counts, unless
/// something of the very same name stands beside it (T102).
fn only_the_very_name_counts(planted: &str) {
    let blanks: &[char] = &[' ', '\t'];
    let names = planted.split(';').filter_map(|pair| pair.split_once('='));
    let is_doubled =
        names.map(|(name, _)| name.trim_matches(blanks)).any(|name| name == SESSION_COOKIE);
    let ours = format!("{SESSION_COOKIE}=ours");
    let (in_front, behind) = (format!("{planted}; {ours}"), format!("{ours};{planted}"));
    for cookies in [&[planted, &ours][..], &[&ours, planted], &[&in_front], &[&behind]] {
        let event = json!({
            "cookies": cookies, "headers": {},
            "requestContext": { "http": { "method": "GET", "path": "/" } },
        });
        let visit = Visit::read(event, now());
        assert_eq!(visit.cookie(SESSION_COOKIE), (!is_doubled).then_some("ours"), "{cookies:?}");
    }
}

/// What a seed is made of: a value that opens.
#[must_use]
pub fn sealed() -> String {
    SEALED[0].1.clone()
}
