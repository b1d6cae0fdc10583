//! I13: once faults stop, every person has exactly one account after a few tries, and the outbox
//! drains.
//!
//! Asked of every state in which no function is at work: the others lead to one without a fault.

use crate::{
    Merge,
    invariants::{i1, i3},
    letter::{Letter, Mail},
    steps::Step,
    world::{AccountId, HANDS, PersonKey, Session, World},
};

/// Tries that a person has: an account may have been taken or changed meanwhile.
const TRIES: usize = 3;

impl Merge {
    /// The invariant, for whoever wants an old account and for whoever wants a new one.
    pub(crate) fn everyone_gets_home(&self, world: &World) -> bool {
        if world.wrong.is_some() || world.works.iter().any(Option::is_some) {
            return true;
        }
        let mut drained = world.clone();
        let old = world.accounts.iter().find(|account| account.is_open()).map(|account| account.id);
        self.drains(&mut drained)
            && (0..self.bounds.persons).all(|person| {
                let session = Session { person, pid_keys: world.pid_keys };
                [None, old].into_iter().all(|wish| self.gets_home(drained.clone(), session, wish))
            })
    }

    /// The sweeper alone, until nothing is left to it.
    fn drains(&self, world: &mut World) -> bool {
        for key in self.keys() {
            for _ in 0..=self.bounds.handovers.unwrap_or(1) {
                if self.is_due(world, key) {
                    self.happens(world, Step::Sweeps(key));
                    self.finish(world);
                    self.note_news(world, key);
                }
            }
        }
        world.every_request().all(|request| !request.in_outbox)
    }

    fn gets_home(&self, mut world: World, session: Session, wish: Option<AccountId>) -> bool {
        for _ in 0..TRIES {
            if world.account_of(session).is_none() {
                self.tries(&mut world, session, wish);
            }
        }
        world.account_of(session).is_some() && i1(&world) && i3(&world)
    }

    /// One try: the newest link; if that does not help, another mail; if that does not help, another
    /// request.
    fn tries(&self, world: &mut World, session: Session, wish: Option<AccountId>) {
        let asks = [
            None,
            Some(Step::AsksAgain(session)),
            Some(Step::CallsOff(session)),
            Some(Step::Asks(session, wish)),
        ];
        for ask in asks {
            if let Some(ask) = ask {
                self.happens(world, ask);
                self.finish(world);
            }
            self.follows_newest(world, session);
            if world.account_of(session).is_some() {
                return;
            }
        }
    }

    fn follows_newest(&self, world: &mut World, session: Session) {
        let arrived = world.letters.iter().filter(|letter| letter.arrived).map(Letter::mail);
        let own = arrived.filter(|mail| session.is(mail.key));
        if let Some(newest) = own.max_by_key(|mail| (mail.id, mail.generation)) {
            self.happens(world, Step::Follows(session, newest));
            self.finish(world);
        }
    }

    /// Functions at work finish it, without trouble.
    fn finish(&self, world: &mut World) {
        while let Some(at) = (0..HANDS).find(|at| world.works[*at].is_some()) {
            self.happens(world, Step::Goes(at));
        }
    }

    fn note_news(&self, world: &mut World, key: PersonKey) {
        if let Some(request) = world.request(key) {
            let mail = Mail { key, id: request.id, generation: request.generation };
            if world.letters.iter().any(|letter| letter.is_of(mail) && letter.handed > 0) {
                self.happens(world, Step::News(mail));
            }
        }
    }
}
