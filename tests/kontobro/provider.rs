//! Kontobro and an OpenID provider that we did not write. Our own stand-in could share a
//! misreading of the protocol with `kontobro::oidc`; this one, certified, could not.

mod browser;
mod process;

use kontobro::ambient::Ambient;
use serde_json::json;
use standins::wire::Wire;

use crate::world::{Options, World, ports::Ports};
use browser::{Browser, Page};
use process::Provider;

const KARI: &str = "01819010001";
const SUBSTANTIAL: &str = "idporten-loa-substantial";
const SESSION: &str = "__Host-kontobro";

/// Kontobro and the provider, each knowing the other.
struct Pair {
    kontobro: String,
    provider: Provider,
    _world: World,
}

impl Pair {
    async fn start() -> Self {
        let mut provider = Provider::start();
        let options = Options {
            ports: Ports::AnyFree,
            folder: None,
            ambient: Ambient::system(),
            issuer: Some(provider.issuer.clone()),
            wire: Wire::new(),
            more: vec![],
        };
        let world = World::start(options, |_| {}).await.expect("the world starts");
        provider.register(&world.client);
        Self { kontobro: world.urls.kontobro.clone(), provider, _world: world }
    }

    /// As far as the provider's login page, or further with a session there.
    async fn sets_out(&self, browser: &mut Browser) -> Page {
        browser.visit(&format!("{}/logg-inn", self.kontobro)).await
    }

    async fn logs_in(&self, browser: &mut Browser) -> Page {
        let login_page = self.sets_out(browser).await;
        self.fills_in(browser, &login_page, SUBSTANTIAL).await
    }

    async fn fills_in(&self, browser: &mut Browser, login_page: &Page, level: &str) -> Page {
        let person = [("pid", KARI), ("level", level), ("action", "login")];
        browser.submit(login_page, "/interaction/", &person).await
    }

    async fn searches(&self, browser: &mut Browser) -> Page {
        browser.visit(&format!("{}/sok", self.kontobro)).await
    }

    /// Logs out at the provider itself, as from any other service that uses it.
    async fn logs_out_elsewhere(&self, browser: &mut Browser) {
        let address = format!("{}/session/end", self.provider.issuer);
        let question = browser.visit(&address).await;
        browser.submit(&question, "/session/end/confirm", &[("logout", "yes")]).await;
    }

    fn is_at(&self, page: &Page, path: &str) -> bool {
        page.address().as_str().starts_with(&self.kontobro) && page.address().path() == path
    }
}

#[tokio::test]
async fn a_person_logs_in_through_an_independent_provider_and_lands_on_the_search_page() {
    let (pair, mut browser) = (Pair::start().await, Browser::default());
    let page = pair.logs_in(&mut browser).await;
    assert!(pair.is_at(&page, "/sok") && page.status == 200, "{:#?}\n{}", page.way, page.text);
    assert!(page.text.contains("action=\"/logg-ut\""), "a logged-in page has a way out");
}

#[tokio::test]
async fn the_browser_carries_only_a_reference_to_the_request_and_the_provider_takes_no_other() {
    let (pair, mut browser) = (Pair::start().await, Browser::default());
    let login_page = pair.sets_out(&mut browser).await;
    let request =
        login_page.way.iter().find(|address| address.path() == "/auth").expect("a request");
    let names: Vec<_> = request.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["client_id", "request_uri"]);

    let plain = format!(
        "{}/auth?client_id=kontobro-local&response_type=code&scope=openid&redirect_uri={}/logg-inn/svar",
        pair.provider.issuer, pair.kontobro
    );
    let page = browser.visit(&plain).await;
    let answer = page.way.iter().find(|address| address.path() == "/logg-inn/svar");
    let error = answer.expect("an answer").query_pairs().find(|(name, _)| name == "error");
    assert_eq!(error.expect("a refusal").1, "invalid_request", "{:#?}", page.way);

    // The provider's word on what else it asks for, and Kontobro brings.
    let metadata = format!("{}/.well-known/openid-configuration", pair.provider.issuer);
    let metadata = standins::http::get(&metadata).await.expect("an answer").json();
    assert_eq!(metadata["token_endpoint_auth_methods_supported"], json!(["private_key_jwt"]));
    assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
}

