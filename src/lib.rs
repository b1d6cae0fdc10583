//! Kontobro moves the accounts of a public web service to ID-porten login: one person, one account.
pub mod ambient;
pub mod bundle;
pub mod domain;
pub mod function;
pub mod handlers;
pub mod keys;
pub mod mail;
pub mod oidc;
pub mod outbound;
pub mod settings;
pub mod store;
pub mod texts;
pub mod web;
