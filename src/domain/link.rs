//! The mailed link: one of the two keys to an account. The other is a live login (T43, T44).
//!
//! A link is made from the request it belongs to and can be made again, so nothing needs to keep
//! it: the store holds its SHA-256 only (T42).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{digest, hmac};

use super::{Person, PersonKey, RequestId, redacted::redacted};

/// The secret of one mail: which request, which generation, for whom, and the proof that we wrote
/// it. 69 bytes: key version 1, request 16, generation 4, person tag 16, MAC 32.
pub struct Link([u8; LEN]);
/// SHA-256 of a [`Link`]: what the store keeps.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkDigest([u8; 32]);
/// The link keys: the current first, then those that mails still under way were made with.
pub struct LinkKeys(Vec<(u8, hmac::Key)>);
redacted!(Link, LinkDigest, LinkKeys);

const LEN: usize = 1 + 16 + 4 + 16 + 32;
/// Follows the bytes of a link in its text. Not part of the link: nothing hangs on it.
const END: u8 = 0;
const TAG: std::ops::Range<usize> = 21..37;
const MAC: std::ops::Range<usize> = 37..LEN;

impl Link {
    /// The form in the address: 94 characters of base64url, the last two of which are always `AA`. Mail
    /// programs that make a link of what looks like one leave a `-` or `_` at its end out.
    pub fn to_text(&self) -> String {
        let mut bytes = self.0.to_vec();
        bytes.push(END);
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What the store compares with.
    pub fn digest(&self) -> LinkDigest {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, &self.0).as_ref());
        LinkDigest(hash)
    }

    /// The request this link belongs to.
    pub fn request(&self) -> RequestId {
        let mut id = [0; 16];
        id.copy_from_slice(&self.0[1..17]);
        RequestId::from_bytes(id)
    }

    /// Which mail of that request it came with, from 1.
    pub fn generation(&self) -> u32 {
        let mut generation = [0; 4];
        generation.copy_from_slice(&self.0[17..21]);
        u32::from_be_bytes(generation)
    }
}

