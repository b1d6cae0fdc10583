//! A word for the next page: every POST is answered with «go there», and this is what «there»
//! has to tell. Shown once.

use jiff::SignedDuration;
use serde::{Serialize, de::DeserializeOwned};

use super::{Purpose, Seal, Visit};
use crate::{ambient::Ambient, domain::Session};

const COOKIE: &str = "__Host-melding";
const LIFE: SignedDuration = SignedDuration::from_mins(10);

/// What may be left for the next page: a notice, or a form with its mistakes, sealed for the
/// session it was made in.
pub trait Note: Serialize + DeserializeOwned {
    /// The page it is for.
    const PAGE: &'static str;
}

impl Visit {
    /// Leaves a note for the next page.
    pub fn leave<N: Note>(&mut self, note: &N, session: &Session, seal: &Seal, ambient: &Ambient) {
        let bound_to = bound_to::<N>(session);
        let sealed = seal.close((Purpose::Draft, &bound_to), note, LIFE, ambient);
        self.bake(COOKIE, sealed);
    }

    /// Takes the note that was left for this page, if any.
    pub fn take<N: Note>(&mut self, session: &Session, seal: &Seal) -> Option<N> {
        let bound_to = bound_to::<N>(session);
        let note = seal.open((Purpose::Draft, &bound_to), self.cookie(COOKIE)?, self.now)?;
        self.eat(COOKIE);
        Some(note)
    }
}

fn bound_to<N: Note>(session: &Session) -> Vec<u8> {
    [&session.id, N::PAGE.as_bytes()].concat()
}
