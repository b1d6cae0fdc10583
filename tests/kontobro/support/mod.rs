//! The vocabulary of the journeys: a running Kontobro, people with browsers, a clock and an outbox.

mod books;
mod browser;
mod clock;
mod folder;
mod house_rules;
mod jar;
mod kontobro;
pub mod log;
mod outbox;
mod page;
mod person;
mod secrets;
mod service;
mod tampering;

pub use books::{Books, number, text};
pub use browser::Browser;
pub use clock::{hours, minutes, seconds};
pub use folder::Folder;
pub use kontobro::{Kontobro, old_account};
pub use page::Page;
pub use person::Person;
pub use service::Service;
