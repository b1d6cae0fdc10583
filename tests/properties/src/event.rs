//! Events of the gateway: `Visit::read`, and the whole of the function that needs nobody.

use std::sync::LazyLock;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures_util::FutureExt as _;
use kontobro::{
    ambient::Ambient,
    handlers::start,
    settings::{Settings, Site},
    web::{self, Trouble, Visit},
};
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse as Answer;
use serde_json::{Value, json};

use crate::now;

/// What every answer carries (T80).
const HEADERS: [&str; 8] = [
    "cache-control",
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
];

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let settings = [
        ("BASE_URL", "https://konto.example.no"),
        ("PORTAL_URL", "https://portal.example.no"),
        ("SUPPORT_EMAIL", "support@example.no"),
        ("OIDC_ISSUER", "https://test.idporten.no"),
        ("PRODUCTION", "false"),
    ];
    Settings::new(settings.map(|(name, value)| (name.to_owned(), value.to_owned())))
});
static SITE: LazyLock<Site> = LazyLock::new(|| Site::from(&SETTINGS).expect("all is set"));
static START: LazyLock<start::Deps> = LazyLock::new(|| {
    let ambient = Ambient::new(now, |bytes| bytes.fill(7));
    let deps = start::Deps::from(&SETTINGS, &ambient);
    deps.now_or_never().expect("nobody is waited for").expect("all is set")
});

/// Any event is read, into a path that begins with a slash, and always the same; and is answered, with
/// a status of the closed list, every header of T80, cookies that every browser takes and no
/// markup of the sender's.
pub fn holds(data: &[u8]) {
    let event = event(data);
    let (visit, again) = (Visit::read(event.clone(), now()), Visit::read(event.clone(), now()));
    assert_eq!(visit.route(), again.route());
    let trouble = match visit.route() {
        Ok((_, path)) => {
            assert!(path.starts_with('/'), "{path:?}");
            Trouble::MethodNotAllowed
        }
        Err(unreadable) => unreadable.into(),
    };
    let method = visit.method.clone();
    answered(&web::answer(&SITE, visit, Err(trouble)), method.as_str());
    let answer = start::handle(&START, event).now_or_never().expect("nobody is waited for");
    answered(&answer, method.as_str());
}

fn answered(answer: &Answer, method: &str) {
    let status = answer.status_code;
    assert!([200, 303, 304, 400, 404, 405, 413].contains(&status), "{method}: {status}");
    for name in HEADERS {
        assert!(answer.headers.contains_key(name), "{name}");
    }
    let policy = answer.headers["content-security-policy"].to_str().expect("ASCII");
    assert!(policy.starts_with("default-src 'none';") && policy.contains("base-uri 'none'"));
    for cookie in &answer.cookies {
        assert!(cookie.starts_with("__Host-") && cookie.len() <= 4096 + 100, "{cookie}");
        assert!(!cookie.contains(char::is_control), "{cookie:?}");
    }
    if let Some(place) = answer.headers.get("location") {
        let place = place.to_str().expect("ASCII");
        assert!(place.starts_with('/') && !place.starts_with("//"), "{place}");
    }
    let body = format!("{:?}", answer.body);
    for attribute in ["href", "action"] {
        for address in body.split(&format!("{attribute}=\\\"")).skip(1) {
            leads_nowhere_else(address.split("\\\"").next().unwrap_or_default());
        }
    }
    assert!(!["<script", "<svg", "<iframe"].iter().any(|markup| body.contains(markup)), "{body}");
}

/// No address on a page is a path that browsers take for another host's: they read `//` and `/\` so,
/// and leave out tabs and line breaks before they look (T103).
fn leads_nowhere_else(address: &str) {
    if let Some(path) = address.strip_prefix('/') {
        assert!(!path.starts_with(['/', '\\']), "{address:?}");
    }
}

/// Bytes that are JSON are the event. Others are lines: method, stage, path, query, cookies, headers
/// up to an empty line, and the body.
fn event(data: &[u8]) -> Value {
    if let Ok(event) = serde_json::from_slice(data) {
        return event;
    }
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let mut next = || lines.next().unwrap_or_default().to_owned();
    let [method, stage, path, query, cookies] = std::array::from_fn(|_| next());
    let headers = lines.by_ref().take_while(|line| !line.is_empty());
    let headers: serde_json::Map<_, _> = headers
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    let body = lines.collect::<Vec<_>>().join("\n");
    let in_base64 = method.len() % 2 == 0;
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "cookies": cookies.split("; ").collect::<Vec<_>>(),
        "headers": headers,
        "requestContext": {
            "http": { "method": method.trim(), "path": path, "protocol": "HTTP/1.1" },
            "requestId": "id",
            "stage": stage,
            "timeEpoch": 1_793_534_400_000_u64,
        },
        "body": if in_base64 { BASE64_STANDARD.encode(body) } else { body },
        "isBase64Encoded": in_base64,
    })
}
