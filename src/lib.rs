//! Kontobro.

pub mod web;
