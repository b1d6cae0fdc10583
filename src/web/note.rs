//! A word for the next page: every POST is answered with «go there», and this is what «there»
//! has to tell. Mostly shown once.

use jiff::SignedDuration;
use serde::{Serialize, de::DeserializeOwned};

use super::{Purpose, Seal, Visit, visit::LANGUAGE};
use crate::{
    ambient::Ambient,
    domain::{PersonKey, Session},
    texts::Language,
};

const COOKIE: &str = "__Host-melding";
/// What may be left for the next page: a notice, or a form that was filled in. Sealed for the
/// person who left it: it outlives a new login, and nobody else at the same machine can open it.
pub trait Note: Serialize + DeserializeOwned {
    /// The page it is for.
    const PAGE: &'static str;
    /// How long it waits there.
    const LIFE: SignedDuration = SignedDuration::from_mins(10);
}

impl Visit {
    /// Leaves a note for the next page.
    ///
    /// # Returns
    /// Whether it is left: one that is larger than a cookie can be is not.
    pub fn leave<N: Note>(
        &mut self,
        note: &N,
        session: &Session,
        seal: &Seal,
        ambient: &Ambient,
    ) -> bool {
        let bound_to = bound_to::<N>(session.person.key());
        let sealed = seal.close((Purpose::Draft, &bound_to), note, N::LIFE, ambient);
        self.bake(COOKIE, sealed);
        self.baked.iter().any(|cookie| cookie.name() == COOKIE)
    }

    /// Was another language chosen on a page with something to type in? Such a page sends its form
    /// with the choice. The language is chosen then; what was typed is only to be kept.
    pub fn takes_language(&mut self) -> bool {
        let chosen = self.form.get(LANGUAGE).and_then(Language::from_tag);
        if let Some(language) = chosen {
            self.choose(language);
        }
        chosen.is_some()
    }

    /// Takes the note that was left for this page, if any.
    pub fn take<N: Note>(&mut self, session: &Session, seal: &Seal) -> Option<N> {
        let note = self.see(session, seal)?;
        self.eat(COOKIE);
        Some(note)
    }

    /// Sees the note that was left for this page, if any, and leaves it there.
    pub fn see<N: Note>(&self, session: &Session, seal: &Seal) -> Option<N> {
        let sealed = self.cookie(COOKIE)?;
        let left_by = |key| seal.open((Purpose::Draft, &bound_to::<N>(key)), sealed, self.now);
        session.person.keys().iter().find_map(left_by)
    }
}

fn bound_to<N: Note>(person: &PersonKey) -> Vec<u8> {
    [person.to_store().as_bytes(), N::PAGE.as_bytes()].concat()
}
