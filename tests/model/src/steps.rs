//! One thing that happens, and what it changes.

use std::fmt;

use crate::{
    Merge,
    give::Answer,
    letter::{Letter, Mail, Wrong},
    outbox::Ses,
    work::Work,
    world::{Account, AccountId, Age, HANDS, PersonKey, PidKeys, Session, World},
};

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// «Bekreft» for an old account, or «Opprett».
    Asks(Session, Option<AccountId>),
    /// «Send på nytt».
    AsksAgain(Session),
    /// «Avbryt».
    CallsOff(Session),
    /// Follows a link that has arrived somewhere: one's own, or anybody's.
    Follows(Session, Mail),
    /// «Lagre».
    Saves(Session, AccountId),
    /// A function at work makes its next call.
    Goes(usize),
    /// A function's transaction, with trouble on the wire.
    GoesAmiss(usize, Answer),
    /// A function hands its mail to SES.
    Mails(usize, Ses),
    /// A function hands over the mail of a request that it has not written yet.
    MailsFirst(usize),
    /// A function dies.
    Crashes(usize),
    /// The sweeper comes to a request.
    Sweeps(PersonKey),
    /// It is noted that SES has taken a mail: by the sender, or by news from SES.
    News(Mail),
    /// A request's item grows older.
    Ages(PersonKey),
    /// The next step of a key change.
    PidKeyChange,
    /// A login finds that the person is known by the old key.
    Rekeys(Session),
    /// The old service gives an account another address, and does not raise its version.
    Moves(AccountId),
    /// The old service changes an account, and raises its version.
    Edits(AccountId),
    /// The old service closes an account.
    Closes(AccountId),
    /// Staff take an account back.
    TakesBack(AccountId),
}

impl Merge {
    /// Carries a step out.
    pub(crate) fn happens(&self, world: &mut World, step: Step) {
        match step {
            Step::Asks(session, wanted) => {
                self.begins(world, self.look(world, session, wanted).map(Work::Asking));
            }
            Step::AsksAgain(session) => {
                self.begins(world, self.send_again(world, session).map(Work::Asking));
            }
            Step::CallsOff(session) => self.begins(world, self.call_off(world, session)),
            Step::Follows(session, link) => {
                self.begins(world, self.confirm(world, session, link).map(Work::Giving));
            }
            Step::Saves(session, account) => save(world, session, account),
            Step::Goes(at) => self.goes(world, at, Answer::Arrives),
            Step::GoesAmiss(at, answer) => self.goes(world, at, answer),
            Step::Mails(at, ses) => {
                if let Some(Work::Sending(mail)) = world.works[at] {
                    Self::send(world, at, mail, ses);
                }
            }
            Step::MailsFirst(at) => mail_first(world, at),
            Step::Crashes(at) => world.works[at] = None,
            Step::Sweeps(key) => {
                if let Some(at) = self.free_hand(world) {
                    self.sweep(world, at, key);
                }
            }
            Step::News(mail) => self.handed_over(world, mail),
            Step::Ages(key) => {
                if let Some(request) = world.request_mut(key) {
                    request.age = older(request.age);
                }
            }
            Step::PidKeyChange => {
                let old = world.pid_keys == PidKeys::Old;
                world.pid_keys = if old { PidKeys::OldFirst } else { PidKeys::NewFirst };
            }
            Step::Rekeys(session) => rekey(world, session),
            Step::Moves(id) => foreign(world, id, |account| account.moved = true),
            Step::Edits(id) => foreign(world, id, |account| account.version += 1),
            Step::TakesBack(id) => self.take_back(world, id),
            Step::Closes(id) => foreign(world, id, |account| account.active = false),
        }
    }

    fn goes(&self, world: &mut World, at: usize, answer: Answer) {
        let Some(work) = world.works[at] else { return };
        match work {
            Work::Asking(asking) => self.ask(world, at, &asking),
            Work::Cancelling(mail, ledger) => self.cancel(world, at, mail, ledger),
            Work::Giving(giving) => self.give(world, at, &giving, answer),
            Work::Sending(mail) => Self::send(world, at, mail, Ses::Arrives),
            Work::Postponing(mail) => {
                self.postpone(world, mail);
                world.works[at] = None;
            }
            Work::Discharging(mail) => {
                self.discharge(world, mail);
                world.works[at] = None;
            }
        }
    }

