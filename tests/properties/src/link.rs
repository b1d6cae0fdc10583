//! Mailed links.

use std::sync::LazyLock;

use jiff::Timestamp;
use kontobro::domain::{Link, LinkKeys, PersonKey, RequestId};

use crate::people::PEOPLE;

fn keys(versions: &[u8]) -> LinkKeys {
    let keys = versions.iter().map(|version| (*version, vec![*version; 32]));
    LinkKeys::new(keys).expect("at least one key")
}

static KEYS: LazyLock<LinkKeys> = LazyLock::new(|| keys(&[2, 1]));
static OLD_KEYS: LazyLock<LinkKeys> = LazyLock::new(|| keys(&[1]));

/// A link that is read is one that we would write, to the letter, or have written without an end, for one
/// of the persons there are. What we write for one person is read, is theirs and nobody else's, and ends
/// where mail programs see its end.
pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(link) = KEYS.read(&text) {
        let whole = link.to_text();
        assert!(*whole == *text || whole.strip_suffix("AA") == Some(&*text), "{text}");
        let (request, generation) = (link.request(), link.generation());
        let people = PEOPLE.iter().flat_map(kontobro::domain::Person::keys);
        let made = people.flat_map(|key| {
            [&KEYS, &OLD_KEYS].map(|keys| made(keys, request, generation, key).to_text())
        });
        assert!(made.into_iter().any(|made| made == whole), "not a link of ours");
    }
    let byte = |at: usize| data.get(at).copied().unwrap_or_default();
    let generation = u32::from_be_bytes(std::array::from_fn(byte));
    let random = std::array::from_fn(|at| byte(at + 4));
    let at = i64::from(i32::from_be_bytes(std::array::from_fn(|at| byte(at + 14))));
    let request = RequestId::new(Timestamp::from_second(at).expect("a moment"), random);
    let link = made(&KEYS, request, generation, PEOPLE[0].key());
    assert!(link.to_text().ends_with(|c: char| c.is_ascii_alphanumeric()));
    let read = KEYS.read(&link.to_text()).expect("our own link");
    assert!(read.request() == request && read.generation() == generation);
    assert!(read.digest() == link.digest());
    assert!(KEYS.is_for(&read, &PEOPLE[0]) && !KEYS.is_for(&read, &PEOPLE[1]));
    assert!(OLD_KEYS.read(&link.to_text()).is_none());
}

/// What a seed is made of: a link that is read.
#[must_use]
pub fn written() -> String {
    let request = RequestId::new(Timestamp::UNIX_EPOCH, [1; 10]);
    made(&OLD_KEYS, request, 1, PEOPLE[1].key()).to_text()
}

/// The link that these keys make now.
fn made(keys: &LinkKeys, request: RequestId, generation: u32, person: &PersonKey) -> Link {
    keys.link(keys.current(), request, generation, person).expect("the current key is there")
}
