//! One file a function: what it needs, and the story of its requests.
//!
//! A handler asks the store, believes nothing the browser brings but what is sealed, lets `domain`
//! decide, and answers with a page or a way to one. What goes wrong is a [`Trouble`].

mod asking;
mod dead_link;
mod hits;
mod parked_link;
mod parts;
mod stopping;

pub mod account_search;
pub mod email_confirmation;
pub mod login;
pub mod logout;
pub mod mail_feedback;
pub mod mail_sweeper;
pub mod merge_request;
pub mod oidc_callback;
pub mod profile;
pub mod registration;
pub mod start;

pub use parts::NotReady;

use serde_json::Value;
use tokio::time::Instant;

use crate::{
    store::{Fault, LoggedOut},
    web::Trouble,
};

/// One event that nobody waits for, and how long the function may work on it.
pub struct Invocation {
    /// The event.
    pub event: Value,
    /// Lambda ends the function then.
    pub until: Instant,
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NothingChanged(_) => Self::Unavailable(fault.into()),
            Fault::NotConfirmed(_) => Self::NotConfirmed(fault.into()),
            Fault::Unreadable(_) => Self::OurFault(fault.into()),
        }
    }
}

impl From<LoggedOut> for Trouble {
    fn from(logged_out: LoggedOut) -> Self {
        match logged_out {
            LoggedOut::Elsewhere(over) => Self::SessionEnded(over.by),
            LoggedOut::Fault(fault) => fault.into(),
        }
    }
}
