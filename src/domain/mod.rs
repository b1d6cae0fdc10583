//! What Kontobro is about, as values and rules: people, accounts, requests, links.
//!
//! Owns every rule that decides who may have which account. Does no I/O, reads no clock, knows
//! neither AWS nor HTTP: time and random bytes come in as values.

mod redacted;
pub(crate) use redacted::redacted;

pub mod account;
pub mod earlier;
pub mod email;
pub mod found;
pub mod freeze;
pub mod history;
pub mod invisible;
pub mod limits;
pub mod link;
pub mod logout;
pub mod mask;
pub mod person;
pub mod phone;
pub mod pid;
pub mod profile;
pub mod receipt;
pub mod request;
pub mod session;
pub mod sought;
pub mod staff;
pub mod username;

pub use account::{Account, AccountId, Standing};
pub use earlier::EarlierRequest;
pub use email::{Email, InvalidEmail};
pub use found::FoundAccount;
pub use freeze::Freezes;
pub use history::Happened;
pub use link::{Link, LinkDigest, LinkKeys};
pub use logout::{LogoutId, PastLogout};
pub use mask::Card;
pub use person::{Person, PersonKey, PidKeys};
pub use pid::Pid;
pub use receipt::Receipt;
pub use request::{Request, RequestId, Wish};
pub use session::{LogoutHandle, Session};
pub use sought::SoughtKey;
pub use staff::Decision;