impl LinkDigest {
    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl LinkKeys {
    /// `None` if there is no key at all. Each key is `(version, secret)`.
    pub fn new(keys: impl IntoIterator<Item = (u8, Vec<u8>)>) -> Option<Self> {
        let keys: Vec<_> = keys
            .into_iter()
            .map(|(version, secret)| (version, hmac::Key::new(hmac::HMAC_SHA256, &secret)))
            .collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// Version of the key that new links are made with.
    pub fn current(&self) -> u8 {
        self.0[0].0
    }

    /// Is the key of this version gone for good? Versions only grow: one that is newer than the current
    /// may be known to other functions already.
    pub fn have_dropped(&self, version: u8) -> bool {
        version < self.current() && self.key(version).is_none()
    }

    /// The link of `generation` of a request by `person`, made with the key of one version; `None` if
    /// that is none of these. Always the same for the same input, so that a crashed sender can send the
    /// same mail again.
    pub fn link(
        &self,
        version: u8,
        request: RequestId,
        generation: u32,
        person: &PersonKey,
    ) -> Option<Link> {
        let key = self.key(version)?;
        let mut bytes = [0; LEN];
        bytes[0] = version;
        bytes[1..17].copy_from_slice(&request.to_bytes());
        bytes[17..21].copy_from_slice(&generation.to_be_bytes());
        let tag = person_tag(key, &bytes[..TAG.start], person);
        bytes[TAG].copy_from_slice(&tag);
        let mac = hmac::sign(key, &bytes[..MAC.start]);
        bytes[MAC].copy_from_slice(mac.as_ref());
        Some(Link(bytes))
    }

    /// Reads a link that came with a request. `None` unless one of our keys wrote every bit of it. Those
    /// without an end are read too, as mails have had them.
    pub fn read(&self, text: &str) -> Option<Link> {
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        if bytes.len() > LEN && bytes.pop() != Some(END) {
            return None;
        }
        let bytes: [u8; LEN] = bytes.try_into().ok()?;
        hmac::verify(self.key(bytes[0])?, &bytes[..MAC.start], &bytes[MAC]).ok()?;
        Some(Link(bytes))
    }

    /// Was the link made for this person?
    pub fn is_for(&self, link: &Link, person: &Person) -> bool {
        let Some(key) = self.key(link.0[0]) else { return false };
        let made_for =
            |owner: &PersonKey| person_tag(key, &link.0[..TAG.start], owner) == link.0[TAG];
        person.keys().iter().any(made_for)
    }

    fn key(&self, version: u8) -> Option<&hmac::Key> {
        self.0.iter().find(|(live, _)| *live == version).map(|(_, key)| key)
    }
}

/// Tells one person's links from another's without naming anyone.
fn person_tag(key: &hmac::Key, head: &[u8], person: &PersonKey) -> [u8; 16] {
    let mut mac = hmac::Context::with_key(key);
    mac.update(b"person");
    mac.update(head);
    mac.update(&person.bytes());
    let mut tag = [0; 16];
    tag.copy_from_slice(&mac.sign().as_ref()[..16]);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Pid, PidKeys};

    fn person(digits: &str) -> Person {
        let keys = PidKeys::new([(1, vec![1; 32])]).expect("one key");
        keys.person(Pid::from_claim(digits).expect("eleven digits"))
    }

    fn keys(versions: &[u8]) -> LinkKeys {
        LinkKeys::new(versions.iter().map(|v| (*v, vec![*v; 32]))).expect("at least one key")
    }

    fn request() -> RequestId {
        RequestId::from_bytes([9; 16])
    }

    fn made(keys: &LinkKeys, request: RequestId, generation: u32, person: &Person) -> Link {
        let link = keys.link(keys.current(), request, generation, person.key());
        link.expect("the current key is there")
    }

    #[test]
    fn t111_a_link_is_made_with_the_key_that_was_current_when_it_was_asked_for() {
        let (before, during) = (keys(&[1]), keys(&[2, 1]));
        let kari = person("01819010001");
        let asked = made(&before, request(), 1, &kari);
        let again = during.link(before.current(), request(), 1, kari.key()).expect("it lives");
        assert_eq!(asked.to_text(), again.to_text());
        assert!(made(&during, request(), 1, &kari).digest() != asked.digest());
    }

    #[test]
    fn t111_a_key_that_is_gone_is_told_from_one_that_is_not_known_yet() {
        let (kari, keys) = (person("01819010001"), keys(&[3, 2]));
        for (version, is_there, is_gone) in
            [(1, false, true), (2, true, false), (3, true, false), (4, false, false)]
        {
            let link = keys.link(version, request(), 1, kari.key());
            assert_eq!((link.is_some(), keys.have_dropped(version)), (is_there, is_gone));
        }
    }

    #[test]
    fn t42_a_link_can_be_made_again_and_read_again() {
        let (keys, kari) = (keys(&[1]), person("01819010001"));
        let link = made(&keys, request(), 2, &kari);
        assert_eq!(link.to_text(), made(&keys, request(), 2, &kari).to_text());
        let read = keys.read(&link.to_text()).expect("our own link");
        assert_eq!((read.request(), read.generation()), (request(), 2));
        assert!(read.digest() == link.digest());
    }

    #[test]
    fn t42_each_mail_of_each_request_has_a_digest_of_its_own() {
        let (keys, kari) = (keys(&[1]), person("01819010001"));
        let digest = |request, generation| made(&keys, request, generation, &kari).digest();
        let first = digest(request(), 1);
        assert!(first != digest(request(), 2));
        assert!(first != digest(RequestId::from_bytes([8; 16]), 1));
    }

    #[test]
    fn t42_no_changed_character_goes_unnoticed() {
        let keys = keys(&[1]);
        let text = made(&keys, request(), 1, &person("01819010001")).to_text();
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert!(keys.read(&changed).is_none(), "character {at}");
        }
        assert!(keys.read(&text[..text.len() - 1]).is_none());
        assert!(keys.read("").is_none());
    }

    #[test]
    fn no_link_ends_in_a_character_that_mail_programs_leave_out() {
        let (keys, kari) = (keys(&[1]), person("01819010001"));
        for generation in 0..2000 {
            let link = made(&keys, request(), generation, &kari);
            let text = link.to_text();
            assert!(text.ends_with(|c: char| c.is_ascii_alphanumeric()), "{text}");
            assert!(keys.read(&text).expect("our own link").digest() == link.digest());
        }
    }

    #[test]
    fn a_link_that_was_mailed_without_an_end_is_read() {
        let (keys, kari) = (keys(&[1]), person("01819010001"));
        let link = made(&keys, request(), 1, &kari);
        let mailed = BASE64_URL_SAFE_NO_PAD.encode(link.0);
        assert!(keys.read(&mailed).expect("our own link").digest() == link.digest());
        for more in ["B", "AB", "BA", "AAA", "AAAA"] {
            assert!(keys.read(&(mailed.clone() + more)).is_none(), "{more}");
        }
    }

    #[test]
    fn t44_a_link_is_for_the_person_who_asked_and_nobody_else() {
        let keys = keys(&[1]);
        let link = made(&keys, request(), 1, &person("01819010001"));
        assert!(keys.is_for(&link, &person("01819010001")));
        assert!(!keys.is_for(&link, &person("01819010281")));
    }

    #[test]
    fn a_link_under_way_survives_a_key_change_but_not_the_end_of_its_key() {
        let text = made(&keys(&[1]), request(), 1, &person("01819010001")).to_text();
        assert!(keys(&[2, 1]).read(&text).is_some());
        assert!(keys(&[2]).read(&text).is_none());
    }
}
