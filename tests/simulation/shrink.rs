//! Makes a failing history shorter: without this step, without that fault, does it still fail?

use super::{history::History, invariants::Broken, run::Stage};

/// Replays until it is short enough.
const TRIES: usize = 120;

/// The shortest history found that breaks the same invariant.
pub async fn shrink(stage: &mut Stage, history: History, broken: &Broken) -> (History, Broken) {
    let mut tries = TRIES;
    let mut best = (history, broken.clone());
    let mut length = best.0.steps.len().div_ceil(2);
    while length > 0 {
        let mut from = 0;
        while from < best.0.steps.len() {
            let mut shorter = best.0.clone();
            shorter.steps.drain(from..shorter.steps.len().min(from + length));
            if !fails(stage, shorter, &mut best, &mut tries).await {
                from += length;
            }
        }
        length = if length == 1 { 0 } else { length.div_ceil(2) };
    }
    for step in 0..best.0.steps.len() {
        for call in best.0.steps[step].mishaps.keys().copied().collect::<Vec<_>>() {
            let mut calmer = best.0.clone();
            calmer.steps[step].mishaps.remove(&call);
            fails(stage, calmer, &mut best, &mut tries).await;
        }
    }
    best
}

/// Whether it breaks the same; then it is the best so far.
async fn fails(
    stage: &mut Stage,
    history: History,
    best: &mut (History, Broken),
    tries: &mut usize,
) -> bool {
    if *tries == 0 {
        return false;
    }
    *tries -= 1;
    let told = stage.replays(&history).await;
    match told.broken {
        Some(broken) if broken.invariant == best.1.invariant => {
            *best = (history, broken);
            true
        }
        _ => false,
    }
}
