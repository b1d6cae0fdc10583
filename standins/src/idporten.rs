//! ID-porten, the public login: an OpenID provider as strict as the real one about its clients,
//! and as free as a test wants about what it answers.
//!
//! | Path | Does |
//! |---|---|
//! | `GET /.well-known/openid-configuration`, `GET /jwks.json` | metadata and keys |
//! | `POST /par` | takes a pushed authorization request (`private_key_jwt`) |
//! | `GET /authorize` | shows the login page, or answers at once by single sign-on |
//! | `POST /login` | the login page's form, see below |
//! | `POST /token` | changes a code for an ID token (`private_key_jwt`, PKCE) |
//! | `GET`/`POST /logout` | ends the single sign-on session and tells its clients |
//! | `GET /` | who is logged in, and a button to log out from here |
//!
//! The login form has the fields `attempt` (hidden), `person` (identity number of a listed
//! person), `pid` (another number; wins when it is filled in), `level` (an `acr` value) and
//! `action` (`login` or `cancel`). [`log_in`] fills it in for tests.
//!
//! Deliberately absent: access tokens that open anything, userinfo, refresh, DPoP, TLS, and any
//! check of an identity number beyond its eleven digits.
//!
//! Source: Digdir's documentation of ID-porten's OIDC protocol (docs.digdir.no).

mod authorize;
mod client_auth;
mod discovery;
mod fields;
pub mod keys;
mod logout;
mod pages;
mod provider;
mod request;
mod state;
mod token;

use std::{io, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    routing::{get, post},
};
use serde_json::Value;

use crate::{
    Clock, Server,
    http::{self, Answer},
    locked,
    server::Listener,
    wire::Wire,
};
use provider::Provider;

pub use keys::Algorithm;
pub use token::{Signer, Token};

/// A service that may send people here, as registered.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its `client_id`.
    pub client_id: String,
    /// Its public keys, each a JWK with `kid`, for `private_key_jwt` with RS256.
    pub jwks: Vec<Value>,
    /// Where codes may be sent, each exactly.
    pub redirect_uris: Vec<String>,
    /// Where people may be sent after logout, each exactly.
    pub post_logout_redirect_uris: Vec<String>,
    /// Loaded in an iframe, with `iss` and `sid`, when the session ends.
    pub frontchannel_logout_uri: Option<String>,
    /// Posted a `logout_token` when the session ends.
    pub backchannel_logout_uri: Option<String>,
}

/// A synthetic person on the login page.
#[derive(Clone, Debug)]
pub struct Person {
    /// Shown on the page; the last word is the family name.
    pub name: String,
    /// Identity number, eleven digits.
    pub pid: String,
}

/// A running ID-porten; the wire knows it as `idporten`.
pub struct IdPorten {
    server: Server,
    provider: Arc<Provider>,
}

