//! What must hold in every state, under the numbers that the requirements have.

use stateright::Property;

use crate::{
    Merge,
    letter::{Death, Letter, Wrong},
    world::{AccountId, MailState, PersonKey, Progress, Request, World},
};

/// The invariants; then states that must be found, or the model proves nothing.
pub(crate) fn all() -> Vec<Property<Merge>> {
    vec![
        Property::always("I1 a person has at most one account", |_, w| i1(w)),
        Property::always("I2 an account has at most one person", |_, w| i2(w)),
        Property::always("I3 person and account agree", |_, w| i3(w)),
        Property::always("I4 only who asked completes", |_, w| never(w, Wrong::ByAnother)),
        Property::always("I4 a link gives what its mail was about, as it was then", |_, w| {
            never(w, Wrong::NotAsAsked)
        }),
        Property::always("I4 an account is gathered into what its person has", |_, w| {
            never(w, Wrong::GatheredElsewhere)
        }),
        Property::always("I5 only its owner changes an account", |_, w| {
            never(w, Wrong::SavedByAnother)
        }),
        Property::always("I6 a link takes effect at most once", |_, w| once(w)),
        Property::always("I6 never after replacement", |_, w| {
            never(w, Wrong::AfterDeath(Death::Replaced))
        }),
        Property::always("I6 never after cancellation", |_, w| called_off_is_without_effect(w)),
        Property::always("I6 never after expiry", |_, w| never(w, Wrong::AfterExpiry)),
        Property::always("I7 no mail without a durable request", |_, w: &World| {
            w.letters.iter().all(|letter| letter.written || letter.handed == 0)
        }),
        Property::always("I7 shown as sent is accepted by SES", |_, w| shown_as_sent_is_sent(w)),
        Property::always("I7 at most three hand-overs of a mail", |m, w: &World| {
            let most = m.bounds.handovers.map_or(u8::MAX, i8::unsigned_abs);
            w.letters.iter().all(|letter| letter.handed <= most)
        }),
        Property::always("I7 a mail that is owed is in the outbox", Merge::owed_is_due),
        Property::always("I9 one chain of audit entries", |_, w| never(w, Wrong::Forked)),
        Property::always("I12 what is said is so", |_, w| never(w, Wrong::Untrue)),
        Property::always("I13 everyone gets home when faults stop", Merge::everyone_gets_home),
        Property::sometimes("every person has an account", |m, w| {
            (0..m.bounds.persons).all(|person| links(w).any(|(owner, _)| owner == person))
        }),
        Property::sometimes("a mail is handed over as often as may be", |m, w: &World| {
            let most = m.bounds.handovers.map_or(1, i8::unsigned_abs);
            w.letters.iter().any(|letter| letter.handed == most)
        }),
        Property::sometimes("the last request is asked, and a link works", |m, w: &World| {
            let asked = w.requests_so_far == m.bounds.requests;
            asked && w.resends_so_far == m.bounds.resends && w.letters.iter().any(|l| l.used > 0)
        }),
    ]
}

fn never(world: &World, wrong: Wrong) -> bool {
    world.wrong != Some(wrong)
}

/// Every `(person, account)` that a person's item says.
fn pointed(world: &World) -> impl Iterator<Item = (PersonKey, AccountId)> {
    let of = |(person, accounts): (u8, &[Option<AccountId>; 2])| {
        let keys = [0, 1].map(|version| PersonKey { person, version });
        keys.into_iter().zip(*accounts).filter_map(|(key, account)| Some((key, account?)))
    };
    (0u8..).zip(&world.people).flat_map(of)
}

/// Every `(person, account)` that any item says.
fn links(world: &World) -> impl Iterator<Item = (u8, AccountId)> {
    let owned = world.accounts.iter().filter_map(|account| Some((account.person?, account.id)));
    pointed(world).chain(owned).map(|(key, account)| (key.person, account))
}

pub(crate) fn i1(world: &World) -> bool {
    links(world).all(|(one, has)| links(world).all(|(other, too)| one != other || has == too))
}

fn i2(world: &World) -> bool {
    links(world).all(|(one, has)| links(world).all(|(other, too)| has != too || one == other))
}

pub(crate) fn i3(world: &World) -> bool {
    let owner = |id| world.account(id).and_then(|account| account.person);
    let mut owners =
        world.accounts.iter().filter_map(|account| Some((account.person?, account.id)));
    pointed(world).all(|(key, id)| owner(id).is_some_and(|owner| owner.person == key.person))
        && owners.all(|(key, id)| world.person(key) == Some(id))
        && gathered_is_somebodys(world)
}

/// Whoever has the account that it was gathered into has it, and nobody else.
fn gathered_is_somebodys(world: &World) -> bool {
    let owner = |id| world.account(id).and_then(|account| account.person);
    let mut gathered = world.accounts.iter().filter(|account| account.merged_into.is_some());
    gathered.all(|it| it.person.is_none() && it.merged_into.and_then(owner).is_some())
}

/// Over all mails of one request.
fn once(world: &World) -> bool {
    world.letters.iter().all(|letter| {
        let of_it = world.letters.iter().filter(|other| other.id == letter.id);
        of_it.map(|letter| letter.used).sum::<u8>() <= 1
    })
}

/// No link worked after «Avbryt», and no request that worked is said to be called off.
fn called_off_is_without_effect(world: &World) -> bool {
    let mut called_off = world.every_request().filter(|it| it.progress == Progress::Cancelled);
    let of_it = |request: &Request, letter: &Letter| {
        letter.id == request.id && letter.generation <= request.generation
    };
    let used =
        |request| world.letters.iter().any(|letter| of_it(request, letter) && letter.used > 0);
    never(world, Wrong::AfterDeath(Death::Cancelled)) && called_off.all(|request| !used(request))
}

fn shown_as_sent_is_sent(world: &World) -> bool {
    let mut shown = world.every_request().filter(|it| it.mail == MailState::HandedOver);
    shown.all(|request| {
        let mut of_it = world.letters.iter().filter(|letter| request.is_of(letter.mail()));
        of_it.any(|letter: &Letter| letter.handed > 0)
    })
}

impl Merge {
    /// Somebody waits for the mail: then it is the sweeper's, or was given up.
    fn owed_is_due(&self, world: &World) -> bool {
        let mut owed = world.every_request().filter(|it| it.mail == MailState::Queued);
        owed.all(|it| !it.is_waiting() || it.in_outbox || self.was_tried_enough(it))
    }
}
