//! The moment an account becomes a person's: `src/store/give.rs`.

use crate::{
    Merge, Rule,
    letter::{Death, Letter, Wrong},
    work::Giving,
    world::{Account, AccountId, Progress, Session, Wish, World},
};

/// What becomes of a transaction and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It arrives.
    Arrives,
    /// The transaction was applied, or refused; the answer is lost.
    Lost,
    /// The transaction itself was lost.
    Never,
}

impl Merge {
    /// `Store::give_account`.
    pub(crate) fn give(&self, world: &mut World, at: usize, giving: &Giving, answer: Answer) {
        let granted = answer != Answer::Never && self.may_give(world, giving);
        if granted {
            let request = world.asked(giving.request.id);
            judge(world, giving, &request);
            self.chain(world, at, request.account, giving.ledger);
            gift(world, giving, &request);
        }
        // An answer that is lost is settled: the audit entry names the attempt that wrote it.
        let told = answer != Answer::Arrives && self.holds(Rule::SettleReadsBack, granted);
        if told && !granted {
            world.note(Wrong::Untrue);
        }
        world.works[at] = None;
    }

    /// The conditions of the transaction, in its order.
    pub(crate) fn may_give(&self, world: &World, giving: &Giving) -> bool {
        let request = world.asked(giving.request.id);
        self.spend_link(world, giving)
            && match request.wish {
                Wish::Link | Wish::Create => self.person_absent(world, giving.session),
                Wish::Gather(into) => self.has_it_still(world, giving.session, into),
            }
            && (request.wish == Wish::Create || self.account_as_asked(world, &request))
    }

    /// LINK: this digest, open, not expired.
    fn spend_link(&self, world: &World, giving: &Giving) -> bool {
        world.request(giving.request.key).is_some_and(|request| {
            self.holds(Rule::SpendDigest, request.is_of(giving.link))
                && self.holds(Rule::SpendOpen, request.progress == Progress::Open)
                && self.holds(Rule::SpendInTime, giving.in_time)
        })
    }

    /// PERSON, under every live key: absent.
    fn person_absent(&self, world: &World, session: Session) -> bool {
        let absent = |key| world.person(key).is_none();
        self.holds(Rule::PersonAbsent, absent(session.key()))
            && self.holds(Rule::PersonAbsentUnderEveryKey, session.keys().skip(1).all(absent))
    }

    /// INTO: the account that they have is theirs still.
    fn has_it_still(&self, world: &World, session: Session, into: AccountId) -> bool {
        let account = world.account(into);
        self.holds(Rule::IntoIsTheirs, account.is_some_and(|account| account.is_of(session)))
    }

    /// ACCOUNT: unlinked, active, same version and address as when asked.
    fn account_as_asked(&self, world: &World, asked: &Letter) -> bool {
        world.account(asked.account).is_some_and(|account| {
            self.holds(Rule::AccountUnlinked, account.person.is_none())
                && self.holds(Rule::AccountActive, account.active)
                && self.holds(Rule::AccountVersion, account.version == asked.account_version)
                && self.holds(Rule::AccountEmail, account.moved == asked.moved)
        })
    }
}

fn gift(world: &mut World, giving: &Giving, request: &Letter) {
    let session = giving.session;
    if let Some(there) = world.request_mut(giving.request.key) {
        (there.progress, there.in_outbox) = (Progress::Confirmed, false);
    }
    world.letter_mut(giving.link).used += 1;
    let (id, person) = (request.account, Some(session.key()));
    if let Wish::Gather(into) = request.wish {
        if let Some(account) = world.account_mut(id) {
            (account.active, account.merged_into) = (false, Some(into));
            account.version += 1;
        }
        return;
    }
    for key in session.keys() {
        *world.person_mut(key) = Some(request.account);
    }
    match world.account_mut(id) {
        Some(account) => (account.person, account.version) = (person, account.version + 1),
        None => {
            world.accounts.push(Account { person, version: 1, ..Account::new(id) });
            world.accounts.sort_unstable();
        }
    }
}

/// Was this link to give this person this account, now? Looks at none of what the conditions look
/// at, but at what the mail said and at what became of it.
fn judge(world: &mut World, giving: &Giving, request: &Letter) {
    let link = world.letter(giving.link);
    let as_asked = world.account(link.account).map_or(link.wish == Wish::Create, |account| {
        account.active && (account.version, account.moved) == (link.account_version, link.moved)
    });
    let cancelled = |letter: &Letter| letter.id == link.id && letter.dead == Some(Death::Cancelled);
    let cancelled = world.letters.iter().any(cancelled).then_some(Death::Cancelled);
    if link.person.person != giving.session.person {
        world.note(Wrong::ByAnother);
    }
    let has_it = |into| {
        let owner = world.account(into).and_then(|account| account.person);
        owner.is_some_and(|owner| owner.person == giving.session.person)
    };
    if let Wish::Gather(into) = link.wish
        && !has_it(into)
    {
        world.note(Wrong::GatheredElsewhere);
    }
    if !as_asked || request.account != link.account || link.handed == 0 {
        world.note(Wrong::NotAsAsked);
    }
    if let Some(death) = cancelled.or(link.dead) {
        world.note(Wrong::AfterDeath(death));
    }
    if !giving.in_time {
        world.note(Wrong::AfterExpiry);
    }
}
