//! Whatever arrives gets a page or a 4xx in the reader's language, with every header: the house
//! rules check that for each answer here.

use lambda_http::http::Method;

use crate::support::{Browser, Kontobro, minutes};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Every page that takes a form, with the fields it takes.
const FORMS: [(&str, &[&str]); 7] = [
    ("/sok", &["epost"]),
    ("/bekreft", &["konto"]),
    ("/sendt", &["valg"]),
    ("/ny", &["adresse", "ny"]),
    ("/b", &["t"]),
    ("/profil", &["fornavn", "etternavn", "epost", "telefon", "versjon"]),
    ("/logg-ut", &[]),
];
const PAGES: [&str; 15] = [
    "/",
    "/hjelp",
    "/personvern",
    "/tilgjengelighet",
    "/logg-inn",
    "/logg-inn/svar",
    "/sok",
    "/treff",
    "/bekreft",
    "/sendt",
    "/ny",
    "/b",
    "/profil",
    "/ferdig",
    "/logget-ut",
];

/// A form with the same in every field.
fn all_fields(csrf: &str, fields: &[&str], value: &str) -> String {
    let fields = fields.iter().map(|field| format!("{field}={value}"));
    [format!("csrf={csrf}")].into_iter().chain(fields).collect::<Vec<_>>().join("&")
}

async fn posts(browser: &Browser, path: &str, body: impl Into<Vec<u8>>) -> u16 {
    browser.sends(Method::POST, path, &[FORM], body).await.status
}

#[tokio::test]
async fn t04_a_parameter_that_stands_twice_is_refused_everywhere() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    for path in PAGES.into_iter().filter(|path| *path != "/logg-inn") {
        kari.opens(&format!("{path}?a=1&a=2")).await;
        kari.sees("Vi forsto ikke det nettleseren sendte");
        assert_eq!(kari.page().status, 400, "{path}");
    }
    let csrf = kari.page().value("csrf").to_owned();
    for (path, fields) in FORMS {
        let field = fields.first().unwrap_or(&"csrf");
        let body = format!("csrf={csrf}&{field}=a&{field}=b");
        assert_eq!(posts(&kari, path, body).await, 400, "{path}");
        for (in_query, in_form) in [("a", "b"), ("a", "a")] {
            let (path, body) =
                (format!("{path}?{field}={in_query}"), format!("csrf={csrf}&{field}={in_form}"));
            assert_eq!(posts(&kari, &path, body).await, 400, "{path}");
        }
    }
}

#[tokio::test]
async fn t82_broken_percent_codes_and_bytes_that_are_no_text_do_no_harm() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.asks_for(kari.address).await;
    let csrf = kari.page().value("csrf").to_owned();
    for odd in
        ["%", "%zz", "%ff%fe", "%00", "%c3%28", "%e2%80%ae", "%F0%9F%92%A9", "%0d%0aSet-Cookie:x=y"]
    {
        for path in PAGES {
            let names = ["t", "konto", "adresse", "code", "state", "sprak"];
            let query = names.map(|name| format!("{name}={odd}")).join("&");
            let page = kari.sends(Method::GET, &format!("{path}?{query}"), &[], "").await;
            assert!(page.status < 500, "{page}");
        }
        for (path, fields) in FORMS.into_iter().filter(|(path, _)| *path != "/logg-ut") {
            let status = posts(&kari, path, all_fields(&csrf, fields, odd)).await;
            assert!(status < 500, "{path} {odd}");
        }
    }
    assert_eq!(posts(&kari, "/sok", b"csrf=\xff\xfe&epost=\xff".to_vec()).await, 403);
    kontobro.outbox().only_mail_to(kari.address);
}

#[tokio::test]
async fn a_body_over_64_kilobytes_is_too_large_and_says_so() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    for (path, _) in FORMS.into_iter().chain([("/utlogging/bak", &[][..])]) {
        for bytes in [64 * 1024 + 1, 1024 * 1024] {
            let page = kari.sends(Method::POST, path, &[FORM], "a".repeat(bytes)).await;
            assert_eq!(
                (page.status, page.heading()),
                (413, "Det du sendte, er for stort"),
                "{path}"
            );
        }
    }
    let csrf = kari.page().value("csrf").to_owned();
    let just = format!("csrf={csrf}&epost=");
    let filler = "a".repeat(64 * 1024 - just.len());
    assert_eq!(posts(&kari, "/sok", format!("{just}{filler}")).await, 303);
    kari.opens("/sok").await;
    let no_at = "E-postadressen mangler @. Skriv den slik: navn@eksempel.no.";
    assert_eq!(kari.page().errors, [no_at]);
}

