//! Kontobro as a whole, over loopback.

#[path = "../../examples/local/world/mod.rs"]
#[allow(dead_code, reason = "the local run uses more of it")]
mod world;

mod bootstraps;
mod provider;