impl IdPorten {
    /// Starts a provider without clients; its issuer is its base URL.
    ///
    /// # Errors
    /// When the address cannot be bound; the message names it.
    pub async fn start(
        address: SocketAddr,
        people: Vec<Person>,
        clock: Clock,
        wire: &Wire,
    ) -> io::Result<Self> {
        let listener = Listener::bind(address).await?;
        let provider = Arc::new(Provider::new(listener.url(), people, clock));
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery::metadata))
            .route("/jwks.json", get(discovery::jwks))
            .route("/par", post(authorize::push))
            .route("/authorize", get(authorize::authorize))
            .route("/login", post(authorize::login))
            .route("/token", post(token::redeem))
            .route("/logout", get(logout::by_link).post(logout::by_form))
            .route("/", get(pages::home))
            .with_state(provider.clone());
        Ok(Self { server: listener.serve("idporten", wire, app), provider })
    }

    /// Takes another name, as a provider behind a proxy has it: issuer, and base URL of every
    /// endpoint. Once, before anyone asks.
    pub fn known_as(&self, issuer: &str) {
        self.provider.rename(issuer);
    }

    /// Its server, to be closed and opened again.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Its own address; the issuer, unless it is [`Self::known_as`] something else.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// Answers one request of a browser's without a socket, past the wire.
    pub async fn ask(&self, request: hyper::Request<Bytes>) -> Answer {
        self.server.ask(request).await
    }

    /// Forgets every session, code and attempt, and signs with its first key again. Clients stay.
    pub fn forget(&self) {
        let mut state = locked(&self.provider.state);
        let clients = std::mem::take(&mut state.clients);
        *state = state::State { clients, ..state::State::default() };
    }

    /// Registers a client, or replaces the one of the same `client_id`.
    pub fn register(&self, client: Client) {
        locked(&self.provider.state).clients.insert(client.client_id.clone(), client);
    }

    /// Signs with a new key from now on. The one before stays published until the next rotation.
    pub fn rotate(&self) {
        locked(&self.provider.state).key_generation += 1;
    }

    /// Signs every token with this algorithm from now on, and announces it beside RS256.
    pub fn sign_with(&self, algorithm: Algorithm) {
        locked(&self.provider.state).algorithm = algorithm;
    }

    /// A right ID token for this client, person and session: change it, then [`Self::mint`] it.
    /// Its `nonce` is empty.
    pub fn id_token(&self, client_id: &str, pid: &str, sid: &str) -> Token {
        token::sample(&self.provider, client_id, pid, sid)
    }

    /// A right logout token for this client, person and session.
    pub fn logout_token(&self, client_id: &str, pid: &str, sid: &str) -> Token {
        logout::token(&self.provider, client_id, pid, sid)
    }

    /// Signs a token as its signer says and returns it in compact form.
    pub fn mint(&self, token: &Token) -> String {
        self.provider.mint(token)
    }

    /// Changes the next ID token before it is signed. Several wait in line.
    pub fn next_id_token(&self, change: impl FnOnce(&mut Token) + Send + 'static) {
        locked(&self.provider.state).next_id_tokens.push_back(Box::new(change));
    }

    /// Changes the token endpoint's next successful answer. Several wait in line.
    pub fn next_token_answer(&self, change: impl FnOnce(&mut Value) + Send + 'static) {
        locked(&self.provider.state).next_token_answers.push_back(Box::new(change));
    }

    /// Changes the parameters of the next answer to a redirect URI. Several wait in line.
    pub fn next_callback(&self, change: impl FnOnce(&mut Vec<(String, String)>) + Send + 'static) {
        locked(&self.provider.state).next_callbacks.push_back(Box::new(change));
    }

    /// Changes every metadata document from now on; the latest change replaces earlier ones.
    pub fn change_metadata(&self, change: impl Fn(&mut Value) + Send + 'static) {
        locked(&self.provider.state).change_metadata = Some(Box::new(change));
    }

    /// Every code, ID token and access token that was handed out so far.
    pub fn handed_out(&self) -> Vec<String> {
        self.provider.state().handed_out.clone()
    }

    /// `sid` of every live single sign-on session, in the order they began.
    pub fn sessions(&self) -> Vec<String> {
        let state = self.provider.state();
        let mut sessions: Vec<_> = state.sessions.iter().collect();
        sessions.sort_by_key(|(_, session)| session.number);
        sessions.into_iter().map(|(sid, _)| sid.clone()).collect()
    }

    /// The identity number of whoever began this session; none if it is over, or had none.
    pub fn pid_of(&self, sid: &str) -> Option<String> {
        self.provider.state().sessions.get(sid)?.login.pid.clone()
    }

    /// Ends a session as another service's logout does: posts the logout tokens, and returns the
    /// front-channel addresses that a browser would load in iframes.
    pub async fn log_out(&self, sid: &str) -> Vec<String> {
        logout::end(&self.provider, sid).await
    }
}

/// Logs a person in without a browser: opens an authorization URL, fills the login form, and
/// returns the redirect to the client with the code. An answer by single sign-on, an error or a
/// page is returned as it is.
///
/// # Errors
/// When the provider cannot be reached.
pub async fn log_in(authorization_url: &str, pid: &str, level: &str) -> io::Result<Answer> {
    let page = http::get(authorization_url).await?;
    let html = page.text();
    let attempt =
        html.split_once("name=\"attempt\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
    let (Some((attempt, _)), Some((provider, _))) =
        (attempt, authorization_url.split_once("/authorize"))
    else {
        return Ok(page);
    };
    let form = [("attempt", attempt), ("pid", pid), ("level", level), ("action", "login")];
    http::post_form(&format!("{provider}/login"), &form).await
}

#[cfg(test)]
mod tests;