#[tokio::test]
async fn a_body_of_another_kind_is_not_understood() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    for kind in ["application/json", "multipart/form-data; boundary=x", "text/plain", "", "x"] {
        for (path, _) in FORMS {
            let page = kari.sends(Method::POST, path, &[("content-type", kind)], "{}").await;
            assert_eq!(page.status, 400, "{kind} {page}");
        }
    }
}

#[tokio::test]
async fn t23_cookies_that_are_not_ours_are_nobodys_session() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let ours = kari.cookies().get("__Host-kontobro").expect("a session").to_owned();
    let names =
        ["__Host-kontobro", "__Host-treff", "__Host-melding", "__Host-lenke", "__Host-forsok-1"];
    let mut flipped = ours.clone().into_bytes();
    flipped[40] ^= 1;
    let flipped = String::from_utf8(flipped).expect("still ASCII");
    for value in ["x", "", "AA", "null", "%00", &flipped, &ours[..20], &"A".repeat(1_000)] {
        let stranger = kontobro.browser();
        stranger.change_cookies(|jar| names.iter().for_each(|name| jar.set(name, value)));
        for path in PAGES {
            let page = stranger.sends(Method::GET, path, &[], "").await;
            assert!(page.status < 500, "{page}");
            assert!(!page.text.contains("Du er logget inn"), "{page}");
        }
    }
    let swapped = kontobro.browser();
    swapped.change_cookies(|jar| names.iter().skip(1).for_each(|name| jar.set(name, &ours)));
    for path in ["/sok", "/treff", "/b", "/logg-inn/svar?state=x&code=y"] {
        let page = swapped.sends(Method::GET, path, &[], "").await;
        assert!(page.status < 500 && page.buttons().is_empty(), "{page}");
    }
}

#[tokio::test]
async fn t36_look_alikes_of_an_address_find_nobodys_account() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await;
    for (typed, refused) in [
        ("kаri.nordmann@example.no", false), // a Cyrillic а
        ("ｋari.nordmann@example.no", true),
        ("kari․nordmann@example.no", true),
        ("kari.nordmann@exаmple.no", false),
        ("kari.nordmann\u{200d}@example.no", true),
        ("\u{212a}ari.nordmann@example.no", true), // the Kelvin sign
        ("kari.nordmann@example.no,ola@example.no", true),
        ("\"kari.nordmann\"@example.no", true),
    ] {
        kari.searches_for(typed).await;
        let heading = if refused {
            "Hvilken e-postadresse har du brukt hos NAKOS?"
        } else {
            "Vi fant ingen konto"
        };
        kari.sees(heading);
    }
}

#[tokio::test]
async fn t88_methods_that_a_page_does_not_take_get_a_refusal() {
    let kontobro = Kontobro::start().await;
    let browser = kontobro.browser();
    for path in PAGES {
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
            let page = browser.sends(method.clone(), path, &[], "").await;
            assert!((400..500).contains(&page.status), "{method} {page}");
        }
    }
    let posted = posts(&browser, "/logg-inn/svar", "code=x&state=y").await;
    assert_eq!(posted, 405, "T16: by query alone");
    let nowhere = browser.sends(Method::GET, "/finnes-ikke", &[], "").await;
    assert_eq!(nowhere.status, 404);
}

#[tokio::test]
async fn refusals_are_in_the_readers_language() {
    let kontobro = Kontobro::start().await;
    for (wish, heading) in [
        ("nb", "Vi forsto ikke det nettleseren sendte"),
        ("nn-NO, nb;q=0.5", "Vi forstod ikkje det nettlesaren sende"),
        ("en-GB,en;q=0.9", "We did not understand what the browser sent"),
        ("se,sma", "Vi forsto ikke det nettleseren sendte"),
        ("en;q=0.5, nn;q=0.9", "Vi forstod ikkje det nettlesaren sende"),
        ("nb;q=0, en;q=0.1", "We did not understand what the browser sent"),
    ] {
        let browser = kontobro.browser();
        browser.prefers.set(wish);
        let page = browser.sends(Method::GET, "/?a=1&a=2", &[], "").await;
        assert_eq!(page.heading(), heading);
    }
}

