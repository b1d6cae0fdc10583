//! What became of a mail, as the event that SES publishes through EventBridge.
//!
//! Source: SES developer guide, "Monitoring SES events using EventBridge" and "Examples of event
//! data" (the objects inside `detail`).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Message;
use crate::random_hex;

/// What may become of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// SES took it and will try.
    Sent,
    /// The recipient's server has it.
    Delivered,
    /// The recipient's mailbox is full; SES goes on trying.
    Delayed,
    /// There is no such mailbox.
    Bounced,
    /// The mailbox is full, and SES gave up after trying for hours.
    BouncedTransiently,
    /// The recipient's program answered that they are away; to SES that is a bounce.
    AnsweredByAbsence,
    /// It came back for good, and SES calls that transient and general. Why stands in an enhanced status
    /// code (RFC 3463): class, subject, detail.
    BouncedWith(u16, u16, u16),
    /// Something came back that SES cannot read.
    BouncedUnclearly,
    /// The recipient's server does not want what stands in it.
    BouncedForContent,
    /// SES sent nothing, as an earlier mail to this address bounced or was marked as spam.
    Suppressed,
    /// The recipient marked it as spam.
    Complained,
    /// SES found malware and will not send it.
    Rejected,
}

pub(super) fn of(message: &Message, fate: Fate, now: Timestamp) -> Value {
    let (detail_type, event_type, object) = match fate {
        Fate::Sent => ("Email Sent", "Send", "send"),
        Fate::Delivered => ("Email Delivered", "Delivery", "delivery"),
        Fate::Delayed => ("Email Delivery Delayed", "DeliveryDelay", "deliveryDelay"),
        Fate::Bounced
        | Fate::BouncedTransiently
        | Fate::AnsweredByAbsence
        | Fate::BouncedWith(..)
        | Fate::BouncedUnclearly
        | Fate::BouncedForContent
        | Fate::Suppressed => ("Email Bounced", "Bounce", "bounce"),
        Fate::Complained => ("Email Complaint Received", "Complaint", "complaint"),
        Fate::Rejected => ("Email Rejected", "Reject", "reject"),
    };
    let set = message.configuration_set.as_deref().unwrap_or("default");
    json!({
        "version": "0",
        "id": uuid(),
        "detail-type": detail_type,
        "source": "aws.ses",
        "account": "123456789012",
        "time": whole_seconds(now),
        "region": "eu-north-1",
        "resources": [format!("arn:aws:ses:eu-north-1:123456789012:configuration-set/{set}")],
        "detail": {
            "eventType": event_type,
            "mail": mail(message, set),
            object: particulars(message, fate, now),
        },
    })
}

fn mail(message: &Message, set: &str) -> Value {
    let mut tags: BTreeMap<&str, Vec<&str>> = BTreeMap::from([
        ("ses:configuration-set", vec![set]),
        ("ses:operation", vec!["SendEmail"]),
    ]);
    tags.extend(message.tags.iter().map(|(name, value)| (name.as_str(), vec![value.as_str()])));
    let headers = message.headers.iter();
    let headers = headers.map(|(name, value)| json!({ "name": name, "value": value }));
    json!({
        "timestamp": millis(message.sent_at),
        "source": message.from,
        "sendingAccountId": "123456789012",
        "messageId": message.message_id,
        "destination": recipients(message),
        "headersTruncated": false,
        "headers": headers.collect::<Vec<_>>(),
        "commonHeaders": {
            "from": [message.from],
            "to": recipients(message),
            "messageId": message.message_id,
            "subject": message.subject,
        },
        "tags": tags,
    })
}

/// The object named after the event.
fn particulars(message: &Message, fate: Fate, now: Timestamp) -> Value {
    let each = |mut more: Value| {
        let told = recipients(message).into_iter().map(|address| {
            more["emailAddress"] = json!(address);
            more.clone()
        });
        told.collect::<Vec<_>>()
    };
    let at = millis(now);
    let status = |status: &str, words: &str| {
        let class = if status.starts_with('4') { 452 } else { 550 };
        json!({ "action": "failed", "status": status, "diagnosticCode": format!("smtp; {class} {status} {words}") })
    };
    let bounce = |kind: &str, sub_kind: &str, recipients: Vec<Value>| {
        json!({
            "bounceType": kind,
            "bounceSubType": sub_kind,
            "bouncedRecipients": recipients,
            "timestamp": at,
            "feedbackId": uuid(),
            "reportingMTA": "dsn; a1-2.smtp-out.eu-north-1.amazonses.com",
        })
    };
    match fate {
        Fate::Sent => json!({}),
        Fate::Delivered => json!({
            "timestamp": at,
            "processingTimeMillis": (now.as_millisecond() - message.sent_at.as_millisecond()).max(0),
            "recipients": recipients(message),
            "smtpResponse": "250 2.6.0 Message received",
            "reportingMTA": "a1-2.smtp-out.eu-north-1.amazonses.com",
        }),
        Fate::Delayed => json!({
            "timestamp": at,
            "delayType": "MailboxFull",
            "expirationTime": millis(message.sent_at + jiff::SignedDuration::from_hours(14)),
            "delayedRecipients": each(json!({ "status": "4.2.2", "diagnosticCode": "smtp; 452 4.2.2 mailbox full" })),
        }),
        Fate::Bounced => bounce("Permanent", "General", each(status("5.1.1", "user unknown"))),
        Fate::BouncedTransiently => {
            bounce("Transient", "MailboxFull", each(status("4.2.2", "mailbox full")))
        }
        Fate::AnsweredByAbsence => bounce("Transient", "General", each(json!({}))),
        Fate::BouncedWith(class, subject, detail) => {
            let code = format!("{class}.{subject}.{detail}");
            bounce("Transient", "General", each(status(&code, "not delivered")))
        }
        Fate::BouncedUnclearly => bounce("Undetermined", "Undetermined", vec![]),
        Fate::BouncedForContent => {
            bounce("Transient", "ContentRejected", each(status("5.7.1", "content rejected")))
        }
        Fate::Suppressed => {
            bounce("Permanent", "OnAccountSuppressionList", each(status("5.1.1", "suppressed")))
        }
        Fate::Complained => json!({
            "complainedRecipients": each(json!({})),
            "timestamp": at,
            "feedbackId": uuid(),
            "complaintFeedbackType": "abuse",
            "arrivalDate": at,
        }),
        Fate::Rejected => json!({ "reason": "Bad content" }),
    }
}

fn recipients(message: &Message) -> Vec<&str> {
    message.to.split(", ").collect()
}

fn millis(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

fn whole_seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn uuid() -> String {
    let hex = random_hex(16);
    format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}
