//! Kontobro moves the accounts of a public web service to ID-porten login: one person, one account.
//!
//! In reading order:
//!
//! - [`domain`]: people, addresses, links, requests, and every rule about them.
//! - [`store`]: the same in DynamoDB, under conditions; [`oidc`]: ID-porten; [`mail`]: the mails and
//!   SES; [`web`]: requests in, pages out; [`texts`]: every word, in three languages.
//! - [`handlers`]: one file a function, the story of its requests. Begin with
//!   [`handlers::email_confirmation`]: two keys, one lock.
//! - [`function`] and [`bundle`]: how a function lives in Lambda, and all of them in one process.
//! - [`ambient`], [`settings`], [`keys`], [`outbound`]: time and dice, settings, secrets, the network.
//!
//! Arrows run `functions → handlers → store, oidc, web, mail → domain, texts` and never back. What
//! must stay true is told in `ARCHITECTURE.md` and proved in `tests/`.

pub mod ambient;
pub mod bundle;
pub mod domain;
#[cfg(test)]
#[path = "../tests/figures.rs"]
mod figures;
pub mod function;
pub mod handlers;
pub mod keys;
pub mod mail;
pub mod oidc;
pub mod outbound;
pub mod settings;
pub mod store;
pub mod telling;
pub mod texts;
pub mod web;
