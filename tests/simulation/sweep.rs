//! The crash sweep (L3c): every journey, killed once, at each of its calls: before the request is
//! applied, after it was applied, and after its answer had arrived. `SWEEP=all` takes every other
//! fault that can strike there too, one at a time.

use std::{env, sync::Mutex};

use super::{
    figures,
    fleet::on_every_core,
    history::{History, Step},
    mishap::Mishap,
    run::{Author, Stage},
    scripts,
    site::Site,
    tally::Tally,
    world::World,
};

/// Plays a journey, and writes down the calls it makes.
struct Walk<'a> {
    history: &'a History,
    calls: Vec<(usize, usize, Site)>,
}

impl Author for Walk<'_> {
    fn next(&mut self, _: &World, step: usize) -> Option<super::deed::Deed> {
        self.history.steps.get(step).map(|step| step.deed.clone())
    }

    fn mishap(&mut self, step: usize, call: usize, site: &Site) -> Option<Mishap> {
        self.calls.push((step, call, site.clone()));
        None
    }
}

#[test]
fn l3c_no_crash_at_any_call_of_any_journey_breaks_an_invariant() {
    let journeys = on_every_core(scripts::all(), with_every_fault);
    let (journeys, calls) = (journeys.len(), journeys.into_iter().flatten().collect::<Vec<_>>());
    let crashes = calls.iter().filter(|(_, mishap)| matches!(mishap, Mishap::Killed(_))).count();
    let tally = Mutex::new(Tally::default());
    let broken = on_every_core(calls, async |stage, (history, mishap)| {
        let told = stage.replays(&history).await;
        tally.lock().expect("no panic").add(Tally::of(&told));
        let struck = told.struck.iter().any(|(struck, _)| *struck == mishap);
        let broken = told.broken.map(|broken| format!("{broken}\n{}", told.history));
        broken.or_else(|| (!struck).then(|| format!("{mishap:?} never struck\n{history}")))
    });
    let broken: Vec<_> = broken.into_iter().flatten().collect();
    assert!(broken.is_empty(), "{} broken, such as\n{}", broken.len(), broken[0]);
    let tally = tally.into_inner().expect("over");
    let points = [("journeys", journeys), ("points of a crash", crashes)];
    figures::adds("Crash sweep", &points);
    figures::adds("Crash sweep", &tally.counted());
}

/// The journey with one fault, for every call and every fault that can strike there.
async fn with_every_fault(stage: &mut Stage, journey: scripts::Script) -> Vec<(History, Mishap)> {
    let (name, cast, deeds) = journey;
    let steps = deeds.into_iter().map(Step::of).collect();
    let history = History { seed: 1, cast, steps };
    let mut walk = Walk { history: &history, calls: Vec::new() };
    let told = stage.plays(history.seed, &history.cast, &mut walk).await;
    assert!(told.broken.is_none(), "{name}: {}", told.broken.expect("some"));
    let all = env::var("SWEEP").is_ok_and(|sweep| sweep == "all");
    let faults = walk.calls.iter().flat_map(|(step, call, site)| {
        Mishap::all_at(site).into_iter().map(move |mishap| (*step, *call, mishap))
    });
    let faults = faults.filter(|(.., mishap)| all || matches!(mishap, Mishap::Killed(_)));
    let with = faults.map(|(step, call, mishap)| {
        let mut history = history.clone();
        history.steps[step].mishaps.insert(call, mishap);
        (history, mishap)
    });
    with.collect()
}
