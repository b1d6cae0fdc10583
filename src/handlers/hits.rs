//! What a search found, kept in the browser that searched: sealed, for this session, for an hour.
//! Decides nothing: whatever is chosen of it is looked at anew.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::parts::Desk;
use crate::{
    domain::{AccountId, Session, Standing, limits},
    store::Hit,
    web::{Purpose, Visit},
};

/// The sealed result of the newest search.
const COOKIE: &str = "__Host-treff";

/// The newest search and what it found.
#[derive(Serialize, Deserialize)]
pub(super) struct Hits {
    /// The address as typed.
    pub email: String,
    /// As they were when it was searched. Of those that could be chosen, as many as are shown.
    pub found: Vec<Hit>,
    /// Are there more than are shown?
    pub too_many: bool,
}

impl Hits {
    /// What a search for `email` found. The cookie has room for what is shown, and no more.
    pub fn new(email: String, mut found: Vec<Hit>) -> Self {
        let too_many = found.len() > limits::HITS_SHOWN;
        let mut open = 0;
        found.retain(|hit| {
            open += usize::from(hit.standing == Standing::Open);
            hit.standing != Standing::Open || open <= limits::HITS_SHOWN
        });
        Self { email, found, too_many }
    }

    /// Keeps them for the pages that follow.
    pub fn keep(&self, desk: &Desk, visit: &mut Visit, session: &Session) {
        let seal = desk.cookie.seal();
        let sealed = seal.close((Purpose::Hits, &session.id), self, limits::HANDLE, &desk.ambient);
        visit.bake(COOKIE, sealed);
    }

    /// What this session searched for last, unless that is too long ago.
    pub fn kept(desk: &Desk, visit: &Visit, session: &Session) -> Option<Self> {
        let hits = visit.cookie(COOKIE)?;
        desk.cookie.seal().open((Purpose::Hits, &session.id), hits, visit.now)
    }

    /// A session that gains an account begins anew: what the person found goes along.
    pub fn carry(desk: &Desk, visit: &mut Visit, from: &Session, to: &Session) {
        if let Some(found) = Self::kept(desk, visit, from) {
            found.keep(desk, visit, to);
        }
    }

    /// Those that could be chosen when they were found, without `taken` since.
    pub fn open<'a>(&'a self, taken: &'a BTreeSet<AccountId>) -> impl Iterator<Item = &'a Hit> {
        let is_open = |hit: &&Hit| hit.standing == Standing::Open && !taken.contains(&hit.found.id);
        self.found.iter().filter(is_open)
    }

    /// What choosing one of them sends.
    pub fn handle(hit: &Hit, desk: &Desk, session: &Session) -> String {
        let seal = desk.cookie.seal();
        seal.close((Purpose::Hit, &session.id), &hit.found, limits::HANDLE, &desk.ambient)
    }
}
