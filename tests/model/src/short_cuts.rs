//! What the whole protocol need not go through: a hundred times fewer states, and none that says
//! anything new. A test goes both ways in a small world and compares.
//!
//! Never taken without a rule: then anything may still matter.

use crate::{
    Merge,
    letter::Letter,
    names::rename,
    work::Work,
    world::{AccountId, Age, MADE, MADE_FOR, MailState, Progress, Request, RequestId, World},
};

/// Requests that have expired are called so, whoever's they were.
const LONG_AGO: RequestId = 200;

impl Merge {
    /// May anything of this person's happen now?
    ///
    /// Two persons' functions share nothing but an account's item, which the last transaction alone
    /// looks at, all at once. So while one person's function is at work the other waits: what they
    /// do, they can do before or after.
    pub(crate) fn has_the_floor(&self, world: &World, person: u8) -> bool {
        !self.short_cuts || world.works.iter().flatten().all(|work| work.person() == person)
    }

    /// The world when every function at work has died, with nothing that nobody can ask for.
    pub fn at_rest(&self, world: &World) -> World {
        let mut rest = World { works: Default::default(), ..world.clone() };
        self.take_short_cuts(&mut rest);
        rest
    }

    /// Goes on with a simpler world in which the same can happen.
    pub(crate) fn take_short_cuts(&self, world: &mut World) {
        if world.wrong.is_none() {
            self.dismiss(world);
            self.forget(world);
        }
    }

    /// Functions whose transaction will be refused: a condition that has failed is never met again.
    fn dismiss(&self, world: &mut World) {
        for at in 0..world.works.len() {
            let may_go_on = match &world.works[at] {
                Some(Work::Asking(asking)) => self.may_put(world, asking),
                Some(Work::Cancelling(mail, _)) => self.may_cancel(world, *mail),
                Some(Work::Giving(giving)) => self.may_give(world, giving),
                _ => true,
            };
            if !may_go_on {
                world.works[at] = None;
            }
        }
    }

    /// What nothing can ask for any more. Where it is not simply beyond reach, the world goes on with
    /// the worst case: a dead mail has arrived.
    fn forget(&self, world: &mut World) {
        let works = world.works;
        let busy = |id: RequestId| works.iter().flatten().any(|work| work.request() == Some(id));
        for request in world.requests.iter_mut().flatten().flatten() {
            *request = self.remembered(*request, busy(request.id));
        }
        let requests = world.requests;
        let there = |id: RequestId| requests.iter().flatten().flatten().any(|r| r.id == id);
        world.letters.retain(|letter| there(letter.id) || busy(letter.id));
        for letter in &mut world.letters {
            let done = letter.dead.is_some() || letter.used > 0;
            let noted = requests.iter().flatten().flatten().any(|request| {
                request.is_of(letter.mail()) && request.mail == MailState::HandedOver
            });
            if (done || noted) && !busy(letter.id) {
                letter.handed = 1;
                letter.arrived |= done;
            }
            if self.bounds.handovers.is_none() {
                letter.handed = letter.handed.min(1);
            }
        }
        rename(world, &ByOrder::of(world));
    }

    fn remembered(&self, request: Request, busy: bool) -> Request {
        let mut it = request;
        if it.age == Age::Expired && !busy {
            (it.id, it.generation, it.progress) = (LONG_AGO, 1, Progress::Cancelled);
        }
        if it.progress != Progress::Open {
            it.mail = MailState::Queued;
            it.age = if it.age == Age::LinkExpired { Age::Fresh } else { it.age };
        }
        let counts = it.progress == Progress::Open && it.mail == MailState::Queued;
        if !counts || self.bounds.handovers.is_none() {
            it.outbox_tries = 1;
        }
        it
    }
}

/// Requests by their order, and accounts that were made by their owner.
struct ByOrder {
    requests: Vec<RequestId>,
    made: Vec<(AccountId, u8)>,
}

impl ByOrder {
    fn of(world: &World) -> Self {
        let mut requests: Vec<_> = world.letters.iter().map(|letter: &Letter| letter.id).collect();
        requests.sort_unstable();
        requests.dedup();
        let made = world.accounts.iter().filter(|account| account.id >= MADE);
        let made = made.filter_map(|account| Some((account.id, account.person?.person))).collect();
        Self { requests, made }
    }
}

impl crate::names::Names for ByOrder {
    fn request(&self, id: RequestId) -> RequestId {
        let at = self.requests.iter().position(|known| *known == id);
        at.map_or(id, |at| u8::try_from(at).expect("a handful"))
    }

    fn account(&self, id: AccountId) -> AccountId {
        match self.made.iter().find(|(made, _)| *made == id) {
            Some((_, owner)) => MADE_FOR + owner,
            None if (MADE..MADE_FOR).contains(&id) => MADE + self.request(id - MADE),
            None => id,
        }
    }
}
