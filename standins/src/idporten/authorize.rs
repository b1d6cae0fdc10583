//! From a client's request, pushed or not, through the login page to a code.

use std::sync::Arc;

use axum::{
    Json,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Map, Value, json};

use super::{
    fields::{Fields, Refused},
    pages,
    provider::{COOKIE, Provider},
    request::{read, redirect_uri},
    state::{Expiring, Grant, Login, Request, take},
};
use crate::random_hex;

/// A pushed request lives so many seconds.
const PUSHED_LIFE: i64 = 120;
/// A login page may be filled in for so many seconds.
const ATTEMPT_LIFE: i64 = 30 * 60;
/// A code lives so many seconds.
const CODE_LIFE: i64 = 60;

/// `POST /par`.
pub(super) async fn push(State(provider): State<Arc<Provider>>, body: String) -> Response {
    let pushed = Fields::read(&body).and_then(|fields| {
        let client = provider.authenticate(&fields, "/par")?;
        if fields.get("request_uri").is_some() {
            return Err(Refused::request("request_uri cannot be pushed"));
        }
        redirect_uri(&fields, &client)?;
        read(&fields)
    });
    match pushed {
        Ok(request) => {
            let uri = format!("urn:idporten:{}", random_hex(24));
            let expires = provider.now() + PUSHED_LIFE;
            provider.state().pushed.insert(uri.clone(), Expiring { value: request, expires });
            let answer = Json(json!({ "request_uri": uri, "expires_in": PUSHED_LIFE }));
            (StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], answer).into_response()
        }
        Err(refused) => refused.into_response(),
    }
}

/// `GET /authorize`.
pub(super) async fn authorize(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let fields = match Fields::read(&query.unwrap_or_default()) {
        Ok(fields) => fields,
        Err(refused) => return pages::refused(&refused.why),
    };
    let asked = match fields.get("request_uri") {
        Some(uri) => provider.pushed(uri, &fields).map_err(Answer::Page),
        None => provider.direct(&fields),
    };
    let request = match asked {
        Ok(request) => request,
        Err(Answer::Page(refused)) => return pages::refused(&refused.why),
        Err(Answer::Redirect { redirect_uri, state, refused }) => {
            let error = [("error", refused.error), ("error_description", &refused.why)];
            return provider.call_back(&redirect_uri, &state, &error);
        }
    };
    let before = provider.session_of(&headers);
    if let Some(login) = provider.hinted(&request) {
        return provider.logged_in(request, login, before);
    }
    if let Some(sid) = before
        && let Some(login) = provider.single_sign_on(&sid, &request)
    {
        return provider.send_code(request, login, sid);
    }
    if request.prompt.as_deref() == Some("none") {
        let error = [("error", "login_required")];
        return provider.call_back(&request.redirect_uri, &request.state, &error);
    }
    let attempt = random_hex(16);
    let page = pages::login(&provider.people, &attempt, &request.levels, None);
    let expires = provider.now() + ATTEMPT_LIFE;
    provider.state().attempts.insert(attempt, Expiring { value: request, expires });
    page
}

/// `POST /login`, the form of the login page.
pub(super) async fn login(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let Ok(fields) = Fields::read(&body) else {
        return pages::refused("Skjemaet er ugyldig.");
    };
    let attempt = fields.get("attempt").unwrap_or_default();
    let now = provider.now();
    let request = take(&mut provider.state().attempts, attempt, now);
    let Some(request) = request else {
        return pages::refused("Innloggingssiden er utløpt eller brukt.");
    };
    if fields.get("action") == Some("cancel") {
        let error = [("error", "access_denied"), ("error_description", "user cancelled")];
        return provider.call_back(&request.redirect_uri, &request.state, &error);
    }
    let pid = fields.get("pid").or(fields.get("person")).unwrap_or_default().trim();
    if pid.len() != 11 || !pid.bytes().all(|digit| digit.is_ascii_digit()) {
        let wrong = Some("Fødselsnummeret må ha 11 siffer.");
        let page = pages::login(&provider.people, attempt, &request.levels, wrong);
        let again = Expiring { value: request, expires: now + ATTEMPT_LIFE };
        provider.state().attempts.insert(attempt.to_owned(), again);
        return page;
    }
    let login = provider.identify(pid, fields.get("level").unwrap_or("idporten-loa-substantial"));
    provider.logged_in(request, login, provider.session_of(&headers))
}

