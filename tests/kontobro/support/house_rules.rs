//! What holds for every answer of Kontobro's, whatever a test is about.

use super::{browser::origin, jar::Jar, page::Page};

/// No gateway takes more of all headers; this leaves room for the others (T20).
const COOKIE_BYTES: usize = 6 * 1024;

/// A page, or a short refusal: never a fault of ours, always with every header (I12, T80, D7).
pub fn check(page: &Page, kontobro: &str, jar: &Jar) {
    if origin(&page.url) != kontobro || is_the_gateways_own(page) {
        return;
    }
    assert!(page.status < 500 || page.status == 503, "a fault of ours: {page}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(page.header(name), value, "{name} of {page}");
    }
    let policy = page.header("content-security-policy");
    for part in ["default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors"] {
        assert!(policy.contains(part), "{part} in the policy of {page}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    if page.path().starts_with("/assets/") {
        return;
    }
    assert_eq!(page.header("cache-control"), "no-store", "{page}");
    scripts(page, policy);
    if page.html.is_empty() || page.header("content-type") == "application/json" {
        return;
    }
    assert!(["nb", "nn", "en"].contains(&&*page.lang), "the language of {page}");
    assert_eq!(page.headings.len(), 1, "one heading: {page}");
    assert!(page.title.ends_with(" – NAKOS"), "{}: {page}", page.title);
    assert!(page.title.contains(page.heading()), "{}: {page}", page.title);
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    for no in ["style=\"", "onclick", "javascript:", "{"] {
        assert!(!page.html.contains(no), "{no} on {page}");
    }
    for link in &page.links {
        assert!(leads_somewhere_known(&link.href), "{:?} on {page}", link.href);
    }
    let cancels = |label: &&str| ["Avbryt", "Cancel"].contains(label);
    assert!(!page.buttons().iter().any(cancels), "«Avbryt» changes nothing: {page}");
    if jar.get("__Host-kontobro").is_some() {
        let forms = page.forms.iter().filter(|form| form.action == "/logg-ut").count();
        let links = page.links.iter().filter(|link| link.href == "/logg-ut").count();
        assert!(forms + links >= 1, "«Logg ut» (D7): {page}");
    }
}

/// A path of this origin, or an address that says what it is. Browsers read `//` and `/\` as another
/// host, and leave out tabs and line breaks before they look (T103).
fn leads_somewhere_known(href: &str) -> bool {
    let is_of_this_origin = href.starts_with('/') && !href[1..].starts_with(['/', '\\']);
    let is_named = ["#", "http://", "https://", "mailto:", "tel:"];
    let is_named = is_named.iter().any(|beginning| href.starts_with(beginning));
    (is_of_this_origin || is_named) && !href.contains(|c: char| c.is_control() || c == ' ')
}

/// No page has a script or may run one, but the waiting page its own, out of a file (T80).
fn scripts(page: &Page, policy: &str) {
    let scripts = page.html.matches("<script").count();
    let may = policy.contains("script-src 'self'; connect-src 'self';");
    assert_eq!(policy.contains("script-src") || policy.contains("connect-src"), may, "{policy}");
    assert_eq!(scripts, usize::from(may), "scripts of {page}");
    if may {
        assert!(page.path().starts_with("/sendt"), "a script on {page}");
        assert!(page.html.contains("<script src=\"/assets/waiting."), "{page}");
        assert!(page.html.contains(".js\" defer></script>"), "{page}");
    }
}

/// All cookies together leave room in the gateway's 10,240 bytes of headers.
pub fn cookies(jar: &Jar) {
    let ours = jar.names().filter(|name| name.starts_with("__Host-"));
    let bytes: usize = ours.map(|name| name.len() + 1 + jar.get(name).map_or(0, str::len)).sum();
    assert!(
        bytes <= COOKIE_BYTES,
        "{bytes} bytes of cookies: {:?}",
        jar.names().map(|name| (name, jar.get(name).map_or(0, str::len))).collect::<Vec<_>>()
    );
}

/// API Gateway answers unknown routes and oversized requests itself.
fn is_the_gateways_own(page: &Page) -> bool {
    let is_json = page.header("content-type") == "application/json";
    is_json && page.header("content-security-policy").is_empty() && page.status < 500
}
