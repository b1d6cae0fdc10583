//! How often each thing happened: histories, steps, calls, and each fault at each place.

use std::collections::{BTreeMap, BTreeSet};

use super::{mishap::Mishap, run::Told, site::Site};

/// A site that was met so often has met every fault that can strike there, or something is wrong
/// with the dice: each strikes at one call in 140 or so, and misses all of these in one of 40,000 runs.
/// At sites that few histories come to, chance decides which faults strike.
const OFTEN: usize = 1_500;

#[derive(Default)]
pub struct Tally {
    histories: usize,
    steps: usize,
    /// How often each site was met.
    met: BTreeMap<Site, usize>,
    /// How often each fault struck at each site.
    struck: BTreeMap<(Site, String), usize>,
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
        let line = |(site, met): (&Site, &usize)| {
            let struck = self.struck.iter().filter(|((at, _), _)| at == site);
            let struck: Vec<_> =
                struck.map(|((_, name), times)| format!("{name} {times}")).collect();
            format!("{met:>9}  {site}\n           {}\n", struck.join(", "))
        };
        self.met.iter().map(line).collect()
    }

    /// The figures.
    pub fn counted(&self) -> [(&'static str, usize); 8] {
        let kinds: BTreeSet<_> = self.struck.keys().map(|(_, name)| name).collect();
        let by_every_fault = self.met.keys().filter(|site| {
            let mut faults = Mishap::all_at(site).into_iter();
            faults.all(|mishap| self.struck.contains_key(&((*site).clone(), mishap.name())))
        });
        [
            ("histories", self.histories),
            ("steps", self.steps),
            ("calls", self.met.values().sum()),
            ("sites that make calls", self.met.len()),
            ("of them, struck by every fault", by_every_fault.count()),
            ("faults", self.struck.values().sum()),
            ("kinds of fault", kinds.len()),
            ("pairs of fault and site hit", self.struck.len()),
        ]
    }
}
