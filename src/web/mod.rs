//! Requests in, pages out: the web as Kontobro's handlers see it.
//!
//! Owns cookies, seals, headers, forms and the look of every page. Knows neither the store nor
//! ID-porten, and never lets a value reach HTML unescaped: pages are made of `maud` markup alone.

mod answer;
mod fields;
mod note;
mod refused_login;
mod scene;
mod seal;
mod session;
mod trouble;
mod visit;

pub mod assets;
pub mod html;
pub mod pages;
pub mod routes;

pub use answer::Answer;
pub use fields::Fields;
pub use note::Note;
pub use refused_login::{REFUSED_LOGIN, forget_refused_login, refuse_login, refused_login};
pub use scene::Scene;
pub use seal::{Purpose, Seal};
pub use session::{SessionCookie, known_logouts, knows_logout};
pub use trouble::{NextStep, Trouble, answer, chain};
pub use visit::{Unreadable, Visit};
