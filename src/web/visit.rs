//! One request, as a handler sees it: read from the gateway's event, whatever that brings.
//!
//! Takes the event itself (payload format 2.0) and not `lambda_http`'s request: the conversion to
//! the latter panics on a hostile `Host`, raw characters in a query, or a body that is not base64,
//! and a panic ends a function. Never trusts a forwarding header (T81).

use std::time::Instant;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use cookie::Cookie;
use jiff::Timestamp;
use lambda_http::{
    aws_lambda_events::apigw::ApiGatewayV2httpRequest,
    http::{HeaderMap, Method, header},
};
use ring::digest;

use self::cookies::Cookies;
use super::{Fields, fields::Refused, routes, session::COOKIE as SESSION_COOKIE};
use crate::{
    domain::{Session, limits},
    texts::Language,
};

/// Name of the language cookie and of the parameter that sets it.
pub(super) const LANGUAGE: &str = "sprak";
/// The language cookie. Says nothing about who its owner is.
pub(super) const LANGUAGE_COOKIE: &str = "__Host-sprak";

/// Bytes of a cookie's name and value that every browser takes (RFC 6265bis §5.7).
const COOKIE_BYTES: usize = 4096;
/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// A request.
pub struct Visit {
    /// GET, POST, HEAD…
    pub method: Method,
    /// Without stage and query, always with a leading slash. As the gateway decoded it: for
    /// comparing, never for a link or a header (see [`Self::address`]).
    path: String,
    /// The query.
    pub query: Fields,
    /// The form, of a POST with one.
    pub form: Fields,
    /// For everything that has a time.
    pub now: Timestamp,
    /// The language the person reads: chosen, remembered, or what the browser prefers.
    pub language: Language,
    /// The gateway's name for this request, in logs.
    pub request_id: String,
    /// The same for people: `4829-1736`, to be read on the phone. On error pages, and beside
    /// `request_id` in the log.
    pub error_id: String,
    began: Instant,
    headers: HeaderMap,
    cookies: Cookies,
    /// Cookies to set with the answer.
    pub(super) baked: Vec<Cookie<'static>>,
    /// Whoever turned out to be logged in, so that any page can offer «Logg ut».
    pub(super) session: Option<Session>,
    readable: Result<(), Unreadable>,
}

/// Why an event is no request that we answer with a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not an event of the gateway, a body that is not what it says, a name twice, too many names.
    #[error("the request cannot be read")]
    Malformed,
    /// A body over [`limits::BODY_BYTES`].
    #[error("the body is too large")]
    TooLarge,
}

impl From<Refused> for Unreadable {
    fn from(_: Refused) -> Self {
        Self::Malformed
    }
}

impl Visit {
    /// Reads an event. The visit it gives is whole even if the request is not readable, so that
    /// the refusal can be answered in the reader's language.
    pub fn read(event: serde_json::Value, now: Timestamp) -> Self {
        let mut visit = Self::blank(now);
        let Ok(event) = serde_json::from_value::<ApiGatewayV2httpRequest>(event) else {
            return visit;
        };
        visit.method = event.request_context.http.method.clone();
        visit.path = path(&event);
        visit.request_id = event.request_context.request_id.clone().unwrap_or_default();
        visit.error_id = error_id(&visit.request_id, now);
        visit.cookies = Cookies::of(&event);
        if visit.cookies.is_doubled(SESSION_COOKIE) {
            // No browser of today does that: somebody has planted one, or a gateway trims names.
            tracing::warn!(event = "session_cookie_doubled", request_id = visit.request_id);
        }
        visit.headers = event.headers.clone();
        visit.readable = visit.take_fields(&event);
        visit.choose_language();
        visit
    }

    /// Method and path, to choose a story by.
    ///
    /// # Errors
    /// When the request could not be read.
    pub fn route(&self) -> Result<(Method, String), Unreadable> {
        self.readable.map(|()| (self.method.clone(), self.path.clone()))
    }

    /// Does a browser go to this page, whether or not the rest of the request can be read?
    pub fn goes_to(&self, path: &str) -> bool {
        self.method == Method::GET && self.path == path
    }

    /// The path of the page that was asked for, if there is such a page: only these may stand in
    /// links. Any other path is the sender's own words, which the gateway has decoded; browsers
    /// leave out a tab in it, and read `/\t/evil.example` as another host's address (T103).
    pub(super) fn address(&self) -> Option<&str> {
        routes::route(&self.path).map(|_| self.path.as_str())
    }

