//! T01–T05, T11: what happens to the answers that browsers bring.

use jiff::{SignedDuration, Timestamp};
use openidconnect::url::Url;
use ring::digest::{SHA256, digest};
use serde_json::json;

use super::{
    BASE, CLIENT, Token, encode, now,
    provider::Stub,
    provider_at, read,
    request::{ambient, assertion},
};
use crate::oidc::{Answer, Attempt, ClientKey, Login, LoginRefused, Provider, Unreachable};

const PATH: &str = "/token";

/// A provider, and a person on the way back from it.
struct Return {
    stub: Stub,
    provider: Provider<ClientKey>,
    attempt: Attempt,
}

impl Return {
    fn new() -> Self {
        let stub = Stub::start();
        let attempt = Attempt::new(&ambient());
        stub.hands_out(&Token::id(&stub.issuer).with("nonce", attempt.nonce.as_str()));
        Self { provider: provider_at(&stub.issuer, false), attempt, stub }
    }

    fn answer(&self) -> Answer<'_> {
        Answer {
            code: Some("code-1"),
            state: Some(&self.attempt.state),
            iss: Some(&self.stub.issuer),
            error: None,
        }
    }

    async fn finish(&self, answer: Answer<'_>) -> Result<Login, LoginRefused> {
        self.finish_at(answer, now()).await
    }

    async fn finish_at(&self, answer: Answer<'_>, at: Timestamp) -> Result<Login, LoginRefused> {
        let code = self.provider.code(&self.attempt, &answer, at).await?;
        self.provider.redeem(&self.attempt, code, at).await
    }

    /// The refusal's word, and how often the token endpoint was asked.
    async fn refusal(&self, answer: Answer<'_>) -> (&'static str, usize) {
        let refusal = self.finish(answer).await.expect_err("an answer that must be refused");
        (refusal.reason(), self.stub.calls(PATH).len())
    }
}

#[tokio::test]
async fn a_good_answer_logs_in_with_one_code_exchange() {
    let way = Return::new();
    let login = way.finish(way.answer()).await.expect("a login");
    assert_eq!(login.sid, "session-1");
    let mut form = way.stub.form(PATH);
    let (_, claims) = read(&assertion(&way.stub.calls(PATH)[0]));
    assert_eq!(claims["aud"], way.stub.issuer);
    form.retain(|name, _| !name.starts_with("client_assertion"));
    let expected = json!({
        "grant_type": "authorization_code", "code": "code-1", "client_id": CLIENT,
        "redirect_uri": format!("{BASE}/logg-inn/svar"), "code_verifier": way.attempt.verifier,
    });
    assert_eq!(json!(form), expected);
}

#[tokio::test]
async fn t01_the_verifier_is_the_one_that_the_request_was_made_with() {
    let way = Return::new();
    let (attempt, _) = way.provider.begin(&ambient(), "nb", false).await.expect("a way");
    let challenge = way.stub.form("/par").remove("code_challenge");
    assert_eq!(challenge, Some(encode(digest(&SHA256, attempt.verifier.as_bytes()))));
}

#[tokio::test]
async fn t01_an_answer_to_another_attempt_asks_nobody_anything() {
    let way = Return::new();
    let longer = format!("{}A", way.attempt.state);
    for state in [None, Some(""), Some("other"), Some(longer.as_str())] {
        let refusal = way.refusal(Answer { state, ..way.answer() }).await;
        assert_eq!(refusal, ("answer_state", 0));
    }
    assert!(way.stub.calls("/.well-known/openid-configuration").is_empty());
}

#[tokio::test]
async fn t01_an_attempt_is_over_after_ten_minutes() {
    let way = Return::new();
    let refusal = way.finish_at(way.answer(), now() + SignedDuration::from_mins(10)).await;
    assert!(matches!(refusal, Err(LoginRefused::StaleAttempt)));
    assert!(way.stub.calls(PATH).is_empty());
    assert_eq!(way.attempt.expires_at(), now() + SignedDuration::from_mins(10));
}

#[tokio::test]
async fn t03_another_issuer_gets_no_code() {
    let way = Return::new();
    let slash = format!("{}/", way.stub.issuer);
    for iss in [Some("https://evil.example"), Some(slash.as_str()), Some(""), None] {
        assert_eq!(way.refusal(Answer { iss, ..way.answer() }).await, ("answer_iss", 0));
    }
}

#[tokio::test]
async fn t03_a_provider_that_never_names_itself_need_not() {
    let way = Return::new();
    let mut metadata = way.stub.metadata();
    metadata["authorization_response_iss_parameter_supported"] = json!(false);
    way.stub.announces(&metadata);
    way.finish(Answer { iss: None, ..way.answer() }).await.expect("a login");
}

