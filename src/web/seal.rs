//! Sealed values: what travels through the browser and comes back unread and unchanged.
//!
//! Owns the AEAD (AES-256-GCM with random 96-bit nonces), key rotation and expiry. A value sealed
//! for one purpose, or for one session, opens for no other (T23, T37, T38).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Prk, Salt},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    ambient::Ambient,
    domain::redacted,
    keys::{KeyStore, NoKey},
};

/// What a sealed value is for. Part of what the seal authenticates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The session cookie.
    Session,
    /// A login attempt, until ID-porten answers.
    Attempt,
    /// Logouts that the browser has been told of.
    KnownLogouts,
    /// What a login came to instead, until its page has told it.
    RefusedLogin,
    /// A mailed link, while its owner logs in.
    Parked,
    /// What the newest search found.
    Hits,
    /// A hit that may be chosen.
    Hit,
    /// An account that was looked at twice and may be asked for.
    Checked,
    /// An address that was searched for and may get a new account.
    NewAccount,
    /// A form that was filled in wrongly, on its way back to the person.
    Draft,
}

/// The cookie keys: the current first, then those that are still accepted.
pub struct Seal {
    keys: Vec<(u8, LessSafeKey)>,
    /// What keys for other uses are derived from: the current key.
    root: Prk,
}
redacted!(Seal);

#[derive(Serialize, Deserialize)]
struct Dated<T> {
    until: i64,
    value: T,
}

impl Seal {
    /// Reads the secret `cookie`: keys of 32 bytes.
    pub async fn from(keys: &KeyStore) -> Result<Self, NoKey> {
        let keys = keys.keys("cookie").await?;
        let keys = keys.iter().map(|key| Some((u8::try_from(key.version).ok()?, key.secret())));
        keys.collect::<Option<Vec<_>>>().and_then(Self::new).ok_or(NoKey::Malformed("cookie"))
    }

    /// From `(version, 32 bytes)`, the current key first; `None` if there is none or one is short.
    pub fn new(keys: Vec<(u8, &[u8])>) -> Option<Self> {
        let (_, current) = keys.first()?;
        let root = Salt::new(HKDF_SHA256, b"kontobro").extract(current);
        let open = |(version, secret): (u8, &[u8])| {
            Some((version, LessSafeKey::new(UnboundKey::new(&AES_256_GCM, secret).ok()?)))
        };
        let keys = keys.into_iter().map(open).collect::<Option<_>>()?;
        Some(Self { keys, root })
    }

    /// 32 secret bytes for another use, derived from the current key (HKDF-SHA256, RFC 5869): no
    /// function needs a secret more for it.
    pub fn derive(&self, for_use: &'static str) -> [u8; 32] {
        let mut secret = [0; 32];
        let info = [for_use.as_bytes()];
        let derived = self.root.expand(&info, HKDF_SHA256).and_then(|okm| okm.fill(&mut secret));
        derived.map(|()| secret).expect("32 bytes are what HKDF-SHA256 gives")
    }

    /// Seals `value` for `purpose`, for whoever `bound_to` names (a session id, or nobody), until
    /// `life` has passed. The result is base64url, safe in cookies, forms and addresses.
    pub fn close<T: Serialize>(
        &self,
        (purpose, bound_to): (Purpose, &[u8]),
        value: &T,
        life: SignedDuration,
        ambient: &Ambient,
    ) -> String {
        let dated = Dated { until: (ambient.now() + life).as_second(), value };
        let plain = serde_json::to_vec(&dated).expect("what we seal are plain fields");
        let sealed = self.encrypt(&context(purpose, bound_to), plain, ambient.random());
        BASE64_URL_SAFE_NO_PAD.encode(sealed)
    }

    /// Opens what [`Self::close`] made for the same purpose and the same session; `None` for
    /// anything else, and when its time is over.
    pub fn open<T: DeserializeOwned>(
        &self,
        (purpose, bound_to): (Purpose, &[u8]),
        text: &str,
        at: Timestamp,
    ) -> Option<T> {
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let plain = self.decrypt(&context(purpose, bound_to), &sealed)?;
        let dated: Dated<T> = serde_json::from_slice(&plain).ok()?;
        (at.as_second() < dated.until).then_some(dated.value)
    }

