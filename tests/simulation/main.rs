//! Deterministic simulation: the real functions on the real store, histories drawn from seeds, every
//! fault of the threat model at the wire, a clock of our own, and every invariant after each step.
//!
//! `docs/reliability.md` tells how to read a failing seed, add a fault and keep a seed. In reading
//! order: [`history`] and [`deed`] (what can happen), [`mishap`] and [`site`] (what can go wrong, and
//! where), [`conductor`] (who carries it out), [`invariants`] (what must stay true), [`draw`] (what
//! is drawn), [`ending`] (what must come of it all).

mod applied;
mod begun;
mod books;
mod browser;
mod cast;
mod conductor;
mod deed;
mod draw;
mod ending;
#[path = "../figures.rs"]
mod figures;
mod fleet;
mod functions;
mod history;
mod invariants;
#[path = "../kontobro/support/jar.rs"]
#[allow(dead_code, reason = "the journeys use more of it")]
mod jar;
mod kept;
mod keyring;
#[allow(dead_code, reason = "the local run uses more of it")]
#[path = "../../examples/local/world/mod.rs"]
mod local;
#[path = "../kontobro/support/log.rs"]
#[allow(dead_code, reason = "the journeys ask otherwise")]
mod log;
mod mishap;
mod page;
mod perform;
mod replay;
mod run;
mod scripts;
mod seeds;
mod shrink;
mod site;
mod sweep;
mod tally;
mod time;
mod visit;
mod world;

#[global_allocator]
static QUICK: mimalloc::MiMalloc = mimalloc::MiMalloc;