#[tokio::test]
async fn t05_errors_are_told_apart_once_the_state_is_right() {
    let way = Return::new();
    for (error, reason) in [
        ("access_denied", "cancelled"),
        ("temporarily_unavailable", "provider_try_later"),
        ("server_error", "provider_try_later"),
        ("login_required", "provider_error"),
        ("<script>", "provider_error"),
        ("", "provider_error"),
    ] {
        let answer = Answer { error: Some(error), ..way.answer() };
        assert_eq!(way.refusal(answer).await, (reason, 0), "{error}");
        let foreign = Answer { state: Some("other"), ..answer };
        assert_eq!(way.refusal(foreign).await, ("answer_state", 0), "{error}");
    }
    assert_eq!(way.refusal(Answer { code: None, ..way.answer() }).await, ("answer_code", 0));
}

#[tokio::test]
async fn t06_a_refused_token_is_no_login_and_has_its_word() {
    let way = Return::new();
    way.stub.hands_out(&Token::id(&way.stub.issuer));
    assert_eq!(way.refusal(way.answer()).await, ("token_nonce", 1));
    way.stub.answers(PATH, 200, &json!({ "id_token": "x.y.z", "access_token": "access" }));
    assert_eq!(way.refusal(way.answer()).await, ("token_malformed", 2));
}

#[tokio::test]
async fn t11_a_code_is_tried_once_whatever_comes_back() {
    let way = Return::new();
    for (status, body) in [
        (500, json!({})),
        (302, json!({})),
        (200, json!({ "token_type": "Bearer" })),
        (401, json!({ "error": "invalid_client" })),
    ] {
        let calls = way.stub.calls(PATH).len();
        way.stub.answers(PATH, status, &body);
        let refusal = way.refusal(way.answer()).await;
        assert_eq!(refusal, ("provider_not_reached", calls + 1), "{status}");
    }
    assert!(way.stub.calls("/elsewhere").is_empty(), "a redirect is not followed");
}

#[tokio::test]
async fn t02_a_spent_code_means_to_begin_again() {
    let way = Return::new();
    way.stub.answers(PATH, 400, &json!({ "error": "invalid_grant" }));
    assert_eq!(way.refusal(way.answer()).await, ("attempt_stale", 1));
}

#[tokio::test]
async fn t11_after_five_failures_the_provider_is_left_in_peace_for_half_a_minute() {
    let way = Return::new();
    way.stub.answers(PATH, 503, &json!({}));
    for calls in 1..=5 {
        assert_eq!(way.refusal(way.answer()).await, ("provider_not_reached", calls));
    }
    let refusal = way.finish(way.answer()).await.expect_err("paused");
    assert!(matches!(refusal, LoginRefused::NotReached(Unreachable::Paused)));
    assert_eq!(way.stub.calls(PATH).len(), 5);

    way.stub.hands_out(&Token::id(&way.stub.issuer).with("nonce", way.attempt.nonce.as_str()));
    way.finish_at(way.answer(), now() + SignedDuration::from_secs(30)).await.expect("a login");
}

#[tokio::test]
async fn t11_a_provider_that_goes_on_failing_is_left_in_peace_again() {
    let way = Return::new();
    way.stub.answers(PATH, 503, &json!({}));
    let later = now() + SignedDuration::from_secs(30);
    for (at, failures) in [(now(), 5), (later, 5)] {
        for _ in 0..failures {
            let refusal = way.finish_at(way.answer(), at).await.expect_err("it is down");
            assert!(matches!(refusal, LoginRefused::NotReached(Unreachable::Status(_))));
        }
        let refusal = way.finish_at(way.answer(), at).await.expect_err("paused");
        assert!(matches!(refusal, LoginRefused::NotReached(Unreachable::Paused)));
    }
    assert_eq!(way.stub.calls(PATH).len(), 10);
}

#[tokio::test]
async fn t25_the_way_out_names_nobody_and_leads_back() {
    let way = Return::new();
    let url = way.provider.end_session_url("state-1", now()).await.expect("a way out");
    let url = Url::parse(&url).expect("a URL");
    assert_eq!(url.path(), "/logout");
    let query: Vec<_> = url.query_pairs().into_owned().collect();
    let expected = [
        ("client_id", CLIENT),
        ("post_logout_redirect_uri", "https://konto.example.no/logget-ut"),
        ("state", "state-1"),
    ];
    assert_eq!(query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn t26_a_logout_that_the_provider_reports_is_read() {
    let way = Return::new();
    let token = Token::logout(&way.stub.issuer).signed();
    let logout = way.provider.logout_token(&token, now()).await.expect("a logout");
    assert_eq!(logout.sid.as_deref(), Some("session-1"));
    let id = Token::id(&way.stub.issuer).signed();
    let refusal = way.provider.logout_token(&id, now()).await.expect_err("an ID token");
    assert_eq!(refusal.reason(), "token_kind");
}

#[test]
fn t30_a_slash_at_the_end_makes_no_other_issuer() {
    let provider = provider_at("https://idporten.no", true);
    assert!(provider.is_issuer("https://idporten.no"));
    assert!(provider.is_issuer("https://idporten.no/"));
    for other in ["https://idporten.no//", "https://test.idporten.no", "idporten.no", ""] {
        assert!(!provider.is_issuer(other), "{other}");
    }
}