    /// What the page that was asked for takes, for `Allow`; nothing if there is no such page.
    pub(super) fn allowed_methods(&self) -> &'static str {
        routes::route(&self.path).map_or("", |(_, methods)| methods)
    }

    /// Method and route as `template.yaml` has them, never what was asked for: `POST /sok`.
    pub(super) fn known_route(&self) -> String {
        let route = routes::route(&self.path).map_or("$default", |(route, _)| route);
        format!("{} {route}", if route == "$default" { "*" } else { self.method.as_str() })
    }

    /// Since the event came in.
    pub fn milliseconds(&self) -> u64 {
        self.began.elapsed().as_millis().try_into().unwrap_or(u64::MAX)
    }

    fn blank(now: Timestamp) -> Self {
        Self {
            method: Method::GET,
            path: "/".into(),
            query: Fields::default(),
            form: Fields::default(),
            now,
            language: Language::default(),
            request_id: String::new(),
            error_id: error_id("", now),
            began: Instant::now(),
            headers: HeaderMap::new(),
            cookies: Cookies::default(),
            baked: Vec::new(),
            session: None,
            readable: Err(Unreadable::Malformed),
        }
    }

    fn take_fields(&mut self, event: &ApiGatewayV2httpRequest) -> Result<(), Unreadable> {
        self.query =
            Fields::parse(event.raw_query_string.as_deref().unwrap_or_default().as_bytes())?;
        if self.method != Method::POST {
            return Ok(());
        }
        let body = body(event)?;
        if self.header(header::CONTENT_TYPE).to_ascii_lowercase().starts_with(FORM) {
            self.form = Fields::parse(&body)?;
            if self.form.shares_a_name_with(&self.query) {
                return Err(Refused::Doubled.into());
            }
        } else if !body.is_empty() {
            return Err(Unreadable::Malformed);
        }
        Ok(())
    }

    fn choose_language(&mut self) {
        let chosen = self.query.get(LANGUAGE).and_then(Language::from_tag);
        let remembered = self.cookie(LANGUAGE_COOKIE).and_then(Language::from_tag);
        if let Some(language) = chosen.filter(|_| chosen != remembered) {
            self.bake(LANGUAGE_COOKIE, language.tag().into());
        }
        let preferred = || language::preferred(self.header(header::ACCEPT_LANGUAGE));
        self.language = chosen.or(remembered).or_else(preferred).unwrap_or_default();
    }

    /// Takes a language as the person's choice, from now on.
    pub fn choose(&mut self, language: Language) {
        self.bake(LANGUAGE_COOKIE, language.tag().into());
        self.language = language;
    }

    /// A header's value; empty if it is absent or not ASCII.
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A cookie's value. A `__Host-` cookie that stands there twice is none.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name)
    }

    /// Every cookie whose name begins so: `(name, value)`.
    pub fn cookies_named(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        self.cookies.named(prefix)
    }

    /// Sets a cookie with the answer; one set before under the name is forgotten. One that is too
    /// large for browsers is not set: only what was typed can make it so, and only in mischief.
    pub fn bake(&mut self, name: impl Into<String>, value: String) {
        let name = name.into();
        self.baked.retain(|cookie| cookie.name() != name);
        if name.len() + value.len() > COOKIE_BYTES {
            tracing::warn!(event = "cookie_too_large", name, request_id = self.request_id);
            return;
        }
        self.baked.push(super::answer::cookie(name, value));
    }

    /// Takes a cookie away with the answer.
    pub fn eat(&mut self, name: impl Into<String>) {
        let name = name.into();
        self.baked.retain(|cookie| cookie.name() != name);
        let mut gone = super::answer::cookie(name, String::new());
        gone.make_removal();
        self.baked.push(gone);
    }

    /// Did a person go here, in a tab of their own? Only such a request may do what a GET of a
    /// mailed link does: not a scanner's fetch, a preview, or a page loaded ahead (T45).
    pub fn is_navigation(&self) -> bool {
        self.method == Method::GET
            && self.header("sec-fetch-mode") == "navigate"
            && self.header("sec-fetch-dest") == "document"
            && self.header("sec-purpose").is_empty()
            && self.header("purpose").is_empty()
    }

    /// Does the browser say that the request comes from another site's page? Our pages send no
    /// referrer, and so `Origin: null` from browsers of any age: only a named origin tells.
    pub fn is_from_elsewhere(&self, base_url: &str) -> bool {
        match (self.header("sec-fetch-site"), self.header(header::ORIGIN)) {
            ("same-origin" | "none", _) => false,
            ("", origin) => !["", "null", base_url].contains(&origin),
            _ => true,
        }
    }

    /// Is there a session, or a session's cookie that nobody has looked into? Then «Logg ut» is
    /// offered: on the public pages too, which cannot open it (D7).
    pub fn has_session_cookie(&self) -> bool {
        let eaten = self.baked.iter().any(|cookie| cookie.name() == SESSION_COOKIE);
        self.session.is_some() || (self.cookies.has(SESSION_COOKIE) && !eaten)
    }

    /// Who turned out to be logged in.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }
}

/// Eight digits, few enough to say and enough to find one line of a day's log.
fn error_id(request_id: &str, now: Timestamp) -> String {
    let digest = digest::digest(&digest::SHA256, format!("{request_id} {now}").as_bytes());
    let number = digest.as_ref().first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
    format!("{:04}-{:04}", number / 10_000 % 10_000, number % 10_000)
}

/// The path without the stage that a named stage puts in front of it. Begins with one slash alone.
fn path(event: &ApiGatewayV2httpRequest) -> String {
    format!("/{}", path_within_stage(event).trim_start_matches(['/', '\\']))
}

fn path_within_stage(event: &ApiGatewayV2httpRequest) -> &str {
    let raw = event.raw_path.as_deref().unwrap_or("/");
    let stage = event.request_context.stage.as_deref().unwrap_or_default();
    let inside = raw
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(stage))
        .filter(|_| !stage.is_empty());
    match inside {
        Some(path) if path.is_empty() || path.starts_with('/') => path,
        _ => raw,
    }
}

fn body(event: &ApiGatewayV2httpRequest) -> Result<Vec<u8>, Unreadable> {
    let mut body = event.body.as_deref().unwrap_or_default().as_bytes().to_vec();
    if event.is_base64_encoded {
        // Encoders that go by MIME break their lines (RFC 2045 §6.8).
        body.retain(|byte| !matches!(byte, b'\r' | b'\n'));
        // Base64 makes four characters of three bytes: what is too long in it need not be decoded.
        if body.len() > limits::BODY_BYTES / 3 * 4 + 4 {
            return Err(Unreadable::TooLarge);
        }
        body = BASE64_STANDARD.decode(&body).map_err(|_| Unreadable::Malformed)?;
    }
    if body.len() > limits::BODY_BYTES { Err(Unreadable::TooLarge) } else { Ok(body) }
}

mod cookies;
mod language;
#[cfg(test)]
mod tests;