/// Where a refused request is told: a client that cannot be trusted gets nobody sent to it.
enum Answer {
    Page(Refused),
    Redirect { redirect_uri: String, state: String, refused: Refused },
}

impl Provider {
    fn pushed(&self, uri: &str, fields: &Fields) -> Result<Request, Refused> {
        if fields.names().any(|name| name != "client_id" && name != "request_uri") {
            return Err(Refused::request("a pushed request is not repeated"));
        }
        let client_id = fields.need("client_id")?;
        let pushed = take(&mut self.state().pushed, uri, self.now());
        let known = pushed.filter(|request| request.client_id == client_id);
        known.ok_or_else(|| Refused::request("request_uri is unknown, used or expired"))
    }

    fn direct(&self, fields: &Fields) -> Result<Request, Answer> {
        let client_id = fields.need("client_id").map_err(Answer::Page)?;
        let client = self.state().clients.get(client_id).cloned();
        let client = client.ok_or_else(|| Answer::Page(Refused::request("unknown client")))?;
        let redirect_uri = redirect_uri(fields, &client).map_err(Answer::Page)?;
        read(fields).map_err(|refused| {
            let state = fields.get("state").unwrap_or_default().to_owned();
            Answer::Redirect { redirect_uri: redirect_uri.to_owned(), state, refused }
        })
    }

    /// `login_hint=testid:<pid>_<acr>`: a login without a page, as in the test environment.
    fn hinted(&self, request: &Request) -> Option<Login> {
        let (pid, acr) = request.login_hint.as_ref()?.strip_prefix("testid:")?.split_once('_')?;
        Some(Login { amr: "TestID", ..self.identify(pid, acr) })
    }

    /// Who this is, at this level. Below the national levels there is no identity number.
    fn identify(&self, pid: &str, acr: &str) -> Login {
        let person = self.people.iter().find(|person| person.pid == pid);
        let name = person.map_or("Test Testesen", |person| &person.name);
        let (given, family) = name.rsplit_once(' ').unwrap_or((name, name));
        let (amr, subject, more) = match acr {
            "idporten-loa-high" => {
                ("BankID", pid.to_owned(), json!({ "given_name": given, "family_name": family }))
            }
            eidas if eidas.starts_with("eidas-") => {
                let id = format!("CA/NO/{}", &pid[6..]);
                let more = json!({ "eidas_person_identifier": id, "given_name": given, "family_name": family });
                ("eIDAS", id, more)
            }
            "selfregistered-email" => {
                let email = format!("{}@example.no", given.to_lowercase());
                ("Selfregistered-email", email.clone(), json!({ "email": email }))
            }
            _ => ("Minid-APP", pid.to_owned(), json!({})),
        };
        let more: Map<String, Value> =
            serde_json::from_value(more).expect("written above as a map");
        let pid = (subject == pid).then(|| pid.to_owned());
        Login { subject, pid, acr: acr.to_owned(), amr, at: self.now(), more }
    }

    fn logged_in(&self, request: Request, login: Login, before: Option<String>) -> Response {
        let (sid, cookie) = self.begin(before, &login, &request.client_id);
        let lasting = login.pid.is_some(); // single sign-on is for national eIDs only
        let mut response = self.send_code(request, login, sid);
        if lasting {
            let cookie = format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax");
            let cookie = cookie.parse().expect("hex is a valid header value");
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }

    fn send_code(&self, request: Request, login: Login, sid: String) -> Response {
        let (redirect_uri, state) = (request.redirect_uri.clone(), request.state.clone());
        let code = random_hex(32);
        let grant = Grant { request, login, sid };
        let expires = self.now() + CODE_LIFE;
        self.state().handed_out.push(code.clone());
        self.state().codes.insert(code.clone(), Expiring { value: grant, expires });
        self.call_back(&redirect_uri, &state, &[("code", &code)])
    }

    /// Sends the browser back to the client, with `state` and `iss` on every answer (RFC 9207).
    fn call_back(&self, redirect_uri: &str, state: &str, told: &[(&str, &str)]) -> Response {
        let all = told.iter().copied().chain([("state", state), ("iss", self.issuer())]);
        let mut all: Vec<_> =
            all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let change = self.state().next_callbacks.pop_front();
        if let Some(change) = change {
            change(&mut all);
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
        let mark = if redirect_uri.contains('?') { '&' } else { '?' };
        Redirect::to(&format!("{redirect_uri}{mark}{query}")).into_response()
    }
}
