//! The tables, and what misses its bar.

use std::{fs, path::PathBuf};

use kontobro::bundle::Bundle;

use crate::{
    stage::{Stage, Step},
    world::Failure,
};

/// Bars of a function: MB of its binary, MiB at most, and millions of instructions for init, its
/// first event (cold), and a later one by each call that it makes (warm).
struct Bars {
    size: f64,
    peak: f64,
    instructions: [f64; 3],
}

const BARS: Bars = Bars { size: 7.0, peak: 12.0, instructions: [3.0, 6.0, 1.2] };
/// RSA signatures, and the provider.
const WITH_PROVIDER: Bars = Bars { instructions: [f64::INFINITY, 15.0, f64::INFINITY], ..BARS };

/// Both runs.
pub struct Report<'a> {
    /// Finds a function's binary.
    pub binary: &'a dyn Fn(&str) -> PathBuf,
    /// With instructions.
    pub counted: &'a Stage,
    /// With processor time.
    pub timed: &'a Stage,
}

impl Report<'_> {
    /// Prints it as Markdown.
    pub fn print(&self) -> Result<(), Failure> {
        self.functions()?;
        self.pages();
        self.journey();
        Ok(())
    }

    /// A table of the functions; a figure over its bar is bold.
    fn functions(&self) -> Result<(), Failure> {
        println!(
            "Instructions in millions, processor time in ms; connections made at the start.\n"
        );
        println!(
            "| function | binary MB | peak MiB | connections | init | cold | warm | by the call | init ms | cold ms | warm ms |"
        );
        println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        let peaks = self.timed.peaks()?;
        for name in Bundle::FUNCTIONS {
            let bars = if ["login", "oidc-callback"].contains(name) { WITH_PROVIDER } else { BARS };
            let size = millions(fs::metadata((self.binary)(name))?.len());
            let peak = millions(peaks[name]) * 1e6 / 1024.0;
            let [init, cold, warm, by_call] = phases(self.counted, name);
            let [init_ms, cold_ms, warm_ms, _] = phases(self.timed, name);
            let cells = [
                bold_over(size, bars.size),
                bold_over(peak, bars.peak),
                self.timed.inits[name].1.to_string(),
                bold_over(init, bars.instructions[0]),
                bold_over(cold, bars.instructions[1]),
                format!("{warm:.2}"),
                bold_over(by_call, bars.instructions[2]),
            ];
            let cells = cells.join(" | ");
            println!("| `{name}` | {cells} | {init_ms:.1} | {cold_ms:.1} | {warm_ms:.2} |");
        }
        Ok(())
    }

    /// A table of the pages, of warm functions.
    fn pages(&self) {
        println!("\nOnce warm; round trips are those one waits for, units are DynamoDB's.\n");
        println!(
            "| page | function | M instr | ms | calls | round trips | mails | reads | writes |"
        );
        println!("|---|---|--:|--:|--:|--:|--:|--:|--:|");
        for page in self.pages_in_order() {
            let spent = |stage| median(of(stage, |step| step.page == page).skip(1));
            let last = of(self.timed, |step| step.page == page).last().expect("it was there");
            let Step { function, calls, rounds, mails, bill, .. } = last;
            let (million, ms) = (spent(self.counted), spent(self.timed));
            let units = format!("{} | {}", bill.reads, bill.writes);
            println!(
                "| {page} | `{function}` | {million:.2} | {ms:.2} | {calls} | {rounds} | {mails} | {units} |"
            );
        }
    }

    /// Each page once, as they came.
    pub fn pages_in_order(&self) -> Vec<&str> {
        let mut seen: Vec<&str> = Vec::new();
        for Step { page, .. } in &self.timed.steps {
            if !seen.contains(&page.as_str()) {
                seen.push(page);
            }
        }
        seen
    }

    /// Processor time of a page, once its function is warm, in ms.
    pub fn warm(&self, page: &str) -> f64 {
        median(of(self.timed, |step| step.page == page).skip(1))
    }

    fn journey(&self) {
        let sum = |stage: &Stage, lap: usize| -> f64 {
            stage.steps[stage.laps[lap].clone()].iter().map(|step| millions(step.spent)).sum()
        };
        let inits = |stage: &Stage| -> f64 {
            stage.inits.values().map(|(spent, _)| millions(*spent)).sum()
        };
        let last = self.timed.laps.len() - 1;
        let lap = &self.timed.steps[self.timed.laps[last].clone()];
        let (first, warm) = (sum(self.counted, 0), sum(self.counted, last));
        let (first_ms, warm_ms) = (sum(self.timed, 0), sum(self.timed, last));
        println!("\nOne whole journey, every event above but those of `registration`:");
        println!("- every function warm: {warm:.1} M instructions, {warm_ms:.1} ms");
        println!("- every function cold: {first:.1} M instructions, {first_ms:.1} ms");
        println!(
            "- and to start them all: {:.1} M instructions, {:.1} ms",
            inits(self.counted),
            inits(self.timed)
        );
        println!(
            "- DynamoDB: {} round trips, {} read units, {} write units",
            lap.iter().map(|step| step.rounds).sum::<usize>(),
            lap.iter().map(|step| step.bill.reads).sum::<f64>(),
            lap.iter().map(|step| step.bill.writes).sum::<f64>(),
        );
    }
}

/// Init, first event, mean of the later ones, and that mean by each call that they make; in millions.
fn phases(stage: &Stage, name: &str) -> [f64; 4] {
    let mut steps = of(stage, |step| step.function == name);
    let cold = steps.next().map_or(f64::NAN, |step| millions(step.spent));
    let (mut events, mut calls, mut sum) = (0, 0, 0.0);
    for step in steps {
        (events, calls, sum) = (events + 1, calls + step.calls, sum + millions(step.spent));
    }
    [millions(stage.inits[name].0), cold, sum / count(events), sum / count(calls.max(events))]
}

fn of(stage: &Stage, which: impl Fn(&Step) -> bool) -> impl Iterator<Item = &Step> {
    stage.steps.iter().filter(move |step| which(step))
}

fn median<'a>(steps: impl Iterator<Item = &'a Step>) -> f64 {
    let mut spent: Vec<_> = steps.map(|step| step.spent).collect();
    spent.sort_unstable();
    spent.get(spent.len() / 2).copied().map_or(f64::NAN, millions)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn millions(count: u64) -> f64 {
    count as f64 / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn count(things: usize) -> f64 {
    things as f64
}

fn bold_over(value: f64, bar: f64) -> String {
    if value > bar { format!("**{value:.2}**") } else { format!("{value:.2}") }
}
