//! What a mail that came back says of its receiver.
//!
//! SES sorts bounces into permanent and transient ones, and calls transient what it cannot read: a
//! domain that does not exist, a blocked sender, a note that the receiver is away. What the receiving
//! side said stands beside it, as an enhanced status code (RFC 3463), and is believed before SES's word
//! `General`.

use serde::Deserialize;

use super::NotUnderstood;
use crate::domain::request::MailState;

/// The object `bounce` of an event. Source: "Bounce object" in the SES developer guide.
#[derive(Deserialize)]
pub(super) struct Bounce {
    #[serde(rename = "bounceType")]
    kind: String,
    #[serde(rename = "bounceSubType", default)]
    sub_kind: String,
    /// One, as each mail has one receiver; none where SES cannot tell whose answer it is.
    #[serde(rename = "bouncedRecipients")]
    recipients: Option<Vec<Recipient>>,
}

/// Both fields are absent where the answer was no delivery status notification.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    status: Option<String>,
    diagnostic_code: Option<String>,
}

/// An enhanced status code. Source: RFC 3463, section 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Status {
    class: u16,
    subject: u16,
    detail: u16,
}

impl Bounce {
    /// Where the mail is. Source: "Bounce types" in the SES developer guide. A permanent bounce may be
    /// SES's own, for an address that it suppresses since an earlier bounce or complaint.
    pub(super) fn state(&self) -> Result<MailState, NotUnderstood> {
        match (self.kind.as_str(), self.sub_kind.as_str()) {
            ("Permanent", _) => Ok(MailState::Dead),
            ("Transient", "MailboxFull") => Ok(MailState::BoxFull),
            ("Transient", "MessageTooLarge" | "ContentRejected" | "AttachmentRejected") => {
                Ok(MailState::Refused)
            }
            // Notes that the receiver is away come as "General", and as "Undetermined", without a code.
            ("Transient" | "Undetermined", _) => {
                Ok(self.status().and_then(Status::state).unwrap_or(MailState::Unclear))
            }
            (unknown, _) => Err(NotUnderstood::kind(unknown)),
        }
    }

    /// The most telling code there is: some servers say `5.0.0` in the field, and why in words.
    fn status(&self) -> Option<Status> {
        let recipients = self.recipients.iter().flatten();
        let said = recipients.flat_map(|to| [&to.status, &to.diagnostic_code]).flatten();
        let codes: Vec<_> = said.filter_map(|text| Status::find(text)).collect();
        codes.iter().find(|code| code.subject != 0).or(codes.first()).copied()
    }
}

impl Status {
    /// The first code in a text such as `smtp; 550-5.1.1 user unknown`. Four numbers are an address.
    fn find(text: &str) -> Option<Self> {
        text.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(|word| {
            let numbers = word.trim_matches('.').split('.').map(|number| number.parse().ok());
            let [class, subject, detail] = numbers.collect::<Option<Vec<u16>>>()?[..] else {
                return None;
            };
            [2, 4, 5].contains(&class).then_some(Self { class, subject, detail })
        })
    }

    /// Source: RFC 3463, section 3, and RFC 7505 for 5.1.10. `None` where the mail arrived.
    fn state(self) -> Option<MailState> {
        Some(match (self.class, self.subject, self.detail) {
            (4 | 5, 2, 2) => MailState::BoxFull,
            // Of our own address, not of the receiver's.
            (5, 1, 7 | 8) => MailState::Refused,
            (5, 1, _) | (5, 4, 4) => MailState::Dead,
            (5, ..) => MailState::Refused,
            (4, ..) => MailState::Delayed,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn state(kind: &str, sub_kind: &str, recipients: &Value) -> Option<MailState> {
        let bounce = json!({
            "bounceType": kind, "bounceSubType": sub_kind, "bouncedRecipients": recipients,
        });
        let bounce: Bounce = serde_json::from_value(bounce).expect("a bounce");
        bounce.state().ok()
    }

    #[test]
    fn t73_a_bounce_that_ses_calls_transient_is_read_by_the_code_of_the_receiving_side() {
        use MailState::{BoxFull, Dead, Delayed, Refused, Unclear};
        for (code, means) in [
            ("5.1.1", Dead),
            ("5.1.2", Dead),
            ("5.1.10", Dead),
            ("5.4.4", Dead),
            ("5.7.1", Refused),
            ("5.7.26", Refused),
            ("5.1.8", Refused),
            ("5.3.0", Refused),
            ("5.0.0", Refused),
            ("5.2.2", BoxFull),
            ("4.2.2", BoxFull),
            ("4.4.7", Delayed),
            ("4.7.0", Delayed),
            ("2.0.0", Unclear),
            ("", Unclear),
            ("failed", Unclear),
        ] {
            let by_status = json!([{ "emailAddress": "kari@example.no", "status": code }]);
            for kind in ["Transient", "Undetermined"] {
                assert_eq!(state(kind, "General", &by_status), Some(means), "{code}");
            }
            let said = format!("smtp; 550-{code} no (see 4.31.198.44)");
            let in_words = json!([{ "emailAddress": "kari@example.no", "diagnosticCode": said }]);
            assert_eq!(state("Transient", "General", &in_words), Some(means), "{said}");
        }
    }

    #[test]
    fn t73_a_code_that_says_nothing_gives_way_to_the_words_beside_it() {
        let said =
            json!([{ "status": "5.0.0", "diagnosticCode": "smtp; 550 #5.1.1 no such user" }]);
        assert_eq!(state("Transient", "General", &said), Some(MailState::Dead));
        let said = json!([{ "status": "5.0.0", "diagnosticCode": "smtp; 550 no" }]);
        assert_eq!(state("Transient", "General", &said), Some(MailState::Refused));
    }

    #[test]
    fn t73_a_bounce_without_a_code_or_of_a_telling_kind_is_what_ses_says() {
        for nothing in [json!(null), json!([]), json!([{}]), json!([{ "status": null }])] {
            assert_eq!(state("Transient", "General", &nothing), Some(MailState::Unclear));
            assert_eq!(state("Permanent", "General", &nothing), Some(MailState::Dead));
        }
        let refused = json!([{ "status": "5.7.1" }]);
        assert_eq!(state("Permanent", "General", &refused), Some(MailState::Dead));
        assert_eq!(state("Transient", "MailboxFull", &refused), Some(MailState::BoxFull));
        assert_eq!(state("Feathered", "General", &refused), None);
    }
}