    /// Key version, nonce, ciphertext, tag: 1, 12, as many as `plain` and 16 bytes.
    fn encrypt(&self, aad: &[u8], mut plain: Vec<u8>, nonce: [u8; NONCE_LEN]) -> Vec<u8> {
        let (version, key) = &self.keys[0];
        let (unique, aad) = (Nonce::assume_unique_for_key(nonce), Aad::from(aad));
        key.seal_in_place_append_tag(unique, aad, &mut plain)
            .expect("far below AES-GCM's limit of 64 GiB");
        [&[*version], &nonce[..], &plain].concat()
    }

    fn decrypt(&self, aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (version, rest) = sealed.split_first()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (_, key) = self.keys.iter().find(|(live, _)| live == version)?;
        let mut rest = rest.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        key.open_in_place(nonce, Aad::from(aad), &mut rest).ok().map(|plain| plain.to_vec())
    }
}

/// What the seal authenticates besides the value.
fn context(purpose: Purpose, bound_to: &[u8]) -> Vec<u8> {
    [format!("kontobro {purpose:?} ").as_bytes(), bound_to].concat()
}

#[cfg(test)]
mod vectors;

#[cfg(test)]
mod tests {
    use super::*;

    const LIFE: SignedDuration = SignedDuration::from_mins(10);

    fn ambient() -> Ambient {
        Ambient::new(
            || Timestamp::from_second(1_800_000_000).expect("in range"),
            |bytes| bytes.fill(7),
        )
    }

    fn seal(versions: &[u8]) -> Seal {
        let secrets: Vec<_> = versions.iter().map(|version| (*version, [*version; 32])).collect();
        Seal::new(secrets.iter().map(|(version, secret)| (*version, &secret[..])).collect())
            .expect("32 bytes each")
    }

    fn closed(with: &Seal, purpose: Purpose, bound_to: &[u8]) -> String {
        with.close((purpose, bound_to), &"secret", LIFE, &ambient())
    }

    fn opened(with: &Seal, purpose: Purpose, bound_to: &[u8], text: &str) -> Option<String> {
        with.open((purpose, bound_to), text, ambient().now())
    }

    #[test]
    fn t23_a_value_opens_for_its_purpose_and_its_session_only() {
        let seal = seal(&[1]);
        let text = closed(&seal, Purpose::Hit, b"session");
        assert_eq!(opened(&seal, Purpose::Hit, b"session", &text).as_deref(), Some("secret"));
        assert_eq!(opened(&seal, Purpose::Checked, b"session", &text), None);
        assert_eq!(opened(&seal, Purpose::Hit, b"another", &text), None);
        assert_eq!(opened(&seal, Purpose::Hit, b"", &text), None);
    }

    #[test]
    fn t23_no_changed_character_goes_unnoticed() {
        let seal = seal(&[1]);
        let text = closed(&seal, Purpose::Session, b"");
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert_eq!(opened(&seal, Purpose::Session, b"", &changed), None, "character {at}");
        }
        for garbled in ["", "A", "AQ", "not base64!", &text[..20]] {
            assert_eq!(opened(&seal, Purpose::Session, b"", garbled), None, "{garbled}");
        }
    }

    #[test]
    fn t23_the_previous_key_still_opens_and_an_unknown_one_does_not() {
        let text = closed(&seal(&[1]), Purpose::Session, b"");
        assert!(opened(&seal(&[2, 1]), Purpose::Session, b"", &text).is_some());
        assert!(opened(&seal(&[2]), Purpose::Session, b"", &text).is_none());
    }

    #[test]
    fn a_value_opens_until_but_not_at_its_end() {
        let seal = seal(&[1]);
        let text = closed(&seal, Purpose::Attempt, b"");
        let open_after = |seconds| {
            let at = ambient().now() + SignedDuration::from_secs(seconds);
            seal.open::<String>((Purpose::Attempt, b""), &text, at).is_some()
        };
        assert!(open_after(LIFE.as_secs() - 1));
        assert!(!open_after(LIFE.as_secs()));
    }

    #[test]
    fn t35_a_derived_secret_is_its_uses_own_and_never_the_key_itself() {
        let (one, other) = (seal(&[1]), seal(&[2]));
        assert_eq!(one.derive("a"), seal(&[1]).derive("a"));
        assert_ne!(one.derive("a"), one.derive("b"));
        assert_ne!(one.derive("a"), other.derive("a"));
        assert_ne!(one.derive("a"), [1; 32]);
        assert_eq!(seal(&[2, 1]).derive("a"), other.derive("a"), "of the current key");
    }

    #[test]
    fn a_short_key_is_no_key() {
        assert!(Seal::new(vec![(1, &[0; 16])]).is_none());
        assert!(Seal::new(vec![]).is_none());
    }
}
