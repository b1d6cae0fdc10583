//! Events as they come, and what a visit makes of them.

use std::time::Duration;

use lambda_http::http::HeaderName;
use serde_json::Value;

use super::*;

#[test]
fn t24_a_form_of_ours_is_told_from_another_sites() {
    let base_url = "https://konto.example.no";
    let from_elsewhere = |site: &str, origin: &str| {
        let headers = [("sec-fetch-site", site), ("origin", origin)].map(|(name, value)| {
            (HeaderName::from_static(name), value.parse().expect("a header's value"))
        });
        let headers = headers.into_iter().collect();
        Visit { headers, ..Visit::blank(Timestamp::UNIX_EPOCH) }.is_from_elsewhere(base_url)
    };
    // Chromium sends the first pair from a page with `Referrer-Policy: no-referrer`.
    for (site, origin) in [("same-origin", "null"), ("same-origin", base_url), ("", base_url)] {
        assert!(!from_elsewhere(site, origin), "{site} {origin}");
    }
    let evil = "https://evil.example";
    for (site, origin) in [("cross-site", "null"), ("same-site", "null"), ("", evil)] {
        assert!(from_elsewhere(site, origin), "{site} {origin}");
    }
}

fn posted(content_type: &str, body: &str, is_base64_encoded: bool) -> Visit {
    sent("POST", content_type, body, is_base64_encoded)
}

fn sent(method: &str, content_type: &str, body: &str, is_base64_encoded: bool) -> Visit {
    let event = serde_json::json!({
        "version": "2.0", "routeKey": "$default", "rawPath": "/sok", "rawQueryString": "",
        "headers": { "content-type": content_type },
        "requestContext": { "http": { "method": method, "path": "/sok" }, "requestId": "r" },
        "body": body, "isBase64Encoded": is_base64_encoded,
    });
    Visit::read(event, Timestamp::UNIX_EPOCH)
}

#[test]
fn t82_a_form_is_read_as_it_says_and_nothing_else_is_taken_for_one() {
    assert_eq!(posted(FORM, "epost=aGVp", false).form.text("epost"), "aGVp");
    for body in ["ZXBvc3Q9aGVp", "ZXBv\r\nc3Q9\r\naGVp\r\n", "ZXBvc3Q9\naGVp\n"] {
        assert_eq!(posted(FORM, body, true).form.text("epost"), "hei", "{body:?}");
    }
    assert_eq!(posted(FORM, "ZXBv c3Q9aGVp", true).route(), Err(Unreadable::Malformed));
    let json = "application/json";
    assert_eq!(posted(json, "{}", false).route(), Err(Unreadable::Malformed));
    assert!(posted(json, "", false).route().is_ok());
    assert!(sent("GET", json, "{}", false).route().is_ok(), "nobody reads it");
    assert_eq!(posted(FORM, "no base64", true).route(), Err(Unreadable::Malformed));
}

#[test]
fn t83_a_body_has_its_limit_before_and_after_decoding() {
    let of = |bytes: usize| "x".repeat(bytes);
    let coded = |bytes: usize| BASE64_STANDARD.encode(of(bytes));
    let most = limits::BODY_BYTES;
    for (body, is_coded, fits) in [
        (of(most), false, true),
        (of(most + 1), false, false),
        (coded(most), true, true),
        (coded(most + 1), true, false),
        (coded(most).replace("eHh4", "eHh4\r\n"), true, true),
        (coded(most + 1).replace("eHh4", "eHh4\r\n"), true, false),
        ("!".repeat(2 * most), true, false),
    ] {
        let read = posted(FORM, &body, is_coded).route();
        assert_eq!(read == Err(Unreadable::TooLarge), !fits, "{} {is_coded}", body.len());
    }
}

#[test]
fn t45_only_a_person_going_there_in_a_tab_is_a_navigation() {
    let goes = |method: &str, changed: (&str, &str)| {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), changed]
        {
            let name = HeaderName::try_from(name).expect("a name");
            headers.insert(name, value.parse().expect("a value"));
        }
        let method = method.parse().expect("a method");
        Visit { method, headers, ..Visit::blank(Timestamp::UNIX_EPOCH) }.is_navigation()
    };
    assert!(goes("GET", ("accept", "text/html")));
    assert!(!goes("POST", ("accept", "text/html")));
    assert!(!goes("HEAD", ("accept", "text/html")));
    for changed in [
        ("sec-fetch-mode", "no-cors"),
        ("sec-fetch-mode", ""),
        ("sec-fetch-dest", "iframe"),
        ("sec-purpose", "prefetch"),
        ("purpose", "prefetch"),
    ] {
        assert!(!goes("GET", changed), "{changed:?}");
    }
}

#[test]
fn a_stage_is_taken_off_the_path_and_nothing_that_only_begins_like_it() {
    let path = |stage: Value, path: &str| {
        let event = serde_json::json!({
            "rawPath": path, "headers": {},
            "requestContext": { "stage": stage, "http": { "method": "GET", "path": path } },
        });
        self::path(&serde_json::from_value(event).expect("an event"))
    };
    let stage = || Value::from("test");
    for (of, inside) in [("/test/sok", "/sok"), ("/test", "/"), ("/test/", "/")] {
        assert_eq!(path(stage(), of), inside);
    }
    for (stage, of) in [(stage(), "/tester/sok"), ("$default".into(), "/sok"), ("".into(), "/sok")]
    {
        assert_eq!(path(stage, of), of);
    }
    assert_eq!(path(Value::Null, "/sok"), "/sok");
    assert_eq!(path(stage(), "/test//evil.example"), "/evil.example");
}

#[test]
fn logg_ut_is_offered_until_the_sessions_cookie_is_taken_away() {
    let event = serde_json::json!({
        "cookies": [format!("{SESSION_COOKIE}=sealed")], "headers": {},
        "requestContext": { "http": { "method": "GET", "path": "/" } },
    });
    let mut visit = Visit::read(event, Timestamp::UNIX_EPOCH);
    visit.eat("another");
    assert!(visit.has_session_cookie());
    visit.eat(SESSION_COOKIE);
    assert!(!visit.has_session_cookie());
}

#[test]
fn a_visit_knows_how_long_it_has_taken() {
    let began = Instant::now().checked_sub(Duration::from_millis(2_500)).expect("not just booted");
    let visit = Visit { began, ..Visit::blank(Timestamp::UNIX_EPOCH) };
    assert!((2_500..60_000).contains(&visit.milliseconds()));
}

#[test]
fn a_cookie_is_set_once_and_the_last_word_counts() {
    let mut visit = Visit::blank(Timestamp::UNIX_EPOCH);
    let set = |visit: &Visit| {
        let baked = visit.baked.iter();
        baked.map(|cookie| (cookie.name().to_owned(), cookie.value().len())).collect::<Vec<_>>()
    };
    visit.bake("a", "1".into());
    visit.bake("a", "22".into());
    assert_eq!(set(&visit), [("a".into(), 2)]);
    visit.eat("a");
    assert_eq!(set(&visit), [("a".into(), 0)]);
    visit.eat("a");
    visit.bake("a", "333".into());
    assert_eq!(set(&visit), [("a".into(), 3)]);
    visit.bake("a", "4".repeat(COOKIE_BYTES));
    assert_eq!(set(&visit), [], "what browsers would drop is not set");
    visit.bake("a", "4".repeat(COOKIE_BYTES - 1));
    assert_eq!(set(&visit), [("a".into(), COOKIE_BYTES - 1)]);
}