#[tokio::test]
async fn t81_host_and_forwarding_headers_change_nothing() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await.searches_for(kari.address).await;
    kari.presses("Slå sammen").await;
    let (_, _, body) = kari.filled_in(&kari.page(), "Bekreft");
    let spoofed = [
        FORM,
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=evil.example"),
        ("x-original-url", "/profil"),
    ];
    assert_eq!(kari.sends(Method::POST, "/bekreft", &spoofed, body).await.status, 303);
    let mail = kontobro.outbox().only_mail_to(kari.address);
    assert!(mail.link().starts_with(&kontobro.world.urls.kontobro));
    assert!(!mail.0.html.contains("evil"));
}

#[tokio::test]
async fn t24_a_form_without_its_token_or_of_an_older_session_changes_nothing() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.logs_in().await;
    let old = kari.page().value("csrf").to_owned();
    kari.logs_out().await.logs_in().await;
    for (path, fields) in FORMS {
        for csrf in ["", "x", &*old] {
            let body = all_fields(csrf, fields, "igjen");
            let page = kari.sends(Method::POST, path, &[FORM], body).await;
            assert_eq!(page.heading(), "Vi kunne ikke ta imot skjemaet", "{path}");
            assert_eq!(page.status, 403);
        }
    }
    assert!(kontobro.books().of_kind("DAY#").is_empty());
}

#[tokio::test]
async fn t24_a_form_sent_by_another_sites_page_changes_nothing() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.logs_in().await;
    let csrf = kari.page().value("csrf").to_owned();
    for elsewhere in [
        vec![("sec-fetch-site", "cross-site"), ("origin", "null")],
        vec![("sec-fetch-site", "same-site"), ("origin", "http://localhost:1")],
        vec![("origin", "https://evil.example")],
    ] {
        for (path, _) in FORMS {
            let headers = [&[FORM][..], &elsewhere].concat();
            let body = format!("csrf={csrf}&valg=igjen");
            let page = kari.sends(Method::POST, path, &headers, body).await;
            assert_eq!(page.heading(), "Vi kunne ikke ta imot skjemaet", "{path} {elsewhere:?}");
        }
    }
}

#[tokio::test]
async fn markup_that_somebody_typed_stays_text() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    let hostile = "\"><script>alert(1)</script>";
    kari.logs_in().await.searches_for(hostile).await;
    assert_eq!(kari.page().value("epost"), hostile);
    kari.asks_for(kari.address).await.follows_the_mail().await;
    kari.types("Fornavn", hostile).types("Etternavn", "'; DROP").presses("Lagre").await;
    kari.sees("Du er ferdig").opens("/profil").await;
    assert_eq!(kari.page().value("Fornavn"), hostile);
}

#[tokio::test]
async fn t66_the_profile_takes_its_own_fields_and_no_other() {
    let kontobro = Kontobro::start().await;
    let kari = kontobro.person("Kari Nordmann");
    kari.has_an_old_account().await;
    kari.links_the_old_account().await;
    let (_, _, body) = kari.filled_in(&kari.page(), "Lagre");
    let more = format!(
        "{body}&status=closed&person=1-x&username=other&account=01ARZ3NDEKTSV4RRFFQ69G5FAV"
    );
    assert_eq!(posts(&kari, "/profil", more).await, 303);
    let books = kontobro.books();
    let account = books.account(kari.address);
    assert_eq!(account["username"]["S"], "karinordmann1");
    assert_eq!(account["status"]["S"], "active");
    for version in ["", "x", "-1", "18446744073709551615", "99999999999999999999"] {
        let body = body.replace("versjon=2", &format!("versjon={version}"));
        assert_eq!(posts(&kari, "/profil", body).await, 400, "{version}");
    }
    kontobro.clock.passes(minutes(1));
    let body = body.replace("versjon=2", "versjon=999");
    assert_eq!(posts(&kari, "/profil", body).await, 303);
    kari.opens("/profil").await;
    kari.reads("Profilen er endret i en annen fane");
}

#[tokio::test]
async fn assets_are_served_for_ever_and_nothing_climbs_out() {
    let kontobro = Kontobro::start().await;
    let browser = kontobro.browser();
    browser.opens("/").await;
    let html = browser.page().html.clone();
    let sheet = html.split("href=\"").find(|part| part.starts_with("/assets/")).expect("a sheet");
    let sheet = sheet.split('"').next().expect("an address");
    let answer = browser.sends(Method::GET, sheet, &[], "").await;
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    let packed = browser.sends(Method::GET, sheet, &[("accept-encoding", "gzip, br")], "").await;
    assert_eq!(packed.header("content-encoding"), "br");
    for path in ["/assets/x", "/assets/..%2f..%2fCargo.toml", "/assets/%2e%2e"] {
        assert_eq!(browser.sends(Method::GET, path, &[], "").await.status, 404);
    }
}
