//! What an event of the gateway says: cookies, session, mailed link.

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use jiff::Timestamp;
use kontobro::domain::Session;
use serde_json::Value;

use super::keyring::Keyring;

/// The value of a cookie of the event.
pub fn cookie<'a>(event: &'a Value, name: &str) -> Option<&'a str> {
    let cookies = event["cookies"].as_array()?.iter().filter_map(Value::as_str);
    let mut pairs = cookies.filter_map(|cookie| cookie.split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The cookies that an answer sets, and those that it takes away: without a value.
pub fn cookies_set(answer: &Value) -> impl Iterator<Item = (&str, &str)> {
    let lines = answer["cookies"].as_array().into_iter().flatten().filter_map(Value::as_str);
    lines.filter_map(|line| line.split(';').next()?.split_once('='))
}

/// Whose session the event comes from, if it is one that we made and it has not had its time.
pub fn session(event: &Value, now: Timestamp) -> Option<Session> {
    Keyring::session(cookie(event, "__Host-kontobro")?, now)
}

/// The mailed link that the event is about: in its address, its form, or parked in a cookie.
pub fn mailed_link(event: &Value, now: Timestamp) -> Option<String> {
    let query = event["rawQueryString"].as_str().unwrap_or_default();
    let form = form(event);
    let in_either = field(query, "t").or_else(|| field(&form, "t"));
    in_either.or_else(|| Keyring::parked(cookie(event, "__Host-lenke")?, now))
}

/// The body of a form.
pub fn form(event: &Value) -> String {
    let body = event["body"].as_str().unwrap_or_default();
    if event["isBase64Encoded"] == true {
        String::from_utf8(BASE64_STANDARD.decode(body).unwrap_or_default()).unwrap_or_default()
    } else {
        body.to_owned()
    }
}

/// A field of a form or of a query.
pub fn field(encoded: &str, name: &str) -> Option<String> {
    let mut fields = form_urlencoded::parse(encoded.as_bytes());
    fields.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// The `sid` of a logout token that was posted.
pub fn sid_of_logout(event: &Value) -> Option<String> {
    let token = field(&form(event), "logout_token")?;
    let claims = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    claims["sid"].as_str().map(str::to_owned)
}
