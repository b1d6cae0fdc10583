//! Words that name something: in tags, keys, claims and headers.

use kontobro::{
    domain::{AccountId, PersonKey, Pid, RequestId},
    texts::Language,
};

/// What is read back is what was written, to the letter.
pub fn hold(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for word in text.split(['"', '\n']) {
        if let Some(id) = AccountId::parse(word) {
            assert_eq!(id.to_string(), word);
        }
        if let Some(id) = RequestId::parse(word) {
            assert_eq!(id.to_string(), word);
            assert!(word.contains(&id.reference()[..4]));
        }
        if let Some(key) = PersonKey::from_store(word) {
            assert_eq!(key.to_store(), word);
        }
        if let Some(language) = Language::from_tag(word) {
            assert!(["nb", "nn", "en"].contains(&language.tag()));
        }
        if let Ok(pid) = Pid::from_claim(word) {
            assert!(word.len() == 11 && word.bytes().all(|byte| byte.is_ascii_digit()));
            assert_eq!(format!("{pid:?}"), "Pid(redacted)");
        }
    }
}
