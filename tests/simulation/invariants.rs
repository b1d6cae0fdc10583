//! What must always be true: I1 to I14 of the threat model, each in a file of its own.
//!
//! To add one: a file with a type that sees every step ([`Invariant::sees`]), and its line in
//! [`all`]. An invariant knows only what the tables, the mails and the answers say, and what is
//! known of the people; never what a function meant to do.

mod answers;
mod audit;
mod cause;
mod content;
mod leaks;
mod limits;
mod link;
mod login;
mod logout;
mod mail;
mod one;
mod tries;

use std::collections::HashMap;

use serde_json::Value;

use super::{
    applied::Applied, begun::Begun, books::Books, cast::Cast, functions::Finished,
    keyring::Keyring, world::World,
};

/// What happened in one step.
pub struct Seen<'a> {
    pub world: &'a World,
    /// As they are now.
    pub books: &'a Books,
    /// In the order it happened.
    pub applied: &'a [Applied],
    /// Events that are over since.
    pub finished: &'a [Finished],
    /// What has been begun, and what went wrong.
    pub begun: &'a Begun,
    /// Whom a person key names: the number of a person.
    pub people: &'a HashMap<String, usize>,
}

/// Something that must always be true.
pub trait Invariant {
    /// Its number, and what it says.
    fn name(&self) -> &'static str;

    /// Is it still true after this step?
    ///
    /// # Errors
    /// What is not as it must be.
    fn sees(&mut self, seen: &Seen<'_>) -> Result<(), String>;
}

/// A broken invariant.
#[derive(Clone, Debug)]
pub struct Broken {
    pub invariant: &'static str,
    pub what: String,
    /// After which step.
    pub step: usize,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { invariant, what, step } = self;
        write!(f, "{invariant}: {what} (step {step})")
    }
}

/// One of each, for one history.
fn all() -> Vec<Box<dyn Invariant>> {
    vec![
        Box::new(one::OneAccount),
        Box::new(one::OnePerson),
        Box::new(one::BothAgree),
        Box::<cause::Cause>::default(),
        Box::new(content::Content),
        Box::<link::Link>::default(),
        Box::new(login::Login),
        Box::<mail::Mail>::default(),
        Box::<tries::Tries>::default(),
        Box::<logout::Logout>::default(),
        Box::new(audit::Audit),
        Box::<leaks::Leaks>::default(),
        Box::<limits::Limits>::default(),
        Box::<answers::Answers>::default(),
    ]
}

/// Watches one history.
pub struct Checker {
    books: Books,
    invariants: Vec<Box<dyn Invariant>>,
    people: HashMap<String, usize>,
}

impl Checker {
    pub fn of(cast: &Cast, world: &World) -> Self {
        let mut books = Books::default();
        world.dynamodb.changes(0).iter().for_each(|change| books.take(change));
        let names = (0..cast.people).flat_map(|person| {
            Keyring::names_of(Cast::pid(person)).into_iter().map(move |name| (name, person))
        });
        Self { books, invariants: all(), people: names.collect() }
    }

    /// Looks at what has happened since it looked last.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn looks(&mut self, world: &World, step: usize) -> Result<(), Broken> {
        let (applied, finished) = (world.applied.take(), world.functions.finished());
        if applied.is_empty() && finished.is_empty() {
            return Ok(());
        }
        let changes = applied.iter().flat_map(|applied| &applied.changes);
        changes.for_each(|change| self.books.take(change));
        let begun = world.begun.borrow().clone();
        let seen = Seen {
            world,
            books: &self.books,
            applied: &applied,
            finished: &finished,
            begun: &begun,
            people: &self.people,
        };
        for invariant in &mut self.invariants {
            invariant.sees(&seen).map_err(|what| Broken {
                invariant: invariant.name(),
                what,
                step,
            })?;
        }
        world.begun.borrow_mut().mails.clear();
        Ok(())
    }

    pub fn books(&self) -> &Books {
        &self.books
    }

    /// The person that a key names.
    pub fn person(&self, key: &str) -> Option<usize> {
        self.people.get(key).copied()
    }
}

/// Fails with these words unless it is so.
fn must(so: bool, or: impl FnOnce() -> String) -> Result<(), String> {
    if so { Ok(()) } else { Err(or()) }
}

impl Seen<'_> {
    /// The person that a key names; someone who is not in the cast is nobody.
    fn person(&self, key: &str) -> Option<usize> {
        self.people.get(key).copied()
    }
}

/// Path of the event that a function was given.
fn path(event: &Value) -> &str {
    event["rawPath"].as_str().unwrap_or_default()
}
