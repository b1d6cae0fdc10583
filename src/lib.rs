//! Kontobro.
pub mod ambient;
pub mod domain;
pub mod keys;
pub mod mail;
pub mod outbound;
pub mod settings;
pub mod texts;
