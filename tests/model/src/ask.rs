//! «Bekreft», «Opprett», «Send på nytt» and «Avbryt»: `src/handlers/asking.rs`, `src/store/ask.rs`.

use crate::{
    Merge, Rule,
    letter::{Death, Letter, Mail, Wrong},
    request::older,
    work::{Asking, Before, Ledger, Work},
    world::{
        AccountId, Age, MADE, MailState, PersonKey, Progress, Request, RequestId, Session, Wish,
        World,
    },
};

impl Merge {
    /// «Bekreft» for an old account, or «Opprett»: what is read, and what will be asked for.
    pub(crate) fn look(
        &self,
        world: &World,
        session: Session,
        wanted: Option<AccountId>,
    ) -> Option<Asking> {
        let account = match wanted {
            Some(id) => Some(world.account(id).filter(|account| account.is_open())?),
            None => None,
        };
        Some(Asking {
            key: session.key(),
            again: None,
            wish: match (
                wanted,
                world.account_of(session).filter(|_| self.bounds.gathers.is_some()),
            ) {
                (None, _) => Wish::Create,
                (Some(_), None) => Wish::Link,
                (Some(_), Some(into)) => Wish::Gather(into),
            },
            account: wanted,
            account_version: account.map_or(0, |account| account.version),
            moved: account.is_some_and(|account| account.moved),
            before: self.before(world, session),
            ledger: Ledger::Fresh,
        })
    }

    /// «Send på nytt»: the same request with a newer mail, while it is open, in its time or not.
    pub(crate) fn send_again(&self, world: &World, session: Session) -> Option<Asking> {
        let before = self.open(world, session)?;
        let asked = world.asked(before.mail.id);
        Some(Asking {
            key: session.key(),
            again: Some(before.mail.id),
            wish: asked.wish,
            account: Some(asked.account),
            account_version: asked.account_version,
            moved: asked.moved,
            before: Some(before),
            ledger: Ledger::Fresh,
        })
    }

    /// «Avbryt».
    pub(crate) fn call_off(&self, world: &World, session: Session) -> Option<Work> {
        self.open(world, session).map(|open| Work::Cancelling(open.mail, Ledger::Fresh))
    }

    /// The person's request, if it is open.
    fn open(&self, world: &World, session: Session) -> Option<Before> {
        self.before(world, session).filter(|before| before.progress == Progress::Open)
    }

    /// `Store::ask`: request, place in the outbox, ledger and audit entry, all or nothing.
    pub(crate) fn ask(&self, world: &mut World, at: usize, asking: &Asking) {
        world.works[at] = None;
        if !self.may_put(world, asking) {
            return; // overtaken
        }
        let mail = match asking.before {
            Some(Before { mail, .. }) if asking.again.is_some() => {
                world.resends_so_far += 1;
                Mail { key: asking.key, id: mail.id, generation: mail.generation + 1 }
            }
            _ => {
                world.requests_so_far += 1;
                Mail { key: asking.key, id: next_id(world), generation: 1 }
            }
        };
        let account = asking.account.unwrap_or(MADE + mail.id);
        self.chain(world, at, account, asking.ledger);
        if let Some(there) = world.request(asking.key) {
            kill(world, there.id, Death::Replaced);
        }
        if let Some(older) = older(asking) {
            kill(world, older.mail.id, Death::Replaced);
            if self.keeps(Rule::CloseOlder) {
                close(world, older.mail.key);
            }
        }
        *world.request_mut(asking.key) = Some(Request {
            id: mail.id,
            generation: mail.generation,
            progress: Progress::Open,
            mail: MailState::Queued,
            in_outbox: true,
            outbox_tries: 1,
            age: Age::Fresh,
        });
        world.letters.push(Letter::written(asking, mail, account));
        world.works[at] = Some(Work::Sending(mail));
    }

    /// `Store::cancel`.
    pub(crate) fn cancel(&self, world: &mut World, at: usize, mail: Mail, ledger: Ledger) {
        world.works[at] = None;
        let Some(request) = world.request(mail.key).filter(|_| self.may_cancel(world, mail)) else {
            return; // overtaken
        };
        self.chain(world, at, world.asked(request.id).account, ledger);
        kill(world, request.id, Death::Cancelled);
        close(world, mail.key);
    }

    /// The ledger and the audit entry of one change. The code reads a stale ledger again and tries
    /// once more: here that is one step.
    pub(crate) fn chain(&self, world: &mut World, at: usize, account: AccountId, ledger: Ledger) {
        if self.keeps(Rule::LedgerAsRead) {
            return;
        }
        if ledger == Ledger::Stale {
            world.note(Wrong::Forked);
        }
        let mut works = world.works;
        for (_, work) in works.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            let read = work.as_mut().and_then(|work| work.ledger_mut(world));
            if let Some((_, ledger)) = read.filter(|(about, _)| *about == account) {
                *ledger = Ledger::Stale;
            }
        }
        world.works = works;
    }
}

impl Letter {
    /// A mail whose request is in the store.
    pub(crate) fn written(asking: &Asking, mail: Mail, account: AccountId) -> Self {
        Self {
            id: mail.id,
            generation: mail.generation,
            person: mail.key,
            wish: asking.wish,
            account,
            account_version: asking.account_version,
            moved: asking.moved,
            written: true,
            handed: 0,
            arrived: false,
            used: 0,
            dead: None,
        }
    }
}

pub(crate) fn next_id(world: &World) -> RequestId {
    world.letters.iter().map(|letter| letter.id + 1).max().unwrap_or_default()
}

/// `close_request`: its link dies, and its mail goes out no more.
fn close(world: &mut World, key: PersonKey) {
    if let Some(request) = world.request_mut(key) {
        (request.progress, request.in_outbox) = (Progress::Cancelled, false);
    }
}

fn kill(world: &mut World, request: RequestId, death: Death) {
    for letter in world.letters.iter_mut().filter(|letter| letter.id == request) {
        letter.dead.get_or_insert(death);
    }
}
