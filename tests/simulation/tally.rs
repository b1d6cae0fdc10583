//! How often each thing happened: histories, steps, calls, and each fault at each place.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

use super::{history::History, mishap::Mishap, run::Told, site::Site};

#[derive(Clone, Default)]
pub struct Tally {
    histories: usize,
    steps: usize,
    met: BTreeMap<Site, Met>,
    /// How often each fault struck at each site.
    struck: BTreeMap<(Site, String), usize>,
}

/// A site that calls were made at.
#[derive(Clone)]
struct Met {
    times: usize,
    first: Place,
}

/// A call of a history.
#[derive(Clone)]
struct Place {
    history: Arc<History>,
    step: usize,
    call: usize,
}

/// A fault that never struck at a site, and a call there.
pub struct Gap {
    site: Site,
    mishap: Mishap,
    place: Place,
}

impl Gap {
    /// Histories in which it strikes: the shortest, and one to fall back on, as a call that others
    /// overtake may be made only while they do.
    pub fn filled(&self) -> [History; 2] {
        let mut whole = (*self.place.history).clone();
        whole.steps[self.place.step].mishaps.insert(self.place.call, self.mishap);
        let mut short = whole.clone();
        short.steps.truncate(self.place.step + 1);
        [short, whole]
    }
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}", self.mishap.name(), self.site)
    }
}

impl Tally {
    pub fn of(told: &Told) -> Self {
        let history = Arc::new(told.history.clone());
        let mut tally = Self { histories: 1, steps: history.steps.len(), ..Self::default() };
        for call in &told.met {
            let place = Place { history: history.clone(), step: call.step, call: call.nth };
            tally.meets(call.site.clone(), Met { times: 1, first: place });
        }
        for (mishap, site) in &told.struck {
            *tally.struck.entry((site.clone(), mishap.name())).or_default() += 1;
        }
        tally
    }

    pub fn add(&mut self, other: Self) {
        self.histories += other.histories;
        self.steps += other.steps;
        for (site, met) in other.met {
            self.meets(site, met);
        }
        for (pair, times) in other.struck {
            *self.struck.entry(pair).or_default() += times;
        }
    }

    /// Keeps the place with the fewest steps before it.
    fn meets(&mut self, site: Site, other: Met) {
        match self.met.entry(site) {
            Entry::Vacant(entry) => drop(entry.insert(other)),
            Entry::Occupied(mut entry) => {
                let met = entry.get_mut();
                met.times += other.times;
                if other.first.step < met.first.step {
                    met.first = other.first;
                }
            }
        }
    }

    /// Every fault that has never struck at some site where it can.
    pub fn gaps(&self) -> Vec<Gap> {
        let pairs = self.met.iter().flat_map(|(site, met)| {
            Mishap::all_at(site).into_iter().map(move |mishap| (site, mishap, met))
        });
        pairs
            .filter(|(site, mishap, _)| !self.has_struck(site, *mishap))
            .map(|(site, mishap, met)| Gap { site: site.clone(), mishap, place: met.first.clone() })
            .collect()
    }

    /// Has this fault struck since?
    pub fn has_filled(&self, gap: &Gap) -> bool {
        self.has_struck(&gap.site, gap.mishap)
    }

    fn has_struck(&self, site: &Site, mishap: Mishap) -> bool {
        self.struck.contains_key(&(site.clone(), mishap.name()))
    }

    /// Each site with how often it was met, and each of its faults with how often it struck.
    pub fn table(&self) -> String {
        let line = |(site, met): (&Site, &Met)| {
            let struck = self.struck.iter().filter(|((at, _), _)| at == site);
            let struck: Vec<_> =
                struck.map(|((_, name), times)| format!("{name} {times}")).collect();
            format!("{:>9}  {site}\n           {}\n", met.times, struck.join(", "))
        };
        self.met.iter().map(line).collect()
    }

    /// How many pairs of fault and site there were.
    pub fn pairs(&self) -> usize {
        self.struck.len()
    }

    /// The figures.
    pub fn counted(&self) -> [(&'static str, usize); 7] {
        let kinds: BTreeSet<_> = self.struck.keys().map(|(_, name)| name).collect();
        [
            ("histories", self.histories),
            ("steps", self.steps),
            ("calls", self.met.values().map(|met| met.times).sum()),
            ("sites that make calls", self.met.len()),
            ("faults", self.struck.values().sum()),
            ("kinds of fault", kinds.len()),
            ("pairs of fault and site hit", self.pairs()),
        ]
    }
}
