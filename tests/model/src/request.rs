//! The rules of `src/domain/request.rs`, and the condition of `src/store/request.rs`.

use crate::{
    Merge, Rule,
    letter::Mail,
    work::{Asking, Before, Giving, Ledger},
    world::{Age, PersonKey, Progress, Request, Session, World},
};

impl Request {
    /// Can it still be confirmed, but for the link?
    pub fn is_waiting(&self) -> bool {
        self.progress == Progress::Open && self.age == Age::Fresh
    }

    /// Is this its newest mail?
    pub fn is_of(&self, mail: Mail) -> bool {
        (self.id, self.generation) == (mail.id, mail.generation)
    }
}

impl Merge {
    /// `Store::glance`: the person's request, of several under live keys the one with the newer mail.
    /// Expired items are absent.
    pub(crate) fn glance(&self, world: &World, session: Session) -> Option<(PersonKey, Request)> {
        let found = session.keys().filter_map(|key| Some((key, world.request(key)?)));
        let mut alive = found.filter(|(_, request)| request.age != Age::Expired);
        if !self.keeps(Rule::GlanceNewest) {
            return alive.next();
        }
        alive.max_by_key(|(_, request)| world.mailed_at(request))
    }

    /// The same, in the parts that a condition compares.
    pub(crate) fn before(&self, world: &World, session: Session) -> Option<Before> {
        let (key, request) = self.glance(world, session)?;
        let mail = Mail { key, id: request.id, generation: request.generation };
        Some(Before { mail, progress: request.progress })
    }

    /// `Request::confirm`, with what the mailed link's handler reads before it.
    pub(crate) fn confirm(&self, world: &World, session: Session, link: Mail) -> Option<Giving> {
        let own = self.glance(world, session);
        let named = world.request(link.key).map(|request| (link.key, request));
        let (key, request) = if self.keeps(Rule::ConfirmOwnRequest) { own } else { named }?;
        let in_time = request.age == Age::Fresh;
        let confirmed = self.holds(Rule::ConfirmPerson, session.is(link.key))
            && self.holds(Rule::ConfirmRequest, request.id == link.id)
            && self.holds(Rule::ConfirmOpen, request.progress == Progress::Open)
            && self.holds(Rule::ConfirmInTime, in_time)
            && self.holds(Rule::ConfirmGeneration, request.generation == link.generation);
        let request = Mail { key, id: request.id, generation: request.generation };
        confirmed.then_some(Giving { session, request, link, in_time, ledger: Ledger::Fresh })
    }

    /// The conditions of `put_request`.
    pub(crate) fn may_put(&self, world: &World, asking: &Asking) -> bool {
        let there = world.request(asking.key);
        let here = asking.before.filter(|before| before.mail.key == asking.key);
        let as_read = match (here, there) {
            (Some(before), there) => there.is_some_and(|there| before.is(&there)),
            (None, None) => true,
            (None, Some(there)) => {
                let expired = there.age == Age::Expired;
                self.keeps(Rule::PutOverExpired) && expired
                    || self.keeps(Rule::PutOverOlder) && is_older(world, &there, asking)
            }
        };
        let older = older(asking).filter(|_| self.keeps(Rule::CloseOlder));
        let older_as_read = older.is_none_or(|older| {
            world.request(older.mail.key).is_some_and(|there| older.is(&there))
        });
        self.holds(Rule::PutBeforeAsRead, as_read && older_as_read)
    }

    /// The condition of `cancel`.
    pub(crate) fn may_cancel(&self, world: &World, mail: Mail) -> bool {
        let there = world.request(mail.key);
        let as_read = |request: Request| request.is_of(mail) && request.progress == Progress::Open;
        self.holds(Rule::CancelAsRead, there.is_some_and(as_read))
    }
}

/// The request that gives way to a new one under another key, if it is open.
pub(crate) fn older(asking: &Asking) -> Option<Before> {
    let elsewhere = asking.before.filter(|before| before.mail.key != asking.key);
    elsewhere.filter(|older| older.progress == Progress::Open)
}

/// Was it there, and not the newest, when the newest was read?
fn is_older(world: &World, there: &Request, asking: &Asking) -> bool {
    let read = asking
        .before
        .and_then(|before| world.letters.iter().position(|letter| letter.is_of(before.mail)));
    read.is_some_and(|read| world.mailed_at(there) < Some(read))
}