#[tokio::test]
async fn the_same_callback_twice_makes_one_session() {
    let (pair, mut browser) = (Pair::start().await, Browser::default());
    let login_page = pair.sets_out(&mut browser).await;
    let mut twin = browser.clone(); // with the cookie of the same attempt
    let page = pair.fills_in(&mut browser, &login_page, SUBSTANTIAL).await;
    let callback = page.way.iter().find(|address| address.path() == "/logg-inn/svar");
    let callback = callback.expect("a callback").as_str();

    for again in [&mut twin, &mut Browser::default()] {
        let page = again.visit(callback).await;
        assert!(page.text.contains("Innloggingen ble ikke fullført"), "{}", page.text);
        assert!(!again.has_cookie(SESSION));
    }
    let page = browser.visit(callback).await;
    assert!(pair.is_at(&page, "/sok"), "who is logged in goes on: {:#?}", page.way);
}

#[tokio::test]
async fn logging_out_here_logs_out_there() {
    let (mut pair, mut browser) = (Pair::start().await, Browser::default());
    pair.logs_in(&mut browser).await;
    let page = pair.sets_out(&mut browser).await;
    assert!(pair.is_at(&page, "/sok"), "logged in there, one is not asked again: {:#?}", page.way);
    let mut twin = browser.clone();

    let question = browser.submit(&page, "/logg-ut", &[]).await;
    let page = browser.submit(&question, "/session/end/confirm", &[("logout", "yes")]).await;
    assert!(pair.is_at(&page, "/logget-ut"), "{:#?}", page.way);
    assert!(page.text.contains("Du er logget ut"), "{}", page.text);
    assert_eq!(pair.provider.logout_reports(), json!(["accepted"]));

    let page = pair.sets_out(&mut browser).await;
    assert_eq!(page.address().origin().ascii_serialization(), pair.provider.issuer);
    let page = pair.searches(&mut twin).await;
    assert!(page.text.contains("Du har blitt logget ut"), "{}", page.text);
}

#[tokio::test]
async fn logging_out_elsewhere_ends_the_session_here() {
    let (mut pair, mut browser) = (Pair::start().await, Browser::default());
    pair.logs_in(&mut browser).await;
    pair.logs_out_elsewhere(&mut browser).await;
    assert_eq!(pair.provider.logout_reports(), json!(["accepted"]));

    let page = pair.searches(&mut browser).await;
    assert!(page.text.contains("Du har blitt logget ut"), "{}", page.text);
    assert!(!browser.has_cookie(SESSION));
}

#[tokio::test]
async fn after_the_provider_has_changed_its_keys_logins_and_logouts_go_on() {
    let (mut pair, mut browser) = (Pair::start().await, Browser::default());
    pair.logs_in(&mut browser).await; // with the old keys fetched and kept
    pair.provider.rotate_keys();

    let mut browser = Browser::default();
    let page = pair.logs_in(&mut browser).await;
    assert!(pair.is_at(&page, "/sok"), "{:#?}\n{}", page.way, page.text);
    pair.logs_out_elsewhere(&mut browser).await;
    assert_eq!(pair.provider.logout_reports(), json!(["accepted"]));
    let page = pair.searches(&mut browser).await;
    assert!(page.text.contains("Du har blitt logget ut"), "{}", page.text);
}

#[tokio::test]
async fn who_cancels_at_the_provider_is_not_logged_in() {
    let (pair, mut browser) = (Pair::start().await, Browser::default());
    let login_page = pair.sets_out(&mut browser).await;
    let page = browser.submit(&login_page, "/interaction/", &[("action", "cancel")]).await;
    assert!(pair.is_at(&page, "/logg-inn/ikke-innlogget"), "{:#?}", page.way);
    assert!(page.text.contains("Du avbrøt innloggingen"), "{}", page.text);
    assert!(!browser.has_cookie(SESSION));
}

#[tokio::test]
async fn a_login_below_the_level_that_was_asked_for_is_refused() {
    let (pair, mut browser) = (Pair::start().await, Browser::default());
    let login_page = pair.sets_out(&mut browser).await;
    let page = pair.fills_in(&mut browser, &login_page, "idporten-loa-low").await;
    assert!(page.text.contains("sikrere elektronisk ID"), "{}", page.text);
    assert!(!browser.has_cookie(SESSION));
}
