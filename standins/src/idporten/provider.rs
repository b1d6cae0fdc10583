//! The provider itself: its name, its clock, its keys and its single sign-on sessions.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, OnceLock},
};

use axum::http::HeaderMap;

use super::{
    Person,
    keys::{self, Algorithm, P256Key, RsaKey},
    state::{Login, Request, Session, State},
};
use crate::{Clock, cookies::cookie, locked, random_hex};

/// Single sign-on ends so long after its last use.
const IDLE_SECONDS: i64 = 30 * 60;
/// And so long after it began.
const TOTAL_SECONDS: i64 = 120 * 60;
/// Cookies are shared by every port of localhost, so its name is its own.
pub(super) const COOKIE: &str = "idporten_standin_sso";

pub(super) struct Provider {
    address: String,
    name: OnceLock<String>,
    pub(super) people: Vec<Person>,
    clock: Clock,
    pub(super) state: Mutex<State>,
}

impl Provider {
    pub(super) fn new(address: String, people: Vec<Person>, clock: Clock) -> Self {
        Self { address, name: OnceLock::new(), people, clock, state: Mutex::default() }
    }

    /// The name given to it, else its own address.
    pub(super) fn issuer(&self) -> &str {
        self.name.get().unwrap_or(&self.address)
    }

    pub(super) fn rename(&self, issuer: &str) {
        let _ = self.name.set(issuer.to_owned()); // the first name stays
    }

    /// Whole seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        (self.clock)().as_second()
    }

    /// The state, without the sessions that have run out.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        let now = self.now();
        let mut state = locked(&self.state);
        state.sessions.retain(|_, session| {
            now < session.used + IDLE_SECONDS && now < session.began + TOTAL_SECONDS
        });
        state
    }

    pub(super) fn signing_key(&self) -> Arc<RsaKey> {
        key_of(locked(&self.state).key_generation)
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        locked(&self.state).algorithm
    }

    /// The name of the key that signs tokens.
    pub(super) fn signing_kid(&self) -> String {
        match self.algorithm() {
            Algorithm::Rs256 => self.signing_key().kid().to_owned(),
            Algorithm::Ps256 => self.signing_key().pss_kid(),
            Algorithm::Es256 => P256Key::of_the_provider().kid(),
        }
    }

    /// A token's signature, as the provider makes it now.
    pub(super) fn sign(&self, message: &[u8]) -> String {
        match self.algorithm() {
            Algorithm::Rs256 => self.signing_key().sign(message),
            Algorithm::Ps256 => self.signing_key().sign_pss(message),
            Algorithm::Es256 => P256Key::of_the_provider().sign(message),
        }
    }

    /// The signing key, and the one before.
    pub(super) fn published_keys(&self) -> Vec<Arc<RsaKey>> {
        let generation = locked(&self.state).key_generation;
        (generation.saturating_sub(1)..=generation).rev().map(key_of).collect()
    }

    /// `sid` of the browser's session.
    pub(super) fn session_of(&self, headers: &HeaderMap) -> Option<String> {
        let cookie = cookie(headers, COOKIE)?;
        let state = self.state();
        let session = state.sessions.iter().find(|(_, session)| session.cookie == cookie);
        session.map(|(sid, _)| sid.clone())
    }

    /// The session's login, when single sign-on may answer this request with it.
    pub(super) fn single_sign_on(&self, sid: &str, request: &Request) -> Option<Login> {
        let now = self.now();
        let mut state = self.state();
        let session = state.sessions.get_mut(sid)?;
        let enough = request.levels.iter().any(|asked| suffices(&session.login.acr, asked));
        if request.prompt.as_deref() == Some("login") || !enough {
            return None;
        }
        session.used = now;
        session.clients.insert(request.client_id.clone());
        Some(session.login.clone())
    }

    /// Begins a session, or goes on with `before` when the same person logs in again. Returns
    /// its `sid` and cookie.
    pub(super) fn begin(
        &self,
        before: Option<String>,
        login: &Login,
        client_id: &str,
    ) -> (String, String) {
        let now = self.now();
        let mut state = self.state();
        if let Some(sid) = before
            && let Some(session) = state.sessions.get_mut(&sid)
        {
            if session.login.subject == login.subject {
                (session.login, session.used) = (login.clone(), now);
                session.clients.insert(client_id.to_owned());
                return (sid, session.cookie.clone());
            }
            state.sessions.remove(&sid);
        }
        let (sid, cookie) = (random_hex(16), random_hex(32));
        let clients = BTreeSet::from([client_id.to_owned()]);
        let number = state.begun;
        state.begun += 1;
        let session = Session {
            number,
            cookie: cookie.clone(),
            login: login.clone(),
            began: now,
            used: now,
            clients,
        };
        state.sessions.insert(sid.clone(), session);
        (sid, cookie)
    }
}

fn key_of(generation: usize) -> Arc<RsaKey> {
    keys::rsa(&format!("provider {generation}"))
}

/// A stronger national eID satisfies a weaker wish; every other level is of its own kind.
fn suffices(reached: &str, asked: &str) -> bool {
    let rank = |acr: &str| match acr {
        "idporten-loa-low" => Some(1),
        "idporten-loa-substantial" => Some(2),
        "idporten-loa-high" => Some(3),
        _ => None,
    };
    reached == asked || rank(asked).is_some_and(|asked| rank(reached) >= Some(asked))
}
