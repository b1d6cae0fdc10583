//! Logout: ends the single sign-on session and tells every service that used it.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use super::{
    Client, Token,
    fields::{Fields, Refused},
    keys, pages,
    provider::Provider,
};
use crate::{http, random_hex};

/// A logout token lives so many seconds.
const LIFE: i64 = 300;
/// A back-channel call is tried once, for so long.
const PATIENCE: Duration = Duration::from_secs(5);

/// `GET /logout`.
pub(super) async fn by_link(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    log_out(&provider, &headers, &query.unwrap_or_default()).await
}

/// `POST /logout`.
pub(super) async fn by_form(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    log_out(&provider, &headers, &body).await
}

async fn log_out(provider: &Provider, headers: &HeaderMap, encoded: &str) -> Response {
    let asked = Fields::read(encoded).and_then(|fields| Asked::read(provider, &fields));
    let asked = match asked {
        Ok(asked) => asked,
        Err(refused) => return pages::refused(&refused.why),
    };
    let sid = provider.session_of(headers).or(asked.sid);
    let frames = match sid {
        Some(sid) => end(provider, &sid).await,
        None => Vec::new(),
    };
    match asked.then {
        Some(then) if frames.is_empty() => Redirect::to(&then).into_response(),
        then => pages::logged_out(&frames, then.as_deref()),
    }
}

/// A checked logout request.
struct Asked {
    /// The session that an `id_token_hint` names.
    sid: Option<String>,
    /// Where the browser goes then.
    then: Option<String>,
}

impl Asked {
    fn read(provider: &Provider, fields: &Fields) -> Result<Self, Refused> {
        let hint = fields.get("id_token_hint").map(|hint| hinted(provider, hint)).transpose()?;
        let hinted_client = hint.as_ref().and_then(|claims| claims["aud"].as_str());
        let client_id = match (fields.get("client_id"), hinted_client) {
            (Some(given), Some(hinted)) if given != hinted => {
                return Err(Refused::request("client_id is not the hinted one"));
            }
            (given, hinted) => given.or(hinted),
        };
        let then = fields.get("post_logout_redirect_uri");
        let then = then.map(|uri| provider.registered(client_id, uri)).transpose()?;
        let state = fields.get("state");
        if state.is_some_and(|state| !state.bytes().all(|b| (0x20..=0x7E).contains(&b))) {
            return Err(Refused::request("state must be printable ASCII"));
        }
        let then = then.map(|uri| match state {
            Some(state) => with_query(uri, &[("state", state)]),
            None => uri.to_owned(),
        });
        let sid = hint.and_then(|claims| claims["sid"].as_str().map(str::to_owned));
        Ok(Self { sid, then })
    }
}

impl Provider {
    fn registered<'a>(&self, client_id: Option<&str>, uri: &'a str) -> Result<&'a str, Refused> {
        let state = self.state();
        let client = client_id.and_then(|id| state.clients.get(id));
        let known = client.is_some_and(|client| {
            client.post_logout_redirect_uris.iter().any(|registered| registered == uri)
        });
        known
            .then_some(uri)
            .ok_or_else(|| Refused::request("post_logout_redirect_uri is not registered"))
    }
}

/// Claims of an ID token of ours, expired or not.
fn hinted(provider: &Provider, hint: &str) -> Result<Value, Refused> {
    let keys = provider.published_keys();
    let claims = keys.iter().find_map(|key| keys::verified(hint, &key.public_jwk()));
    claims.ok_or_else(|| Refused::request("id_token_hint is not ours"))
}

/// Ends the session, posts its logout tokens, and returns the front-channel addresses.
pub(super) async fn end(provider: &Provider, sid: &str) -> Vec<String> {
    let ended = {
        let mut state = provider.state();
        state.sessions.remove(sid).map(|session| {
            let clients = session.clients.iter().filter_map(|id| state.clients.get(id).cloned());
            (session.login.subject, clients.collect::<Vec<Client>>())
        })
    };
    let Some((subject, clients)) = ended else { return Vec::new() };
    let mut frames = Vec::new();
    for client in clients {
        if let Some(uri) = &client.backchannel_logout_uri {
            let token = provider.mint(&self::token(provider, &client.client_id, &subject, sid));
            let form = [("logout_token", token.as_str())];
            let told = http::post_form(uri, &form);
            let _ = tokio::time::timeout(PATIENCE, told).await; // one try, whatever comes of it
        }
        if let Some(uri) = &client.frontchannel_logout_uri {
            frames.push(with_query(uri, &[("iss", provider.issuer()), ("sid", sid)]));
        }
    }
    frames
}

/// A right logout token. Its `sub` is the identity number, as in Digdir's example.
pub(super) fn token(provider: &Provider, client_id: &str, subject: &str, sid: &str) -> Token {
    let now = provider.now();
    let claims = json!({
        "iss": provider.issuer(),
        "aud": client_id,
        "iat": now,
        "exp": now + LIFE,
        "jti": random_hex(16),
        "sid": sid,
        "sub": subject,
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    provider.token("logout+jwt", claims)
}

fn with_query(uri: &str, query: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{uri}{}{query}", if uri.contains('?') { '&' } else { '?' })
}
