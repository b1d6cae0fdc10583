use std::sync::{
    Mutex,
    atomic::{AtomicI64, Ordering},
};

use axum::http::Method;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::*;
use crate::{loopback, random_hex};

const KARI: &str = "01819010001";
const OLA: &str = "41819010003";
const VERIFIER: &str = "verifier-verifier-verifier-verifier-verifier";
const HOME: &str = "http://localhost:1/svar";
const LEVEL: &str = "idporten-loa-substantial";

/// A provider whose time the test owns, with one client.
struct World {
    idporten: IdPorten,
    now: Arc<AtomicI64>,
}

async fn world() -> World {
    let now = Arc::new(AtomicI64::new(1_800_000_000));
    let told = now.clone();
    let clock: Clock =
        Arc::new(move || jiff::Timestamp::from_second(told.load(Ordering::SeqCst)).unwrap());
    let people = vec![Person { name: "Kari Nordmann".to_owned(), pid: KARI.to_owned() }];
    let idporten = IdPorten::start(loopback(0), people, clock, &Wire::new()).await.unwrap();
    idporten.register(client());
    World { idporten, now }
}

fn client() -> Client {
    Client {
        client_id: "kunde".to_owned(),
        jwks: vec![keys::rsa("client").public_jwk()],
        redirect_uris: vec![HOME.to_owned()],
        post_logout_redirect_uris: vec!["http://localhost:1/ute".to_owned()],
        frontchannel_logout_uri: Some("http://localhost:1/front".to_owned()),
        backchannel_logout_uri: None,
    }
}

