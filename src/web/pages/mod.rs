//! The screens, one file each: what the domain knows, in the reader's words.
//!
//! Pages decide nothing and ask nobody: what they show is handed to them.

mod account;
mod address;
mod check;
mod done;
mod info;
mod link;
mod new_account;
mod own_data;
mod profile;
mod result;
mod search;
mod sent;
mod start;

pub use check::check;
pub use done::{Done, DoneNote, DonePage, EmailNews, done, log_out, logged_out};
pub use info::{accessibility, help, privacy};
pub use link::{StoppedNote, confirm, log_in_again, stop_check, stopped};
pub use new_account::{NewAccountNote, new_account};
pub use own_data::own_data;
pub use profile::{NotYet, ProfileDraft, profile};
pub use result::{Found, Result, already_linked, result};
pub use search::{SearchDraft, SearchProblem, search};
pub use sent::{MailToFind, SentNote, sent, sent_news};
pub use start::start;
