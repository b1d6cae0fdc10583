//! Who and what is called how. Two worlds that differ in names alone are one.

use std::cmp::Ordering;

use crate::{
    letter::Mail,
    work::Work,
    world::{AccountId, HANDS, MADE_FOR, PersonKey, RequestId, Wish, World},
};

/// Other names. By default everything keeps its own.
pub(crate) trait Names {
    fn person(&self, person: u8) -> u8 {
        person
    }
    fn request(&self, id: RequestId) -> RequestId {
        id
    }
    fn account(&self, id: AccountId) -> AccountId {
        id
    }

    fn key(&self, key: PersonKey) -> PersonKey {
        PersonKey { person: self.person(key.person), ..key }
    }
    fn wish(&self, wish: Wish) -> Wish {
        match wish {
            Wish::Link | Wish::Create => wish,
            Wish::Gather(into) => Wish::Gather(self.account(into)),
        }
    }
    fn mail(&self, mail: Mail) -> Mail {
        Mail { key: self.key(mail.key), id: self.request(mail.id), ..mail }
    }
}

/// Gives everything its new name.
pub(crate) fn rename(world: &mut World, names: &impl Names) {
    let (requests, people) = (world.requests, world.people);
    for (was, (of_person, has)) in requests.into_iter().zip(people).enumerate() {
        let is = usize::from(names.person(u8::try_from(was).expect("two")));
        world.requests[is] = of_person;
        world.people[is] = has.map(|account| account.map(|id| names.account(id)));
    }
    for request in world.requests.iter_mut().flatten().flatten() {
        request.id = names.request(request.id);
    }
    for account in &mut world.accounts {
        account.id = names.account(account.id);
        account.person = account.person.map(|key| names.key(key));
        account.merged_into = account.merged_into.map(|id| names.account(id));
    }
    world.accounts.sort_unstable();
    for letter in &mut world.letters {
        letter.id = names.request(letter.id);
        letter.person = names.key(letter.person);
        letter.account = names.account(letter.account);
        letter.wish = names.wish(letter.wish);
    }
    for work in world.works.iter_mut().flatten() {
        match work {
            Work::Asking(asking) => {
                asking.key = names.key(asking.key);
                asking.again = asking.again.map(|id| names.request(id));
                asking.account = asking.account.map(|id| names.account(id));
                asking.wish = names.wish(asking.wish);
                if let Some(before) = &mut asking.before {
                    before.mail = names.mail(before.mail);
                }
            }
            Work::Giving(giving) => {
                giving.session.person = names.person(giving.session.person);
                giving.request = names.mail(giving.request);
                giving.link = names.mail(giving.link);
            }
            Work::Cancelling(mail, _)
            | Work::Sending(mail)
            | Work::Postponing(mail)
            | Work::Discharging(mail) => *mail = names.mail(*mail),
        }
    }
}

/// The two persons, or the two imported accounts, the other way round.
struct Swapped {
    persons: bool,
    accounts: bool,
}

impl Names for Swapped {
    fn person(&self, person: u8) -> u8 {
        if self.persons { 1 - person } else { person }
    }

    fn account(&self, id: AccountId) -> AccountId {
        match id {
            0 | 1 if self.accounts => 1 - id,
            // Named by the person it was made for.
            _ if self.persons && id >= MADE_FOR => MADE_FOR + 1 - (id - MADE_FOR),
            _ => id,
        }
    }
}

/// One world for all that differ in nothing but who, which account and which function is called
/// what. Where the items themselves tell the two apart, they give the order; else the smaller is it.
pub fn representative(world: &World) -> World {
    let [first, second] = &world.requests;
    let persons = orders(first.cmp(second));
    let facts = |id| world.account(id).map(|it| (it.active, it.moved, it.saved, it.version));
    let accounts = match facts(1) {
        None => orders(Ordering::Less),
        second => orders(facts(0).cmp(&second)),
    };
    let all = persons.iter().flat_map(|persons| accounts.iter().map(move |it| (*persons, *it)));
    let renamed = all.map(|(persons, accounts)| {
        let mut other = world.clone();
        if persons || accounts {
            rename(&mut other, &Swapped { persons, accounts });
        }
        in_order(other)
    });
    renamed.min().expect("the world itself is one of them")
}

/// Whether to swap two: not, yes, or it is to be tried.
fn orders(order: Ordering) -> &'static [bool] {
    match order {
        Ordering::Less => &[false],
        Ordering::Greater => &[true],
        Ordering::Equal => &[false, true],
    }
}

/// The functions at work in one order.
fn in_order(mut world: World) -> World {
    if world.works[0] > world.works[HANDS - 1] {
        world.works.swap(0, HANDS - 1);
    }
    world
}
