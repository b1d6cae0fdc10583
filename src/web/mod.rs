//! Pages.

pub mod assets;
pub mod html;
