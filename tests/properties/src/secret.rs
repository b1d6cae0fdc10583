//! Secrets, as Secrets Manager holds them.

use jiff::SignedDuration;
use kontobro::{
    ambient::Ambient,
    domain::{LinkKeys, PidKeys},
    keys::{Key, read},
    web::{Purpose, Seal},
};

use crate::now;

/// A secret is a set of keys or nothing; keys that make a seal are of 32 bytes and seal; and no key
/// can be printed.
pub fn holds(data: &[u8]) {
    let Some(keys) = read::<Key>(&String::from_utf8_lossy(data)) else { return };
    assert!(keys.iter().all(|key| format!("{key:?}") == "Key(redacted)"));
    let pairs = || keys.iter().map(|key| (key.version, key.secret().to_vec()));
    assert_eq!(PidKeys::new(pairs()).is_some(), !keys.is_empty());
    let small = keys.iter().map(|key| Some((u8::try_from(key.version).ok()?, key.secret())));
    let Some(small) = small.collect::<Option<Vec<_>>>() else { return };
    let links = LinkKeys::new(small.iter().map(|(version, secret)| (*version, secret.to_vec())));
    assert_eq!(links.is_some(), !keys.is_empty());
    let all_fit = small.iter().all(|(_, secret)| secret.len() == 32);
    let Some(seal) = Seal::new(small) else { return assert!(!all_fit || keys.is_empty()) };
    assert!(all_fit);
    let (what, ambient) = ((Purpose::Hit, &b"bound"[..]), Ambient::new(now, |bytes| bytes.fill(7)));
    let sealed = seal.close(what, &"word", SignedDuration::from_mins(1), &ambient);
    assert_eq!(seal.open::<String>(what, &sealed, now()).as_deref(), Some("word"));
}
