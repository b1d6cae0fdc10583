//! A history: who there is, and what happens, step by step. It can be written down, read back,
//! replayed, and made shorter.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{cast::Cast, deed::Deed, mishap::Mishap};

/// No history is longer.
pub const MOST_STEPS: usize = 120;

/// Everything that makes one history: the same makes the same again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Of the dice that the functions throw.
    pub seed: u64,
    pub cast: Cast,
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub deed: Deed,
    /// What goes wrong, by the number of the call.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mishaps: BTreeMap<usize, Mishap>,
}

impl Step {
    pub fn of(deed: Deed) -> Self {
        Self { deed, mishaps: BTreeMap::new() }
    }
}

/// As it is told and kept: one step a line.
impl std::fmt::Display for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let json = |value: Result<String, serde_json::Error>| value.expect("plain data");
        writeln!(f, "{{\"seed\":{},", self.seed)?;
        writeln!(f, " \"cast\":{},", json(serde_json::to_string(&self.cast)))?;
        writeln!(f, " \"steps\":[")?;
        for (n, step) in self.steps.iter().enumerate() {
            let comma = if n + 1 < self.steps.len() { "," } else { "" };
            writeln!(f, "  {}{comma}", json(serde_json::to_string(step)))?;
        }
        writeln!(f, " ]}}")
    }
}
