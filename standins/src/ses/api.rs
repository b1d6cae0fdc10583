//! `SendEmail`: refuses what SES refuses, keeps the rest. Takes mail to an address that it suppresses,
//! as SES does, and then says that it was not sent.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use super::{
    Fate,
    outbox::{Message, pairs},
};
use crate::random_hex;

type Ses = Arc<super::State>;

pub(super) fn routes() -> Router<Ses> {
    Router::new().route("/v2/email/outbound-emails", post(send_email))
}

async fn send_email(State(ses): State<Ses>, body: String) -> Response {
    let message = read(&body, &ses.identity, (ses.clock)());
    let kept = message.and_then(|message| {
        let (id, suppressed) = (message.message_id.clone(), ses.outbox.suppresses(&message.to));
        ses.outbox
            .keep(message)
            .map_err(|error| Refused::InternalServiceError(error.to_string()))?;
        Ok((id, suppressed))
    });
    match kept {
        Ok((id, suppressed)) => {
            if suppressed {
                ses.decide(&id, Fate::Suppressed).await;
            }
            Json(json!({ "MessageId": id })).into_response()
        }
        Err(refused) => refused.into_response(),
    }
}

enum Refused {
    BadRequestException(String),
    MessageRejected(String),
    InternalServiceError(String),
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, error, message) = match self {
            Self::BadRequestException(why) => (StatusCode::BAD_REQUEST, "BadRequestException", why),
            Self::MessageRejected(why) => (StatusCode::BAD_REQUEST, "MessageRejected", why),
            Self::InternalServiceError(why) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "InternalServiceErrorException", why)
            }
        };
        (status, [("x-amzn-errortype", error)], Json(json!({ "message": message }))).into_response()
    }
}

fn bad(why: impl Into<String>) -> Refused {
    Refused::BadRequestException(why.into())
}

fn read(body: &str, identity: &str, now: jiff::Timestamp) -> Result<Message, Refused> {
    let request: Value = serde_json::from_str(body).map_err(|error| bad(error.to_string()))?;
    let from = text(&request["FromEmailAddress"]);
    sender(&from, identity)?;
    let destination = &request["Destination"];
    let to = addresses(&destination["ToAddresses"])?;
    let copies =
        [addresses(&destination["CcAddresses"])?, addresses(&destination["BccAddresses"])?];
    match to.len() + copies.iter().map(Vec::len).sum::<usize>() {
        0 => return Err(bad("Destination must contain at least one recipient.")),
        1..=50 => {}
        _ => return Err(bad("Recipient count exceeds 50.")),
    }
    let simple = &request["Content"]["Simple"];
    let (subject, body) = (&simple["Subject"]["Data"], &simple["Body"]);
    let (plain, html) = (text(&body["Text"]["Data"]), text(&body["Html"]["Data"]));
    if !subject.is_string() || (plain.is_empty() && html.is_empty()) {
        return Err(bad("Content must have a subject and a body."));
    }
    let headers = pairs(&simple["Headers"]);
    if headers.len() > 15 || !headers.iter().all(|(name, value)| is_header(name, value)) {
        return Err(bad("Invalid or too many headers."));
    }
    let tags = pairs(&request["EmailTags"]);
    if !tags.iter().all(|(name, value)| is_tag(name) && is_tag(value)) {
        return Err(bad(
            "Tag names and values may hold ASCII letters, numbers, '_', '-', '.', '@'.",
        ));
    }
    Ok(Message {
        to: [vec![to.join(", ")], copies.concat()].concat().join(", "),
        subject: text(subject),
        text: plain,
        html,
        sent_at: now,
        from,
        reply_to: addresses(&request["ReplyToAddresses"])?.join(", "),
        headers,
        message_id: format!("0110{}-{}-000000", random_hex(6), random_hex(10)),
        tags,
        configuration_set: request["ConfigurationSetName"].as_str().map(str::to_owned),
        fates: Vec::new(),
    })
}

/// A domain identity covers its subdomains too.
fn sender(from: &str, identity: &str) -> Result<(), Refused> {
    let address = bare(from).ok_or_else(|| bad("Invalid FromEmailAddress."))?.to_lowercase();
    let identity = identity.to_lowercase();
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let verified = address == identity
        || domain == identity
        || domain.strip_suffix(&identity).is_some_and(|sub| sub.ends_with('.'));
    if verified {
        return Ok(());
    }
    Err(Refused::MessageRejected(format!(
        "Email address is not verified. The following identities failed the check in region \
         EU-NORTH-1: {address}"
    )))
}

fn addresses(list: &Value) -> Result<Vec<String>, Refused> {
    let addresses = list.as_array().into_iter().flatten().map(text);
    addresses
        .map(|address| match bare(&address) {
            Some(_) => Ok(address),
            None => Err(bad(format!("Invalid email address: {address}"))),
        })
        .collect()
}

/// The address in `Name <address>` or alone, when it is one that SES takes: ASCII, no blanks, a
/// local part of at most 64 bytes, a domain with a dot.
fn bare(given: &str) -> Option<&str> {
    let address = match given.trim().strip_suffix('>') {
        Some(named) => named.rsplit_once('<')?.1,
        None => given.trim(),
    };
    let (local, domain) = address.rsplit_once('@')?;
    let is_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_label = |label: &str| {
        let inner = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        !label.is_empty() && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    let right = (1..=64).contains(&local.len())
        && local.chars().all(is_local)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.split('.').all(is_label)
        && address.len() <= 320;
    right.then_some(address)
}

fn is_header(name: &str, value: &str) -> bool {
    let name_fits =
        (1..=126).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_graphic() && b != b':');
    let printable = value.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    name_fits && printable && value.len() <= 870
}

fn is_tag(text: &str) -> bool {
    (1..=256).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.@".contains(&b))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
