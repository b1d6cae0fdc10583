//! How often each thing happened: histories, steps, calls, and each fault at each place.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{mishap::Mishap, run::Told, site::Site};

/// A site that was met so often has met every fault that can strike there, or something is wrong
/// with the dice. At those that few histories come to, chance decides which faults strike.
const OFTEN: u64 = 3_000;

#[derive(Default)]
pub struct Tally {
    histories: usize,
    steps: usize,
    /// How often each site was met.
    met: BTreeMap<Site, u64>,
    /// How often each fault struck at each site.
    struck: BTreeMap<(Site, String), u64>,
}

impl Tally {
    pub fn of(told: &Told) -> Self {
        let mut tally = Self { histories: 1, steps: told.history.steps.len(), ..Self::default() };
        for site in &told.met {
            *tally.met.entry(site.clone()).or_default() += 1;
        }
        for (mishap, site) in &told.struck {
            *tally.struck.entry((site.clone(), mishap.name())).or_default() += 1;
        }
        tally
    }

    pub fn add(&mut self, other: Self) {
        self.histories += other.histories;
        self.steps += other.steps;
        for (site, times) in other.met {
            *self.met.entry(site).or_default() += times;
        }
        for (pair, times) in other.struck {
            *self.struck.entry(pair).or_default() += times;
        }
    }

    /// Faults that never struck at a site that was met often.
    pub fn never_struck(&self) -> Vec<String> {
        let often = self.met.iter().filter(|(_, times)| **times >= OFTEN);
        let pairs = often.flat_map(|(site, _)| {
            Mishap::all_at(site).into_iter().map(move |mishap| (site.clone(), mishap.name()))
        });
        pairs
            .filter(|pair| !self.struck.contains_key(pair))
            .map(|(site, mishap)| format!("{mishap} at {site}"))
            .collect()
    }

    /// Each site with how often it was met, and each of its faults with how often it struck.
    pub fn table(&self) -> String {
        let line = |(site, met): (&Site, &u64)| {
            let struck = self.struck.iter().filter(|((at, _), _)| at == site);
            let struck: Vec<_> =
                struck.map(|((_, name), times)| format!("{name} {times}")).collect();
            format!("{met:>9}  {site}\n           {}\n", struck.join(", "))
        };
        self.met.iter().map(line).collect()
    }
}

/// The figures in a line or two.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls: u64 = self.met.values().sum();
        let faults: u64 = self.struck.values().sum();
        let kinds: BTreeSet<_> = self.struck.keys().map(|(_, name)| name).collect();
        let often = self.met.values().filter(|times| **times >= OFTEN).count();
        let (histories, steps, sites) = (self.histories, self.steps, self.met.len());
        let (pairs, kinds) = (self.struck.len(), kinds.len());
        write!(
            f,
            "{histories} histories, {steps} steps, {calls} calls from {sites} sites\n\
             {faults} faults of {kinds} kinds: {pairs} pairs of fault and site hit; \
             {} missed at the {often} sites met {OFTEN} times or more",
            self.never_struck().len(),
        )
    }
}
