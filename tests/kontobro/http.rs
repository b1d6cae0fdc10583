//! The small print of HTTP: methods, addresses, many fields, full cookies.

use std::{
    fs,
    time::{Duration, Instant},
};

use kontobro::web::routes::ROUTES;
use lambda_http::http::Method;
use serde_json::{Value, json};

use crate::{
    support::{Kontobro, old_account},
    world::project_file,
};

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

const METHODS: [Method; 8] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
    Method::TRACE,
];

#[tokio::test]
async fn t88_every_address_names_the_methods_it_takes_to_whoever_tries_another() {
    let kontobro = Kontobro::start().await;
    let browser = kontobro.browser();
    for (path, allowed) in ROUTES {
        let path = path.replace("{file}", "licenses.txt");
        for method in METHODS.into_iter().filter(|method| !allowed.contains(method.as_str())) {
            let page = browser.sends(method.clone(), &path, &[], "").await;
            assert_eq!(page.status, 405, "{method} {page}");
            assert_eq!(page.header("allow"), allowed, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn t88_where_there_is_nothing_every_method_is_told_so() {
    let kontobro = Kontobro::start().await;
    let browser = kontobro.browser();
    for path in ["/finnes-ikke", "/sok/", "/SOK", "/assets/", "/assets/x", "/utlogging", "/.env"] {
        for method in METHODS {
            let page = browser.sends(method.clone(), path, &[], "").await;
            assert_eq!(page.status, 404, "{method} {page}");
        }
    }
}

#[tokio::test]
async fn t88_head_is_answered_wherever_get_is_and_does_nothing() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let (link, before) = (kontobro.outbox().only_mail_to(kari.address).link(), kontobro.books());
    for (path, _) in ROUTES.into_iter().filter(|(_, allowed)| allowed.contains("GET")) {
        let path = path.replace("{file}", "licenses.txt");
        let page = kari.sends(Method::HEAD, &path, &[], "").await;
        assert_eq!(page.status, 200, "{page}");
    }
    assert_eq!(kari.sends(Method::HEAD, &link, &[], "").await.status, 200);
    assert_eq!(kontobro.books().0, before.0);
    let page = kari.sends(Method::HEAD, "/hjelp", &[], "").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
}

/// What only the function of the page could tell is not told: `HEAD` begins no login and asks no store.
#[tokio::test]
async fn t88_head_has_the_status_and_headers_of_get_for_whoever_is_not_logged_in() {
    let kontobro = Kontobro::start().await;
    let anyone = kontobro.browser();
    let tells_less = ["/logg-inn", "/logg-inn/svar", "/logg-inn/ikke-innlogget", "/b"];
    for (path, _) in ROUTES.into_iter().filter(|(_, allowed)| allowed.contains("GET")) {
        if tells_less.contains(&path) {
            continue;
        }
        let path = path.replace("{file}", "licenses.txt");
        let get = anyone.sends(Method::GET, &path, &[], "").await;
        let head = anyone.sends(Method::HEAD, &path, &[], "").await;
        assert_eq!((head.status, &*head.html), (get.status, ""), "{path}");
        for name in ["location", "content-security-policy", "cache-control", "set-cookie"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {path}");
        }
    }
}

/// The gateway would send no body anyway; it must not be handed one.
#[tokio::test]
async fn t88_head_gets_the_headers_alone() {
    let kontobro = Kontobro::start().await;
    for case in ["front-page", "asset", "style-sheet-missing"] {
        let file = project_file(&format!("events/start--{case}.json"));
        let event = fs::read(file).expect("a sample event");
        let mut event: Value = serde_json::from_slice(&event).expect("JSON");
        let with_body = kontobro.world.invoke("start", event.clone()).await.expect("an answer");
        event["requestContext"]["http"]["method"] = json!("HEAD");
        let without = kontobro.world.invoke("start", event).await.expect("an answer");
        assert_ne!(with_body["body"], "", "{case}");
        assert_eq!(without["body"].as_str().unwrap_or_default(), "", "{case}");
        assert_eq!(without["isBase64Encoded"], false);
        for same in ["statusCode", "headers"] {
            assert_eq!(without[same], with_body[same], "{case}");
        }
    }
}

#[tokio::test]
async fn t14_an_address_that_begins_with_two_slashes_leads_nowhere_else() {
    let kontobro = Kontobro::start().await;
    let file = fs::read(project_file("events/start--front-page.json")).expect("a sample event");
    let event: Value = serde_json::from_slice(&file).expect("JSON");
    for path in ["//evil.example/", "/\\evil.example/", "///evil.example", "//sok"] {
        let mut event = event.clone();
        event["rawPath"] = json!(path);
        let answer = kontobro.world.invoke("start", event).await.expect("an answer");
        let page = answer["body"].as_str().expect("a page");
        for elsewhere in ["=\"//", "=\"/\\"] {
            assert!(!page.contains(elsewhere), "{path}: {page}");
        }
    }
}

/// The gateway hands a path over decoded. What browsers make of that in a link is anybody's guess:
/// a tab, for one, they leave out.
#[tokio::test]
async fn t103_no_page_leads_out_of_the_house_whatever_was_asked_for() {
    let kontobro = Kontobro::start().await;
    let browser = kontobro.browser();
    for path in [
        "/%09/evil.example",
        "/%0a/evil.example",
        "/%0d%09%5c/evil.example",
        "/%5cevil.example",
        "/%2fevil.example",
        "/%2f%2fevil.example",
        "//evil.example",
        "/%00/evil.example",
        "/%C2%A0/evil.example",
        "/sok%09",
        "/%22%3e/evil.example",
        "/%252f/evil.example",
        "/%3f/%2f/evil.example",
    ] {
        for method in [Method::GET, Method::POST] {
            let page = browser.sends(method, path, &[], "").await;
            assert_eq!(page.status, 404, "{page}");
            let languages = page.links.iter().filter(|link| link.href.contains("sprak="));
            let languages: Vec<_> = languages.map(|link| &*link.href).collect();
            assert_eq!(languages, ["/?sprak=nb", "/?sprak=nn", "/?sprak=en"], "{page}");
            assert!(!page.html.contains("evil"), "{page}");
        }
    }
}

#[tokio::test]
async fn t83_a_form_of_ten_thousand_fields_costs_nothing_and_gets_nothing() {
    let kontobro = Kontobro::start().await;
    let browser = kontobro.browser();
    let body: String = (0..10_000).map(|n| format!("{n}=&")).collect();
    let begun = Instant::now();
    let page = browser.sends(Method::POST, "/sok", &FORM, body).await;
    assert_eq!(page.status, 400);
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn t82_a_forms_media_type_is_known_in_any_spelling() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let body = format!("csrf={}&epost=kari@example.no", kari.page().value("csrf"));
    for spelling in
        ["Application/X-WWW-Form-Urlencoded", "application/x-www-form-urlencoded; charset=UTF-8"]
    {
        let form = [("content-type", spelling)];
        assert_eq!(kari.sends(Method::POST, "/sok", &form, body.clone()).await.status, 303);
    }
}

/// The jar and the house rules check the sizes at every answer; here everything is as large as it
/// gets: four attempts, six hits, a link that is parked, a form full of letters that take most room.
#[tokio::test]
async fn t20_the_fullest_cookies_fit() {
    let kontobro = Kontobro::start().await;
    let address = format!("{}@{}.example.no", "a".repeat(64), "b".repeat(60));
    let long = "\u{10ffff}".repeat(100);
    for n in 0..6 {
        let mut account = old_account("Kari Nordmann", &address);
        (account.first_name, account.last_name) = (long.clone(), long.clone());
        account.username = format!("{n}{long}");
        kontobro.has(account).await;
    }
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(&address).await.sees("Vi fant mange kontoer");
    kari.on_another_device().links_the_old_account().await;
    for _ in 0..4 {
        kari.opens("/logg-inn?til=profil").await;
    }
    kari.browser.change_cookies(|jar| jar.set("__Host-lenke", &"x".repeat(200)));
    kari.opens("/profil").await;
    kari.types("Fornavn", &long).types("Etternavn", &long).types("Telefon (valgfritt)", &long);
    kari.types("E-post", &"\u{10ffff}".repeat(300)).presses("Lagre").await;
    assert_eq!(kari.page().value("Fornavn"), long);

    let mischief = "\u{1}".repeat(500);
    kari.types("Fornavn", &mischief).types("Etternavn", &mischief);
    kari.types("Telefon (valgfritt)", &mischief).presses("Lagre").await;
    kari.sees("Se over profilen din");
    assert!(kontobro.log().contains("cookie_too_large"));
}