    fn begins(&self, world: &mut World, work: Option<Work>) {
        if let (Some(at), Some(work)) = (self.free_hand(world), work) {
            world.works[at] = Some(work);
        }
    }

    pub(crate) fn free_hand(&self, world: &World) -> Option<usize> {
        (0..HANDS.min(self.bounds.hands)).find(|at| world.works[*at].is_none())
    }
}

/// The next age of an item.
pub(crate) fn older(age: Age) -> Age {
    if age == Age::Fresh { Age::LinkExpired } else { Age::Expired }
}

/// `save_profile`.
fn save(world: &mut World, session: Session, id: AccountId) {
    let Some(account) = world.account_mut(id) else { return };
    (account.saved, account.version) = (true, account.version + 1);
    if account.person.is_none_or(|owner| owner.person != session.person) {
        world.note(Wrong::SavedByAnother);
    }
}

/// `rekey`: person and account under the current key.
fn rekey(world: &mut World, session: Session) {
    let Some(id) = world.account_of(session) else { return };
    let mut there = session.keys().filter_map(|key| world.person(key));
    if !there.all(|account| account == id) {
        return;
    }
    if let Some(account) = world.account_mut(id).filter(|account| account.is_of(session)) {
        account.person = Some(session.key());
        for key in session.keys() {
            *world.person_mut(key) = Some(id);
        }
    }
}

fn mail_first(world: &mut World, at: usize) {
    if let Some(Work::Asking(asking)) = world.works[at] {
        let mail = Mail { key: asking.key, id: crate::ask::next_id(world), generation: 1 };
        let letter = Letter::written(&asking, mail, asking.account.unwrap_or_default());
        world.letters.push(Letter { written: false, handed: 1, ..letter });
    }
}

fn foreign(world: &mut World, id: AccountId, change: impl FnOnce(&mut Account)) {
    world.foreign_changes -= 1;
    if let Some(account) = world.account_mut(id) {
        change(account);
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asks(who, Some(account)) => write!(f, "{who} asks for account {account}"),
            Self::Asks(who, None) => write!(f, "{who} asks for a new account"),
            Self::AsksAgain(who) => write!(f, "{who} asks for the mail again"),
            Self::CallsOff(who) => write!(f, "{who} calls off"),
            Self::Follows(who, mail) => write!(f, "{who} follows the link of {mail}"),
            Self::Saves(who, account) => write!(f, "{who} saves account {account}"),
            Self::Goes(at) => write!(f, "function {at} makes its next call"),
            Self::GoesAmiss(at, answer) => {
                write!(f, "function {at} makes a call; answer: {answer:?}")
            }
            Self::Mails(at, ses) => write!(f, "function {at} hands its mail to SES: {ses:?}"),
            Self::MailsFirst(at) => write!(f, "function {at} mails before it writes"),
            Self::Crashes(at) => write!(f, "function {at} dies"),
            Self::Sweeps(key) => write!(f, "the sweeper comes to the request of {key}"),
            Self::News(mail) => write!(f, "{mail} is noted as handed over"),
            Self::Ages(key) => write!(f, "the request of {key} grows older"),
            Self::PidKeyChange => write!(f, "the pid key change goes on"),
            Self::Rekeys(who) => write!(f, "{who} logs in, and is known by the current key"),
            Self::Moves(account) => write!(f, "the old service moves account {account}"),
            Self::Edits(account) => write!(f, "the old service edits account {account}"),
            Self::TakesBack(account) => write!(f, "staff take account {account} back"),
            Self::Closes(account) => write!(f, "the old service closes account {account}"),
        }
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "person {} {:?}", self.person, self.pid_keys)
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "person {} (key {})", self.person, self.version + 1)
    }
}

impl fmt::Display for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mail {} of request {} by {}", self.generation, self.id, self.key)
    }
}
