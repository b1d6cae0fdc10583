//! What the provider remembers between requests. Times are whole seconds since 1970.

use std::collections::{BTreeSet, HashMap, VecDeque};

use serde_json::{Map, Value};

use super::{Client, Token, keys::Algorithm};

/// A change to something that is about to be sent.
pub(super) type Change<T> = Box<dyn FnOnce(&mut T) + Send>;

/// A change to everything of a kind that is sent from now on.
pub(super) type Lasting<T> = Box<dyn Fn(&mut T) + Send>;

#[derive(Default)]
pub(super) struct State {
    pub(super) clients: HashMap<String, Client>,
    /// By `request_uri`, until used.
    pub(super) pushed: HashMap<String, Expiring<Request>>,
    /// By the login form's `attempt`, until used.
    pub(super) attempts: HashMap<String, Expiring<Request>>,
    /// By code, until used.
    pub(super) codes: HashMap<String, Expiring<Grant>>,
    /// By `sid`.
    pub(super) sessions: HashMap<String, Session>,
    /// `jti` of client assertions, until they expire anyway.
    pub(super) assertions: HashMap<String, i64>,
    /// Every code and token that was handed out.
    pub(super) handed_out: Vec<String>,
    pub(super) key_generation: usize,
    /// What it signs with.
    pub(super) algorithm: Algorithm,
    /// Sessions that have ever begun.
    pub(super) begun: usize,
    pub(super) next_id_tokens: VecDeque<Change<Token>>,
    pub(super) next_token_answers: VecDeque<Change<Value>>,
    pub(super) next_callbacks: VecDeque<Change<Vec<(String, String)>>>,
    pub(super) change_metadata: Option<Lasting<Value>>,
}

/// Something that may be used once, until a time.
pub(super) struct Expiring<T> {
    pub(super) value: T,
    pub(super) expires: i64,
}

/// Takes it out, if it has not expired.
pub(super) fn take<T>(kept: &mut HashMap<String, Expiring<T>>, key: &str, now: i64) -> Option<T> {
    kept.retain(|_, kept| now < kept.expires);
    kept.remove(key).map(|kept| kept.value)
}

/// A checked authorization request.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) profile: bool,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) code_challenge: String,
    pub(super) levels: Vec<String>,
    pub(super) locale: String,
    pub(super) prompt: Option<String>,
    pub(super) login_hint: Option<String>,
}

/// Who logged in, and how.
#[derive(Clone)]
pub(super) struct Login {
    /// What `sub` is derived from: the identity number, or what stands in for one.
    pub(super) subject: String,
    /// Absent after a login that proves none.
    pub(super) pid: Option<String>,
    pub(super) acr: String,
    pub(super) amr: &'static str,
    pub(super) at: i64,
    /// Claims of this kind of login only: names, e-mail.
    pub(super) more: Map<String, Value>,
}

pub(super) struct Session {
    /// The single sign-on cookie's value.
    pub(super) cookie: String,
    pub(super) login: Login,
    pub(super) began: i64,
    pub(super) used: i64,
    /// Who is to be told when it ends.
    pub(super) clients: BTreeSet<String>,
    /// How many began before it.
    pub(super) number: usize,
}

/// What a code stands for.
pub(super) struct Grant {
    pub(super) request: Request,
    pub(super) login: Login,
    pub(super) sid: String,
}