impl World {
    fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    fn passes(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    fn assertion(&self) -> Value {
        json!({
            "iss": "kunde", "sub": "kunde", "aud": self.idporten.url(), "jti": random_hex(8),
            "iat": self.now(), "exp": self.now() + 120,
        })
    }

    async fn post(&self, path: &str, assertion: &Value, fields: &[(&str, &str)]) -> Answer {
        let signed = keys::rsa("client").jwt(assertion);
        let mut all = vec![
            ("client_id", "kunde"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", signed.as_str()),
        ];
        all.extend(fields);
        http::post_form(&format!("{}{path}", self.idporten.url()), &all).await.unwrap()
    }

    async fn push(&self, assertion: &Value, changed: &[(&str, &str)]) -> Answer {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut fields = vec![
            ("response_type", "code"),
            ("redirect_uri", HOME),
            ("scope", "openid profile"),
            ("state", "tilstand"),
            ("nonce", "engangs"),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
            ("acr_values", LEVEL),
        ];
        for (name, value) in changed {
            fields.retain(|(known, _)| known != name);
            fields.push((name, value));
        }
        self.post("/par", assertion, &fields).await
    }

    async fn authorization_url(&self, changed: &[(&str, &str)]) -> String {
        let pushed = self.push(&self.assertion(), changed).await;
        assert_eq!(pushed.status, 201, "{}", pushed.text());
        let uri = pushed.json()["request_uri"].as_str().unwrap().to_owned();
        format!("{}/authorize?client_id=kunde&request_uri={uri}", self.idporten.url())
    }

    async fn code(&self) -> String {
        let url = self.authorization_url(&[]).await;
        parameter(&log_in(&url, KARI, LEVEL).await.unwrap().location(), "code")
    }

    async fn redeem(&self, code: &str, verifier: &str) -> Answer {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", HOME),
            ("code_verifier", verifier),
        ];
        self.post("/token", &self.assertion(), &fields).await
    }

    /// Claims of an ID token that a client with the published keys accepts.
    async fn accepted(&self, id_token: &str) -> Option<Value> {
        let keys = http::get(&format!("{}/jwks.json", self.idporten.url())).await.unwrap().json();
        let kid = jsonwebtoken::decode_header(id_token).ok()?.kid?;
        let key = keys["keys"].as_array()?.iter().find(|key| key["kid"] == kid.as_str())?;
        let key = DecodingKey::from_rsa_components(key["n"].as_str()?, key["e"].as_str()?).unwrap();
        let mut checks = Validation::new(Algorithm::RS256);
        checks.validate_exp = false; // this time is the test's
        checks.set_audience(&["kunde"]);
        checks.set_issuer(&[self.idporten.url()]);
        decode::<Value>(id_token, &key, &checks).ok().map(|token| token.claims)
    }
}

fn parameter(url: &str, name: &str) -> String {
    let (_, query) = url.split_once('?').unwrap_or_default();
    let mut all = form_urlencoded::parse(query.as_bytes());
    all.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[tokio::test]
async fn a_person_logs_in_and_the_client_learns_who_it_is() {
    let world = world().await;
    let url = world.authorization_url(&[("ui_locales", "nn")]).await;
    let back = log_in(&url, KARI, "idporten-loa-high").await.unwrap();
    let location = back.location();
    assert!(location.starts_with(HOME));
    assert_eq!(parameter(&location, "state"), "tilstand");
    assert_eq!(parameter(&location, "iss"), world.idporten.url());
    let answer = world.redeem(&parameter(&location, "code"), VERIFIER).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let claims = world.accepted(answer.json()["id_token"].as_str().unwrap()).await.unwrap();
    assert_eq!(claims["pid"], KARI);
    assert_eq!(claims["acr"], "idporten-loa-high");
    assert_eq!(claims["amr"], json!(["BankID"]));
    assert_eq!(claims["nonce"], "engangs");
    assert_eq!(claims["locale"], "nn");
    assert_eq!(claims["given_name"], "Kari");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 120);
    assert_eq!(claims["sub"].as_str().unwrap().len(), 98);
    assert_eq!(world.idporten.sessions(), [claims["sid"].as_str().unwrap()]);
}

#[tokio::test]
async fn a_code_is_for_one_use_by_its_own_client_within_a_minute() {
    let world = world().await;
    let code = world.code().await;
    assert_eq!(world.redeem(&code, VERIFIER).await.status, 200);
    assert_eq!(world.redeem(&code, VERIFIER).await.json()["error"], "invalid_grant");
    let code = world.code().await;
    let other = VERIFIER.replace('v', "w");
    assert_eq!(world.redeem(&code, &other).await.json()["error"], "invalid_grant");
    let code = world.code().await;
    world.passes(60);
    assert_eq!(world.redeem(&code, VERIFIER).await.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_client_assertion_is_checked_in_every_part() {
    let world = world().await;
    let good = world.assertion();
    assert_eq!(world.push(&good, &[]).await.status, 201);
    let replay = world.push(&good, &[]).await;
    assert_eq!((replay.status, replay.json()["error"].as_str()), (401, Some("invalid_client")));
    let now = world.now();
    for (claim, value) in [
        ("iss", json!("annen")),
        ("sub", json!("annen")),
        ("aud", json!("https://idporten.no")),
        ("exp", json!(now + 121)),
        ("exp", json!(now)),
        ("iat", json!(now + 11)),
        ("jti", json!(null)),
    ] {
        let mut bad = world.assertion();
        bad[claim] = value;
        assert_eq!(world.push(&bad, &[]).await.status, 401, "{claim}");
    }
    let mut aud = world.assertion();
    aud["aud"] = json!([format!("{}/par", world.idporten.url())]);
    assert_eq!(world.push(&aud, &[]).await.status, 201);
    let mut stranger = client();
    stranger.jwks = vec![keys::rsa("stranger").public_jwk()];
    world.idporten.register(stranger);
    assert_eq!(world.push(&world.assertion(), &[]).await.status, 401);
}

#[tokio::test]
async fn an_authorization_request_is_checked_in_every_part() {
    let world = world().await;
    for wrong in [
        ("redirect_uri", "http://localhost:1/svar/"),
        ("response_type", "token"),
        ("scope", "profile"),
        ("code_challenge_method", "plain"),
        ("code_challenge", ""),
        ("state", ""),
        ("nonce", ""),
        ("acr_values", "Level4"),
    ] {
        assert_eq!(world.push(&world.assertion(), &[wrong]).await.status, 400, "{wrong:?}");
    }
    let url = world.authorization_url(&[]).await;
    assert_eq!(http::get(&url).await.unwrap().status, 200);
    assert_eq!(http::get(&url).await.unwrap().status, 400, "a request_uri is for one use");
    let url = world.authorization_url(&[]).await;
    world.passes(120);
    assert_eq!(http::get(&url).await.unwrap().status, 400, "and for two minutes");
    let direct =
        format!("{}/authorize?client_id=kunde&redirect_uri={HOME}&state=s", world.idporten.url());
    assert_eq!(
        parameter(&http::get(&direct).await.unwrap().location(), "error"),
        "invalid_request"
    );
}

#[tokio::test]
async fn cancelling_and_logins_without_a_number_are_told_to_the_client() {
    let world = world().await;
    let page = http::get(&world.authorization_url(&[]).await).await.unwrap().text();
    assert!(page.contains("Kari Nordmann") && page.contains("Fødselsnummer"));
    let attempt = page.split("name=\"attempt\" value=\"").nth(1).unwrap();
    let form = [("attempt", attempt.split('"').next().unwrap()), ("action", "cancel")];
    let back = http::post_form(&format!("{}/login", world.idporten.url()), &form).await.unwrap();
    assert_eq!(parameter(&back.location(), "error"), "access_denied");
    for level in ["eidas-loa-substantial", "selfregistered-email"] {
        let url = world.authorization_url(&[]).await;
        let back = log_in(&url, KARI, level).await.unwrap();
        let answer = world.redeem(&parameter(&back.location(), "code"), VERIFIER).await.json();
        let claims = world.accepted(answer["id_token"].as_str().unwrap()).await.unwrap();
        assert_eq!(claims["acr"], level);
        assert!(claims.get("pid").is_none());
    }
}

#[tokio::test]
async fn single_sign_on_answers_at_once_until_it_is_not_wanted_or_has_run_out() {
    let world = world().await;
    let back = log_in(&world.authorization_url(&[]).await, KARI, LEVEL).await.unwrap();
    let cookie = back.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let visit = async |changed: &[(&str, &str)]| {
        let url = world.authorization_url(changed).await;
        http::call(Method::GET, &url, &[("cookie", &cookie)], "").await.unwrap()
    };
    assert!(visit(&[]).await.location().contains("code="));
    assert_eq!(visit(&[("prompt", "login")]).await.status, 200);
    assert_eq!(visit(&[("acr_values", "idporten-loa-high")]).await.status, 200);
    world.passes(30 * 60);
    let quiet = visit(&[("prompt", "none")]).await;
    assert_eq!(parameter(&quiet.location(), "error"), "login_required");
    assert!(world.idporten.sessions().is_empty());
}

#[tokio::test]
async fn logout_tells_every_service_of_the_session() {
    let world = world().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let teller = told.clone();
    let app = Router::new()
        .route("/bak", post(move |body: String| async move { locked(&teller).push(body) }));
    let service = Listener::bind(loopback(0)).await.unwrap().serve("service", &Wire::new(), app);
    let mut registered = client();
    registered.backchannel_logout_uri = Some(format!("{}/bak", service.url()));
    world.idporten.register(registered);
    let answer = world.redeem(&world.code().await, VERIFIER).await.json();
    let hint = answer["id_token"].as_str().unwrap();
    let sid = world.idporten.sessions().remove(0);
    let then = "http://localhost:1/ute";
    let end = format!("{}/logout", world.idporten.url());
    let elsewhere = [("id_token_hint", hint), ("post_logout_redirect_uri", "http://localhost:1/")];
    assert_eq!(http::post_form(&end, &elsewhere).await.unwrap().status, 400);
    let right = [("id_token_hint", hint), ("post_logout_redirect_uri", then), ("state", "s")];
    let page = http::post_form(&end, &right).await.unwrap().text();
    assert!(
        page.contains(&format!("sid={sid}\"")) && page.contains("http://localhost:1/ute?state=s")
    );
    let posted = locked(&told).remove(0);
    let token = posted.strip_prefix("logout_token=").unwrap();
    let claims = world.accepted(token).await.unwrap();
    assert_eq!(claims["sid"], sid);
    assert!(claims.get("nonce").is_none());
    assert!(world.idporten.sessions().is_empty());
    let again = [("client_id", "kunde"), ("post_logout_redirect_uri", then)];
    assert_eq!(http::post_form(&end, &again).await.unwrap().location(), then);
}

#[tokio::test]
async fn a_token_of_a_rotated_key_is_accepted_and_a_faulty_one_is_not() {
    let world = world().await;
    let right = world.idporten.id_token("kunde", OLA, "sid");
    assert_eq!(world.accepted(&world.idporten.mint(&right)).await.unwrap()["pid"], OLA);
    for signer in [
        Signer::Stranger,
        Signer::Broken,
        Signer::Hs256(b"x".to_vec()),
        Signer::Es256,
        Signer::Nobody,
    ] {
        let faulty = right.clone().signed_by(signer.clone());
        assert!(world.accepted(&world.idporten.mint(&faulty)).await.is_none(), "{signer:?}");
    }
    let before = world.idporten.mint(&right);
    world.idporten.rotate();
    assert!(world.accepted(&before).await.is_some());
    world.idporten.next_id_token(|token| token.claim("aud", "annen"));
    let faulty = world.redeem(&world.code().await, VERIFIER).await.json();
    assert!(world.accepted(faulty["id_token"].as_str().unwrap()).await.is_none());
    let next = world.redeem(&world.code().await, VERIFIER).await.json();
    assert!(world.accepted(next["id_token"].as_str().unwrap()).await.is_some());
    world.idporten.rotate();
    assert!(world.accepted(&before).await.is_none());
}
