//! What may happen next: people, functions, SES, the old service, time.

use stateright::{Model, Property};

use crate::{
    Merge, Rule,
    give::Answer,
    invariants,
    letter::{Letter, Mail},
    outbox::Ses,
    steps::{Step, older},
    work::Work,
    world::{Account, Age, PersonKey, PidKeys, Progress, Request, Session, World},
};

impl Model for Merge {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(
            self.bounds.accounts,
            self.bounds.foreign_changes,
            self.bounds.gathers.unwrap_or_default(),
        )]
    }

    fn actions(&self, world: &World, steps: &mut Vec<Step>) {
        if world.wrong.is_some() || world.letters.iter().any(|letter| !letter.written) {
            return;
        }
        if self.free_hand(world).is_some() {
            for session in self.sessions(world).filter(|it| self.has_the_floor(world, it.person)) {
                self.asks(world, session, steps);
                self.uses(world, session, steps);
            }
            let keys = self.keys().filter(|key| self.has_the_floor(world, key.person));
            steps.extend(keys.filter(|key| self.is_due(world, *key)).map(Step::Sweeps));
        }
        for (at, work) in world.works.iter().enumerate() {
            steps.extend(work.iter().flat_map(|work| self.goes_on(at, work)));
        }
        self.time_passes(world, steps);
        if !self.short_cuts || world.works.iter().all(Option::is_none) {
            self.surroundings(world, steps);
        }
    }

    fn next_state(&self, world: &World, step: Step) -> Option<World> {
        let mut next = world.clone();
        self.happens(&mut next, step);
        if self.short_cuts {
            self.take_short_cuts(&mut next);
        }
        (next != *world).then_some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        invariants::all()
    }
}

impl Merge {
    /// What a person may ask for, or call off.
    fn asks(&self, world: &World, session: Session, steps: &mut Vec<Step>) {
        let under_way = |again| {
            let asking =
                |work: &&Work| matches!(work, Work::Asking(a) if a.again.is_some() == again);
            u8::try_from(world.works.iter().flatten().filter(asking).count()).expect("a handful")
        };
        if world.requests_so_far + under_way(false) < self.bounds.requests {
            let old = (0..self.bounds.accounts).map(Some);
            let wanted = old.chain(self.bounds.creates.then_some(None));
            let possible = wanted.filter(|wanted| self.look(world, session, *wanted).is_some());
            steps.extend(possible.map(|wanted| Step::Asks(session, wanted)));
        }
        let may_again = world.resends_so_far + under_way(true) < self.bounds.resends;
        if may_again && self.send_again(world, session).is_some() {
            steps.push(Step::AsksAgain(session));
        }
        if self.call_off(world, session).is_some() {
            steps.push(Step::CallsOff(session));
        }
    }

    /// Links that a person may follow, and accounts they may save. What is refused at once changes
    /// nothing, and is not listed.
    fn uses(&self, world: &World, session: Session, steps: &mut Vec<Step>) {
        let arrived = world.letters.iter().filter(|letter| letter.arrived).map(Letter::mail);
        let fits = |link: &Mail| self.confirm(world, session, *link).is_some();
        steps.extend(arrived.filter(fits).map(|link| Step::Follows(session, link)));
        let may_save = |account: &&Account| {
            !account.saved && self.holds(Rule::SaveByOwner, account.is_of(session))
        };
        let accounts = world.accounts.iter().filter(|_| self.bounds.saves).filter(may_save);
        steps.extend(accounts.map(|account| Step::Saves(session, account.id)));
    }

    /// A function's next call, with all that may come of it.
    ///
    /// One that dies before its transaction leaves nothing: as if it had never begun. A request's
    /// transaction whose answer is lost leaves what a crash after it leaves.
    fn goes_on(&self, at: usize, work: &Work) -> Vec<Step> {
        match work {
            Work::Asking(_) if !self.keeps(Rule::MailAfterRequest) => {
                vec![Step::Goes(at), Step::MailsFirst(at)]
            }
            Work::Asking(_) | Work::Cancelling(..) => vec![Step::Goes(at)],
            Work::Giving(_) => {
                let amiss = [Answer::Lost, Answer::Never].map(|it| Step::GoesAmiss(at, it));
                [Step::Goes(at)].into_iter().chain(amiss).collect()
            }
            Work::Sending(_) => {
                let taken = [Ses::Arrives, Ses::Loses, Ses::Refuses].map(|it| Step::Mails(at, it));
                [Step::Crashes(at)].into_iter().chain(taken).collect()
            }
            Work::Postponing(_) | Work::Discharging(_) => {
                vec![Step::Goes(at), Step::Crashes(at)]
            }
        }
    }

    /// News arrives, and items grow older.
    fn time_passes(&self, world: &World, steps: &mut Vec<Step>) {
        let taken = world.letters.iter().filter(|letter| letter.handed > 0).map(Letter::mail);
        let news = taken.filter(|mail| self.has_the_floor(world, mail.key.person));
        steps.extend(news.map(Step::News));
        for key in self.keys().filter(|key| self.has_the_floor(world, key.person)) {
            if world.request(key).is_some_and(|request| is_next_to_age(world, &request)) {
                steps.push(Step::Ages(key));
            }
        }
    }

    /// Operators, and the old service, which goes on with accounts that are nobody's.
    fn surroundings(&self, world: &World, steps: &mut Vec<Step>) {
        if self.bounds.key_change {
            // The step before has lasted longer than any function.
            let at_rest = world.works.iter().all(Option::is_none);
            if at_rest && world.pid_keys != PidKeys::NewFirst {
                steps.push(Step::PidKeyChange);
            }
            let pid_keys = world.pid_keys;
            let logins = (0..self.bounds.persons).map(|person| Session { person, pid_keys });
            let has_account = |session: &Session| world.account_of(*session).is_some();
            steps.extend(logins.filter(has_account).map(Step::Rekeys));
        }
        if world.foreign_changes > 0 {
            let is_nobodys = |it: &&Account| it.person.is_none() && it.merged_into.is_none();
            let nobodys = world.accounts.iter().filter(is_nobodys);
            let changes = [Step::Moves, Step::Edits, Step::Closes];
            steps.extend(nobodys.flat_map(|account| changes.map(|change| change(account.id))));
        }
        if world.takings_back > 0 {
            let given = world.accounts.iter().filter(|account| self.may_take_back(world, account));
            steps.extend(given.map(|account| Step::TakesBack(account.id)));
        }
    }

    /// Who may be at a keyboard.
    fn sessions(&self, world: &World) -> impl Iterator<Item = Session> + use<> {
        let in_use = world.pid_keys.in_use().iter().copied();
        let of = move |person| in_use.clone().map(move |pid_keys| Session { person, pid_keys });
        (0..self.bounds.persons).flat_map(of)
    }

    /// Every key that a request may stand under.
    pub(crate) fn keys(&self) -> impl Iterator<Item = PersonKey> + use<> {
        let versions = 0..=u8::from(self.bounds.key_change);
        let of = move |person| versions.clone().map(move |version| PersonKey { person, version });
        (0..self.bounds.persons).flat_map(of)
    }
}

/// Every mail has the same time: what was written earlier is never the younger.
fn is_next_to_age(world: &World, request: &Request) -> bool {
    let age_of = |other: &Request| {
        let open = other.progress == Progress::Open;
        if open { other.age } else { other.age.max(Age::LinkExpired) }
    };
    let is_younger = |other: &Request| world.mailed_at(other) >= world.mailed_at(request);
    request.age != Age::Expired
        && world.every_request().all(|it| is_younger(it) || age_of(it) >= older(request.age))
}
