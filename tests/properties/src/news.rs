//! What SES tells of mails.

use kontobro::{
    domain::{PersonKey, RequestId, request::MailState},
    handlers::mail_feedback::read,
};
use serde_json::Value;

use crate::words;

/// Whatever is told is understood or refused; what is understood names a mail as its tags do, comes
/// from SES, and is a state that a mail can be in.
pub fn holds(data: &[u8]) {
    words::hold(data);
    let Ok(event) = serde_json::from_slice::<Value>(data) else { return };
    let Ok(Some(news)) = read(event.clone()) else { return };
    assert_eq!(event["source"], "aws.ses");
    let tag = |name: &str| event["detail"]["mail"]["tags"][name][0].as_str().unwrap_or_default();
    assert!(PersonKey::from_store(tag("person")) == Some(news.person));
    assert_eq!(RequestId::parse(tag("request")), Some(news.request));
    assert_eq!(tag("generation").parse(), Ok(news.generation));
    assert_eq!(MailState::of_rank(news.state.rank()), Some(news.state));
    assert_ne!(news.state, MailState::Queued);
}
