//! What is kept of an address that somebody searched for: enough to tell whether one person tries
//! many, not which. A plain hash would tell that to whoever guesses addresses (T35).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::hmac;

use super::{Email, redacted::redacted};

/// The key that addresses are marked with.
pub struct SoughtKey(hmac::Key);
redacted!(SoughtKey);

impl SoughtKey {
    /// With 32 secret bytes that serve nothing else.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// 96 bits of HMAC-SHA256 as 16 characters of base64url: the same for two spellings of one
    /// address.
    pub fn mark(&self, email: &Email) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(&hmac::sign(&self.0, email.key().as_bytes()).as_ref()[..12])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t35_the_mark_of_an_address_is_known_only_with_the_key() {
        let mark = |secret, address| {
            SoughtKey::new(&[secret; 32]).mark(&Email::parse(address).expect("an address"))
        };
        assert_eq!(mark(1, "kari@example.no"), mark(1, "KARI@Example.no"));
        assert_ne!(mark(1, "kari@example.no"), mark(1, "ola@example.no"));
        assert_ne!(mark(1, "kari@example.no"), mark(2, "kari@example.no"));
        assert_eq!(mark(1, "kari@example.no").len(), 16);
    }
}
