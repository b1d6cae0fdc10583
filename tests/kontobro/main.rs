//! Kontobro as a whole: what no module can prove alone.

mod bootstraps;
#[allow(dead_code, reason = "each kind of test uses its part")]
#[path = "../../examples/local/world/mod.rs"]
mod world;
