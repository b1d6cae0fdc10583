//! Journeys: all functions over the stand-ins, through the gateway, as people go.
//!
//! One crate, so that everything is linked once. Each test starts a Kontobro of its own in memory,
//! with its own clock; see `support` for the vocabulary. Whatever a test is about, the house rules
//! hold for every answer in it, and the books balance when it ends.

mod architecture;
mod asking;
mod bad_input;
mod black_box;
mod bootstraps;
mod cold_start;
mod conditions;
mod dead_links;
mod documents;
mod emergency;
mod erased;
mod face;
#[path = "../figures.rs"]
mod figures;
mod gathering;
mod http;
mod idn;
mod invoke;
mod journey;
mod link;
mod link_keys;
mod login;
mod login_after_logout;
mod login_faults;
mod logout;
mod made_keys;
mod meanwhile;
mod new_account;
mod outbox;
mod own_data;
mod planted_cookies;
mod profile;
mod provider;
mod races;
mod receipts;
mod refused_login;
mod replayed;
mod rights;
mod rotation;
mod round_trips;
mod searching;
mod shared_machine;
mod stopping;
mod support;
mod taken_back;
mod telling;
mod threats;
mod trouble;
mod typed;
mod waiting;
#[allow(dead_code, reason = "the local run uses more of it")]
#[path = "../../examples/local/world/mod.rs"]
mod world;
