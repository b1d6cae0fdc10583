//! How pages look: the document around every page, and the components that pages are made of.
//!
//! Owns markup and Designsystemet's classes. The catalogue, domain and requests are unknown here: every
//! word comes in as `&str` or [`Markup`](maud::Markup), and maud escapes it. No script, no inline
//! style, nothing from another host but images inside the style sheet: the content policy is
//! `style-src 'self'; font-src 'self'; img-src 'self' data:`.

mod button;
mod card;
mod field;
mod form;
mod layout;
mod message;
mod text;

pub use button::{Button, LinkButton, actions};
pub use card::{AccountCard, Row, Shown, cards, description_list};
pub use field::{Checkbox, TextField};
pub use form::{CSRF_FIELD, Form};
pub use layout::{Frame, Language, Link, LoggedIn, Step, WayOut, layout};
pub use message::{Color, ERROR_SUMMARY, FieldError, alert, error_summary};
pub use text::{
    Mark, heading, heading_done, lead, marked, passage, reference, steps, subheading, value, way,
    words,
};

#[cfg(test)]
mod tests;
