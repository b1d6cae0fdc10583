//! What goes back: status, headers and body, with the headers that every answer has.

use cookie::{Cookie, SameSite};
use lambda_http::{
    Body,
    aws_lambda_events::apigw::ApiGatewayV2httpResponse,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
};
use maud::Markup;
use serde::Serialize;

use super::{Trouble, Visit, html::ERROR_SUMMARY};
use crate::settings::Site;

/// An answer.
pub struct Answer {
    /// Status code.
    pub status: StatusCode,
    headers: HeaderMap,
    body: Body,
    framed: bool,
    scripted: bool,
    because: Option<Trouble>,
}

impl Answer {
    /// A whole page.
    pub fn page(status: StatusCode, markup: Markup) -> Self {
        let answer = Self::empty(status).with(header::CONTENT_TYPE, "text/html; charset=utf-8");
        Self { body: Body::Text(markup.into_string()), ..answer }
    }

    /// Nothing but a status.
    pub fn empty(status: StatusCode) -> Self {
        let (headers, body) = (HeaderMap::new(), Body::Empty);
        Self { status, headers, body, framed: false, scripted: false, because: None }
    }

    /// «Go and GET that»: the answer to every POST (G5).
    pub fn see_other(location: &str) -> Self {
        Self::empty(StatusCode::SEE_OTHER).with(header::LOCATION, location)
    }

    /// As [`Self::see_other`], with the focus on the page's error summary: no script needed.
    pub fn see_errors(location: &str) -> Self {
        Self::see_other(&format!("{location}#{ERROR_SUMMARY}"))
    }

    /// For a script.
    pub fn json(content: &impl Serialize) -> Self {
        let content = serde_json::to_string(content).expect("plain fields make JSON");
        let answer = Self::empty(StatusCode::OK).with(header::CONTENT_TYPE, "application/json");
        Self { body: Body::Text(content), ..answer }
    }

    /// A file.
    pub fn file(bytes: &[u8], content_type: &str) -> Self {
        let answer = Self::empty(StatusCode::OK).with(header::CONTENT_TYPE, content_type);
        Self { body: Body::Binary(bytes.to_vec()), ..answer }
    }

    /// With a header. One that cannot stand in an answer is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// Leads to a page that tells of this trouble. In the log it is that trouble.
    #[must_use]
    pub(super) fn because(self, trouble: Trouble) -> Self {
        Self { because: Some(trouble), ..self }
    }

    /// What the answer leads to a page about, if anything went wrong.
    pub(super) fn cause(&self) -> Option<&Trouble> {
        self.because.as_ref()
    }

    /// May stand in a frame of ID-porten's, and of nobody else's: front-channel logout (T30).
    #[must_use]
    pub fn framed_by_the_provider(self) -> Self {
        Self { framed: true, ..self }
    }

    /// May run a script of this origin's, and ask this origin: the waiting page, and no other (T80).
    #[must_use]
    pub fn scripted(self) -> Self {
        Self { scripted: true, ..self }
    }

    /// The event's answer, with everything that every answer has (T80): nothing is cached, framed,
    /// sniffed or told on, unless the answer says otherwise.
    pub(super) fn finish(self, visit: &Visit, site: &Site) -> ApiGatewayV2httpResponse {
        let frames = if self.framed { &site.login_origins } else { "'none'" };
        let script = if self.scripted { "script-src 'self'; connect-src 'self'; " } else { "" };
        let policy = format!(
            "default-src 'none'; {script}style-src 'self'; font-src 'self'; img-src 'self' data:; \
             base-uri 'none'; form-action 'self' {}; frame-ancestors {frames}",
            site.login_origins
        );
        let mut headers = HeaderMap::new();
        for (name, value) in EVERY_ANSWER {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        headers.extend(self.headers);
        let mut response = ApiGatewayV2httpResponse::default();
        response.status_code = self.status.as_u16().into();
        let body = if visit.method == Method::HEAD { Body::Empty } else { self.body };
        response.is_base64_encoded = matches!(body, Body::Binary(_));
        response.body = Some(body);
        response.cookies = visit.baked.iter().map(Cookie::to_string).collect();
        response.headers = headers;
        response
    }
}

const EVERY_ANSWER: [(&str, &str); 7] = [
    ("cache-control", "no-store"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
];

/// A cookie for this host alone, over TLS alone, out of scripts' reach (T20). `Lax`, because a
/// stricter one would be missing on the way back from ID-porten and from the mail.
pub(super) fn cookie(name: String, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}
