//! The same figures for programs: what `make cost` reckons with.

use std::{fs, path::Path};

use kontobro::bundle::Bundle;
use serde_json::{Map, Value, json};

use crate::{report::Report, stage::Step, world::Failure};

impl Report<'_> {
    /// Writes them as JSON: of each function its start, and of each page what it takes once warm and
    /// how often it is asked for in one move. Milliseconds of processor time; DynamoDB's units.
    pub fn write(&self, file: &Path) -> Result<(), Failure> {
        let functions: Map<_, _> = Bundle::FUNCTIONS
            .iter()
            .map(|name| {
                let (spent, connections) = self.timed.inits[name];
                let start = json!({ "connections": connections, "init_ms": in_ms(spent) });
                ((*name).to_owned(), start)
            })
            .collect();
        let date = jiff::Zoned::now().date().to_string();
        let figures = json!({ "date": date, "functions": functions, "pages": self.each_page() });
        fs::write(file, serde_json::to_string_pretty(&figures)? + "\n")?;
        Ok(())
    }

    fn each_page(&self) -> Vec<Value> {
        let last = self.timed.laps.last().expect("a lap was played").clone();
        let pages = self.pages_in_order().into_iter();
        pages
            .map(|page| {
                let of_it = |step: &&Step| step.page == page;
                let times = self.timed.steps[last.clone()].iter().filter(of_it).count();
                let step = self.timed.steps.iter().rfind(of_it).expect("it was there");
                json!({
                    "page": page,
                    "function": step.function,
                    "times": times,
                    "ms": self.warm(page),
                    "calls": step.calls,
                    "round_trips": step.rounds,
                    "mails": step.mails,
                    "reads": step.bill.reads,
                    "writes": step.bill.writes,
                })
            })
            .collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn in_ms(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e6
}
